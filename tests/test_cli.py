"""Commands, exit codes and wording, as a user meets them."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chronology import errors
from chronology.cli import main, speaking
from chronology.importers.defined import FORMATS

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
HEADINGS = ["Date", "Time", "Child", "Type", "Description", "Outcome", "Recorded By"]
ROWS = [
    ["14/03/2013", "10:15", "Jo EXAMPLE", "Home visit", "Seen at home, well.", "None", "A Worker"],
    ["15/03/2013", "", "Jo EXAMPLE", "Call", "Rang the school about the visit.", "", "A Worker"],
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def an_export(folder: Path, name: str = "police_log.csv", rows: list[list[str]] | None = None):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *(ROWS if rows is None else rows)])
    return path


def test_build_writes_three_outputs_and_prints_the_balance(tmp_path):
    an_export(tmp_path / "in")
    result = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "2 rows read = 2 in 2 entries + 0 left out" in result.output
    assert "police_log.csv: 2 rows = 2 in entries + 0 left out" in result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "chronology.html",
        "chronology.json",
        "chronology.xlsx",
    ]


def test_a_single_file_works_as_well_as_a_folder(tmp_path):
    path = an_export(tmp_path / "in")
    assert run("build", path, "--out", tmp_path / "out").exit_code == 0


def test_a_row_left_out_gives_exit_code_1_and_names_file_row_and_reason(tmp_path):
    an_export(tmp_path / "in", rows=[*ROWS, ["End of report", *[""] * 6]])
    result = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "police_log.csv, row 4" in result.output


@pytest.mark.parametrize(
    "arguments", [["build"], ["build", "no-such-file.csv"], ["buidl"], ["build", "--preset", "x"]]
)
def test_wrong_usage_gives_exit_code_2_and_no_traceback(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_one_bad_file_spoils_no_other_and_gives_exit_code_3(tmp_path):
    an_export(tmp_path / "in")
    (tmp_path / "in" / "empty.csv").write_bytes(b"")
    result = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "NOT READ  empty.csv" in result.output
    built = json.loads((tmp_path / "out" / "chronology.json").read_text(encoding="utf-8"))
    assert built["counts"]["rows_in_entries"] == 2
    assert [s["file"] for s in built["sources"] if s["refused"]] == ["empty.csv"]


def test_a_file_of_a_kind_that_is_not_read_is_said_and_not_passed_over(tmp_path):
    an_export(tmp_path / "in")
    (tmp_path / "in" / "letter.pdf").write_bytes(b"%PDF-1.7 text")
    result = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "letter.pdf" in result.output


def test_an_output_that_cannot_be_written_gives_exit_code_4(tmp_path):
    an_export(tmp_path / "in")
    (tmp_path / "out").write_text("a file where the folder should go")
    (tmp_path / "out2").mkdir()
    (tmp_path / "out2" / "chronology.xlsx").mkdir()
    result = run("build", tmp_path / "in", "--out", tmp_path / "out2")
    assert result.exit_code == 4
    assert "Traceback" not in result.output


def test_a_mapping_that_makes_no_sense_gives_exit_code_5_and_names_the_line(tmp_path):
    path = an_export(tmp_path / "in")
    mapping = tmp_path / "bad.mapping.txt"
    mapping.write_text("agency = moon\n", encoding="utf-8")
    result = run("build", path, "--mapping", mapping, "--out", tmp_path / "out")
    assert result.exit_code == 5
    assert "bad.mapping.txt" in result.output


def test_outputs_inside_the_input_folder_are_not_read_the_next_time(tmp_path):
    an_export(tmp_path / "in")
    first = run("build", tmp_path / "in", "--out", tmp_path / "in" / "out")
    second = run("build", tmp_path / "in", "--out", tmp_path / "in" / "out")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "2 rows read" in second.output


def test_an_agency_can_be_stated_as_the_outputs_call_it(tmp_path):
    path = an_export(tmp_path / "in", name="log.csv")
    done = run("build", path, "--agency", "Social care", "--out", tmp_path / "out")
    assert "[Social care]" in done.output


@pytest.mark.parametrize("written", ["police", "Police", " POLICE"])
def test_the_agency_can_be_stated_where_the_file_does_not_say(tmp_path, written):
    path = an_export(tmp_path / "in", name="log.csv")
    run("build", path, "--agency", written, "--out", tmp_path / "out")
    built = json.loads((tmp_path / "out" / "chronology.json").read_text(encoding="utf-8"))
    agencies = {a["agency"] for entry in built["entries"] for a in entry["accounts"]}
    assert agencies == {"police"}


def test_the_same_input_gives_the_same_bytes(tmp_path):
    an_export(tmp_path / "in")
    for out in ("one", "two"):
        run("build", tmp_path / "in", "--out", tmp_path / out)
    for name in ("chronology.xlsx", "chronology.html", "chronology.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_two_files_of_one_name_in_two_folders_are_both_read_and_told_apart(tmp_path):
    an_export(tmp_path / "in" / "school", name="log.csv")
    other = [["16/03/2013", "", "Jo EXAMPLE", "Call", "Rang the police.", "", "B Worker"]]
    an_export(tmp_path / "in" / "police", name="log.csv", rows=other)
    run("build", tmp_path / "in", "--out", tmp_path / "out")
    built = json.loads((tmp_path / "out" / "chronology.json").read_text(encoding="utf-8"))
    assert sorted(s["file"] for s in built["sources"]) == ["police/log.csv", "school/log.csv"]
    assert built["counts"]["rows_in_entries"] == 3


def test_a_file_sent_in_another_name_gives_the_same_account_ids(tmp_path):
    an_export(tmp_path / "a", name="police_log.csv")
    an_export(tmp_path / "b", name="police_export_again.csv", rows=ROWS[::-1])
    ids = []
    for folder in ("a", "b"):
        run("build", tmp_path / folder, "--out", tmp_path / f"out-{folder}")
        text = (tmp_path / f"out-{folder}" / "chronology.json").read_text(encoding="utf-8")
        ids.append({a["id"] for e in json.loads(text)["entries"] for a in e["accounts"]})
    assert ids[0] == ids[1]


def test_inspect_shows_columns_first_rows_and_writes_a_mapping_that_build_takes(tmp_path):
    path = an_export(tmp_path / "in")
    result = run("inspect", path, "--write-mapping")
    assert result.exit_code == 0, result.output
    assert "Agency: Police" in result.output
    assert "Seen at home, well." in result.output
    mapping = path.with_name("police_log.csv.mapping.txt")
    built = run("build", path, "--mapping", mapping, "--out", tmp_path / "out")
    assert built.exit_code == 0, built.output


def test_inspect_says_what_columns_are_in_the_words_of_a_mapping_file(tmp_path):
    path = an_export(tmp_path / "in")
    output = run("inspect", path, "--write-mapping").output
    mapping = path.with_name("police_log.csv.mapping.txt").read_text(encoding="utf-8")
    assert "Description -> what happened  (" in output
    assert "Description = what happened" in mapping
    assert "narrative" not in output


def test_inspect_says_of_a_column_it_cannot_place_that_it_is_kept(tmp_path):
    path = an_export(tmp_path / "in")
    lines = path.read_text(encoding="utf-8").splitlines()
    more = ["Zzq", "4", "7"]
    path.write_text("\n".join(f"{a},{b}" for a, b in zip(lines, more, strict=True)))
    assert "Zzq -> not understood: kept with each record" in run("inspect", path).output


def test_counts_are_told_in_good_english(tmp_path):
    an_export(tmp_path / "in")
    (tmp_path / "in" / "empty.csv").write_bytes(b"")
    output = run("build", tmp_path / "in", "--out", tmp_path / "out").output
    assert "1 file could not be read" in output
    assert re.search(r"left out; (1 pair|0 pairs) to review, (1 link|0 links)\.$", output, re.M)


def test_inspect_does_not_write_over_a_mapping_that_may_hold_corrections(tmp_path):
    path = an_export(tmp_path / "in")
    run("inspect", path, "--write-mapping")
    assert run("inspect", path, "--write-mapping").exit_code == 4


def test_inspect_says_why_a_file_cannot_be_read(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    result = run("inspect", path)
    assert result.exit_code == 3
    assert "empty.csv" in result.output


def test_importers_lists_the_five_agencies_and_every_defined_format():
    lines = run("importers").output.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [
        "health", "social_care", "police", "education", "other", *(one.name for one in FORMATS)
    ]  # fmt: skip


def test_a_file_of_a_defined_format_needs_no_mapping(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("CHILD,DOB,MISSING,MIS_START,MIS_END\n7,01/02/2012,M,03/04/2023,\n")
    result = run("inspect", path, "--write-mapping")
    assert "the format defines what each column holds" in result.output
    assert [one.name for one in tmp_path.iterdir()] == ["list.csv"]


def test_control_characters_from_a_file_never_reach_the_terminal(tmp_path):
    rows = [["14/03/2013", "", "Jo EXAMPLE", "\x1b[2JCall", "text \x1b[31mred", "", ""]]
    path = an_export(tmp_path / "in", rows=rows)
    assert "\x1b" not in run("inspect", path).output
    assert "\x1b" not in run("build", path, "--out", tmp_path / "out").output


def test_help_alone_says_how_to_build():
    text = run("build", "--help").output
    for needed in ("--out", "--agency", "--mapping", "Examples:", "Exit codes:", ".docx"):
        assert needed in text


def test_starting_the_program_imports_no_heavy_library():
    code = "import sys, chronology.cli; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pandas", "openpyxl", "xlsxwriter", "jinja2", "rapidfuzz", "python_calamine"}
    assert heavy & set(done.stdout.split()) == set()


def test_building_imports_no_pandas(tmp_path):
    an_export(tmp_path / "in")
    code = (
        "import sys\nfrom chronology.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "sys.exit('pandas' in sys.modules)"
    )
    arguments = ["build", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
def test_a_build_makes_no_network_connection(tmp_path):
    an_export(tmp_path / "in")
    command = [sys.executable, "-m", "chronology", "build", str(tmp_path / "in")]
    trace = tmp_path / "trace.txt"
    subprocess.run(
        ["strace", "-f", "-e", "trace=connect", "-o", str(trace), *command, "--out",
         str(tmp_path / "out")],
        check=True, capture_output=True,
    )  # fmt: skip
    assert "AF_INET" not in trace.read_text()


def test_what_looks_damaged_in_a_file_is_told_while_it_is_read(tmp_path):
    export = an_export(tmp_path / "in")
    export.write_bytes(export.read_bytes().replace(b"Seen at home", b"Seen \x00at home"))
    for done in (
        run("build", export, "--out", tmp_path / "out"),
        run("new", tmp_path / "jo", export),
    ):
        assert "  Doubt: The text holds 1 NUL characters, a sign of damage" in done.output


def test_the_readme_tells_every_exit_code_as_the_program_does():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", readme, re.M)
    assert {int(code): told for code, told in rows} == speaking.EXIT_CODES


def test_help_tells_every_exit_code_as_the_readme_does():
    told = " ".join(run("build", "--help").output.replace("'", "").split())
    for code, meaning in speaking.EXIT_CODES.items():
        assert f"{code} {re.sub('[`*]', '', meaning)}" in told


@pytest.mark.parametrize("fault", [KeyboardInterrupt, EOFError])
def test_a_command_stopped_by_the_user_ends_with_a_code_of_its_own(tmp_path, monkeypatch, fault):
    def stop(*_: object, **__: object) -> None:
        raise fault

    path = an_export(tmp_path / "in")
    monkeypatch.setattr("chronology.case.build", stop)
    result = run("build", path, "--out", tmp_path / "out")
    assert (result.exit_code, result.output) == (speaking.STOPPED, "Stopped.\n")


def test_every_kind_of_fault_has_an_exit_code_of_the_table():
    kinds = [k for k in vars(errors).values() if isinstance(k, type)]
    for kind in kinds:
        with pytest.raises(SystemExit) as ended, speaking.plainly():
            raise kind("why")
        assert ended.value.code in {2, 3, 4, 5}
