"""Accounts to entries: grouped, explained, nothing thrown away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from chronology.account import Account, Agency
from chronology.candidates import candidates, families
from chronology.compare import Comparison, Context, compare, context, is_copy, veto
from chronology.competition import Pairs, key_of, second_look
from chronology.conflicts import Conflict as Conflict
from chronology.conflicts import conflicts
from chronology.explain import reasons
from chronology.links import Link as Link
from chronology.links import links
from chronology.people import Cast
from chronology.understand import Understanding, understand
from chronology.when import Precision


@dataclass(frozen=True, slots=True)
class Preset:
    """How boldly to merge and how much to ask, in log odds."""

    name: str
    #: Merge only pairs at least this likely.
    merge_at: float
    #: Join groups only where all their pairs together are at least this likely.
    agree_at: float
    #: Put pairs at least this likely to a person.
    ask_at: float
    #: Days apart two exact dates may be and still merge without a person.
    span_days: int


#: The policy by name. 'suggest' merges nothing but rows that are the same word for word.
PRESETS: dict[str, Preset] = {
    "default": Preset("default", merge_at=1.5, agree_at=-0.5, ask_at=-1.9, span_days=1),
    "strict": Preset("strict", merge_at=2.5, agree_at=1.0, ask_at=-2.4, span_days=0),
    "suggest": Preset("suggest", merge_at=99.0, agree_at=0.0, ask_at=-1.9, span_days=0),
}
#: What counts, in log odds, for two accounts that were never compared or are unlikelier than this.
NEVER_COMPARED = -4.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chronology: the accounts that tell of one occurrence, and the reasons.

    Its date is that of one of its accounts, never a mixture; ``start`` and ``end`` are None for an
    undated entry. ``confidence`` is 0 to 1: how sure it is that the accounts tell of one
    occurrence (1 for a single account). ``dated_by`` is the id of the account whose date it bears.
    """

    id: str
    accounts: tuple[Account, ...]
    start: date | None
    end: date | None
    clock: time | None
    precision: Precision
    written: str
    type: str
    agencies: tuple[Agency, ...]
    summary: str
    confidence: float
    dated_by: str
    reasons: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Two accounts put to a person: are they the same occurrence?"""

    a: Account
    b: Account
    score: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Every account in exactly one entry, what is put to a person, and what belongs together."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...] = ()
    links: tuple[Link, ...] = ()


def merge(accounts: Iterable[Account], cast: Cast, preset: Preset = PRESETS["default"]) -> Merged:
    """Groups accounts that tell of one occurrence; the order of the input does not matter."""
    ordered = sorted(accounts, key=lambda a: a.id)
    understood = [understand(account) for account in ordered]
    case = context(understood, cast)
    of_family = families(ordered, cast)
    pairs = _compared(understood, case, of_family)
    clusters = _clusters(understood, pairs, preset)
    entries = [_entry(cluster, pairs, case, cast) for cluster in clusters]
    entries.sort(key=_entry_order)
    return Merged(
        tuple(entries),
        _questions(clusters, pairs, case, preset),
        links(clusters, case, of_family),
    )


def _compared(
    understood: Sequence[Understanding], case: Context, of_family: dict[str, str]
) -> Pairs:
    near = ((a, b) for a, b in candidates(understood, of_family) if not veto(a, b))
    found = (compare(a, b, case, NEVER_COMPARED) for a, b in near)
    return second_look({key_of(c.a, c.b): c for c in found if c})


def _clusters(
    understood: Sequence[Understanding], pairs: Pairs, preset: Preset
) -> list[list[Understanding]]:
    """Joins the likeliest first; a group grows only where the whole of both groups agrees."""
    cluster_of = {u.account.id: [u] for u in understood}
    for comparison in _mergeable(pairs, preset):
        one = cluster_of[comparison.a.account.id]
        other = cluster_of[comparison.b.account.id]
        if one is not other and _agree(one, other, pairs, preset):
            joined = sorted(
                (*one, *other), key=lambda u: (u.account.occurred.sort_key, u.account.id)
            )
            cluster_of.update((u.account.id, joined) for u in joined)
    unique = {id(cluster): cluster for cluster in cluster_of.values()}
    return sorted(unique.values(), key=lambda c: min(u.account.id for u in c))


def _mergeable(pairs: Pairs, preset: Preset) -> list[Comparison]:
    safe = [c for c in pairs.values() if _is_same_row(c) or _is_safe(c, preset)]
    return sorted(safe, key=lambda c: (not _is_same_row(c), -c.log_odds, key_of(c.a, c.b)))


def _is_same_row(c: Comparison) -> bool:
    """Whether the two say exactly the same: a row that stands twice in what one agency sent."""
    return c.a.account.id.partition("-")[0] == c.b.account.id.partition("-")[0]


def _is_safe(c: Comparison, preset: Preset) -> bool:
    one, other = c.a.account.occurred, c.b.account.occurred
    if not (one.is_exact and other.is_exact and one.start and other.start):
        return False
    if abs((one.start - other.start).days) > preset.span_days:
        return False
    return c.log_odds >= preset.merge_at and not _told_apart(c.a, c.b)


def _told_apart(a: Understanding, b: Understanding) -> bool:
    """Whether one teller wrote both and not as a copy: it records an occurrence once a day."""
    if a.teller != b.teller:
        return False
    return a.first != b.first or _clocks_differ(a, b) or not is_copy(a, b)


def _clocks_differ(a: Understanding, b: Understanding) -> bool:
    return a.minute is not None and b.minute is not None and a.minute != b.minute


def _agree(
    one: list[Understanding], other: list[Understanding], pairs: Pairs, preset: Preset
) -> bool:
    """Whether two groups may be one: no veto, nobody telling it twice, and likely on average."""
    odds: list[float] = []
    for a in one:
        for b in other:
            if veto(a, b) or _told_apart(a, b):
                return False
            known = pairs.get(key_of(a, b))
            odds.append(known.log_odds if known else NEVER_COMPARED)
    days = [u.first for u in (*one, *other) if u.first]
    if days and max(days) - min(days) > max(preset.span_days, 1):
        return False
    copies = len(one) == len(other) == 1 and is_copy(one[0], other[0])
    return copies or sum(odds) / len(odds) >= preset.agree_at


def _entry(cluster: list[Understanding], pairs: Pairs, case: Context, cast: Cast) -> Entry:
    accounts = tuple(u.account for u in cluster)
    dating = _dating(accounts)
    when = dating.occurred
    inside = _inside(cluster, pairs)
    return Entry(
        id="E-" + min(account.id for account in accounts),
        accounts=accounts,
        start=when.start,
        end=when.end,
        clock=when.clock,
        precision=when.precision,
        written=when.written,
        type=_type(accounts, dating),
        agencies=tuple(a for a in Agency if any(account.agency == a for account in accounts)),
        summary=_summary(dating),
        confidence=round(min((c.score for c in inside), default=1.0), 3),
        dated_by=dating.id,
        reasons=tuple(dict.fromkeys(s for c in inside for s in reasons(c, case)[0])),
        conflicts=conflicts(accounts, cast),
    )


def _inside(cluster: list[Understanding], pairs: Pairs) -> list[Comparison]:
    """The comparison that ties each account most strongly to the rest of its entry."""
    found: dict[tuple[str, str], Comparison] = {}
    for u in cluster:
        ties = [c for v in cluster if v is not u and (c := pairs.get(key_of(u, v)))]
        if ties:
            best = max(ties, key=lambda c: (c.log_odds, key_of(c.a, c.b)))
            found[key_of(best.a, best.b)] = best
    return [found[key] for key in sorted(found)]


def _dating(accounts: tuple[Account, ...]) -> Account:
    """The account whose date the entry bears: a day before a stretch, then what most say."""
    told = Counter(account.occurred.start for account in accounts)
    return min(
        accounts,
        key=lambda a: (
            not a.occurred.is_exact,
            not a.occurred.is_known,
            -told[a.occurred.start],
            a.occurred.clock is None,
            a.occurred.sort_key,
            a.id,
        ),
    )


def _type(accounts: tuple[Account, ...], dating: Account) -> str:
    told = Counter(account.event_type for account in accounts if account.event_type)
    if not told:
        return ""
    most = max(told.values())
    if told.get(dating.event_type) == most:
        return dating.event_type
    return min(code for code, n in told.items() if n == most)


#: How much of a narrative stands on the entry's own line; the whole of it stands in the account.
SUMMARY_LENGTH = 240


def _summary(account: Account) -> str:
    """The dating account's own words, cut at a word where they are long."""
    text = " ".join(account.narrative.split()) or account.event_type_written or account.outcome
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _entry_order(entry: Entry) -> tuple[object, ...]:
    dating = next(a for a in entry.accounts if a.id == entry.dated_by)
    return (dating.occurred.sort_key, entry.id)


def _questions(
    clusters: Sequence[Sequence[Understanding]], pairs: Pairs, case: Context, preset: Preset
) -> tuple[Question, ...]:
    """The likeliest open pair between each two entries: one answer settles both entries."""
    entry_of = {u.account.id: at for at, cluster in enumerate(clusters) for u in cluster}
    best: dict[tuple[int, int], Comparison] = {}
    for key in sorted(pairs):
        c = pairs[key]
        one, other = sorted((entry_of[key[0]], entry_of[key[1]]))
        if one != other and c.log_odds >= preset.ask_at:
            known = best.get((one, other))
            if known is None or c.log_odds > known.log_odds:
                best[(one, other)] = c
    chosen = sorted(best.values(), key=lambda c: (-c.log_odds, key_of(c.a, c.b)))
    return tuple(_question(c, case) for c in chosen)


def _question(c: Comparison, case: Context) -> Question:
    speaks_for, against = reasons(c, case)
    return Question(c.a.account, c.b.account, round(c.score, 3), speaks_for, against)
