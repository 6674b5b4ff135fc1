"""The entries as a page lists them: by month, with what its filters and lanes need to know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chronology.render.differences import Piece, pieces
from chronology.render.marks import HANDLING
from chronology.render.shown import AccountView, EntryView, TimelineView
from chronology.render.words import MONTHS

#: Day 0 of the page's day numbers, 1 January 1970, as browsers count.
FIRST_DAY = date(1970, 1, 1).toordinal()

#: A section's height before it is drawn is guessed from how many entries it holds.
SIZES = (2, 5, 10, 20, 40, 80)

_MONTH_KEY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Choice:
    """One agency, person or type to filter by; ``index`` stands for it in the page's own marks."""

    index: int
    label: str
    count: int
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An account beside the others of its entry, cut where only it says something."""

    account: AccountView
    lane: int
    narrative: tuple[Piece, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its numbers: days, lane, people and type indexes, and the letters of its state.

    ``mark`` is how it is drawn: ``p`` a point, ``r`` a stretch, ``b`` before, ``a`` after, or "".
    ``state`` holds ``m`` merged, ``c`` conflicting, ``s`` single, ``q`` question, ``d`` doubt,
    ``h`` restricted or about a third party, ``g`` with anything a reviewer set or decided.
    """

    entry: EntryView
    start: int | None
    end: int | None
    mark: str
    lanes: tuple[int, ...]
    people: tuple[int, ...]
    type: int
    state: str
    cards: tuple[Card, ...]

    @property
    def is_marked(self) -> bool:
        """Whether words of any account are underlined because they stand in it alone."""
        return any(piece.is_alone for card in self.cards for piece in card.narrative)

    @property
    def numbers(self) -> str:
        """What the page's script needs, in one attribute: lists within it are cut by spaces."""
        start = "" if self.start is None else self.start
        end = "" if self.end is None else self.end
        lanes, people = " ".join(map(str, self.lanes)), " ".join(map(str, self.people))
        return f"{start},{end},{self.mark},{lanes},{people},{self.type},{self.state}"


@dataclass(frozen=True, slots=True)
class Month:
    """One section of the list; ``label`` is "" for the entries without a date."""

    index: int
    label: str
    year: str
    size: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything listed and everything it can be filtered by."""

    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    agencies: tuple[Choice, ...]
    people: tuple[Choice, ...]
    types: tuple[Choice, ...]
    years: tuple[Choice, ...]
    undated: int
    lane_of: dict[str, int]


def listing(timeline: TimelineView) -> Listing:
    """The entries of a timeline in sections, and the choices its filters offer."""
    entries = timeline.entries
    lane_of = _lanes(timeline)
    person_of = {person.id: place for place, person in enumerate(timeline.people)}
    type_of = {label: place for place, label in enumerate(sorted({e.type_label for e in entries}))}
    rows = tuple(_row(entry, lane_of, person_of, type_of) for entry in entries)
    return Listing(
        months=_months(rows),
        rows=rows,
        agencies=_agencies(timeline, rows, lane_of),
        people=_people(timeline, rows),
        types=_counted(type_of, (row.type for row in rows)),
        years=_years(rows),
        undated=sum(not row.mark for row in rows),
        lane_of=lane_of,
    )


def iso(day: int) -> str:
    """A day number as ``2013-03-14``; the calendar's ends where it would fall off them."""
    ordinal = min(max(day + FIRST_DAY, 1), date.max.toordinal())
    return date.fromordinal(ordinal).isoformat()


def _lanes(timeline: TimelineView) -> dict[str, int]:
    """Agency code -> lane, in the order of the key; only agencies that sent something."""
    met = {agency for entry in timeline.entries for agency in entry.agencies}
    met |= {a.agency for entry in timeline.entries for a in entry.accounts}
    met |= {account.agency for q in timeline.questions for account in (q.a, q.b)}
    met |= {source.agency for source in timeline.sources if source.agency}
    ordered = [code for code in timeline.agency_labels if code in met]
    ordered += sorted(code for code in met if code not in timeline.agency_labels)
    return {code: place for place, code in enumerate(ordered)}


def _row(
    entry: EntryView, lane_of: dict[str, int], person_of: dict[str, int], type_of: dict[str, int]
) -> Row:
    start, end = _day(entry.iso_start), _day(entry.iso_end)
    return Row(
        entry=entry,
        start=start,
        end=end,
        mark=_mark(entry, start, end),
        lanes=tuple(sorted({lane_of[agency] for agency in entry.agencies if agency in lane_of})),
        people=tuple(sorted({person_of[i] for i in entry.person_ids if i in person_of})),
        type=type_of[entry.type_label],
        state=_state(entry),
        cards=cards(entry.accounts, lane_of),
    )


def _day(text: str) -> int | None:
    return date.fromisoformat(text[:10]).toordinal() - FIRST_DAY if text else None


def _mark(entry: EntryView, start: int | None, end: int | None) -> str:
    if start is None:
        return "" if end is None else "b"
    if end is None:
        return "a"
    return "p" if entry.is_exact and start == end else "r"


def _state(entry: EntryView) -> str:
    state = "s" if entry.status == "single" else "m"
    differs = entry.status == "conflicting" or entry.conflicts
    state += ("c" if differs else "") + ("q" if entry.questions else "") + _doubt(entry)
    return state + ("h" if entry.marked(*HANDLING) else "") + ("g" if _reviewed(entry) else "")


def _reviewed(entry: EntryView) -> bool:
    return bool(entry.marks or entry.decided)


def _doubt(entry: EntryView) -> str:
    return "d" if entry.flags or any(account.flags for account in entry.accounts) else ""


def cards(accounts: tuple[AccountView, ...], lane_of: dict[str, int]) -> tuple[Card, ...]:
    """Accounts to stand side by side."""
    cut = pieces(tuple(account.narrative for account in accounts))
    return tuple(
        Card(account, lane_of[account.agency], narrative, _facts(account))
        for account, narrative in zip(accounts, cut, strict=True)
    )


def _facts(a: AccountView) -> tuple[tuple[str, str], ...]:
    """What an account says besides its narrative; what it does not say takes no line."""
    facts = (
        ("Date", a.when),
        ("As written", a.when_written if a.when_written != a.when else ""),
        ("Recorded", a.recorded),
        ("Known", a.known),
        ("Shared", a.shared),
        ("Their type", a.event_type_written),
        ("Read as", a.event_type),
        ("Outcome", a.outcome),
        ("About", ", ".join(a.subjects)),
        ("People", ", ".join(a.people)),
        ("Worker", a.professional),
        ("Place", a.location),
        ("Child seen", a.child_seen),
        ("Child’s words", a.child_voice),
        ("Analysis", a.analysis),
        ("Reference", a.reference),
        ("System", a.system),
        *a.other,
        *(("Doubt", flag) for flag in a.flags),
        *(("Note", note) for note in a.notes),
    )
    return tuple(fact for fact in facts if fact[1])


def _months(rows: tuple[Row, ...]) -> tuple[Month, ...]:
    """Sections in the order in which their first entry comes; the undated always last."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.entry.month_key, []).append(row)
    undated = grouped.pop("", [])
    sections = [*grouped.items(), *([("", undated)] if undated else [])]
    return tuple(
        Month(place, *_month_words(key), _size(len(found)), tuple(found))
        for place, (key, found) in enumerate(sections, 1)
    )


def _month_words(key: str) -> tuple[str, str]:
    """Label and year of a section."""
    found = _MONTH_KEY.fullmatch(key)
    return (f"{MONTHS[int(found[2]) - 1]} {found[1]}", found[1]) if found else (key, "")


def _size(count: int) -> int:
    return next((place for place, most in enumerate(SIZES) if count <= most), len(SIZES))


def _agencies(
    timeline: TimelineView, rows: tuple[Row, ...], lane_of: dict[str, int]
) -> tuple[Choice, ...]:
    counts = Counter(lane for row in rows for lane in row.lanes)
    return tuple(
        Choice(lane, timeline.agency_labels.get(code, code), counts[lane], _shape(timeline, code))
        for code, lane in lane_of.items()
    )


def _shape(timeline: TimelineView, code: str) -> str:
    shade = timeline.shades.get(code)
    return shade.shape if shade else "circle"


def _people(timeline: TimelineView, rows: tuple[Row, ...]) -> tuple[Choice, ...]:
    counts = Counter(person for row in rows for person in row.people)
    return tuple(
        Choice(place, person.name, counts[place])
        for place, person in enumerate(timeline.people)
        if counts[place]
    )


def _counted(index_of: dict[str, int], met: Iterable[int]) -> tuple[Choice, ...]:
    counts = Counter(met)
    return tuple(Choice(place, label, counts[place]) for label, place in index_of.items())


def _years(rows: tuple[Row, ...]) -> tuple[Choice, ...]:
    firsts = (row.start if row.start is not None else row.end for row in rows)
    counts = Counter(iso(day)[:4] for day in firsts if day is not None)
    return tuple(Choice(int(year), year, counts[year]) for year in sorted(counts))
