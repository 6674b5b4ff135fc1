"""Links between entries that came or went, or that are others now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chronology.changes.found import LinkChange, LinkTold
from chronology.changes.sides import Json, Side, moment, record


def link_changes(old: Side, new: Side) -> Iterator[LinkChange]:
    """Every link that is not as it was, in the order of the later entries.

    A link is known by the entries its two records stand in, in both documents. Where what a record
    followed is another now, the two links are told as one change.
    """
    was, now = _by_entries(old), _by_entries(new)
    same = [(one, other) for one in was for other in _counterparts(one, old, new) if other in now]
    for one, other in same:
        if _says_otherwise(was[one], now[other]):
            yield LinkChange(_told(was[one], old), _told(now[other], new))
    kept_before, kept_after = {one for one, _ in same}, {other for _, other in same}
    gone: defaultdict[str, list[Json]] = defaultdict(list)
    for key, link in was.items():
        if key not in kept_before:
            gone[_follower(link, old, new)].append(link)
    for key, link in now.items():
        if key not in kept_after:
            instead = gone.get(new.entries[new.entry_of[link["b_id"]]]["id"])
            before = _told(instead.pop(0), old) if instead else None
            yield LinkChange(before, _told(link, new))
    for links in gone.values():
        yield from (LinkChange(_told(link, old), None) for link in links)


#: The numbers of the entries of the earlier record and of the later.
_Ends = tuple[int, int]


def _by_entries(side: Side) -> dict[_Ends, Json]:
    found: dict[_Ends, Json] = {}
    for link in side.links:
        if link["a_id"] in side.entry_of and link["b_id"] in side.entry_of:
            found.setdefault((side.entry_of[link["a_id"]], side.entry_of[link["b_id"]]), link)
    return found


def _counterparts(ends: _Ends, old: Side, new: Side) -> list[_Ends]:
    """Where a link would stand now, whichever record of an entry carries it."""
    firsts, seconds = (
        sorted({new.entry_of[one] for one in old.ids[at] if one in new.entry_of}) for at in ends
    )
    return [(a, b) for a in firsts for b in seconds]


def _follower(link: Json, old: Side, new: Side) -> str:
    """The entry, as it is called now, that holds what followed; "" where it is gone."""
    ids = old.ids[old.entry_of[link["b_id"]]]
    at = next((new.entry_of[one] for one in ids if one in new.entry_of), None)
    return "" if at is None else str(new.entries[at]["id"])


#: What of a link is compared; not its reasons, nor which record of an entry carries it.
_COMPARED = ("days", "near_in_time_only", "confirmed")


def _says_otherwise(was: Json, now: Json) -> bool:
    """Whether what both documents say of a link is not the same."""
    return any(was[key] != now[key] for key in _COMPARED if key in was and key in now)


def _is_weak(link: Json) -> bool:
    return bool(link.get("near_in_time_only"))


def _told(link: Json, side: Side) -> LinkTold:
    a, b = link["a_id"], link["b_id"]
    return LinkTold(
        earlier=record(side.account_of[a]),
        later=record(side.account_of[b]),
        earlier_when=moment(side.entries[side.entry_of[a]]),
        later_when=moment(side.entries[side.entry_of[b]]),
        kind=link["kind"],
        days=link["days"],
        is_weak=_is_weak(link),
        confirmed=link.get("confirmed") or "",
    )
