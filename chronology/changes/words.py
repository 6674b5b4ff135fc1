"""What of an entry and of a record is compared, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from chronology.changes.found import Field, Moment
from chronology.changes.ruled import is_ruling
from chronology.changes.sides import Json, moment
from chronology.vocabulary import EVENT_TYPES

#: What of an entry is compared beside its records; what people decided is told by itself.
_OF_AN_ENTRY = {
    "date": "Date",
    "type": "Kind of event",
    "summary": "Beginning of the words",
}
#: Lines beside an entry, of which those are told that came or went.
_LINES = {
    "conflicts": "What the accounts say differently",
    "doubts": "To look at",
}
#: What of a record is compared; where it stands and its cells as they came are not.
_OF_AN_ACCOUNT = {
    "organisation": "Organisation",
    "system": "System",
    "occurred": "Date",
    "recorded": "Recorded on",
    "known": "Known to the agency",
    "shared": "Shared",
    "event_type_written": "Recorded as",
    "event_type": "Kind of event",
    "reference": "Reference",
    "narrative": "Words",
    "outcome": "Outcome",
    "professional": "By",
    "location": "Place",
    "subjects": "About",
    "people": "People",
    "child_seen": "Child seen",
    "child_alone": "Child seen alone",
    "child_voice": "Child's words",
    "analysis": "Author's analysis",
    "other": "Also recorded",
}


def entry_fields(was: Json, now: Json, *, is_told: bool = False) -> tuple[Field, ...]:
    """What an entry tells otherwise now, its records apart.

    ``is_told``: its records came, went or say something else, so that how its words begin is told
    with them.
    """
    before, after = _entry_words(was), _entry_words(now)
    if is_told:
        after["summary"] = before["summary"]
    if _reads_alike(was, now):
        after["date"] = before["date"]
    return (*_fields(_OF_AN_ENTRY, before, after), *_line_fields(was, now))


def _reads_alike(was: Json, now: Json) -> bool:
    """Whether two known dates are one, whichever record of the entry writes it and how."""
    is_known = bool(was["start"] or was["end"])
    return is_known and replace(moment(was), written="") == replace(moment(now), written="")


def _line_fields(was: Json, now: Json) -> Iterator[Field]:
    before, after = _entry_lines(was), _entry_lines(now)
    for key, name in _LINES.items():
        gone = "\n".join(line for line in before[key] if line not in after[key])
        came = "\n".join(line for line in after[key] if line not in before[key])
        if gone or came:
            yield Field(name, gone, came)


def account_fields(was: Json, now: Json) -> tuple[Field, ...]:
    """What a record tells otherwise now."""
    return _fields(_OF_AN_ACCOUNT, _account_words(was), _account_words(now))


def _fields(
    names: Mapping[str, str], was: Mapping[str, str | Moment], now: Mapping[str, str | Moment]
) -> tuple[Field, ...]:
    return tuple(
        Field(name, was[key], now[key]) for key, name in names.items() if was[key] != now[key]
    )


def _entry_words(entry: Json) -> dict[str, str | Moment]:
    return {
        "date": moment(entry),
        "type": _type(entry["type"]),
        "summary": entry["summary"],
    }


def _entry_lines(entry: Json) -> dict[str, list[str]]:
    conflicts = (
        f"{conflict['about']}: "
        + "; ".join(sorted(f"{v['by']}: {v['says']}" for v in conflict["versions"]))
        for conflict in entry["conflicts"]
    )
    doubts = (line for line in entry.get("decided", ()) if not is_ruling(line))
    return {"conflicts": sorted(conflicts), "doubts": sorted(doubts)}


def _account_words(account: Json) -> dict[str, str | Moment]:
    words: dict[str, str | Moment] = {}
    for key in _OF_AN_ACCOUNT:
        value = account[key]
        if isinstance(value, Mapping):
            words[key] = moment(value)
        elif key == "event_type":
            words[key] = _type(value)
        elif key in {"subjects", "people"}:
            words[key] = "; ".join(sorted(map(_mention, value)))
        elif key == "other":
            words[key] = "; ".join(sorted(f"{heading}: {text}" for heading, text in value))
        else:
            words[key] = value or ""
    return words


def _mention(mention: Json) -> str:
    details = ", ".join(filter(None, (mention["role"], mention["dob"] or "")))
    return f"{mention['name']} ({details})" if details else str(mention["name"])


def _type(code: str | None) -> str:
    return EVENT_TYPES.get(code, code) if code else ""
