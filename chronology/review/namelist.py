"""The persons of a case to choose from: a line for each, those that may be none at the end."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chronology.names import folded, parse_name
from chronology.names.tables import is_known_forename
from chronology.people import Person
from chronology.people.called import name_before_address
from chronology.render.text import visible
from chronology.render.words import day_words
from chronology.vocabulary import is_professional_role, role_of

PEOPLE, UNSURE = "People", "May be no person, or several"
#: Words for somebody not known, or for several at once.
_NOBODY = re.compile(
    r"[,;/&].*[,;/&]|\?|\b(?:and|unknown|unk|n/?k|not (?:known|given|stated|recorded)|nobody|none"
    r"|anon(?:ymous)?|someone|somebody|caller|crew|team|staff|neighbours?|family|children|parents"
    r"|others?|various|public)\b",
    re.IGNORECASE,
)
#: Words of an address; surnames too, where a forename stands before them.
_ADDRESS = re.compile(
    r"\d|\b(?:street|st|road|rd|avenue|ave|lane|close|court|crescent|drive|way|house|flat|estate"
    r"|terrace|gardens|place)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """One line to choose: its person and place among the spellings, and the words shown."""

    value: str
    label: str


#: A heading of the list, and the lines under it.
Group = tuple[str, tuple[Name, ...]]


def whole_persons(
    persons: Sequence[Person], agencies: Mapping[str, Sequence[str]]
) -> tuple[Group, ...]:
    """One line for each person."""
    lines = _lines(persons, agencies)
    found: defaultdict[str, list[Name]] = defaultdict(list)
    for at in sorted(range(len(persons)), key=lambda at: _order(persons[at])):
        heading = UNSURE if is_unsure(persons[at]) else PEOPLE
        found[heading].append(Name(_value(persons, at), lines[at]))
    return tuple((heading, tuple(found[heading])) for heading in (PEOPLE, UNSURE) if found[heading])


def spellings(
    persons: Sequence[Person], agencies: Mapping[str, Sequence[str]]
) -> tuple[Group, ...]:
    """The same, and before them the names of each person who has several, to tell them apart."""
    lines = _lines(persons, agencies)
    several = [
        (
            f"Names taken for {lines[at]}",
            tuple(
                Name(f"{at}.{place}", visible(name))
                for place, name in _different(persons[at].names)
            ),
        )
        for at in sorted(range(len(persons)), key=lambda at: _order(persons[at]))
    ]
    return (
        *whole_persons(persons, agencies),
        *((heading, names) for heading, names in several if len(names) > 1),
    )


def in_order(persons: Sequence[Person]) -> list[Person]:
    """By surname and forename; those that may be no person last."""
    return sorted(persons, key=lambda person: (is_unsure(person), *_order(person)))


def spelling(persons: Sequence[Person], value: str) -> str:
    """The name that a line stands for; "" where there is none."""
    at, _, place = value.partition(".")
    if not (at + place).isascii() or not at.isdigit() or not place.isdigit():
        return ""
    names = persons[int(at)].names if int(at) < len(persons) else ()
    return names[int(place)] if int(place) < len(names) else ""


def is_unsure(person: Person) -> bool:
    """Whether what was taken for a person may be an address, nobody known, or several."""
    if person.born or person.identifiers:
        return False
    return not any(_is_a_name(name) for name in person.names)


def _is_a_name(name: str) -> bool:
    parsed = parse_name(name)
    words = name.split()
    if name_before_address(name):
        return True
    if parsed.is_group or not words or _NOBODY.search(name) or _is_two_names(name):
        return False
    if parsed.label or parsed.is_baby or parsed.is_unborn:
        return True
    if _ADDRESS.search(name):
        return is_known_forename(parsed.forename)
    if role_of(words[0]) or is_professional_role(name):
        return False
    return bool(parsed.forename or parsed.surname)


def _is_two_names(name: str) -> bool:
    """Two names in one cell: a name written surname first has one word before the comma."""
    halves = name.split(",")
    return len(halves) > 1 and all(len(half.split()) > 1 for half in halves)


def _order(person: Person) -> tuple[str, ...]:
    parsed = parse_name(person.names[0])
    return (parsed.surname, parsed.forename, folded(person.names[0]), str(person.born), person.id)


def _value(persons: Sequence[Person], at: int) -> str:
    """A spelling that is this person's alone, where there is one: a ruling goes by the name."""
    shared = Counter(name for person in persons for name in person.names)
    names = persons[at].names
    return f"{at}.{next((n for n, name in enumerate(names) if shared[name] == 1), 0)}"


def _different(names: Iterable[str]) -> list[tuple[int, str]]:
    """Spellings that differ in more than capitals, commas and the order of their words."""
    found: dict[str, tuple[int, str]] = {}
    for place, name in enumerate(names):
        found.setdefault(" ".join(sorted(re.findall(r"\w+", folded(name)))), (place, name))
    return list(found.values())


def _lines(persons: Sequence[Person], agencies: Mapping[str, Sequence[str]]) -> list[str]:
    """Each person's name with what is known of them; who sent it where two still look alike."""
    lines = [_line(person) for person in persons]
    times = Counter(lines)
    lines = [
        f"{line}, named by {' and '.join(sent)}" if times[line] > 1 and sent else line
        for line, sent in zip(lines, (agencies.get(p.id, ()) for p in persons), strict=True)
    ]
    times, seen = Counter(lines), Counter[str]()
    for at, line in enumerate(lines):
        seen[line] += 1
        if times[line] > 1:
            lines[at] = f"{line} ({seen[line]} of {times[line]} of this name)"
    return lines


def _line(person: Person) -> str:
    known = (f"born {day_words(person.born)}" if person.born else "", *person.roles[:2])
    told = ", ".join(filter(None, known))
    return visible(f"{person.names[0]} ({told})" if told else person.names[0])
