"""The case as it stands after the last decision, and quick ways to find things in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from chronology.account import Account
from chronology.case import Chronology
from chronology.decisions import Pair, pair_of
from chronology.merge import Entry, Question
from chronology.render.accounts import account_view, speakers
from chronology.render.entries import Places, entry_view, handling_of, places_of
from chronology.render.listing import Card, cards
from chronology.render.shown import AccountView, EntryView
from chronology.review.shades import LANE_OF


@dataclass(frozen=True)
class Standing:
    """One state of the case. ``seq`` is the last decision it takes account of."""

    chronology: Chronology
    seq: int
    #: Account id -> the place of its entry, from 0.
    place: dict[str, int] = field(default_factory=dict)

    @cached_property
    def places(self) -> Places:
        """What the words of an entry are looked up in."""
        return places_of(self.chronology)

    @cached_property
    def haystacks(self) -> tuple[str, ...]:
        """Everything each entry says, to search in."""
        return tuple(_haystack(entry) for entry in self.chronology.entries)

    @cached_property
    def asked(self) -> frozenset[str]:
        """Ids of the accounts that an open question is about."""
        questions = self.chronology.questions
        return frozenset(id_ for q in questions for id_ in (q.a.id, q.b.id))

    def entry_of(self, account_id: str) -> Entry | None:
        """The entry an account stands in."""
        at = self.place.get(account_id)
        return None if at is None else self.chronology.entries[at]

    def shown(self, entry: Entry) -> EntryView:
        """An entry in the words every output shows."""
        return entry_view(self.place[entry.accounts[0].id] + 1, entry, self.places)

    def around(self, entry: Entry, reach: int) -> tuple[Entry, ...]:
        """The entries that stand just before and just after one."""
        at = self.place[entry.accounts[0].id]
        entries = self.chronology.entries
        return (*entries[max(at - reach, 0) : at], *entries[at + 1 : at + 1 + reach])


def standing_of(chronology: Chronology, seq: int) -> Standing:
    """A chronology that can be looked up by account."""
    place = {
        account.id: at for at, entry in enumerate(chronology.entries) for account in entry.accounts
    }
    return Standing(chronology, seq, place)


def pair_of_question(question: Question) -> Pair:
    """The pair a question is about."""
    return pair_of(question.a.id, question.b.id)


def side_by_side(accounts: Sequence[Account], standing: Standing | None = None) -> tuple[Card, ...]:
    """Accounts beside each other, with the words marked that only one of them says."""
    told = zip(accounts, speakers(accounts), strict=True)
    return cards_of(
        account_view(account, speaker, account.id, _handling(account, standing))
        for account, speaker in told
    )


def _handling(account: Account, standing: Standing | None) -> tuple[str, ...]:
    """Who should see it, where its entry is marked so."""
    entry = standing.entry_of(account.id) if standing else None
    return handling_of(entry) if entry else ()


def cards_of(views: Iterable[AccountView]) -> tuple[Card, ...]:
    """Accounts in words as the cards of the page."""
    return cards(tuple(views), LANE_OF)


def _haystack(entry: Entry) -> str:
    said: list[str] = []
    for a in entry.accounts:
        said += (
            a.occurred.written,
            a.narrative,
            a.event_type_written,
            a.outcome,
            a.professional,
            a.location,
        )
        said += (a.organisation, a.analysis, a.reference, a.child_voice, a.source.file)
        said += (mention.name for mention in (*a.subjects, *a.people))
    return "\n".join(said).casefold()
