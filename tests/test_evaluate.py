"""Counting on labelled cases: what is right, wrong, hidden, asked."""

import json
from pathlib import Path

import pytest

from chronology import compare, competition, explain
from chronology.errors import UnreadableFileError
from chronology.evaluate import Figures, count, evaluate
from chronology.labelled import read_case
from chronology.matching import contexts
from chronology.merge import PRESETS, Merged, merge
from chronology.people import resolve
from chronology.weights import shipped


def record(number: int, event: str, agency: str, day: str, text: str, **more: object) -> str:
    fields = {
        "record_id": f"R{number}", "agency": agency, "organisation": f"The {agency} service",
        "system": "X", "occurred": day, "precision": "day", "time": None, "recorded_at": None,
        "event_type": "Strategy discussion", "subject": {"name": "Jo EXAMPLE", "dob": None},
        "people": [], "professional": None, "location": None, "narrative": text, "outcome": None,
        "gold": {"event_id": event, "incident_id": "I1"},
    }  # fmt: skip
    return json.dumps({**fields, **more})


MEETING = "Strategy discussion held, fractured clavicle, joint section 47 agreed."


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    lines = [
        record(1, "E1", "police", "2021-05-04", MEETING, time="14:00"),
        record(2, "E1", "social_care", "2021-05-04", MEETING, time="14:00"),
        record(3, "E2", "health", "2021-05-20", "Weighed in clinic.", event_type="Clinic"),
        record(4, "E2", "health", "2021-05-20", "Weighed in clinic.", event_type="Clinic"),
        record(5, "E3", "education", "2021-05", "Assembly prize.", event_type="Achievement"),
    ]
    path = tmp_path / "Z1.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_case_is_read_with_its_truth_and_copies_told_apart(case_file):
    case = read_case(case_file)
    assert (case.name, case.author, len(case.accounts), len(case.truth)) == ("Z1", "Z", 5, 5)
    assert case.accounts[4].occurred.precision.value == "month"


def test_a_line_that_is_no_record_is_named(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"record_id": "R1"}\n', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="Line 1"):
        read_case(path)


def test_a_perfect_merge_scores_one_everywhere(case_file):
    found = evaluate(read_case(case_file))
    assert (found.rows, found.occurrences, found.true_pairs) == (5, 3, 2)
    assert (found.precision, found.recall, found.f1, found.hidden) == (1.0, 1.0, 1.0, 0)


def test_merging_all_into_one_hides_the_other_occurrences(case_file):
    case = read_case(case_file)
    merged = merge(case.accounts, resolve(case.accounts))
    everything = tuple(a for entry in merged.entries for a in entry.accounts)
    from dataclasses import replace

    lump = Merged((replace(merged.entries[0], accounts=everything),))
    found = count(case, lump)
    assert (found.right, found.wrong, found.hidden) == (2, 8, 2)
    assert found.wrong_of_one_incident == 8


def test_merging_nothing_has_no_recall_until_the_questions_are_answered(case_file):
    found = evaluate(read_case(case_file), PRESETS["suggest"])
    assert found.recall == 0.5
    assert found.questions >= 1
    assert found.assisted_recall == 1.0


def test_figures_add_up_over_cases():
    both = Figures(rows=10, true_pairs=4, right=2) + Figures(rows=5, true_pairs=1, wrong=2)
    assert (both.rows, both.true_pairs, both.precision) == (15, 5, 0.5)


def test_every_rule_has_a_weight_and_a_sentence():
    weights = shipped()
    assert [rule for rule, _, _ in weights.first.steps] == list(compare.RULES)
    assert set(explain.SENTENCES) == {rule.__name__ for rule in compare.RULES}
    assert set(explain.STANDING_SENTENCES) == {rule.__name__ for rule in competition.RULES}


def test_stopping_early_never_changes_a_score_above_the_floor(case_file):
    from itertools import combinations

    from chronology.understand import understand

    case = read_case(case_file)
    understood = [understand(account) for account in case.accounts]
    known = contexts(understood, resolve(case.accounts), shipped().reader.usual)
    policy = shipped().first
    for a, b in combinations(understood, 2):
        whole = compare.compare(a, b, known.of(a, b), policy)
        assert whole is not None
        early = compare.compare(a, b, known.of(a, b), policy, floor=-4.0)
        assert early is None or early == whole
        assert (early is None) <= (whole.log_odds < -4.0)
