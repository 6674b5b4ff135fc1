"""The controlled list of event types, and which of them a record speaks of.

The type is this program's own reading and shown as such; the agency's words stay beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from chronology.account import Agency
from chronology.vocabulary.phrases import Phrases
from chronology.vocabulary.tables import rows, words_of


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: its code, the group it stands in, how it is shown, and what form it takes.

    ``form`` is the coarse kind of occurrence: visit, appointment, meeting, contact, missed ...
    """

    code: str
    group: str
    label: str
    form: str


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that speak for a type: how strongly (1 to 10), for whom, and where in the record."""

    pattern: str
    code: str
    weight: int
    agencies: frozenset[str]
    #: "type" the agency's event type, "text" the narrative, "opening" its first words, "" both.
    place: str


@cache
def event_types() -> Mapping[str, EventType]:
    """Every type by its code, in the order of the list."""
    return {
        row["code"]: EventType(row["code"], row["group"], row["label"], row["form"])
        for row in rows("event_types")
    }


#: Code -> label, as it is shown.
EVENT_TYPES: Mapping[str, str] = {code: known.label for code, known in event_types().items()}

#: Below this a clue found in the narrative alone classifies nothing.
_CLEAR_IN_TEXT = 8
#: An event type as plain as this ("Contact", "Meeting") may be told more exactly by the narrative.
_PLAIN = 5
#: How many of the narrative's words are looked at: it opens with what it is about.
_WORDS_READ = 40
_OPENING = 12
_FIRST = 8
#: A missed occasion: the types it can be said of. A meeting is held even if somebody stays away.
_CAN_BE_MISSED = frozenset(
    ("visit", "appointment", "assessment", "interview", "correspondence", "missed", "")
)
_NOT_HELD = _CAN_BE_MISSED | {"cancelled"}
#: A missed occasion told in the narrative's first words.
_CLEARLY_MISSED = 7
#: Words before a clue that turn it or put it in the past or the future.
_TURNED = frozenset(("no", "not", "never", "without", "previous", "previously", "last", "if"))


def classify(written: str, narrative: str, agency: Agency) -> str:
    """The type a record speaks of: from the agency's own event type first, then the narrative.

    Returns "" where nothing is clear; a type is never forced.
    """
    return _classified(written, " ".join(narrative[:600].split()[:_WORDS_READ]), agency)


def form_of(code: str) -> str:
    """The coarse form of a type: "visit", "meeting", "missed" ...; "" for none."""
    known = event_types().get(code)
    return known.form if known else ""


def is_missed(code: str) -> bool:
    """Whether a type says that an occasion did not take place because somebody was not there."""
    return form_of(code) == "missed"


@lru_cache(maxsize=8192)
def _classified(written: str, opening: str, agency: Agency) -> str:
    told = words_of(opening)
    from_type = _from_type(written, agency)
    from_text = list(_met(told, "text", agency))
    missed = _best(clue for clue in from_text if is_missed(clue[0].code) and clue[1] < _OPENING)
    if from_type is None:
        clear = _best(c for c in from_text if c[0].weight >= _CLEAR_IN_TEXT and c[1] < _FIRST)
        return _agreed(clear, from_text)
    code = from_type.code
    if missed is not None and form_of(code) in _CAN_BE_MISSED and missed.weight >= _CLEARLY_MISSED:
        return missed.code if not is_missed(code) else code
    return _narrowed(from_type, from_text)


@lru_cache(maxsize=8192)
def _from_type(written: str, agency: Agency) -> Clue | None:
    return _best(_met(words_of(written), "type", agency))


def _narrowed(from_type: Clue, from_text: Sequence[tuple[Clue, int]]) -> str:
    """A plain type made exact by the narrative, if that tells of the same form of occasion."""
    if from_type.weight > _PLAIN:
        return from_type.code
    form = form_of(from_type.code)
    exact = _best(
        (clue, at)
        for clue, at in from_text
        if clue.weight >= _CLEAR_IN_TEXT and form_of(clue.code) == form
    )
    return exact.code if exact else from_type.code


def _agreed(clear: Clue | None, found: Sequence[tuple[Clue, int]]) -> str:
    """The clear clue's type, unless another as strong speaks for another form of occasion."""
    if clear is None:
        return ""
    rivals = {form_of(clue.code) for clue, _ in found if clue.weight >= clear.weight}
    return clear.code if rivals == {form_of(clear.code)} else ""


def _best(found: Iterable[tuple[Clue, int]]) -> Clue | None:
    """The strongest clue, the longer then the earlier of equals."""
    ranked = sorted(
        found, key=lambda c: (-c[0].weight, -len(c[0].pattern.split()), c[1], c[0].code)
    )
    if not ranked:
        return None
    best = ranked[0][0]
    if is_missed(best.code):
        held = (clue for clue, _ in ranked if form_of(clue.code) not in _NOT_HELD)
        return next((clue for clue in held if clue.weight >= _CLEAR_IN_TEXT), best)
    return best


def _met(words: Sequence[str], place: str, agency: Agency) -> Iterator[tuple[Clue, int]]:
    """The clues met in a text, with the place of each."""
    finder, clues = _finder()
    for one in finder.everywhere(words):
        if place == "text" and one.start and words[one.start - 1] in _TURNED:
            continue
        for clue in clues[one.phrase]:
            if _counts(clue, place, agency) and (clue.place != "opening" or one.start < _OPENING):
                yield clue, one.start


def _counts(clue: Clue, place: str, agency: Agency) -> bool:
    if clue.agencies and agency not in clue.agencies:
        return False
    return clue.place in ("", place) or clue.place == "opening"


@cache
def _finder() -> tuple[Phrases, dict[str, tuple[Clue, ...]]]:
    clues = sorted((_clue(row) for row in rows("event_type_clues")), key=lambda c: c.pattern)
    by_pattern = {p: tuple(same) for p, same in groupby(clues, key=lambda c: c.pattern)}
    return Phrases(by_pattern), by_pattern


def _clue(row: Mapping[str, str]) -> Clue:
    agencies = frozenset(part for part in row["agencies"].split("|") if part)
    return Clue(row["pattern"], row["code"], int(row["weight"]), agencies, row["place"])
