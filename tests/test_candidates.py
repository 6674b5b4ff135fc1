"""Which accounts are compared: all that could be one occurrence, and no pair twice."""

from datetime import date, timedelta
from itertools import combinations

from factories import an_account
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Account
from chronology.candidates import LONGEST_STRETCH_DAYS, candidates
from chronology.compare import veto
from chronology.families import may_meet
from chronology.understand import understand
from chronology.when import Precision, When

FIRST_DAY = date(2021, 5, 1)

#: (days after the first day, length of the stretch, whose it is)
told = st.tuples(
    st.integers(0, 60) | st.integers(200, 310) | st.integers(565, 680),
    st.sampled_from((0, 0, 0, 6, 30, 90)),
    st.sampled_from(((), ("C1",), ("C1", "F1"), ("C1", "F2"), ("C2", "F3"))),
)


def _account(number: int, start: int, length: int) -> Account:
    first = FIRST_DAY + timedelta(start)
    last = first + timedelta(length)
    precision = Precision.RANGE if length else Precision.DAY
    return an_account(
        narrative=f"Record {number}.", occurred=When("as written", precision, first, last)
    )


@given(st.lists(told, max_size=25))
def test_every_pair_of_near_days_and_one_family_is_compared_once(rows):
    understood = [understand(_account(n, day, long)) for n, (day, long, _) in enumerate(rows)]
    homes = {u.id: home for u, (_, _, home) in zip(understood, rows, strict=True)}

    found = [frozenset((a.id, b.id)) for a, b in candidates(understood, homes) if not veto(a, b)]

    assert len(found) == len(set(found))
    assert set(found) == {
        frozenset((a.id, b.id))
        for a, b in combinations(understood, 2)
        if all(u.last - u.first <= LONGEST_STRETCH_DAYS for u in (a, b))
        and not veto(a, b)
        and may_meet(homes[a.id], homes[b.id])
    }


@given(st.lists(told, max_size=25), st.randoms())
def test_the_order_of_the_input_does_not_change_what_is_compared(rows, shuffle):
    understood = [understand(_account(n, day, long)) for n, (day, long, _) in enumerate(rows)]
    homes = {u.id: home for u, (_, _, home) in zip(understood, rows, strict=True)}
    mixed = list(understood)
    shuffle.shuffle(mixed)

    assert list(candidates(mixed, homes)) == list(candidates(understood, homes))
