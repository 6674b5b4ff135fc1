"""Who is who in the case, and what a person says about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from chronology.account import Agency
from chronology.people import Person
from chronology.render.text import visible
from chronology.render.words import day_words
from chronology.review.namelist import in_order, is_unsure, spelling, spellings, whole_persons
from chronology.review.pages.here import (
    Refused,
    desk_here,
    record,
    refused,
    said,
    seen,
    standing_here,
)
from chronology.review.standing import Standing

blueprint = Blueprint("people", __name__)

KINDS = ("persons_same", "persons_different")
ONE_SPELLING = (
    "These two are written the same in every record, and what you say goes by the name. Records "
    "of one that stand with the other can be moved on the page of their entry."
)
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
    is_unsure: bool


@blueprint.get("/people")
def people() -> str:
    """Everybody of the case."""
    return _page(Refused())


def _page(not_taken: Refused) -> str:
    desk = desk_here()
    standing = desk.current()
    persons = standing.chronology.cast.persons if standing else ()
    senders = _senders(standing) if standing else {}
    lists = {
        "persons_same": whole_persons(persons, senders),
        "persons_different": spellings(persons, senders),
    }
    return render_template(
        "people.html",
        people=_shown(standing) if standing else [],
        lists=lists,
        choices=CHOICES,
        ruled=[d for d in reversed(desk.decisions) if d.kind in KINDS],
        refused=not_taken,
    )


@blueprint.post("/people")
def rule() -> str | Response:
    """Records that two names are one person, or are not."""
    persons = standing_here().chronology.cast.persons
    kind, a, b = said("kind"), spelling(persons, said("a")), spelling(persons, said("b"))
    field, why = "b", ""
    if kind not in KINDS or not a or not b or said("a") == said("b"):
        why = "Choose two different names."
    elif a == b:
        why = ONE_SPELLING
    elif not said("reason"):
        field, why = "reason", "Give a reason: it is kept with the decision."
    else:
        why = record([(kind, _named_in(a, b), f"{a} | {b}")], said("reason"), "Recorded.")
    return _page(refused(kind, field, why)) if why else seen(url_for("people.people"))


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


def _senders(standing: Standing) -> dict[str, list[str]]:
    """For each person the agencies that name them, in the order of the key."""
    cast = standing.chronology.cast
    found: dict[str, dict[Agency, None]] = {}
    for account in standing.chronology.accounts:
        for mention in (*account.subjects, *account.people):
            if person := cast.person_of(account, mention):
                found.setdefault(person, {})[account.agency] = None
    return {one: [a.label for a in Agency if a in sent] for one, sent in found.items()}


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
    return [_person(person, entries[person.id]) for person in in_order(cast.persons)]


def _person(person: Person, entries: int) -> Shown:
    names = [visible(name) for name in person.names]
    return Shown(
        name=names[0],
        other_names=tuple(names[1:]),
        born=day_words(person.born) if person.born else "",
        roles=tuple(map(visible, person.roles)),
        reasons=tuple(map(visible, person.reasons)),
        entries=entries,
        is_unsure=is_unsure(person),
    )
