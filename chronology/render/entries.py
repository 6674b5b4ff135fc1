"""Entries, accounts, links and questions of a chronology in the words every output shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chronology.account import Account, Mention
from chronology.case import Chronology
from chronology.merge import Entry, Link
from chronology.people import Person
from chronology.render.accounts import account_view, speakers, unique
from chronology.render.marks import mark_view
from chronology.render.shown import (
    AccountView,
    ConflictView,
    EntryView,
    LinkView,
    QuestionView,
)
from chronology.render.text import visible
from chronology.render.words import (
    ALONE_WORDS,
    LIKELIHOOD_WORDS,
    MERGE_WORDS,
    NOT_RECORDED,
    PRECISION_WORDS,
    WEEKDAYS,
    age_words,
    clock_words,
    date_words,
    delay_words,
    graded,
    short_age,
)
from chronology.vocabulary import EVENT_TYPES
from chronology.when import EXACT

#: What a linked account is called seen from the other one: looking ahead, and looking back.
LINK_WORDS: dict[str, tuple[str, str]] = {
    "notification": ("Notification", "the incident this tells of"),
    "response": ("Response", "what this responds to"),
    "follow-up": ("Follow-up", "what this follows up"),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand in the timeline, looked up while it is built."""

    persons: Mapping[str, Person]
    placed: Mapping[tuple[str, Mention], str]
    #: Children of the case whose date of birth is known, in the order of the cast.
    children: tuple[Person, ...]
    #: What each child is called beside an age: the first name where it is not another's too.
    short_names: Mapping[str, str]
    entry_of: Mapping[str, int]
    entry_ids: tuple[str, ...]
    ids: Mapping[int, str]
    links: Mapping[int, tuple[LinkView, ...]] = field(default_factory=dict)
    questions: Mapping[int, int] = field(default_factory=dict)


def entry_views(chronology: Chronology) -> tuple[tuple[EntryView, ...], tuple[QuestionView, ...]]:
    """Every entry and every open question, numbered in the order they are shown."""
    places = places_of(chronology)
    entries = tuple(
        entry_view(number, entry, places) for number, entry in enumerate(chronology.entries, 1)
    )
    shown = {account.id: account for entry in entries for account in entry.accounts}
    questions = tuple(
        QuestionView(
            number=number,
            entry_a=places.entry_of[question.a.id],
            entry_b=places.entry_of[question.b.id],
            a=shown[question.a.id],
            b=shown[question.b.id],
            likelihood=graded(question.score, LIKELIHOOD_WORDS),
            score=question.score,
            reasons_for=_all_visible(question.reasons_for),
            reasons_against=_all_visible(question.reasons_against),
        )
        for number, question in enumerate(chronology.questions, 1)
    )
    return entries, questions


def places_of(chronology: Chronology) -> Places:
    """Where everything of a chronology stands."""
    ids = {id(account): account.id for entry in chronology.entries for account in entry.accounts}
    entry_of = {
        ids[id(account)]: number
        for number, entry in enumerate(chronology.entries, 1)
        for account in entry.accounts
    }
    asked = Counter(
        number
        for question in chronology.questions
        for number in {entry_of[question.a.id], entry_of[question.b.id]}
    )
    entry_ids = tuple(entry.id for entry in chronology.entries)
    children = _children(chronology)
    return Places(
        persons={person.id: person for person in chronology.cast.persons},
        placed=chronology.cast.placed,
        children=children,
        short_names=_short_names(children),
        entry_of=entry_of,
        entry_ids=entry_ids,
        ids=ids,
        links=_link_views(chronology.links, entry_of, entry_ids),
        questions=asked,
    )


def _children(chronology: Chronology) -> tuple[Person, ...]:
    """Persons the records are about who were under 18 at some entry."""
    days = [entry.start for entry in chronology.entries if entry.start]
    first = min(days, default=None)
    return tuple(
        person
        for person in chronology.cast.persons
        if person.is_subject and person.born and first and _is_child(person.born, first)
    )


def _short_names(children: Sequence[Person]) -> dict[str, str]:
    firsts = {child.id: _first_name(child.names[0]) for child in children}
    times = Counter(name.casefold() for name in firsts.values())
    return {
        child.id: visible(
            firsts[child.id]
            if len(firsts[child.id]) > 1 and times[firsts[child.id].casefold()] == 1
            else child.names[0]
        )
        for child in children
    }


def _first_name(name: str) -> str:
    """``Jo`` of "Jo Smith" and of "SMITH, Jo"."""
    given = name.partition(",")[2] or name
    return next(iter(given.split()), "")


def _is_child(born: date, first: date) -> bool:
    return born >= first or bool(age_words(born, first, first))


def entry_view(number: int, entry: Entry, places: Places) -> EntryView:
    """One entry in the words every output shows."""
    accounts = tuple(
        account_view(account, speaker, places.ids[id(account)])
        for account, speaker in zip(entry.accounts, speakers(entry.accounts), strict=True)
    )
    exact = entry.precision in EXACT and entry.start is not None
    first = entry.start or entry.end
    who, person_ids = _who(entry, places)
    return EntryView(
        number=number,
        id=entry.id,
        iso_start=entry.start.isoformat() if entry.start else "",
        iso_end=entry.end.isoformat() if entry.end else "",
        is_exact=exact,
        date_text=visible(date_words(entry.precision, entry.start, entry.end, entry.written)),
        weekday=WEEKDAYS[entry.start.weekday()][:3] if exact and entry.start else "",
        time_text=clock_words(entry.clock),
        precision=PRECISION_WORDS[entry.precision],
        written=visible(entry.written),
        month_key=first.isoformat()[:7] if first else "",
        agencies=tuple(entry.agencies),
        agency_labels=tuple(agency.label for agency in entry.agencies),
        organisations=unique(account.organisation for account in accounts),
        age=_age(entry, person_ids, places),
        who=who,
        person_ids=person_ids,
        type=entry.type,
        type_label=visible(EVENT_TYPES.get(entry.type, entry.type)),
        summary=visible(entry.summary) or NOT_RECORDED,
        outcome=_outcome(accounts),
        status=_status(entry),
        confidence=_confidence(entry),
        reasons=_all_visible(entry.reasons),
        conflicts=_conflicts(entry),
        links=places.links.get(number, ()),
        questions=places.questions.get(number, 0),
        accounts=accounts,
        flags=_entry_flags(accounts),
        decided=_all_visible(entry.decided),
        ruled=_all_visible(entry.ruled),
        is_ruled_one=entry.is_ruled_one,
        marks=tuple(map(mark_view, entry.marks)),
    )


def _entry_flags(accounts: Sequence[AccountView]) -> tuple[str, ...]:
    if len(accounts) == 1:
        return accounts[0].flags
    return unique(f"{account.speaker}: {flag}" for account in accounts for flag in account.flags)


def _outcome(accounts: Sequence[AccountView]) -> str:
    """Each outcome once, with whose it is where the accounts do not all give the same."""
    told: dict[str, list[str]] = {}
    for account in accounts:
        told.setdefault(account.outcome, []).append(account.speaker)
    if len(told) == 1:
        return accounts[0].outcome
    told.pop(NOT_RECORDED, None)
    return "\n".join(f"{' and '.join(who)}: {outcome}" for outcome, who in told.items())


def _who(entry: Entry, places: Places) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Everybody the entry names, once each, subjects first; and the ids of those of the key."""
    names: dict[str, None] = {}
    person_ids: dict[str, None] = {}
    for person_id, mention in _mentions(entry, places):
        if person_id:
            person_ids[person_id] = None
            names[visible(places.persons[person_id].names[0])] = None
        elif mention.name.strip():
            names[visible(mention.name)] = None
    return tuple(names), tuple(person_ids)


def _mentions(entry: Entry, places: Places) -> Iterable[tuple[str | None, Mention]]:
    for of_kind in ("subjects", "people"):
        for account in entry.accounts:
            account_id = places.ids[id(account)]
            for mention in getattr(account, of_kind):
                yield places.placed.get((account_id, mention)), mention


def _age(entry: Entry, person_ids: Sequence[str], places: Places) -> str:
    """The age of the children the entry names, or else of every child of the case."""
    named = [child for child in places.children if child.id in person_ids]
    ages = [
        (child, age_words(child.born, entry.start, entry.end))
        for child in named or places.children
        if child.born
    ]
    told = [(places.short_names[child.id], age) for child, age in ages if age]
    if len(places.children) == 1:
        return told[0][1] if told else ""
    if len(told) == 1:
        return f"{told[0][0]} {told[0][1]}"
    return "; ".join(f"{name} {short_age(age)}" for name, age in told)


def _status(entry: Entry) -> str:
    if len(entry.accounts) == 1:
        return "single"
    return "conflicting" if entry.conflicts else "merged"


def _confidence(entry: Entry) -> str:
    if len(entry.accounts) == 1:
        return "Single account"
    return graded(entry.confidence, ALONE_WORDS if entry.is_ruled_one else MERGE_WORDS)


def _conflicts(entry: Entry) -> tuple[ConflictView, ...]:
    return tuple(
        ConflictView(
            visible(conflict.about),
            tuple((visible(who), visible(says)) for who, says in conflict.versions),
        )
        for conflict in entry.conflicts
    )


def _link_views(
    links: Sequence[Link], entry_of: Mapping[str, int], entry_ids: Sequence[str]
) -> dict[int, tuple[LinkView, ...]]:
    """Each link twice: at the earlier entry looking ahead, and at the later one looking back."""
    views: dict[int, dict[LinkView, None]] = {}
    ways = {(entry_of[link.a.id], entry_of[link.b.id], link.kind) for link in links}
    for link in links:
        first, second = entry_of[link.a.id], entry_of[link.b.id]
        if first == second:
            continue
        is_both_ways = (second, first, link.kind) in ways
        ahead, back = _both_ways(link) if is_both_ways else _one_way(link)
        views.setdefault(first, {})[LinkView(second, entry_ids[second - 1], ahead)] = None
        views.setdefault(second, {})[LinkView(first, entry_ids[first - 1], back)] = None
    return {number: tuple(sorted(found, key=_by_entry)) for number, found in views.items()}


def _one_way(link: Link) -> tuple[str, str]:
    """What a link is called at its first entry, and at its second."""
    ahead, back = LINK_WORDS.get(link.kind, (link.kind.capitalize(), "what this belongs to"))
    before = _delay(link.days, "before", "after")
    return (
        f"{ahead} {_delay(link.days, 'later', 'earlier')} ({_recorded_by(link.b)})",
        f"{before[0].upper()}{before[1:]}: {back} ({_recorded_by(link.a)})",
    )


def _both_ways(link: Link) -> tuple[str, str]:
    """Where records of two entries point at each other, neither is told to come first."""
    ahead, _ = LINK_WORDS.get(link.kind, (link.kind.capitalize(), ""))
    text = f"{ahead}: the records do not show which of the two comes first"
    return text, text


def _recorded_by(account: Account) -> str:
    return f"recorded by {account.agency.label}"


def _by_entry(link: LinkView) -> tuple[int, str]:
    return link.entry_number, link.text


def _delay(days: int, forwards: str, backwards: str) -> str:
    if not days:
        return "the same day"
    return f"{delay_words(days)} {forwards if days > 0 else backwards}"


def _all_visible(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(visible(text) for text in texts)
