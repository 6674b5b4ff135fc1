"""Accounts to entries: grouped, explained, nothing thrown away."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from chronology.account import Account, Agency
from chronology.clusters import PRESETS as PRESETS
from chronology.clusters import Preset as Preset
from chronology.clusters import clusters
from chronology.compare import Comparison
from chronology.competition import Pairs
from chronology.conflicts import Conflict as Conflict
from chronology.conflicts import conflicts
from chronology.decisions import NO_RULINGS, Decision, Pair, Rulings, pair_of
from chronology.explain import entry_reasons, reasons
from chronology.explain.parting import was_parted, would_part
from chronology.following_weights import Following
from chronology.links import Followed, links
from chronology.links import Link as Link
from chronology.matching import Matched, looked_at, match
from chronology.people import Cast
from chronology.ruled_together import Joined, together
from chronology.ruled_together import Parted as Parted
from chronology.same_facts import one_by_definition
from chronology.understand import Understanding
from chronology.weights import Weights, shipped
from chronology.when import Precision, When
from chronology.words import split, stems


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
    #: What people ruled about its accounts, a line for each ruling.
    decided: tuple[str, ...] = ()
    #: Those of the lines that say whether accounts belong together.
    ruled: tuple[str, ...] = ()
    #: Whether somebody ruled that accounts of it tell of one occurrence.
    is_ruled_one: bool = False
    #: What people set beside what its accounts say.
    marks: tuple[Decision, ...] = ()


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
    #: What would stand together, were it not for a ruling or a rule about those it stands with.
    parted: tuple[Parted, ...] = ()


def merge(
    accounts: Iterable[Account],
    cast: Cast,
    preset: Preset = PRESETS["default"],
    weights: Weights | None = None,
    following: Following | None = None,
    rulings: Rulings = NO_RULINGS,
) -> Merged:
    """Groups accounts that tell of one occurrence; the order of the input does not matter.

    What people ruled holds: ``same`` joins whatever else, ``different`` parts through any chain.
    """
    ordered = sorted(accounts, key=lambda a: a.id)
    return settle(match(ordered, cast, weights or shipped()), preset, following, rulings)


@dataclass(slots=True)
class Known:
    """What was made before of one case, compared once and linked by one policy."""

    #: By the ids of their accounts.
    entries: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    #: As asked the first time, by the ids of their two accounts.
    questions: dict[Pair, Question] = field(default_factory=dict)
    followed: Followed = field(default_factory=Followed)


def settle(
    matched: Matched,
    preset: Preset = PRESETS["default"],
    following: Following | None = None,
    rulings: Rulings = NO_RULINGS,
    known: Known | None = None,
) -> Merged:
    """Decides a case that has been compared; with ``known``, what stays is not made again.

    ``known`` is filled with what was made. It holds for one comparison of one case only.
    """
    proposed = clusters(matched.understood, matched.pairs, preset, rulings, matched.stated)
    joined = together(proposed, rulings)
    groups = joined.groups
    stated = {account_id for pair in matched.stated for account_id in pair}
    before = Known() if known is None else known
    entries = []
    for group in groups:
        ids = tuple(u.id for u in group)
        if ids not in before.entries:
            before.entries[ids] = _entry(group, matched, stated)
        entries.append(before.entries[ids])
    return Merged(
        tuple(sorted(entries, key=_entry_order)),
        _questions(joined, matched, preset, rulings, before.questions),
        links(groups, matched, following, before.followed, rulings, tuple(map(_date_of, entries))),
        joined.parted,
    )


def _entry(cluster: list[Understanding], matched: Matched, stated: Collection[str] = ()) -> Entry:
    accounts = tuple(u.account for u in cluster)
    dating = _dating(accounts)
    when = dating.occurred
    defined = [a for a in accounts if a.id in stated] if stated else []
    is_defined = len(defined) > 1 and len({a.occurred.start for a in defined}) == 1
    inside = _inside(cluster, matched, {a.id for a in defined} if is_defined else set())
    return Entry(
        id="E-" + min(account.id for account in accounts),
        accounts=accounts,
        start=when.start,
        end=when.end,
        clock=when.clock,
        precision=when.precision,
        written=when.written,
        type=_type(accounts, dating),
        agencies=_agencies(accounts),
        summary=_summary(_tells_most(accounts, dating)),
        confidence=round(min((c.score for c in inside), default=1.0), 3),
        dated_by=dating.id,
        reasons=(
            *((one_by_definition(defined),) if is_defined else ()),
            *entry_reasons([(c, matched.contexts.of(c.a, c.b)) for c in inside], matched.weights),
        ),
        conflicts=conflicts(accounts, matched.cast),
    )


def _date_of(entry: Entry) -> When:
    return When(entry.written, entry.precision, entry.start, entry.end, entry.clock)


def _agencies(accounts: tuple[Account, ...]) -> tuple[Agency, ...]:
    told = {account.agency for account in accounts}
    return tuple(told) if len(told) == 1 else tuple(a for a in Agency if a in told)


def _inside(
    cluster: list[Understanding], matched: Matched, defined: Collection[str] = ()
) -> list[Comparison]:
    """The comparison that ties each account most strongly to the rest of its entry.

    Those that are one by definition need none to tie them.
    """
    if len(cluster) == 1:
        return []
    found: Pairs = {}
    for u in cluster:
        if u.id in defined:
            continue
        others = [v for v in cluster if v is not u]
        known = [c for v in others if (c := matched.pairs.get(pair_of(u.id, v.id)))]
        # People may rule one what is too unlike to be among the pairs.
        ties = known or [looked_at(u, v, matched) for v in others]
        best = max(ties, key=lambda c: (c.log_odds, pair_of(c.a.id, c.b.id)))
        found[pair_of(best.a.id, best.b.id)] = best
    return [found[key] for key in sorted(found)]


def _dating(accounts: tuple[Account, ...]) -> Account:
    """The account whose date the entry bears: a day before a stretch, then what most say."""
    if len(accounts) == 1:
        return accounts[0]
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
    if len(accounts) == 1:
        return dating.event_type
    told = Counter(account.event_type for account in accounts if account.event_type)
    if not told:
        return ""
    most = max(told.values())
    if told.get(dating.event_type) == most:
        return dating.event_type
    return min(code for code, n in told.items() if n == most)


#: How much of a narrative stands on the entry's own line; the whole of it stands in the account.
SUMMARY_LENGTH = 240


#: What a record says that tells of its writer and not of what occurred: absent, or only told.
TELLS_LITTLE = re.compile(
    r"\bapolog(?:y|ies|ised|ized)\b"
    r"|\b(?:unable|not able) to (?:attend|make it|be present|join)\b"
    r"|\b(?:did not|didn't|could not|couldn't|cannot|can't) (?:attend|make it)\b"
    r"|\bno (?:one|representative|rep) (?:available|present|attended)\b"
    r"|\b(?:on|annual|sick|maternity) leave\b"
    r"|\b(?:notified|notification|invitation|invited|invite|letter|email|minutes) (?:received"
    r"|rec'?d|only|sent|circulated|filed|scanned|seen|noted)\b"
    r"|\b(?:copied in|for information only|fyi|see minutes|no further information|nfi)\b",
    re.IGNORECASE,
)
#: Words up to which a record that says so says nothing else.
LITTLE = 25


def _tells_most(accounts: Sequence[Account], dating: Account) -> Account:
    """Of the accounts of the entry's day the one with most to tell; of equals the dating one."""
    day = (dating.occurred.start, dating.occurred.end)
    of_day = [a for a in accounts if (a.occurred.start, a.occurred.end) == day]
    return min(
        of_day,
        key=lambda a: (_is_taken_back(a), _tells_little(a), -_told(a), a is not dating, a.id),
    )


#: Doubts of a record that should not stand, by what its agency sent or by its own words.
TAKEN_BACK = frozenset({"record-nullified", "record-says-withdrawn", "record-withdrawn"})


def _is_taken_back(account: Account) -> bool:
    return any(flag.code in TAKEN_BACK for flag in account.flags)


def _tells_little(account: Account) -> bool:
    words = account.narrative.split()
    return not words or (len(words) <= LITTLE and bool(TELLS_LITTLE.search(account.narrative)))


def _told(account: Account) -> int:
    """How many different words that carry something its narrative holds."""
    return len({*stems(split(account.narrative.lower()))})


def _summary(account: Account) -> str:
    """An account's own words, cut at a word where they are long."""
    text = " ".join(account.narrative.split()) or account.event_type_written or account.outcome
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _entry_order(entry: Entry) -> tuple[object, ...]:
    dating = next(a for a in entry.accounts if a.id == entry.dated_by)
    return (dating.occurred.sort_key, entry.id)


def _questions(
    joined: Joined,
    matched: Matched,
    preset: Preset,
    rulings: Rulings,
    known: dict[Pair, Question],
) -> tuple[Question, ...]:
    """What must be confirmed, then the likeliest open pair between each two entries.

    One answer settles both entries. What somebody settled or left open is not asked again, unless
    its evidence changed since, wherever its two accounts stand now.
    """
    groups = joined.groups
    entry_of = {u.id: at for at, group in enumerate(groups) for u in group}
    again = _to_confirm(matched, rulings)
    ruled = (*rulings.different, *rulings.unsure, *rulings.to_confirm)
    settled = {_entries_of(pair, entry_of) for pair in ruled}
    best: dict[tuple[int, int], Comparison] = {}
    for key in sorted(matched.pairs):
        c = matched.pairs[key]
        between = _entries_of(key, entry_of)
        if between is None or between in settled or c.log_odds < preset.ask_at:
            continue
        best[between] = min(best.get(between, c), c, key=_turn)
    chosen = (*sorted(again, key=_turn), *_in_turn(best.values()))
    asked = (_asked(c, matched, rulings, known) for c in chosen)
    splits = _Splits(joined, entry_of, rulings)
    return tuple(
        replace(q, reasons_against=(*q.reasons_against, *said)) if (said := splits.said(q)) else q
        for q in asked
    )


class _Splits:
    """What an answer 'same' would take apart, and what rulings and rules keep apart."""

    def __init__(self, joined: Joined, entry_of: Mapping[str, int], rulings: Rulings) -> None:
        self._groups, self._entry_of = joined.groups, entry_of
        self._different = rulings.different
        #: What was ruled the same within each entry.
        self._same: defaultdict[int, list[Pair]] = defaultdict(list)
        for pair in rulings.same:
            if pair[0] in entry_of and _entries_of(pair, entry_of) is None:
                self._same[entry_of[pair[0]]].append(pair)
        self._apart = {_entries_of((p.left, p.stays), entry_of): p for p in joined.parted}

    def said(self, question: Question) -> tuple[str, ...]:
        """In words, of the entries that the two accounts of a question stand in."""
        pair = pair_of(question.a.id, question.b.id)
        between = _entries_of(pair, self._entry_of)
        if between is None:
            return ()
        groups = [self._groups[at] for at in between]
        if len(groups[0]) == len(groups[1]) == 1:
            return ()
        same = frozenset((pair, *(known for at in between for known in self._same.get(at, ()))))
        rulings = Rulings(same=same, different=self._different)
        of_id = {u.id: u for group in groups for u in group}
        would = (would_part(p, of_id) for p in together(groups, rulings).parted)
        apart = self._apart.get(between)
        was = (was_parted(apart, of_id),) if apart and of_id.keys() >= set(apart.between) else ()
        return (*was, *would)


#: Pairs of one record without a named day that are asked in their turn; the rest come last.
VAGUE_TURNS = 2


def _in_turn(pairs: Iterable[Comparison]) -> list[Comparison]:
    """The likeliest first; of a record without a named day, that fits many, all but a few last."""
    asked: Counter[str] = Counter()
    first: list[Comparison] = []
    last: list[Comparison] = []
    for c in sorted(pairs, key=_turn):
        vague = [u.id for u in (c.a, c.b) if not u.is_exact]
        (last if any(asked[one] >= VAGUE_TURNS for one in vague) else first).append(c)
        asked.update(vague)
    return [*first, *last]


def _to_confirm(matched: Matched, rulings: Rulings) -> list[Comparison]:
    """Every pair that was decided and whose evidence changed since."""
    if not rulings.to_confirm:
        return []
    of_id = {u.id: u for u in matched.understood}
    pairs = (pair for pair in sorted(rulings.to_confirm) if of_id.keys() >= set(pair))
    return [looked_at(of_id[a], of_id[b], matched) for a, b in pairs]


def _entries_of(pair: Pair, entry_of: Mapping[str, int]) -> tuple[int, int] | None:
    """The two entries a pair lies between; None where it lies in one, or is no longer there."""
    one, other = entry_of.get(pair[0]), entry_of.get(pair[1])
    if one is None or other is None or one == other:
        return None
    return (one, other) if one < other else (other, one)


def _turn(c: Comparison) -> tuple[object, ...]:
    """Which question comes first: the likeliest."""
    return (-c.log_odds, pair_of(c.a.id, c.b.id))


def _asked(
    c: Comparison, matched: Matched, rulings: Rulings, known: dict[Pair, Question]
) -> Question:
    """The question of a pair; first of all why, where it is asked again."""
    key = pair_of(c.a.id, c.b.id)
    if key not in known:
        speaks_for, against = _reasons(c, matched)
        known[key] = Question(c.a.account, c.b.account, round(c.score, 3), speaks_for, against)
    question, again = known[key], rulings.to_confirm.get(key)
    if not again:
        return question
    return replace(question, reasons_for=(again, *question.reasons_for))


def _reasons(c: Comparison, matched: Matched) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return reasons(c, matched.contexts.of(c.a, c.b), matched.weights)
