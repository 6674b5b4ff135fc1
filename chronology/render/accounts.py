"""One account in the words every output shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from chronology.account import Account, Mention, Said, repeatable
from chronology.dates import iso_in_words
from chronology.render.doubts import doubts_and_notes
from chronology.render.shown import AccountView
from chronology.render.text import visible
from chronology.render.words import NOT_RECORDED, moment_words
from chronology.sharing import WITHHELD
from chronology.vocabulary import EVENT_TYPES
from chronology.when import When

#: No column says it; the account's own words may.
NO_ANSWER = "not given as yes or no"

#: Whether seen, and whether alone; nothing where no column of its own answers either.
SEEN_WORDS: dict[tuple[Said, Said], str] = {
    (Said.YES, Said.YES): "Yes, alone",
    (Said.YES, Said.NO): "Yes, not alone",
    (Said.YES, Said.NOT_RECORDED): f"Yes (alone: {NO_ANSWER})",
    (Said.NO, Said.NO): "No",
    (Said.NO, Said.YES): "The record says not seen, and seen alone",
    (Said.NO, Said.NOT_RECORDED): "No",
    (Said.NOT_RECORDED, Said.YES): "Yes, alone",
    (Said.NOT_RECORDED, Said.NO): f"Not alone (seen: {NO_ANSWER})",
    (Said.NOT_RECORDED, Said.NOT_RECORDED): "",
}

IDENTIFIER_WORDS = {"nhs": "NHS number", "upn": "UPN", "local": "local number"}


def account_view(
    account: Account,
    speaker: str,
    account_id: str,
    handling: tuple[str, ...] = (),
    of_one: Collection[str] = (),
) -> AccountView:
    """The account in words; the speaker tells it apart from the entry's others.

    ``of_one`` are the files that are about one person.
    """
    doubts, notes = doubts_and_notes(account, of_one)
    return AccountView(
        id=account_id,
        agency=account.agency.value,
        agency_label=account.agency.label,
        organisation=visible(account.organisation),
        place=visible(str(account.source)),
        system=visible(account.system),
        when=_when_words(account.occurred),
        when_written=visible(_day_written(account.occurred.written)),
        recorded=_when_words(account.recorded),
        known=_when_words(account.known),
        shared=_when_words(account.shared),
        event_type=visible(EVENT_TYPES.get(account.event_type, account.event_type)),
        event_type_written=visible(account.event_type_written),
        reference=visible(account.reference),
        narrative=visible(account.narrative) or NOT_RECORDED,
        outcome=visible(account.outcome) or NOT_RECORDED,
        professional=visible(account.professional),
        location=visible(account.location),
        subjects=unique(_mention_words(mention) for mention in account.subjects),
        people=unique(_mention_words(mention) for mention in account.people),
        child_seen=_child_seen(account),
        child_voice=visible(account.child_voice),
        analysis=visible(account.analysis),
        other=_beside(account),
        flags=unique(visible(flag.text) for flag in doubts),
        notes=unique(visible(flag.text) for flag in notes),
        speaker=speaker,
        handling=handling,
    )


def _child_seen(account: Account) -> str:
    """Whether a column says the child was seen; of a record withheld, that this is not told."""
    if account.narrative == WITHHELD:
        return WITHHELD
    return SEEN_WORDS[account.child_seen, account.child_alone]


def _beside(account: Account) -> tuple[tuple[str, str], ...]:
    """What else a record says, without what outputs do not repeat."""
    cells = repeatable(account, account.other)
    return tuple((visible(head), visible(_day_written(text))) for head, text in cells)


def speakers(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Each account's agency, with organisation and then place where one agency speaks twice."""
    labels = [account.agency.label for account in accounts]
    if len(set(labels)) == len(labels):
        return tuple(labels)
    named = _told_apart(labels, [account.organisation for account in accounts])
    return tuple(map(visible, _told_apart(named, [str(account.source) for account in accounts])))


def masked(kind: str, text: str) -> str:
    """An identifier that can be told apart but not used: ``NHS number ending 123``."""
    name = IDENTIFIER_WORDS.get(kind, kind)
    bare = "".join(text.split())
    return visible(f"{name} ending {bare[-3:]}" if len(bare) > 6 else f"{name} (not shown)")


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, in order, blanks left out."""
    return tuple(dict.fromkeys(text for text in texts if text))


#: A day to which a spreadsheet or database added a midnight that nobody wrote.
_MIDNIGHT = re.compile(
    r"(\d{1,4}[-/.](?:\d\d?|[A-Za-z]{3,9})[-/.]\d{2,4})[ T]0?0:00(?::00(?:\.0+)?)?"
)


def _day_written(text: str) -> str:
    """The words without that midnight; whoever reads the data itself finds it there."""
    found = _MIDNIGHT.fullmatch(text.strip())
    return found[1] if found else text


def _when_words(when: When | None) -> str:
    """A date as understood, with weekday and time where known; "" where there is none."""
    if when is None:
        return ""
    words = moment_words(when.precision, when.start, when.end, when.clock, when.written)
    return visible(words)


@lru_cache(maxsize=20_000)
def _mention_words(mention: Mention) -> str:
    """A person as the record names them: ``Jo Smith (mother, born 3/6/89, UPN ending 12A)``."""
    details = (
        mention.role,
        f"born {iso_in_words(mention.born)}" if mention.born else "",
        *(masked(identifier.kind, identifier.text) for identifier in mention.identifiers),
    )
    told = ", ".join(filter(None, details))
    return visible(f"{mention.name} ({told})" if told else mention.name)


def _told_apart(labels: Sequence[str], details: Sequence[str]) -> list[str]:
    times = Counter(labels)
    return [
        f"{label} ({detail})" if times[label] > 1 and detail else label
        for label, detail in zip(labels, details, strict=True)
    ]
