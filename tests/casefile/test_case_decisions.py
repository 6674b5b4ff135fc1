"""Decisions: kept by what records say, never in contradiction, always to be undone."""

import hashlib

import pytest
from exports import LATER, ROWS, WHO, a_case, added, by_details, write_csv
from hypothesis import given, settings
from hypothesis import strategies as st

from chronology.casefile import CaseFile, ContradictionError, UnknownRecordError
from chronology.decisions import KINDS, pair_of
from chronology.errors import ChronologyError


@pytest.fixture
def case(tmp_path):
    with a_case(tmp_path) as opened:
        yield opened


@pytest.fixture
def ids(case):
    return [account.id for account in case.accounts()]


def test_a_decision_has_the_number_of_its_line_in_the_log(case, ids):
    made = case.decide("same", ids[:2], "", *WHO, "same crime number")
    assert case.log()[-1].seq == made.seq
    assert "same crime number" in case.log()[-1].detail
    assert case.rulings().same == {pair_of(*ids[:2])}
    assert case.verify() == ()


def test_the_same_decision_twice_is_one(case, ids):
    first = case.decide("same", ids[:2], "", *WHO)
    assert case.decide("same", ids[1::-1], "", *LATER) == first
    assert len(case.log()) == 3


@pytest.mark.parametrize(
    ("before", "then"),
    [
        pytest.param([("same", 0, 1)], ("different", 0, 1), id="outright"),
        pytest.param([("different", 0, 1)], ("same", 1, 0), id="the other way"),
        pytest.param([("same", 0, 1), ("same", 1, 2)], ("different", 0, 2), id="through a chain"),
        pytest.param([("same", 0, 1), ("different", 1, 2)], ("same", 2, 0), id="apart by a chain"),
        pytest.param(
            [("same", 0, 1), ("same", 2, 3), ("different", 0, 3)], ("same", 1, 2), id="two groups"
        ),
        pytest.param([("same", 0, 1)], ("unsure", 0, 1), id="left open after"),
    ],
)
def test_a_contradiction_names_the_earlier_decision_and_changes_nothing(case, ids, before, then):
    made = [case.decide(kind, (ids[a], ids[b]), "", *WHO, "because") for kind, a, b in before]
    lines = case.log()
    kind, a, b = then
    with pytest.raises(ContradictionError, match=r"A\. Worker on 3 May 2026 .*because") as told:
        case.decide(kind, (ids[a], ids[b]), "", *LATER)
    assert told.value.earlier in made
    assert case.log() == lines


def test_what_was_left_open_can_be_decided_and_is_open_again_after_undo(case, ids):
    case.decide("unsure", ids[:2], "", *WHO)
    made = case.decide("same", ids[:2], "", *WHO)
    assert (len(case.rulings().unsure), len(case.rulings().same)) == (0, 1)
    case.undo(made.seq, *LATER)
    assert (len(case.rulings().unsure), len(case.rulings().same)) == (1, 0)
    assert case.verify() == ()


def test_what_was_undone_stays_to_be_seen(case, ids):
    made = case.decide("same", ids[:2], "", *WHO)
    undone = case.undo(made.seq, *LATER, "wrong child")
    assert undone.undone_by == case.log()[-1].seq
    assert case.decisions() == (undone,)
    assert "wrong child" in case.log()[-1].detail
    with pytest.raises(ChronologyError, match="holds no more"):
        case.undo(made.seq, *LATER)
    with pytest.raises(UnknownRecordError, match="99"):
        case.undo(99, *LATER)


def test_a_decision_survives_an_amendment_and_asks_to_be_confirmed(case, ids, tmp_path):
    case.decide("different", ids[:2], "", *WHO)
    amended = [ROWS[0].but(details=ROWS[0].details + " Advice given."), *ROWS[1:]]
    added(case, write_csv(tmp_path / "police_log2.csv", amended))
    now = by_details(case, "Called to")
    (pair,) = case.rulings().different
    assert pair == pair_of(now, ids[1])
    assert "A. Worker on 3 May 2026" in case.rulings().to_confirm[pair]
    case.decide("different", pair, "", *LATER)
    assert case.rulings().to_confirm == {}
    assert case.rulings().different == {pair}


def test_a_decision_to_confirm_can_be_answered_the_other_way(case, ids, tmp_path):
    case.decide("different", ids[:2], "", *WHO)
    amended = [ROWS[0].but(details=ROWS[0].details + " Advice given."), *ROWS[1:]]
    added(case, write_csv(tmp_path / "police_log2.csv", amended))
    made = case.decide("same", ids[:2], "", *LATER)
    assert (len(case.rulings().same), len(case.rulings().different)) == (1, 0)
    assert made.accounts == (by_details(case, "Called to"), ids[1])
    case.undo(made.seq, *LATER)
    assert len(case.rulings().to_confirm) == 1
    assert case.verify() == ()


def test_a_withdrawn_record_asks_for_its_decision_to_be_confirmed(case, ids, tmp_path):
    case.decide("same", ids[2:4], "", *WHO)
    added(case, write_csv(tmp_path / "police_log2.csv", [*ROWS[:2], *ROWS[3:]]))
    (why,) = case.rulings().to_confirm.values()
    assert "no longer in what the agency sends" in why


def test_marks_stand_at_every_record_of_their_entry_and_move_with_it(case, ids, tmp_path):
    case.decide("analysis", ids[:2], "A pattern.", *WHO)
    case.decide("date", ids[:1], "2021-01-05", *WHO)
    case.decide("date", ids[:1], "2021-01-06", *WHO)
    amended = [ROWS[0].but(time="11:00"), *ROWS[1:]]
    added(case, write_csv(tmp_path / "police_log2.csv", amended))
    now = by_details(case, "Called to")
    marks = case.marks()
    assert [(d.kind, d.value) for d in marks[now]] == [
        ("analysis", "A pattern."),
        ("date", "2021-01-06"),
    ]
    assert [d.kind for d in marks[ids[1]]] == ["analysis"]
    (entry,) = [e for e in case.chronology().entries if now in {a.id for a in e.accounts}]
    assert {mark.value for mark in entry.marks} >= {"2021-01-06"}


def test_rulings_shape_the_chronology(case, ids):
    assert len(case.chronology().entries) == len(ROWS)
    case.decide("same", (ids[0], ids[5]), "", *WHO)
    assert len(case.chronology().entries) == len(ROWS) - 1


def test_two_names_of_one_record_can_be_ruled_one_person(case, ids):
    made = case.decide("persons_same", ids[:1], "Jo | Joanne", *WHO, "nickname")
    assert case.decisions() == (made,)


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        pytest.param("same", 1, id="one record"),
        pytest.param("same", 3, id="three records"),
        pytest.param("analysis", 0, id="no record"),
        pytest.param("merge", 2, id="no such kind"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(case, ids, kind, about):
    with pytest.raises(ChronologyError):
        case.decide(kind, ids[:about], "", *WHO)
    assert case.decisions() == ()


def test_a_record_that_is_not_there_is_named(case, ids):
    with pytest.raises(UnknownRecordError, match="0123456789abcdef"):
        case.decide("same", (ids[0], "0123456789abcdef"), "", *WHO)


def test_several_decisions_are_made_together_or_not_at_all(case, ids):
    wanted = [("same", ids[:2], "", "a"), ("different", ids[:2], "", "b")]
    with pytest.raises(ContradictionError):
        case.decide_all(wanted, *WHO)
    assert case.decisions() == ()
    assert len(case.decide_all(wanted[:1], *WHO)) == 1


def _state(case: CaseFile) -> str:
    told = (case.rulings(), case.marks(), [a.id for a in case.accounts()])
    return hashlib.sha256(repr(told).encode()).hexdigest()


#: Somebody deciding: which kind about which two records.
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*(k for k in KINDS if k not in ("manual", "dismissed"))]),
        st.lists(st.integers(0, len(ROWS) - 1), min_size=2, max_size=2, unique=True),
    ),
    max_size=10,
)


@settings(max_examples=25, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_undoing_everything_gives_the_state_before(tmp_path_factory, steps, chance):
    with a_case(tmp_path_factory.mktemp("case")) as case:
        ids = [account.id for account in case.accounts()]
        before = _state(case)
        for kind, (a, b) in steps:
            try:
                case.decide(kind, (ids[a], ids[b]), "x", *WHO)
            except ContradictionError:
                continue
        while live := [d.seq for d in case.decisions() if d.undone_by is None]:
            case.undo(chance.choice(live), *WHO)
        assert _state(case) == before
        assert case.verify() == ()


def test_what_was_ruled_about_names_shapes_the_cast_until_it_is_undone(case, ids, tmp_path):
    other = write_csv(tmp_path / "other.csv", ROWS[:1])
    other.write_text(other.read_text(encoding="utf-8").replace("Jo EXAMPLE", "Kim SAMPLE"))
    added(case, other)

    def persons() -> list[set[str]]:
        return [set(person.names) for person in case.chronology().cast.persons]

    assert {"Jo EXAMPLE", "Kim SAMPLE"} not in persons()
    made = case.decide("persons_same", ids[:1], "Jo EXAMPLE | Kim SAMPLE", *WHO, "alias")
    assert {"Jo EXAMPLE", "Kim SAMPLE"} in persons()
    case.undo(made.seq, *LATER)
    assert {"Jo EXAMPLE", "Kim SAMPLE"} not in persons()
