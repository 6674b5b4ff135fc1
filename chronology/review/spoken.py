"""A record named in words, as lists of what was done name it: never by its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chronology.account import Account
from chronology.casefile import CaseFile
from chronology.decisions import BESIDE, KINDS, Decision
from chronology.errors import UnknownRecordError
from chronology.people.ruled import BETWEEN
from chronology.render.marks import HANDLING, LABELS, mark_view
from chronology.render.text import visible
from chronology.render.words import date_words

#: Letters of what a record says that name it.
FIRST_WORDS = 90
REMOVED = "A record that was removed for good."
#: What kind of line of the log it is, for people.
LINE_WORDS: dict[str, str] = {
    "new": "Case begun",
    "add": "Files added",
    "decide": "Decision",
    "undo": "Decision undone",
    "take": "Reviewed workbook taken in",
    "keep": "Version kept",
    "build": "Outputs written",
    "download": "Download",
    "purge": "Removed for good",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A record in words; ``id`` is what it is linked by, "" where it stands in no entry."""

    text: str
    id: str = ""
    #: Restricted or about a third party, where somebody marked that.
    tags: tuple[str, ...] = ()


def record_words(account: Account) -> str:
    """Date, agency, first words, and where it stands."""
    when = account.occurred
    day = date_words(when.precision, when.start, when.end, when.written)
    said = " ".join(account.narrative.split()) or account.event_type_written
    if len(said) > FIRST_WORDS:
        said = said[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
    return visible(f"{day}, {account.agency.label}: “{said}” ({account.source})")


def value_words(decision: Decision) -> str:
    """What a decision set, in the words every output shows; "" where its kind says all."""
    if decision.kind in BESIDE:
        return mark_view(decision).text
    if decision.kind in ("persons_same", "persons_different"):
        return visible(" and ".join(f"“{name}”" for name in decision.value.split(BETWEEN)))
    return "" if decision.kind == "manual" else visible(decision.value)


def decision_words(decision: Decision) -> str:
    """The kind of a decision with what it set."""
    kind, value = KINDS.get(decision.kind, decision.kind), value_words(decision)
    kind = f"{kind[:1].upper()}{kind[1:]}"
    return f"{kind}: {value}" if value else kind


class Speaker:
    """Names the records of one page, each looked up once."""

    def __init__(
        self, case: CaseFile, current: Mapping[str, Account], decisions: Iterable[Decision]
    ) -> None:
        self._case, self._current = case, current
        self._known: dict[str, Spoken] = {}
        self._tags: dict[str, dict[str, None]] = {}
        for made in decisions:
            if made.kind in HANDLING and made.undone_by is None:
                for one in made.accounts:
                    self._tags.setdefault(one, {})[LABELS[made.kind]] = None

    def told(self, ids: Iterable[str]) -> list[Spoken]:
        """The records with these ids, which they have or once had."""
        return [self._known.setdefault(one, self._look_up(one)) for one in dict.fromkeys(ids)]

    def _look_up(self, one: str) -> Spoken:
        if one in self._known:
            return self._known[one]
        account, now = self._current.get(one), one
        if account is None:
            try:
                versions = self._case.history(one)
            except UnknownRecordError:
                return Spoken(REMOVED)
            account = next(v.account for v in reversed(versions) if v.account.id == one)
            now = versions[-1].account.id
        tags = tuple({**self._tags.get(one, {}), **self._tags.get(now, {})})
        return Spoken(record_words(account), now if now in self._current else "", tags)
