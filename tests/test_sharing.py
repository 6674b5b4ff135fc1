"""A copy for sharing: not one word of what is restricted is left, and everything still adds up."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from factories import a_child, a_chronology, an_account, an_entry

from chronology.account import LeftOut, Mention, Source
from chronology.case import ReadFile
from chronology.casefile import CaseFile
from chronology.cli import main
from chronology.decisions import Decision
from chronology.flags import Flag
from chronology.marking import with_marks
from chronology.merge import Link, Question
from chronology.people import Person
from chronology.render.columns import RECORD_A, RECORD_B, REVIEW_COLUMNS
from chronology.render.contract import document
from chronology.render.tables import tables
from chronology.render.view import view
from chronology.reviewed.records import Records
from chronology.sharing import NO_REASONS, WITHHELD, for_sharing, standing_in_full

HEADINGS = "Date,Time,Subject,DOB,Type,Details,Outcome,Officer,Place,Remark"
OPEN = (
    '03/05/2021,10:15,Jo EXAMPLE,05/06/2016,Visit,"Officers saw Jo at school.",None,PC 2001,School,'
    "kept"
)
#: Every cell in words that stand in no other record.
SECRET = (
    '04/05/2021,23:10,Zebedee QUORN,12/02/2014,Strangulation,"Disclosed to Wilhelmina:'
    ' uncle Peregrine touched her; refuge at Hawkstone.",Sheltered,PC Ottoline,Hawkstone Lodge,'
    "whistleblower"
)
REWORDED = SECRET.replace("touched her", "hurt her badly").replace("whistleblower", "tipster")
SCHOOL = (
    '05/05/2021,09:00,Jo EXAMPLE,05/06/2016,Call,"Encompass call about last night at the'
    ' refuge.",,Head,,'
)
#: What only that record tells of its child: the birth in any writing, and the age worked out of it.
DERIVED = re.compile(r"12/0?2/2014|2014-02-12|12 February 2014|7 years|7y", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z]{4,}")


def run(*arguments: object):
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code in (0, 1), done.output
    return done


def export(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
    return path


def secret_words() -> set[str]:
    said = set(_WORDS.findall(f"{SECRET} {REWORDED}".casefold()))
    return said - set(_WORDS.findall(f"{OPEN} {SCHOOL} {HEADINGS}".casefold()))


@pytest.fixture
def case(tmp_path) -> Path:
    path = tmp_path / "jo.chronology"
    run("new", tmp_path / "jo", export(tmp_path / "police.csv", OPEN, SECRET))
    run("add", path, export(tmp_path / "school.csv", SCHOOL), "--agency", "education")
    run("add", path, export(tmp_path / "police.csv", OPEN, REWORDED))
    with CaseFile.open(path) as opened:
        (one,) = [a.id for a in opened.accounts() if "Peregrine" in a.narrative]
        who = ("A. Worker", "2026-05-03T10:00:00")
        opened.decide("restricted", (one,), "not for Peregrine", *who, "Hawkstone is secret")
        opened.decide("analysis", (one,), "Wilhelmina is believed", *who, "Hawkstone")
        (school,) = [a.id for a in opened.accounts() if "Encompass" in a.narrative]
        opened.decide("different", (one, school), "", *who, "Peregrine was elsewhere")
        opened.decide("linked", (one, school), "", *who, "Peregrine again")
    return path


def outputs(folder: Path) -> dict[str, str]:
    """Every output as text; of the workbook every part."""
    found = {name: (folder / name).read_text("utf-8") for name in
             ("chronology.html", "chronology.json")}  # fmt: skip
    with zipfile.ZipFile(folder / "chronology.xlsx") as book:
        for name in book.namelist():
            found[name] = book.read(name).decode("utf-8")
    return found


def test_no_word_of_a_restricted_record_is_in_any_output(case, tmp_path):
    done = run("build", case, "--for-sharing", "--out", tmp_path / "out")
    assert "For sharing: the words of 1 record in 1 entry are withheld." in done.output
    words = secret_words()
    assert {"peregrine", "hawkstone", "zebedee", "ottoline", "whistleblower"} <= words
    for name, text in outputs(tmp_path / "out").items():
        told = set(_WORDS.findall(text.casefold()))
        assert (name, told & words) == (name, set())
        assert (name, DERIVED.findall(text)) == (name, [])


def test_the_same_words_are_in_a_build_that_is_not_for_sharing(case, tmp_path):
    done = run("build", case, "--out", tmp_path / "out")
    assert "1 entry marked restricted or about a third party stands in full" in done.output
    assert "--for-sharing" in done.output
    text = " ".join(outputs(tmp_path / "out").values()).casefold()
    assert secret_words() <= set(_WORDS.findall(text))
    assert {"12 february 2014", "7 years"} <= set(DERIVED.findall(text))


def test_what_is_withheld_is_counted_and_everything_still_adds_up(case, tmp_path):
    run("build", case, "--out", tmp_path / "whole")
    run("build", case, "--for-sharing", "--out", tmp_path / "part")
    whole, part = (
        json.loads((tmp_path / name / "chronology.json").read_text("utf-8"))
        for name in ("whole", "part")
    )
    assert part["counts"] == whole["counts"]
    assert (whole["withheld"], part["withheld"]) == (None, {"entries": 1, "records": 1})
    assert len(part["left_out"]) == len(whole["left_out"]) == 1
    hidden = [e for e in part["entries"] if e["summary"] == WITHHELD]
    assert [(e["start"], e["time"], e["agencies"]) for e in hidden] == [
        ("2021-05-04", "23:10", ["police"])
    ]
    assert [mark["kind"] for mark in hidden[0]["marks"]] == ["restricted", "analysis"]
    sheets = outputs(tmp_path / "part")
    assert "Made for sharing" in sheets["chronology.html"]
    assert "Made for sharing" in sheets["xl/sharedStrings.xml"]
    assert "Records withheld" in sheets["xl/sharedStrings.xml"]


def test_the_log_says_which_files_were_made_for_sharing(case, tmp_path):
    run("build", case, "--for-sharing", "--out", tmp_path / "out")
    assert "chronology.xlsx (for sharing) (sha256 " in run("log", case).output


def test_the_mark_stands_under_to_review_and_at_the_account(case, tmp_path):
    run("build", case, "--preset", "suggest", "--out", tmp_path / "out")
    page = outputs(tmp_path / "out")["chronology.html"]
    assert '<span class="tag red">Restricted</span></p>' in page


def test_a_withheld_entry_tells_no_age_no_person_no_type_and_no_kind_of_link(case, tmp_path):
    run("build", case, "--for-sharing", "--out", tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "chronology.xlsx")
    headings, *told = book["Timeline"].iter_rows(min_row=3, values_only=True)
    found = [dict(zip(headings, row, strict=True)) for row in told]
    (hidden,) = [row for row in found if WITHHELD in str(row["Accounts"])]
    assert hidden["Event"] == WITHHELD
    blank = ("Child's age", "Who", "Doubts", "Accounts differ", "Also recorded")
    assert [hidden[name] for name in blank] == [None] * len(blank)
    data = json.loads((tmp_path / "out" / "chronology.json").read_text("utf-8"))
    (entry,) = [e for e in data["entries"] if e["summary"] == WITHHELD]
    (account,) = entry["accounts"]
    assert (entry["type"], account["event_type"], account["child_seen"]) == (
        *(None, None, "not recorded"),
    )
    assert [account[name] for name in ("subjects", "people", "raw", "other", "flags")] == [[]] * 5
    hidden_id = account["id"]
    links = [one for one in data["links"] if hidden_id in (one["a_id"], one["b_id"])]
    assert {one["kind"] for one in links} == {"linked"}
    assert {reason for one in links for reason in one["reasons"]} == {NO_REASONS}


# Without a case


def test_a_withheld_entry_tells_no_age_even_of_an_only_child():
    jo = a_child(names=("Jo EXAMPLE",))
    chronology = a_chronology(an_entry(HIDDEN), an_entry(SHOWN), persons=(jo,))
    assert [entry.age for entry in view(chronology).entries] == ["3 years 1 month"] * 2
    whole, decisions = marked(chronology)
    entries = view(for_sharing(whole, decisions)).entries
    assert entries[0].age == ""
    assert DERIVED.search(repr(entries[0])) is None


def marked(chronology, kind="restricted"):
    one = chronology.entries[0].accounts[0].id
    made = Decision(4, kind, (one,), "about Wilhelmina", "A. Worker", "2026-05-03T10:00:00", "why")
    return with_marks(chronology, [made]), (made,)


HIDDEN = an_account(
    narrative="Uncle Peregrine was seen.", organisation="Hawkstone Refuge",
    people=(Mention("Peregrine QUORN"),), raw=(("Details", "Uncle Peregrine was seen."),),
)  # fmt: skip
SHOWN = an_account(narrative="Jo at school.", source=Source("police.csv", "", 6, "c"))


@pytest.mark.parametrize("kind", ["restricted", "third_party"])
def test_pairs_links_people_notes_and_rows_left_out_are_withheld_too(kind):
    chronology = a_chronology(
        an_entry(HIDDEN), an_entry(SHOWN),
        questions=(Question(HIDDEN, SHOWN, 0.6, ("Both mention 'Peregrine'.",), ("x",)),),
        links=(Link(HIDDEN, SHOWN, "response", 0, ("Both name 'Peregrine'.",), ruled="By Quorn"),),
        left_out=(LeftOut(Source("a.csv", "", 3, "d"), "Twice", ("Uncle Peregrine was seen.",)),
                  LeftOut(Source("a.csv", "", 4, "d"), "Reworded", ("Quorn",), later=HIDDEN.id),
                  LeftOut(Source("a.csv", "", 5, "d"), "Empty", ("kept",))),
        persons=(Person("P1", ("Peregrine QUORN",)), Person("P2", ("Jo EXAMPLE",))),
    )  # fmt: skip
    whole, decisions = marked(chronology, kind)
    assert standing_in_full(whole) == 1
    shared = for_sharing(whole, decisions)
    text = json.dumps(document(shared)) + repr(view(shared))
    assert not re.search("peregrine|quorn|hawkstone|wilhelmina|uncle", text, re.IGNORECASE)
    assert [row.cells for row in shared.left_out] == [(WITHHELD,), (WITHHELD,), ("kept",)]
    assert len(shared.questions) == len(shared.links) == 1
    assert [p.names[0] for p in shared.cast.persons] == ["Jo EXAMPLE"]
    assert SHOWN in shared.accounts


def test_an_entry_of_several_records_is_withheld_whole_where_it_is_marked():
    whole, decisions = marked(a_chronology(an_entry(HIDDEN, SHOWN)))
    assert {a.narrative for a in for_sharing(whole, decisions).accounts} == {WITHHELD}


def test_a_record_that_the_agency_restricted_is_withheld_and_its_fellow_is_not():
    flag = Flag("content-withheld", "The school restricted the record: its words are kept.")
    restricted = an_account(narrative=flag.text, professional="Ms Ottoline", flags=(flag,))
    shared = for_sharing(a_chronology(an_entry(restricted, SHOWN)))
    assert [a.narrative for a in shared.accounts] == [WITHHELD, SHOWN.narrative]
    assert "Ottoline" not in repr(shared)


def test_rows_that_say_the_same_as_a_restricted_one_are_withheld_with_it():
    again = an_account(narrative=HIDDEN.narrative, organisation="x", people=HIDDEN.people, copy=1)
    whole, decisions = marked(a_chronology(an_entry(HIDDEN), an_entry(again)))
    shared = for_sharing(whole, decisions)
    assert {a.narrative for a in shared.accounts} == {WITHHELD}
    assert len({a.id for a in shared.accounts}) == 2, "each is still one of its own"


def test_a_withheld_record_never_claims_that_nothing_was_recorded():
    whole, decisions = marked(a_chronology(an_entry(HIDDEN)))
    (account,) = view(for_sharing(whole, decisions)).entries[0].accounts
    assert (account.narrative, account.outcome, account.child_seen) == (WITHHELD,) * 3


def test_nothing_marked_leaves_everything_as_it_is_but_for_saying_so():
    chronology = a_chronology(an_entry(SHOWN))
    shared = for_sharing(chronology)
    assert shared.entries == chronology.entries
    assert (shared.about.withheld.entries, standing_in_full(chronology)) == (0, 0)


def test_notes_of_a_file_that_quote_a_restricted_record_are_withheld():
    note = "Row 5: 'Uncle Peregrine was seen.' is no date."
    file = ReadFile("police.csv", "csv", "d", HIDDEN.agency, "", "", 2, 2, 0, ("Kept.", note))
    whole, decisions = marked(a_chronology(an_entry(HIDDEN), an_entry(SHOWN), files=(file,)))
    (shared,) = for_sharing(whole, decisions).files
    assert shared.notes[0] == "Kept."
    assert "Peregrine" not in shared.notes[1]


def test_the_mark_stands_before_the_record_under_to_review_and_the_record_is_still_known_by_it():
    question = Question(HIDDEN, SHOWN, 0.6, (), ())
    whole, _ = marked(a_chronology(an_entry(HIDDEN), an_entry(SHOWN), questions=(question,)))
    (row,) = tables(view(whole))[1].rows
    cells = {c.heading: row.cells[at] for at, c in enumerate(REVIEW_COLUMNS)}
    assert cells[RECORD_A].text.startswith("RESTRICTED. Police")
    assert not cells[RECORD_B].text.startswith("RESTRICTED")
    assert Records((HIDDEN, SHOWN)).shown_in(cells[RECORD_A].text) == (HIDDEN.id,)
