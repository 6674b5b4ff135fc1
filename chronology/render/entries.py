"""Entries, accounts, links and questions of a chronology in the words every output shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chronology.account import Mention
from chronology.case import Chronology
from chronology.merge import Entry
from chronology.people import Person
from chronology.render.accounts import account_view, speakers, unique
from chronology.render.decided import rulings_in_short
from chronology.render.doubts import files_of_one
from chronology.render.linked import link_views
from chronology.render.marks import HANDLING, LABELS, mark_view
from chronology.render.names import plain_name, shown_names
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
    graded,
    short_age,
)
from chronology.sharing import WITHHELD
from chronology.vocabulary import EVENT_TYPES, role_of
from chronology.when import EXACT


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand in the timeline, looked up while it is built."""

    persons: Mapping[str, Person]
    placed: Mapping[tuple[str, Mention], str]
    #: Children of the case whose date of birth is known, in the order of the cast.
    children: tuple[Person, ...]
    #: Whether nobody else that the records are about may be a child.
    is_one_child: bool
    #: What each child is called beside an age: the first name where it is not another's too.
    short_names: Mapping[str, str]
    entry_of: Mapping[str, int]
    entry_ids: tuple[str, ...]
    ids: Mapping[int, str]
    #: What every person is called, by id.
    names: Mapping[str, str]
    #: The files whose records are all about one person.
    of_one: frozenset[str]
    links: Mapping[int, tuple[LinkView, ...]] = field(default_factory=dict)
    questions: Mapping[int, int] = field(default_factory=dict)
    #: What was ruled of an entry, in short.
    ruled: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


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
        is_one_child=_is_one_child(chronology, children),
        short_names=_short_names(children),
        entry_of=entry_of,
        entry_ids=entry_ids,
        ids=ids,
        names=shown_names(chronology.cast.persons),
        of_one=files_of_one(chronology.accounts, chronology.cast),
        links=link_views(chronology.links, entry_of, entry_ids),
        questions=asked,
        ruled=rulings_in_short(chronology, entry_of),
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


#: What somebody is to a child who may be a child too.
CHILD_ROLES = frozenset(
    {
        *("child", "children", "unborn child", "baby", "twin", "son", "daughter", "grandchild"),
        *(
            "sibling",
            "siblings",
            "brother",
            "sister",
            "half sibling",
            "half brother",
            "half sister",
        ),
        *("stepsibling", "stepbrother", "stepsister", "cousin", "niece", "nephew"),
    }
)


def _is_one_child(chronology: Chronology, children: Sequence[Person]) -> bool:
    """Whether the records are about one child; of whom no birth is known only by what is said."""
    others = (p for p in chronology.cast.persons if p.is_subject and not p.born)
    return len(children) == 1 and all(map(_is_adult_by_role, others))


def _is_adult_by_role(person: Person) -> bool:
    roles = {role_of(role) for role in person.roles} - {""}
    return bool(roles) and CHILD_ROLES.isdisjoint(roles)


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
    given = name.partition(",")[2] or plain_name(name)
    return next(iter(given.split()), "")


def _is_child(born: date, first: date) -> bool:
    return born >= first or bool(age_words(born, first, first))


def entry_view(number: int, entry: Entry, places: Places) -> EntryView:
    """One entry in the words every output shows."""
    handling = handling_of(entry)
    accounts = tuple(
        account_view(account, speaker, places.ids[id(account)], handling, places.of_one)
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
        type_written=_type_written(entry),
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
        ruled=places.ruled.get(number, ()),
        checks=_all_visible(line for line in entry.decided if line not in entry.ruled),
        is_ruled_one=entry.is_ruled_one,
        marks=tuple(map(mark_view, entry.marks)),
    )


#: Letters of an agency's own words for a type that head an entry; all stand in the account.
LONGEST_TYPE = 120


def _type_written(entry: Entry) -> str:
    """The agency's words for the type: the dating account's, else of the first that gives any."""
    told = sorted(entry.accounts, key=lambda account: account.id != entry.dated_by)
    words = next((w for a in told if (w := " ".join(a.event_type_written.split()))), "")
    if words == entry.summary:
        return ""
    cut = words[:LONGEST_TYPE].rsplit(" ", 1)[0] + " …" if len(words) > LONGEST_TYPE else words
    return visible(cut)


def handling_of(entry: Entry) -> tuple[str, ...]:
    """Whether an entry was marked restricted or about a third party, in words."""
    marked = {mark.kind for mark in entry.marks}
    return tuple(LABELS[kind] for kind in HANDLING if kind in marked)


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
            names[places.names[person_id]] = None
        elif mention.name.strip():
            names[visible(plain_name(mention.name))] = None
    return tuple(names), tuple(person_ids)


def _mentions(entry: Entry, places: Places) -> Iterable[tuple[str | None, Mention]]:
    for of_kind in ("subjects", "people"):
        for account in entry.accounts:
            account_id = places.ids[id(account)]
            for mention in getattr(account, of_kind):
                yield places.placed.get((account_id, mention)), mention


def _age(entry: Entry, person_ids: Sequence[str], places: Places) -> str:
    """The age of the children the entry names; where it names none, of the case's only child.

    Of a record whose words are withheld nothing is told, not even that it is about that child.
    """
    children = [child for child in places.children if child.id in person_ids]
    is_told = all(account.narrative != WITHHELD for account in entry.accounts)
    if not children and places.is_one_child and is_told:
        children = [*places.children]
    ages = [
        (child, age_words(child.born, entry.start, entry.end)) for child in children if child.born
    ]
    told = [(places.short_names[child.id], age) for child, age in ages if age]
    if places.is_one_child:
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


def _all_visible(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(visible(text) for text in texts)
