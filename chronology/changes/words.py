"""What of an entry and of a record is compared, and in which words."""

from __future__ import annotations

from collections.abc import Mapping

from chronology.changes.found import Field, Moment
from chronology.changes.sides import Json, mark_words, moment
from chronology.vocabulary import EVENT_TYPES

#: What of an entry is compared beside its records.
_OF_AN_ENTRY = {
    "date": "Date",
    "type": "Kind of event",
    "summary": "Beginning of the words",
    "conflicts": "What the accounts say differently",
    "decided": "Decisions",
    "marks": "Set by reviewers",
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


def entry_fields(was: Json, now: Json) -> tuple[Field, ...]:
    """What an entry tells otherwise now, its records apart."""
    return _fields(_OF_AN_ENTRY, _entry_words(was), _entry_words(now))


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
    conflicts = (
        f"{conflict['about']}: "
        + "; ".join(sorted(f"{v['by']}: {v['says']}" for v in conflict["versions"]))
        for conflict in entry["conflicts"]
    )
    return {
        "date": moment(entry),
        "type": _type(entry["type"]),
        "summary": entry["summary"],
        "conflicts": "\n".join(sorted(conflicts)),
        "decided": "\n".join(sorted(entry.get("decided", ()))),
        "marks": "\n".join(map(mark_words, sorted(entry.get("marks", ()), key=_by_number))),
    }


def _by_number(mark: Json) -> int:
    return int(mark["decision"])


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
