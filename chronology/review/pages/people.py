"""Who is who in the case, and what a person says about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from chronology.people import Person
from chronology.render.text import visible
from chronology.render.words import day_words
from chronology.review.pages.here import desk_here, record, said, seen, standing_here
from chronology.review.standing import Standing

blueprint = Blueprint("people", __name__)

KINDS = ("persons_same", "persons_different")
#: Each form: kind, heading, hint, and what the two names are.
CHOICES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "persons_same",
        "Two names are one person",
        "For a nickname, a name changed by marriage, a misspelling.",
        "This name",
        "is the same person as",
    ),
    (
        "persons_different",
        "Two names are different persons",
        "For a father and son of one name, or two names wrongly taken for one person.",
        "This name",
        "is not the same person as",
    ),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A person as the page shows them."""

    name: str
    other_names: tuple[str, ...]
    born: str
    roles: tuple[str, ...]
    reasons: tuple[str, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling to choose: its person and place among the spellings, and the words shown."""

    value: str
    label: str


@blueprint.get("/people")
def people() -> str:
    """Everybody of the case."""
    desk = desk_here()
    standing = desk.current()
    persons = standing.chronology.cast.persons if standing else ()
    return render_template(
        "people.html",
        people=_shown(standing) if standing else [],
        names=_names(persons),
        choices=CHOICES,
        ruled=[d for d in reversed(desk.decisions) if d.kind in KINDS],
    )


@blueprint.post("/people")
def rule() -> Response:
    """Records that two names are one person, or are not."""
    desk = desk_here()
    persons = standing_here().chronology.cast.persons
    spelt = {name.value: _spelling(persons, name.value) for name in _names(persons)}
    kind, a, b = said("kind"), spelt.get(said("a"), ""), spelt.get(said("b"), "")
    if kind not in KINDS or not a or not b or said("a") == said("b"):
        desk.tell("Choose two different names.", is_fault=True)
    elif not said("reason"):
        desk.tell("Give a reason: it is kept with the decision.", is_fault=True)
    else:
        record([(kind, _named_in(a, b), f"{a} | {b}")], said("reason"), "Recorded.")
    return seen(url_for("people.people"))


def _named_in(a: str, b: str) -> tuple[str, ...]:
    """For each name an account that bears it, two accounts where that can be: the evidence."""
    bear: dict[str, list[str]] = {a: [], b: []}
    for account in desk_here().contents.accounts:
        for mention in (*account.subjects, *account.people):
            if mention.name in bear:
                bear[mention.name].append(account.id)
    first, second = bear[a], bear[b]
    pairs = ((x, y) for x in first[:5] for y in second[:5] if x != y)
    return next(pairs, tuple(dict.fromkeys((*first[:1], *second[:1]))))


def _shown(standing: Standing) -> list[Shown]:
    cast = standing.chronology.cast
    entries: Counter[str] = Counter()
    for entry in standing.chronology.entries:
        named = {
            cast.person_of(account, mention)
            for account in entry.accounts
            for mention in (*account.subjects, *account.people)
        }
        entries.update(sorted(person for person in named if person))
    return [_person(person, entries[person.id]) for person in cast.persons]


def _person(person: Person, entries: int) -> Shown:
    names = [visible(name) for name in person.names]
    return Shown(
        name=names[0],
        other_names=tuple(names[1:]),
        born=day_words(person.born) if person.born else "",
        roles=tuple(map(visible, person.roles)),
        reasons=tuple(map(visible, person.reasons)),
        entries=entries,
    )


def _names(persons: tuple[Person, ...]) -> list[Name]:
    return [
        Name(
            f"{at}.{place}", visible(name) + (f" (as {visible(person.names[0])})" if place else "")
        )
        for at, person in enumerate(persons)
        for place, name in enumerate(person.names)
    ]


def _spelling(persons: tuple[Person, ...], value: str) -> str:
    at, _, place = value.partition(".")
    return persons[int(at)].names[int(place)]
