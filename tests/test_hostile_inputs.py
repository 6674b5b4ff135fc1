"""Files and folders that go wrong: said by name and reason, without a crash, sparing the others."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chronology import case
from chronology.cli import main

SAMPLES = Path(__file__).parents[1] / "samples"
ROWS = [
    ["Date", "Child", "Description", "Outcome"],
    ["14/03/2013", "Jo EXAMPLE", "Seen at home, well.", "None"],
    ["15/03/2013", "Jo EXAMPLE", "Rang the school about the visit.", ""],
]


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def an_export(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(ROWS)
    return path


def built(out: Path) -> dict:
    return json.loads((out / "chronology.json").read_text(encoding="utf-8"))


def test_every_hostile_sample_is_read_or_refused_and_the_good_files_are_all_in(tmp_path):
    for folder in ("hostile", "marrowby-family"):
        shutil.copytree(SAMPLES / folder, tmp_path / "in", dirs_exist_ok=True)
    result = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 3
    data = built(tmp_path / "out")
    refused = {s["file"]: s["refused"] for s in data["sources"] if s["refused"]}
    assert sorted(refused) == ["dtd.docx", "empty.csv", "password.xlsx", "truncated.xlsx"]
    assert all(f"NOT READ  {name}: {why}" in result.output for name, why in refused.items())
    good = {s["file"]: s["rows_in_entries"] for s in data["sources"] if not s["refused"]}
    assert sum(good.values()) == 194 + 9 + 7 + 2 + 1


HTML = "<!-- saved from a page -->\n<p>Date, Child, Event</p>\n<p>14/03/2013, Jo, Visit</p>\n"
OTHERS = [
    ("README.md", "Date | Child | Event\n14/03/2013 | Jo | Seen at home\n"),
    ("page.html", HTML),
    ("page.txt", HTML),
    ("data.json", '{\n  "Date": "14/03/2013",\n  "Event": "Visit"\n}\n'),
    ("data.txt", '{\n  "Date": "14/03/2013",\n  "Event": "Visit"\n}\n'),
    ("mail.eml", "Jo was seen on 14/03/2013, well.\nNothing further, no heading.\n"),
    (
        "letter.txt",
        "Dear colleague,\n\nOn 14/03/2013 we saw Jo, who was well.\n\nYours, A Worker\n",
    ),
    ("trace.log", "2013-03-14 10:00:00, started, all well\n2013-03-14 10:00:01, done, all well\n"),
    ("letter.rtf", "{\\rtf1 Seen on 14/03/2013}"),
    ("scan.pdf", "%PDF-1.7"),
    ("photo.png", "\x89PNG\r\n\x1a\n"),
    ("old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "\0" * 600),
    ("note.msg", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "\0" * 600),
    ("packed.zip", "PK\x05\x06" + "\0" * 18),
]


@pytest.mark.parametrize(("name", "text"), OTHERS, ids=[name for name, _ in OTHERS])
def test_a_file_of_another_kind_is_said_and_gives_no_records(tmp_path, name, text):
    an_export(tmp_path / "in" / "police.csv")
    (tmp_path / "in" / name).write_bytes(text.encode("latin-1"))
    result = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert f"NOT READ  {name}: " in result.output
    assert built(tmp_path / "out")["counts"]["rows_in_entries"] == 2


def test_a_file_that_vanishes_while_others_are_read_is_said(tmp_path):
    an_export(tmp_path / "a.csv")
    later = an_export(tmp_path / "b.csv")
    chronology = case.build([tmp_path], progress=lambda _: later.unlink(missing_ok=True))
    assert [(r.file, "no such file" in r.reason) for r in chronology.refused] == [("b.csv", True)]
    assert len(chronology.accounts) == 2


def test_inputs_in_the_folder_of_the_results_are_read(tmp_path):
    an_export(tmp_path / "school.csv")
    police = an_export(tmp_path / "far" / "police.csv")
    for _ in range(2):
        result = run("build", police, tmp_path / "school.csv", "--out", tmp_path)
        assert result.exit_code == 0, result.output
        assert "4 rows read" in result.output
    assert "4 rows read" in run("build", tmp_path, "--out", tmp_path).output


def test_an_agencys_file_is_not_written_over(tmp_path):
    theirs = an_export(tmp_path / "chronology.xlsx")
    before = theirs.read_bytes()
    for inputs in (theirs, tmp_path):
        result = run("build", inputs, "--out", tmp_path)
        assert result.exit_code == 4
        assert "Name another folder with --out" in result.output
    assert theirs.read_bytes() == before


def test_a_mapping_kept_beside_its_export_is_not_read_as_one(tmp_path):
    path = an_export(tmp_path / "in" / "police.csv")
    run("inspect", path, "--write-mapping")
    named = (tmp_path / "in" / "police.csv.mapping.txt").rename(tmp_path / "in" / "mine.txt")
    result = run("build", tmp_path / "in", "--mapping", named, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output


def test_a_line_break_in_a_files_name_makes_no_line_of_its_own(tmp_path):
    try:
        an_export(tmp_path / "in" / "police\nNOT READ  x.csv")
    except OSError:
        pytest.skip("such a name cannot be given here")
    output = run("build", tmp_path / "in", "--out", tmp_path / "out").output
    assert not any(line.startswith("NOT READ") for line in output.splitlines())


def test_inspect_shows_the_rows_of_a_file_it_finds_no_table_in(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Ayy,Bee\nsome words,more words\n")
    result = run("inspect", path)
    assert result.exit_code == 3
    assert "row 1: Ayy | Bee" in result.output


def test_letters_that_the_terminal_cannot_show_stop_nothing(tmp_path):
    path = an_export(tmp_path / "in" / "police.csv")
    text = path.read_text(encoding="utf-8").replace("Jo EXAMPLE", "Zoë \U0001f600 Łuk")
    path.write_text(text, encoding="utf-8")
    for command in (["inspect", path], ["build", path, "--out", tmp_path / "Łuk"]):
        done = subprocess.run(
            [sys.executable, "-m", "chronology", *map(str, command)],
            env={**os.environ, "PYTHONIOENCODING": "cp1252"},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            check=False,
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
        assert rb"\u0141uk" in done.stdout


def test_half_a_letter_in_a_name_stops_no_mapping(tmp_path):
    name = os.fsdecode(os.fsencode(str(tmp_path)) + b"/police\xff.csv")
    try:
        path = an_export(Path(name))
    except OSError:
        pytest.skip("such a name cannot be given here")
    assert run("inspect", path, "--write-mapping").exit_code == 0
    mapping = Path(f"{path}.mapping.txt")
    assert run("build", path, "--mapping", mapping, "--out", tmp_path / "out").exit_code == 0
