"""Which files are read: nothing in a folder is passed over in silence, and nothing read twice."""

import os
from pathlib import Path

import pytest

from chronology.errors import UnreadableFileError
from chronology.reading import read
from chronology.reading.inputs import find_inputs


def a_file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Date,Event\n14/03/2013,Visit\n")
    return path


def shown(*paths: Path, leave_alone: tuple[Path, ...] = ()) -> list[str]:
    return [item.shown for item in find_inputs(paths, leave_alone)]


def test_a_folder_gives_the_files_in_it_and_in_the_folders_below(tmp_path):
    for name in ("b.csv", "sub/a.csv", "sub/deep/c.pdf"):
        a_file(tmp_path / name)
    assert shown(tmp_path) == ["a.csv", "b.csv", "c.pdf"]


@pytest.mark.parametrize(
    "name", [".hidden.csv", "~$open.xlsx", "desktop.ini", "Thumbs.db", "log.csv.mapping.txt"]
)
def test_what_programs_leave_in_folders_is_no_input(tmp_path, name):
    a_file(tmp_path / name)
    assert shown(tmp_path) == []


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path):
    assert shown(a_file(tmp_path / "notes.mapping.txt")) == ["notes.mapping.txt"]


def test_only_the_outputs_are_left_alone_not_the_folder_they_go_to(tmp_path):
    output = a_file(tmp_path / "chronology.xlsx")
    a_file(tmp_path / "school.csv")
    assert shown(tmp_path, leave_alone=(output,)) == ["school.csv"]


def test_a_file_given_twice_is_read_once(tmp_path):
    path = a_file(tmp_path / "a.csv")
    assert shown(tmp_path, path, path) == ["a.csv"]


def test_files_of_one_name_are_shown_with_as_many_folders_as_tell_them_apart(tmp_path):
    for name in ("a/x/log.csv", "b/x/log.csv", "b/y/log.csv", "b/other.csv"):
        a_file(tmp_path / name)
    assert shown(tmp_path) == ["a/x/log.csv", "b/x/log.csv", "other.csv", "y/log.csv"]


@pytest.fixture
def linked(tmp_path):
    try:
        (tmp_path / "probe").symlink_to(tmp_path)
    except OSError:
        pytest.skip("links cannot be made here")
    (tmp_path / "probe").unlink()
    return tmp_path


def test_a_link_to_a_folder_is_not_followed_and_not_passed_over(linked):
    (linked / "in").mkdir()
    (linked / "in" / "loop").symlink_to(linked / "in")
    assert shown(linked / "in") == ["loop"]
    with pytest.raises(UnreadableFileError, match="Name that folder itself"):
        read(linked / "in" / "loop")


def test_a_link_that_leads_nowhere_or_in_a_circle_is_said(linked):
    (linked / "dead.csv").symlink_to(linked / "gone.csv")
    (linked / "a.csv").symlink_to(linked / "b.csv")
    (linked / "b.csv").symlink_to(linked / "a.csv")
    assert shown(linked) == ["a.csv", "b.csv", "dead.csv"]
    for name in ("a.csv", "dead.csv"):
        with pytest.raises(UnreadableFileError, match="no such file"):
            read(linked / name)


def test_a_folder_that_cannot_be_opened_is_said(tmp_path, monkeypatch):
    closed = tmp_path / "in" / "closed"
    a_file(closed / "a.csv")
    scan = os.scandir

    def refuse(where):
        if Path(where) == closed:
            raise PermissionError(13, "Permission denied", str(where))
        return scan(where)

    monkeypatch.setattr(os, "scandir", refuse)
    assert shown(tmp_path / "in") == ["closed"]
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UnreadableFileError, match="folder cannot be opened"):
        read(closed)


def test_earlier_results_are_no_evidence(tmp_path):
    for name in ("chronology.xlsx", "chronology.html", "chronology.json", "gp.csv"):
        a_file(tmp_path / "sent" / name)
    assert shown(tmp_path) == ["gp.csv"]


def test_a_lone_file_that_is_called_chronology_is_read(tmp_path):
    a_file(tmp_path / "sent" / "chronology.xlsx")
    assert shown(tmp_path) == ["chronology.xlsx"]
