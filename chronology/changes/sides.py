"""One of the two documents, looked up by the ids its records have in the later one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from chronology.changes.found import LeftOutTold, Moment, Record, SourceTold, Told
from chronology.changes.places import place
from chronology.changes.ruled import rulings
from chronology.dates import iso_in_words
from chronology.errors import ChronologyError

Json = Mapping[str, Any]

#: The version of the contract that can be compared.
SCHEMA_VERSION = 1

NOT_MOVED: Mapping[str, str] = MappingProxyType({})

_Told = TypeVar("_Told")


class Side:
    """The entries, records, questions, sources and rows left out of one document."""

    def __init__(self, document: Json, moved: Mapping[str, str]) -> None:
        if document.get("schema") != SCHEMA_VERSION:
            raise ChronologyError(
                f"A chronology of schema version {document.get('schema')!r} cannot be compared;"
                f" this program knows version {SCHEMA_VERSION}. Use the version that wrote it."
            )
        taken = _Ids(document, moved)
        self.document = document
        self.entries: Sequence[Json] = document["entries"]
        self.ids = [
            tuple(taken.now(account["id"]) for account in entry["accounts"])
            for entry in self.entries
        ]
        self.entry_of = {one: at for at, ids in enumerate(self.ids) for one in ids}
        self.account_of: dict[str, Json] = {
            one: account
            for entry, ids in zip(self.entries, self.ids, strict=True)
            for one, account in zip(ids, entry["accounts"], strict=True)
        }
        self.decided: dict[tuple[object, ...], str] = {}
        for key, told in (*rulings(self.entries, self.ids, self.entry_of), *_marks(self.entries)):
            self.decided.setdefault(key, told)
        self.questions = {
            tuple(sorted(taken.now(question[side]) for side in ("a_id", "b_id")))
            for question in document["review"]
        }
        self.links: Sequence[Json] = [
            {**link, "a_id": taken.now(link["a_id"]), "b_id": taken.now(link["b_id"])}
            for link in document.get("links", ())
        ]
        self.sources = _each(document["sources"], _source_key, _source)
        self.left_out = _each(document["left_out"], _left_out_key, _left_out)

    def told(self, at: int) -> Told:
        """One of its entries."""
        entry = self.entries[at]
        return Told(
            id=entry["id"],
            number=at + 1,
            when=moment(entry),
            agencies=tuple(entry["agencies"]),
            summary=entry["summary"],
            accounts=tuple(map(record, entry["accounts"])),
        )


class _Ids:
    """The ids records have now; two records are never taken for one."""

    def __init__(self, document: Json, moved: Mapping[str, str]) -> None:
        own = {account["id"] for entry in document["entries"] for account in entry["accounts"]}
        targets = Counter(moved.get(one, one) for one in own)
        self._moved = {
            one: target
            for one, target in moved.items()
            if one in own and target not in own and targets[target] == 1
        }

    def now(self, one: str) -> str:
        """The id a record has in the later document, if it is there."""
        return self._moved.get(one, one)


def moment(when: Json) -> Moment:
    """A date of a document."""
    return Moment(when["start"], when["end"], when["time"], when["precision"], when["written"])


def mark_words(mark: Json) -> str:
    """What a reviewer set, with who and when."""
    name = str(mark["kind"]).replace("_", " ").capitalize()
    text = iso_in_words(mark["value"]) if mark["kind"] == "date" else mark["value"]
    value = f": {text}" if text else ""
    return f"{name}{value} ({mark['who']} on {iso_in_words(mark['at'][:10])})"


def _marks(entries: Iterable[Json]) -> Iterator[tuple[tuple[object, ...], str]]:
    """Every mark, by what it is known by wherever it stands."""
    for entry in entries:
        dating = next((a for a in entry["accounts"] if a["id"] == entry["dated_by"]), None)
        where = f" for {place(dating['source'])}" if dating else ""
        for mark in entry.get("marks", ()):
            yield (mark["decision"], mark_words(mark)), f"{mark_words(mark)}{where}"


def record(account: Json) -> Record:
    """An account, in brief."""
    words = account["narrative"] or account["event_type_written"] or account["outcome"]
    return Record(account["id"], account["agency"], place(account["source"]), words)


def _each(
    rows: Iterable[Json], key_of: Callable[[Json], tuple[str, ...]], told: Callable[[Json], _Told]
) -> dict[tuple[object, ...], _Told]:
    """Each row under what it is known by; those that are alike are told apart by their count."""
    found: dict[tuple[object, ...], _Told] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        key = key_of(row)
        times[key] += 1
        found[times[key], *key] = told(row)
    return found


def _source_key(source: Json) -> tuple[str, ...]:
    """What the file holds; one that was refused by its name, too."""
    return source["sha256"], source["file"] if source["refused"] else ""


def _source(source: Json) -> SourceTold:
    refused = source["refused"] or ""
    return SourceTold(source["file"], source["agency"] or "", source["rows_read"], refused)


def _left_out_key(row: Json) -> tuple[str, ...]:
    return row["reason"], *row["cells"]


def _left_out(row: Json) -> LeftOutTold:
    words = " | ".join(cell for cell in row["cells"] if cell.strip())
    return LeftOutTold(place(row["source"]), row["reason"], words)
