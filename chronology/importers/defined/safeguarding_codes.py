"""Codes of health records that tell of safeguarding: what they mean and whom they tell of.

The codes are those of the RCGP's list and of the child health messages. A SNOMED number that a
spreadsheet has shortened no longer names anything, so the words beside it decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from chronology.flags import Flag
from chronology.vocabulary.codes import code_list

_TABLE: Final = "safeguarding"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a safeguarding code tells; ``of`` is whom, where that is not the patient."""

    words: str
    event_type: str
    of: str = ""
    #: The shared facts that a stated start and end of it are.
    started: str = ""
    ended: str = ""


_FAMILY: Final = "a member of the family"

#: By the words of the code list.
MEANINGS: Final[dict[str, Meaning]] = {
    one.words: one
    for one in (
        Meaning("child is cause for safeguarding concern", "PRACTICE.INFORMATION"),
        Meaning(
            "child in family is a safeguarding concern", "PRACTICE.INFORMATION",
            "a child of the family",
        ),
        Meaning(
            "unborn child is cause for safeguarding concern", "PRACTICE.INFORMATION",
            "an unborn child",
        ),
        Meaning("subject of child protection plan", "CP.PLAN"),
        Meaning("no longer subject of child protection plan", "CP.PLAN_END"),
        Meaning("family member subject of child protection plan", "CP.PLAN", _FAMILY),
        Meaning("child protection plan", "CP.PLAN", "", "cp-plan-start", "cp-plan-end"),
        Meaning("looked after child", "CARE.PLACEMENT", "", "cla-start", "cla-end"),
        Meaning("no longer looked after", "CARE.END", "", "cla-end"),
        Meaning("child in need", "PRACTICE.TRANSFER"),
        Meaning("child not brought to appointment", "HEALTH.WNB"),
        Meaning("risk to self", "PRACTICE.INFORMATION"),
        Meaning("risk to others", "PRACTICE.INFORMATION"),
        Meaning("risk from others", "PRACTICE.INFORMATION"),
    )
}  # fmt: skip

#: How the words of any code begin, or what they hold, that tells of the family's health.
_OF_FAMILY: Final = ("family history", "fh:", "fhx", "maternal history", "paternal history")
_KINDS_OF_WORDS: Final = ("disorder", "finding", "situation", "procedure", "regime/therapy",
                          "observable entity", "record artifact", "event")  # fmt: skip


def meaning_of(codes: Iterable[tuple[str, str]]) -> Meaning | None:
    """What the codes of a record, each with its words, tell about safeguarding."""
    for code, words in codes:
        found = _meaning(code, words)
        if found is not None:
            return found
    return None


def family_flag(of: str) -> Flag:
    """The doubt about whom a record is about."""
    return Flag("code-family-member", f"The code tells of {of}, not of the person named.")


def damage(codes: Iterable[tuple[str, str]]) -> Flag | None:
    """The doubt about a code that a spreadsheet has shortened, or that holds its words."""
    for code, words in codes:
        if len(code) > 7 and _is_damaged(code, words):
            return Flag(
                "identifier-damaged",
                f"The code '{code}' looks damaged by a spreadsheet; it was read by its words,"
                f" '{words}'."
                if words
                else f"The code '{code}' looks damaged by a spreadsheet.",
            )
    return None


@lru_cache(maxsize=16_384)
def _meaning(code: str, words: str) -> Meaning | None:
    lists = {name: code_list(_TABLE, name) for name in ("snomed", "read", "rubric")}
    plain = code.strip().upper()
    lead = plain[: len(plain) - len(plain.lstrip("0123456789"))]
    known = lists["snomed"].get(plain) or lists["snomed"].get(lead if len(lead) > 12 else "")
    if known is None and not plain.isdigit():
        read = next((c for c in lists["read"].values() if c.code == code.strip()), None)
        known = read or lists["read"].get(plain if len(plain) == 5 else "")
    if known is None:
        known = lists["rubric"].get(_rubric(words).upper())
    if known is not None:
        return MEANINGS[known.meaning]
    rubric = _rubric(words)
    if rubric.startswith(_OF_FAMILY) or "family member" in rubric:
        return Meaning(words.strip(), "FAMILY.PARENT_HEALTH", _FAMILY)
    return None


def _rubric(words: str) -> str:
    """The words of a code as they are compared: no kind behind them, no marks, small letters."""
    text = " ".join(words.casefold().replace("-", " ").split())
    for kind in _KINDS_OF_WORDS:
        text = text.removesuffix(f" ({kind})")
    return text


@lru_cache(maxsize=16_384)
def _is_damaged(code: str, words: str) -> bool:
    text = code.strip().upper()
    if not text[:1].isdigit() or len(text) < 8 or not words:
        return False
    if "E+" in text or text.endswith(".0"):
        return True
    return text.isdigit() and text in _shortened()


@cache
def _shortened() -> frozenset[str]:
    """The codes of the list as a spreadsheet leaves them: fifteen figures and noughts."""
    whole = code_list(_TABLE, "snomed")
    short = (code[:15] + "0" * (len(code) - 15) for code in whole if len(code) > 15)
    return frozenset(short) - whole.keys()
