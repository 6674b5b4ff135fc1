"""A file of which nobody is known in the rest of the case is remarked on, and its rows stay."""

from dataclasses import replace
from datetime import date

from click.testing import CliRunner
from factories import an_account
from openpyxl import Workbook

from chronology.account import Mention
from chronology.cli import main
from chronology.people import resolve
from chronology.people.strangers import strangers

#: A return that names its children by number alone, with the list of who they are.
ANNEX = {
    "List 1": (
        ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Date of Contact", "Contact Source"),
        ("9001", "Female", "WBRI", date(2017, 3, 14), 7, date(2024, 1, 20), "6 - Police"),
    ),
    "Children": (
        ("Child Unique ID", "Name", "Date of Birth"),
        ("9001", "Jo VALE", date(2017, 3, 14)),
    ),
}  # fmt: skip


def account(file, *names, **changes):
    told = an_account(subjects=tuple(map(Mention, names)), narrative=f"{file} {names}", **changes)
    return replace(told, source=replace(told.source, file=file))


def apart(*accounts):
    return {one.file: one.names for one in strangers(accounts, resolve(accounts))}


def test_a_file_of_nobody_known_is_named_with_whom_it_names():
    ours = [account("a.csv", "Jo Vale"), account("b.csv", "VALE, Jo")]
    assert apart(*ours) == {}
    assert apart(*ours, account("c.csv", "Ottilie Brack")) == {"c.csv": ("Ottilie Brack",)}


def test_files_hang_together_through_a_third_one():
    files = [account("a.csv", "Jo Vale"), account("b.csv", "Kit Brack"),
             account("c.csv", "Jo Vale", "Kit Brack")]  # fmt: skip
    assert apart(*files) == {}


def test_a_file_that_names_nobody_is_no_stranger():
    assert apart(account("a.csv", "Jo Vale"), account("b.csv")) == {}


def test_new_and_build_say_it_and_take_every_row(tmp_path):
    exports = tmp_path / "exports"
    exports.mkdir()
    for file, name in (("gp", "Jo Vale"), ("school", "Jo Vale"), ("clinic", "Ottilie Brack")):
        (exports / f"{file}.csv").write_text(f"Date,Name,Details\n11/03/2024,{name},Seen, well.\n")
    said = "clinic.csv names nobody whom the other files name (Ottilie Brack)"
    out, case = str(tmp_path / "out"), str(tmp_path / "x.chronology")
    built = CliRunner().invoke(main, ["build", str(exports), "--out", out])
    assert said in built.output
    assert "3 rows read = 3 in " in built.output
    new = CliRunner().invoke(main, ["new", case, str(exports), "--who", "T"])
    assert said in new.output
    assert "3 new" in new.output


def test_a_list_that_gives_numbers_their_names_makes_its_file_no_stranger(tmp_path):
    book = Workbook()
    for at, (title, rows) in enumerate(ANNEX.items()):
        sheet = book.active if not at else book.create_sheet()
        sheet.title = title
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "return.xlsx")
    (tmp_path / "gp.csv").write_text("Date,Name,Details\n11/03/2024,Jo Vale,Seen, well.\n")
    exports = [str(tmp_path / name) for name in ("gp.csv", "return.xlsx")]
    new = CliRunner().invoke(main, ["new", str(tmp_path / "x"), *exports, "--who", "T"])
    assert new.exit_code == 0, new.output
    assert "names nobody" not in new.output


def test_new_says_how_to_state_the_agency(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Date,Name,Details\n11/03/2024,Jo Vale,Seen and well today.\n")
    new = CliRunner().invoke(main, ["new", str(tmp_path / "x.chronology"), str(path), "--who", "T"])
    assert "--agency" in new.output
    assert "chronology add" in new.output
