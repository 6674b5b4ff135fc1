"""How well the links do on a labelled case, counted over occurrences and not over records.

A link is counted by the occurrences of its two entries, each that of most accounts of the entry, so
that an occurrence which stands in several entries is not counted against the links. An incident of
n occurrences is held together by n - 1 ties: recall is how many of them the right links make, a
chain of links counting in full.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from chronology.labelled import Truth
from chronology.merge import Entry, Merged


def count_links(truth: Mapping[str, Truth], merged: Merged) -> dict[str, int]:
    """Counts of a case, by name.

    ``links``, ``links_right`` (two occurrences of one incident) and ``links_of_one`` (two entries
    of one occurrence, which is wrong); ``followers`` (ties that would hold each incident
    together), ``tied`` (those made) and ``tied_to_first`` (occurrences tied to their incident's
    earliest); of the right links, ``delays_true`` (days between the true dates) and
    ``delays_shown`` (days between the dates that the two entries bear).
    """
    event_of = owners(merged.entries, truth)
    entry_of = {account.id: entry for entry in merged.entries for account in entry.accounts}
    told = {what.event: what for what in truth.values()}
    ends = [(link, entry_of[link.a.id], entry_of[link.b.id]) for link in merged.links]
    between = [(link, told[event_of[a.id]], told[event_of[b.id]]) for link, a, b in ends]
    right = [_is_right(a, b) for _, a, b in between]
    ties = _Ties((a.event, b.event) for (_, a, b), ok in zip(between, right, strict=True) if ok)
    incidents = _incidents(told.values())
    return {
        "links": len(between),
        "links_right": sum(right),
        "links_of_one": sum(a.event == b.event for _, a, b in between),
        "followers": sum(len(events) - 1 for events in incidents),
        "tied": sum(len(events) - ties.groups_among(events) for events in incidents),
        "tied_to_first": sum(ties.with_first(events) for events in incidents),
        "delays_true": sum(
            ok and _days(a.day, b.day) == link.days
            for (link, a, b), ok in zip(between, right, strict=True)
        ),
        "delays_shown": sum(
            ok and _days(a.start, b.start) == link.days
            for (link, a, b), ok in zip(ends, right, strict=True)
        ),
    }


def owners(entries: Sequence[Entry], truth: Mapping[str, Truth]) -> dict[str, str]:
    """By entry id, the occurrence that most of its accounts tell of."""
    found = {}
    for entry in entries:
        told = Counter(truth[account.id].event for account in entry.accounts)
        found[entry.id] = min(told, key=lambda event: (-told[event], event))
    return found


def _is_right(a: Truth, b: Truth) -> bool:
    return a.event != b.event and bool(a.incident) and a.incident == b.incident


def _incidents(told: Iterable[Truth]) -> list[list[str]]:
    """The occurrences of each incident, by their true days."""
    found: dict[str, list[Truth]] = defaultdict(list)
    for what in told:
        if what.incident:
            found[what.incident].append(what)
    return [
        [what.event for what in sorted(found[name], key=lambda w: (w.day or date.max, w.event))]
        for name in sorted(found)
    ]


def _days(a: date | None, b: date | None) -> int | None:
    return (b - a).days if a and b else None


class _Ties:
    """Occurrences tied to each other, directly or through others."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._group: dict[str, list[str]] = {}
        for a, b in pairs:
            one, other = self._of(a), self._of(b)
            if one is not other:
                one.extend(other)
                self._group.update((event, one) for event in other)

    def _of(self, event: str) -> list[str]:
        return self._group.setdefault(event, [event])

    def groups_among(self, events: Sequence[str]) -> int:
        """How many separate groups the occurrences of an incident make."""
        return len({min(self._of(event)) for event in events})

    def with_first(self, events: Sequence[str]) -> int:
        """How many occurrences of an incident are tied to its first."""
        return sum(event in self._of(events[0]) for event in events[1:])
