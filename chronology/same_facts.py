"""Records of one dated fact of one child, sent in several returns: one occurrence by definition.

An authority tells the start of a child protection plan in its Annex A, in each year's census and in
its dataset. The returns define the fact, so no likeness of words has to be weighed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from chronology.account import Account
from chronology.decisions import Pair, pair_of
from chronology.vocabulary.facts import fact

#: Whom a record is about, by its id: the ids of persons.
Subjects = Mapping[str, frozenset[str]]
#: Agency, fact, whom it is about, and the day.
_Told = tuple[str, str, frozenset[str], date]


def same_facts(accounts: Sequence[Account], subjects: Subjects) -> tuple[Pair, ...]:
    """Pairs of records that tell of one fact of one child on one day, the same in any order.

    A fact that may occur twice on a day is taken for one only where no file tells of two.
    """
    told: defaultdict[_Told, list[Account]] = defaultdict(list)
    for account in accounts:
        for key in _keys(account, subjects):
            told[key].append(account)
    pairs = {
        pair_of(a.id, b.id)
        for (_, code, _, _), group in told.items()
        if len(group) > 1 and not (fact(code).repeats and _several_in_a_file(group))
        for a, b in pairwise(sorted(group, key=lambda account: account.id))
    }
    return tuple(sorted(pairs))


def apart_by_definition(a: Account, b: Account) -> str:
    """Why two records of defined facts cannot be one occurrence; "" if they can."""
    if not (a.facts and b.facts):
        return ""
    shared = [code for code in a.facts if code in b.facts]
    if not shared:
        one, other = fact(a.facts[0]).title, fact(b.facts[0]).title
        return f"The returns define '{one}' and '{other}' as different facts."
    on_two_days = (
        a.occurred.is_exact and b.occurred.is_exact and a.occurred.start != b.occurred.start
    )
    if on_two_days and all(fact(code).repeats for code in shared):
        return f"'{fact(shared[0]).title}' may occur on any day, and the records give two days."
    return ""


def one_by_definition(accounts: Sequence[Account]) -> str:
    """Why accounts stand together that tell of one fact, as a sentence for their entry."""
    counts = Counter(code for account in accounts for code in account.facts)
    code = min(counts, key=lambda code: (-counts[code], code))
    who = "Both records are" if counts[code] == 2 else f"{counts[code]} records are"
    return (
        f"{who} of one fact that the returns define, '{fact(code).title}', of the same child on the"
        " same day."
    )


def _keys(account: Account, subjects: Subjects) -> Iterator[_Told]:
    when, who = account.occurred, subjects.get(account.id, frozenset())
    if not when.is_exact or when.start is None or not who:
        return
    for code in account.facts:
        yield (account.agency, code, who, when.start)


def _several_in_a_file(group: Sequence[Account]) -> bool:
    files = Counter(account.source.sha256 for account in group)
    return max(files.values()) > 1
