"""An amended record says in short which words the agency changed."""

from dataclasses import replace

import pytest
from exports import ROWS, WHO, Row, a_case, added, by_details, write_csv, write_xlsx

from chronology.account import Said
from chronology.casefile import CaseFile
from chronology.casefile.rewording import LONGEST_STRETCH, what_changed
from chronology.sharing import for_sharing
from tests.factories import a_day, an_account

BRUISE = "Isla has bruise to RIGHT forearm, says he grabbed her."
LONG = " ".join(f"word{number}" for number in range(20))


def told(was: str, now: str) -> str:
    return what_changed(an_account(narrative=was), an_account(narrative=now))


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        pytest.param(
            BRUISE, BRUISE.replace("RIGHT", "LEFT"), "'RIGHT' became 'LEFT'.", id="a word"
        ),
        pytest.param("Seen.", "Seen. Nobody in.", "'Nobody in.' was added.", id="more"),
        pytest.param("Seen. Nobody in.", "Seen.", "'Nobody in.' was taken out.", id="less"),
        pytest.param(
            "Took 2 tablets at noon today.",
            "Took 20 tablets at midnight today.",
            "'2' became '20', 'noon' became 'midnight'.",
            id="two places",
        ),
        pytest.param("Seen  at\nhome.", "Seen at home.", "", id="spaces alone"),
        pytest.param("", "Seen.", "'Seen.' was added.", id="from nothing"),
        pytest.param("Seen.", f"Seen. {LONG}", "20 words changed: see the history.", id="many"),
        pytest.param("Seen.", "x" * 3000, "1 word changed: see the history.", id="a long word"),
    ],
)
def test_the_changed_words_are_quoted_up_to_a_bound(was, now, said):
    assert told(was, now) == said


def test_twelve_words_are_quoted_and_thirteen_counted():
    twelve = " ".join("abcdefghijkl")
    assert told("", twelve) == f"'{twelve}' was added."
    assert told("", f"{twelve} m") == "13 words changed: see the history."


def test_very_long_texts_are_counted_without_being_laid_side_by_side():
    many = [f"w{number}" for number in range(LONGEST_STRETCH + 100)]
    other = [f"x{number}" for number in range(LONGEST_STRETCH + 1)]
    assert told(" ".join(many), " ".join(other)) == "500 words changed: see the history."
    assert told(" ".join(many), " ".join(["x", *many[1:-1], "y"])) == ("'w0 w499' became 'x y'.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcome": "No further action"}, "Outcome: 'No further action' was added."),
        ({"occurred": a_day("2013-03-15")}, "Date: "),
        ({"child_seen": Said.YES}, "Child seen: "),
    ],
    ids=["outcome", "date", "child seen"],
)
def test_what_changed_elsewhere_in_the_record_is_named(change, said):
    one = an_account(narrative=BRUISE)
    assert what_changed(one, replace(one, **change)).startswith(said)


def test_a_cell_is_told_once_and_a_new_column_is_no_change():
    was = an_account(narrative="Seen at home.", raw=(("Grade", "2"), ("Details", "Seen at home.")))
    raw = (("Details", "Seen at school."), ("Grade", "1"), ("Seen by", "PC Marlow"))
    now = replace(was, narrative="Seen at school.", raw=raw)
    assert what_changed(was, now) == "'home.' became 'school.'; Grade: '2' became '1'."


def test_a_date_spelt_out_in_another_export_is_no_change():
    was = an_account(occurred=a_day("2013-03-14"), raw=(("Day", "14/03/2013"),))
    was = replace(was, occurred=replace(was.occurred, written="14/03/2013"))
    now = replace(was, occurred=replace(was.occurred, written="14 March 2013"))
    assert what_changed(was, replace(now, raw=(("Day", "14 March 2013"),))) == ""


def _doubt(case: CaseFile, beginning: str) -> str:
    (account,) = [a for a in case.accounts() if a.narrative.startswith(beginning)]
    (flag,) = [flag for flag in account.flags if flag.code == "record-amended"]
    return flag.text


def test_the_doubt_of_an_amended_record_says_which_words_changed(tmp_path):
    rows = [Row("OC/1", "04/01/2021", BRUISE), *ROWS[1:]]
    with a_case(tmp_path, rows) as case:
        rows[0] = rows[0].but(details=BRUISE.replace("RIGHT", "LEFT"))
        added(case, write_csv(tmp_path / "police_log2.csv", rows))
        assert _doubt(case, "Isla has") == (
            "police_log.csv, row 2 said it in another way before; that wording is kept in the case"
            " file. 'RIGHT' became 'LEFT'."
        )
        rows[0] = rows[0].but(grade="1")
        added(case, write_csv(tmp_path / "police_log3.csv", rows))
        assert _doubt(case, "Isla has").endswith("in the case file. Grade: '2' became '1'.")
        assert "RIGHT" not in _doubt(case, "Isla has")


def test_dates_spelt_as_another_kind_of_file_does_are_no_changed_words(tmp_path):
    with a_case(tmp_path) as case:
        rows = [ROWS[0].but(details=ROWS[0].details.replace("loud", "LOUD")), *ROWS[1:]]
        added(case, write_xlsx(tmp_path / "police_log2.xlsx", rows))
        assert _doubt(case, "Called to").endswith("in the case file. 'loud' became 'LOUD'.")


def test_the_changed_words_of_a_restricted_record_are_not_shared(tmp_path):
    with a_case(tmp_path) as case:
        rows = [ROWS[0].but(details=ROWS[0].details.replace("loud", "whispered")), *ROWS[1:]]
        added(case, write_csv(tmp_path / "police_log2.csv", rows))
        case.decide("restricted", [by_details(case, "Called to")], "", *WHO)
        shared = for_sharing(case.chronology(), case.decisions_now())
        assert "whispered" in str(case.chronology().entries)
        assert "whispered" not in str(shared)
