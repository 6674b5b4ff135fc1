"""Case files of the family courts: every object with dates told by what its keys say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chronology.account import Mention
from chronology.flags import Flag
from chronology.importers.defined.base import (
    A_DEADLINE,
    A_STATE,
    UNDER,
    Cells,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.court_words import (
    AUTHORS,
    CREATED,
    DUE,
    ENDS,
    JUDGE,
    LABELS,
    MACHINERY,
    PARTIES,
    PRIVATE,
    TOLD,
    author_of,
    dates_in,
    is_e_mail,
    not_held,
    private,
    repeatable,
    thing_of,
    title_of,
    value_in_words,
    verb_of,
)
from chronology.importers.defined.objects import (
    ADDRESS,
    Keys,
    cells_of,
    in_words,
    keyed,
    moment,
    said,
    squeezed,
    text_of,
)
from chronology.importers.defined.sheets import is_no_real_date
from chronology.when import UNDATED, When

A_PARTY = "It says who is a party to the case or related to one, not something that happened."
UNKNOWN_DATES = "It holds dates ({}), but none of what this program knows to have happened."
ALSO_DATED = "Its dates ({}) are none of what this program knows to have happened."
ITS_HEARING = "It repeats the date of a hearing, which is told with the hearings."
LISTED = "Court hearing listed"
AHEAD = ("Held", "Not told: the day lay ahead when the case was last changed.")
#: What one record says of itself, which those inside it do not repeat.
_ITS_OWN = frozenset({"body", "latestmessage", "note", "details", "description"})
DRAFT = Flag("record-draft", "The order was a draft that was not yet approved.")
#: What the status of a hearing is before its day.
_AWAITED = frozenset({"", "LISTED", "AWAITING_LISTING", "UPDATE_REQUESTED", "UPDATE_SUBMITTED"})
_PLAIN = frozenset({"date", "datetime"})
_PARTY_KEYS = frozenset(
    ("firstname", "lastname", "dateofbirth", "dob", "childdob", "childfullname", "childname")
)
_DRAFTS = frozenset({"DRAFT", "SEND_TO_JUDGE", "RETURNED", "PENDING"})


@dataclass(frozen=True, slots=True)
class Case:
    """What holds for every record of a case."""

    found: Found
    number: str
    organisation: str
    subjects: tuple[Mention, ...]
    people: tuple[Mention, ...]
    #: When the case was last changed before it was sent.
    changed: When = UNDATED


@dataclass(frozen=True, slots=True)
class Record:
    """One object: the key it stands under, where, its own number, and what it holds."""

    key: str
    path: str
    item: int
    number: str
    data: Mapping[str, object]
    keys: Keys
    #: The keys as they are written.
    names: Mapping[str, str]
    #: What the object around it says, where that is part of it (the type of a hearing).
    above: Keys = field(default_factory=dict)
    above_cells: Cells = ()


def tell_case_data(case: Case, data: Mapping[str, object], path: str) -> Cells:
    """Tells every record of a case; returns what the case itself says, with no date of its own."""
    own: dict[str, object] = {}
    for key, value in data.items():
        if _holds_objects(value):
            for record in records_in(value, str(key), f"{path}/{key}"):
                tell_record(case, record)
        else:
            own[str(key)] = value
    return cells_of(own)


def _holds_objects(value: object) -> bool:
    if isinstance(value, list):
        return any(isinstance(one, (dict, list)) for one in value)
    return isinstance(value, dict) and bool(value)


def records_in(
    value: object, key: str, path: str, above: Keys | None = None, cells: Cells = ()
) -> Iterator[Record]:
    """The objects under a key, each followed by the lists of objects inside it."""
    listed = value if isinstance(value, list) else [value]
    for item, one in enumerate(listed, 1):
        number, inner = _unwrapped(one)
        if not isinstance(inner, dict):
            if inner is not None:
                alone = {"value": inner}
                yield Record(key, path, item, number, alone, alone, {"value": key})
            continue
        lists = {k: v for k, v in inner.items() if isinstance(v, list) and _holds_objects(v)}
        own = {k: v for k, v in inner.items() if k not in lists}
        flat, names = _flat(own)
        dated = _dated_lists(lists)
        if dates_in(flat) or not dated:
            yield Record(key, path, item, number, own, flat, names, above or {}, cells)
        for name, listing in lists.items():
            around = ({**(above or {}), **flat}, (*cells, *cells_of(own))) if name in dated else ()
            yield from records_in(listing, f"{key}.{name}", f"{path}[{item}]/{name}", *around)


def _dated_lists(lists: Mapping[str, list[object]]) -> frozenset[str]:
    """The lists whose objects hold dates, as the days of a hearing do."""
    return frozenset(
        name
        for name, listing in lists.items()
        if any(
            isinstance(inner, dict) and dates_in(_flat(inner)[0])
            for _, inner in map(_unwrapped, listing)
        )
    )


def _unwrapped(one: object) -> tuple[str, object]:
    """An element of a list as ``{"id": ..., "value": ...}`` holds it."""
    if isinstance(one, dict) and "value" in one and one.keys() <= {"id", "value"}:
        return text_of(one.get("id")), one["value"]
    number = said(keyed(one), "id", "hearingid") if isinstance(one, dict) else ""
    return number, one


def _flat(data: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """An object and the objects inside it under the last of their keys, and those as written."""
    flat: dict[str, object] = {}
    names: dict[str, str] = {}
    level: list[Mapping[str, object]] = [data]
    while level:
        inside: list[Mapping[str, object]] = []
        for one in level:
            for key, value in one.items():
                plain = squeezed(key)
                if isinstance(value, dict):
                    inside.append(value)
                if (not isinstance(value, dict) or plain in AUTHORS) and plain not in flat:
                    flat[plain], names[plain] = value, key
        level = inside
    return flat, names


def tell_record(case: Case, record: Record) -> None:
    """One account for each date of something that happened; else left out with the reason."""
    found, keys = case.found, record.keys
    dated = dates_in(keys)
    due = [key for key in dated if DUE.search(key)]
    rest = [key for key in dated if key not in due and not ENDS.search(key)]
    created = [key for key in rest if CREATED.search(key)]
    events = [key for key in rest if key not in created and _is_event(record, key)]
    told = [] if is_party(record) else _each_once(keys, events) or created[:1]
    recorded = moment(keys[created[0]]) if events and created else None
    if not told:
        source = found.source(record.path, record.item, unit="item")
        found.leave(source, _why(record, dated, due), _shown(record))
    for part, key in enumerate(told):
        when = moment(keys[key])
        if when.is_known and not is_no_real_date(when):
            _tell(case, record, key, part, when, recorded)
            continue
        reason = f"{in_words(record.names[key])}: {why_no_place(when, text_of(keys[key]))}"
        source = found.source(record.path, record.item, part, unit="item")
        found.leave(source, reason, _shown(record))


def _each_once(keys: Keys, events: list[str]) -> list[str]:
    """Without the plain "date" of a record where another of its dates tells of the same day."""
    days = {moment(keys[key]).start for key in events if key not in _PLAIN}
    return [key for key in events if key not in _PLAIN or moment(keys[key]).start not in days]


def is_to_come(when: When, changed: When) -> bool:
    """Whether a day lies after the last change of the case, so that nobody can tell what came."""
    return when.start is not None and changed.end is not None and when.start > changed.end


def _is_event(record: Record, key: str) -> bool:
    """Whether a date says when something happened."""
    thing, _ = thing_of(record.key)
    if key in _PLAIN or (thing == "Hearing" and "hearing" in key):
        return True
    verb = verb_of(record.names[key])
    return bool(verb) and (verb != "started" or thing in ("Hearing", "Order", "Court proceedings"))


def is_party(record: Record) -> bool:
    """Whether a record says who somebody is."""
    *above, last = map(squeezed, record.key.split("."))
    if "changeofrepresentative" in last:
        return False
    further = last.startswith(("additional", "first")) and any(map(PARTIES.search, above))
    return further or _is_party(record.keys) or bool(PARTIES.search(last))


def _is_party(keys: Keys) -> bool:
    return not _PARTY_KEYS.isdisjoint(keys)


def _why(record: Record, dated: list[str], due: list[str]) -> str:
    if is_party(record):
        names = ", ".join(in_words(record.names[key]) for key in dated)
        return f"{A_PARTY} {ALSO_DATED.format(names)}" if names else A_PARTY
    if due and len(due) == len(dated):
        return A_DEADLINE
    if dated:
        return UNKNOWN_DATES.format(", ".join(in_words(record.names[k]) for k in dated))
    return A_STATE


def _tell(
    case: Case, record: Record, key: str, part: int, when: When, recorded: When | None
) -> None:
    inherited = {key: v for key, v in record.above.items() if key not in _ITS_OWN}
    keys = {**inherited, **record.keys}
    thing, event_type = thing_of(record.key)
    title = title_of(thing, record.names[key])
    raw = (*record.above_cells, *cells_of(record.data))
    withheld = private(raw)
    details: dict[str, str] = {}
    for name in TOLD:
        label = LABELS.get(name) or in_words(record.names.get(name, name))
        details[label] = details.get(label) or value_in_words(keys, name)
    note = said(keys, "note", "casenote") if thing == "Case note" else ""
    told = {*TOLD, *AUTHORS, *JUDGE, key}
    number = record.number or f"{record.key}[{record.item}]"
    hearing = said(record.above, "hearingid")
    status = said(keys, "status", "hmcstatus")
    if title == "Court hearing" and (off := not_held(record.key, status)):
        title = f"Court hearing that was {off}"
    elif title == "Court hearing" and status.upper() in _AWAITED and is_to_come(when, case.changed):
        title = LISTED
    flags = (DRAFT,) if status.upper() in _DRAFTS and event_type == "LEGAL.ORDER" else ()
    telling: Telling = {
        "organisation": case.organisation,
        "event_type_written": title,
        "event_type": event_type or "PRACTICE.CHRONOLOGY",
        "reference": UNDER.join(filter(None, (case.number, hearing, number)))
        + (f".{key}" if part else ""),
        "outcome": status if thing == "Hearing" else "",
        "professional": author_of(keys),
        "location": said(keys, "hearingvenuename"),
        "subjects": case.subjects,
        "people": case.people,
        "recorded": recorded if recorded and recorded.is_known else None,
        "other": (*_beside(record, told), *((AHEAD,) if title == LISTED else ())),
        "raw": raw,
        "withheld": withheld,
        "flags": (*flags, ADDRESS) if withheld else flags,
    }
    source = case.found.source(record.path, record.item, part, unit="item")
    case.found.tell(source, when, note or in_lines(title, details.items()), **telling)


def _beside(record: Record, told: set[str]) -> Iterator[tuple[str, str]]:
    """What else a record says: due dates as such, nothing private, nothing for computers alone."""
    for key, value in record.keys.items():
        text = "" if key in told or isinstance(value, dict) else text_of(value)
        if text and not (PRIVATE.search(key) or MACHINERY.search(key) or is_e_mail(text)):
            label = in_words(record.names[key])
            text = in_figures(value) or text
            yield (f"Due: {label}" if DUE.search(key) else label), text


def in_figures(value: object) -> str:
    """A date given as a list of numbers, as a person writes it."""
    when = moment(value) if isinstance(value, list) else None
    if when is None or when.start is None or not when.is_exact:
        return ""
    return f"{when.start:%d/%m/%Y}" + (f" {when.clock:%H:%M}" if when.clock else "")


def _shown(record: Record) -> Cells:
    return repeatable(cells_of(record.data)) or (("(nothing)", record.key),)
