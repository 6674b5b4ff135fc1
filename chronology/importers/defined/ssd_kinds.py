"""Which fact a date of the Standard Safeguarding Dataset tells of, where another column says it."""

from __future__ import annotations

import re
from functools import lru_cache

from chronology.flags import Flag
from chronology.importers.defined.base import unknown_code
from chronology.importers.defined.sheets import plain
from chronology.importers.defined.ssda903_episodes import (
    BEGINS,
    CHANGED,
    ENDED,
    ENDS_WITH,
    GOES_ON,
    LEGAL_TYPES,
    STARTED,
)
from chronology.vocabulary.codes import code_list, told

CODES = "ssd"
_LEADING = re.compile(r"([A-Za-z]{0,6}\d{0,2}[A-Za-z]?)(?:\s*[-:–—)]\s?.*|\s*$)", re.DOTALL)
_CODE_LIKE = re.compile(r"[A-Za-z]{0,6}\d{0,3}[A-Za-z]?")

CONTINUES = (
    "!The episode ends and another begins the same day: it is told as the start of the next one."
)
#: A check with one of these did not take place.
_NOT_HELD = ("refus", "cancel", "did not attend", "not attend", "dna", "planned", "due", "declin")
#: Where no row of the child begins that day.
CONTINUES_NOWHERE = f"{CHANGED}|CARE.MOVE"
_SOCIAL_WORKER = frozenset({"cw", "sw", "asw", "social worker", "allocated worker", "case worker"})


@lru_cache(maxsize=8192)
def code_of(name: str, written: str) -> str:
    """The code of a list that a cell holds, alone, before its meaning or as its meaning; or ""."""
    codes = code_list(CODES, name)
    text = written.strip()
    if text.upper() in codes:
        return text.upper()
    leading = _LEADING.fullmatch(text)
    if leading and leading[1].upper() in codes:
        return leading[1].upper()
    said = plain(text)
    return next((key for key, code in codes.items() if said and plain(code.meaning) == said), "")


@lru_cache(maxsize=16_384)
def shown(name: str, written: str) -> tuple[str, tuple[Flag, ...]]:
    """A cell of a coded column as it is told, and the doubt where its code is in no list."""
    if not name:
        return written, ()
    if name == "yes_no" and (answer := _answer(written)):
        return answer, ()
    text = told(CODES, name, written)
    if code_of(name, written) or not _CODE_LIKE.fullmatch(written):
        return text, ()
    return text, (unknown_code(name.replace("_", " ").capitalize(), written),)


def is_yes(written: str) -> bool:
    """Whether a flag is set, however it is written."""
    return _answer(written) == "Yes"


def is_no(written: str) -> bool:
    """Whether a flag is set to no, however it is written."""
    return _answer(written) == "No"


def _answer(written: str) -> str:
    code = code_list(CODES, "yes_no").get(written.strip().upper())
    return code.meaning if code else ""


def episode_start(reason: str) -> str:
    """By the reason for which an episode of being looked after began."""
    facts = BEGINS.get(code_of("start_reason", reason), ())
    return "+".join(facts) or f"{STARTED}|CARE.PLACEMENT"


def episode_end(reason: str) -> str:
    """By the reason for which it ended; one that the next continues is no ending."""
    code = code_of("ceased_reason", reason)
    if code == GOES_ON:
        return CONTINUES
    return _ends(code) if code else f"{ENDED}|CARE.END"


def _ends(code: str) -> str:
    return "+".join(("cla-end", "placement-end", *ENDS_WITH.get(code, ())))


def legal_status(status: str) -> str:
    """A legal status, by its code an order or an accommodation of its own kind."""
    code = code_of("legal_status", status)
    facts = "legal-status-start+placement-order" if code == "E1" else "legal-status-start"
    return f"{facts}@{LEGAL_TYPES.get(code, '')}"


def missing_start(kind: str) -> str:
    """Missing, or away without authorisation."""
    return "away-start" if _is_away(kind) else "missing-start"


def missing_end(kind: str) -> str:
    """The same of the return."""
    return "away-end" if _is_away(kind) else "missing-end"


def _is_away(kind: str) -> bool:
    said = kind.casefold()
    away = any(word in said for word in ("away", "absent", "absence", "unauthor"))
    return code_of("missing", kind) == "A" or away


def cin_visit(seen: str) -> str:
    """A visit at which the child was seen, or one that does not say so."""
    return "cin-visit" if is_yes(seen) else "Child in need visit|CP.CIN_VISIT"


def review(cancelled: str) -> str:
    """A review held, or one that was cancelled."""
    return (
        "Looked-after child review cancelled|CONTACT.CANCELLED"
        if is_yes(cancelled)
        else "cla-review"
    )


def health_check(kind: str, status: str) -> str:
    """A dental check, a health assessment, a check of another kind, or one that was not made."""
    if any(word in status.casefold() for word in _NOT_HELD):
        return "Looked-after health check not recorded as made|HEALTH.REVIEW"
    said = kind.casefold()
    if any(word in said for word in ("dent", "teeth")):
        return "cla-dental"
    if "assess" in said or said in ("health", "ha", "rha", "iha"):
        return "cla-health"
    return "Looked-after health check|HEALTH.REVIEW"


def permanence_order(kind: str) -> str:
    """An adoption order, or another order for permanence."""
    return "adoption-order" if "adopt" in kind.casefold() else "permanence-order"


def worker_start(role: str) -> str:
    """A social worker's involvement, or another professional's."""
    if _is_social_worker(role):
        return "worker-start"
    return "Professional's involvement started|PRACTICE.ALLOCATION"


def worker_end(role: str) -> str:
    """The same of its end."""
    if _is_social_worker(role):
        return "worker-end"
    return "Professional's involvement ended|PRACTICE.ALLOCATION"


def _is_social_worker(role: str) -> bool:
    said = plain(role)
    return said in _SOCIAL_WORKER or "social work" in said


def placement_start(reason: str) -> str:
    """A placement, and what begins with it."""
    code = code_of("start_reason", reason)
    if code == "L":
        return "placement-start+legal-status-start"
    return "+".join(BEGINS.get(code, ("placement-start",)))


def placement_end(reason: str) -> str:
    """The end of a placement; with a reason to leave care also the end of being looked after."""
    code = code_of("ceased_reason", reason)
    return _ends(code) if code and code != GOES_ON else "placement-end"
