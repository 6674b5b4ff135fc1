"""The cells of the Standard Safeguarding Dataset that hold JSON: flags set, codes listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from chronology.flags import Flag
from chronology.importers.defined.base import unknown_code
from chronology.importers.defined.ssd_kinds import CODES, is_yes, shown
from chronology.vocabulary.codes import code_list

#: Keys that count the others.
_COUNTS = frozenset({"NUMBER_OF_OUTCOMES", "TOTAL_NO_OF_OUTCOMES"})
_COMMENTS = "COMMENTS"

#: What is told, and the doubts about its codes.
Told = tuple[str, tuple[Flag, ...]]


@lru_cache(maxsize=16_384)
def outcomes(written: str) -> Told:
    """The outcomes that are set, in words, and the comment; words that are no JSON as they are."""
    data = parsed(written)
    if not isinstance(data, dict):
        return _listed("outcome_flag", data) if isinstance(data, list) else (written, ())
    set_keys, comments = [], []
    for key, value in data.items():
        name = key.strip().upper().removeprefix("OUTCOME_")
        text = _text(value)
        if name == _COMMENTS:
            comments.append(text)
        elif name not in _COUNTS and is_yes(text):
            set_keys.append(_flag_key(name))
    words = [_flag_word(key) for key in set_keys]
    doubts = tuple(unknown_code("Outcome", key) for key in set_keys if not _known_flag(key))
    said = [*words, *(f"Comments: {text}" for text in comments if text)]
    return "; ".join(said), doubts


@lru_cache(maxsize=16_384)
def factors(written: str) -> Told:
    """The factors of an assessment, in words with their codes."""
    data = parsed(written)
    if isinstance(data, dict):
        return _listed("factor", [key for key, value in data.items() if is_yes(_text(value))])
    if isinstance(data, list):
        return _listed("factor", data)
    return _listed("factor", written.strip("[]").replace('"', "").split(","))


@lru_cache(maxsize=16_384)
def plans(written: str) -> Told:
    """The kinds of care plan that are set; words that are no JSON as they are."""
    data = parsed(written)
    if not isinstance(data, dict):
        return _listed("care_plan", data) if isinstance(data, list) else (written, ())
    told = []
    for key, value in data.items():
        text = _text(value)
        if text and text.casefold() not in ("n", "no", "0", "false"):
            word, _ = shown("care_plan", key)
            told.append(word if is_yes(text) else f"{word}: {text}")
    return "; ".join(told), ()


def involvements(data: object) -> Iterator[dict[str, str]]:
    """The involvements in a history, one alone or many; their keys in capitals."""
    if isinstance(data, list):
        for one in data:
            yield from involvements(one)
    elif isinstance(data, dict):
        keys = {str(key).upper(): _text(value) for key, value in data.items()}
        if keys.keys() & {"START_DATE", "END_DATE"}:
            yield keys
        else:
            yield from involvements(list(data.values()))


def parsed(written: str) -> object:
    """What a cell of JSON holds; None where it is none."""
    if not written.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(written, strict=False, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None


def _listed(name: str, codes: list[object] | list[str]) -> Told:
    told = [shown(name, code) for code in _texts(codes)]
    return "; ".join(word for word, _ in told), tuple(f for _, flags in told for f in flags)


def _texts(codes: list[object] | list[str]) -> Iterator[str]:
    for code in codes:
        text = _text(code)
        if text:
            yield text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _flag_key(name: str) -> str:
    return name if name.endswith("_FLAG") else f"{name}_FLAG"


def _known_flag(key: str) -> bool:
    return key in code_list(CODES, "outcome_flag")


def _flag_word(key: str) -> str:
    if _known_flag(key):
        return shown("outcome_flag", key)[0]
    return f"{key.removesuffix('_FLAG').replace('_', ' ').capitalize()} [{key}]"
