"""What the documents say is so: commands run, names exist, tables are whole."""

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from chronology.cli import main
from chronology.flags import MEANINGS
from chronology.importers import IMPORTERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks() -> list[str]:
    return re.findall(r"^```\n(.*?)^```$", README, flags=re.S | re.M)


def documented_commands() -> list[str]:
    lines = [line for block in blocks() for line in block.splitlines()]
    return [line for line in lines if re.match(r"(\.venv/bin/)?chronology ", line)]


def test_the_documented_commands_run_one_after_the_other(tmp_path, monkeypatch):
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    for command in documented_commands():
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"


def test_the_documents_have_commands_to_run():
    assert len(documented_commands()) >= 3


def test_the_printed_example_is_what_the_program_prints(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["build", "samples/marrowby-family", "--out", str(tmp_path)])
    example = next(line for block in blocks() for line in block.splitlines() if " rows = " in line)
    assert example in result.output


def test_each_command_and_option_is_in_the_readme_or_its_help_has_words():
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        assert f"chronology {name}" in README
        assert command.help
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help or option.name == "help"


def test_make_targets_named_in_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make (\w+)`?", README)):
        assert re.search(rf"^{target}:", makefile, flags=re.M), target


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_each_link_to_a_file_leads_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_each_flag_is_in_the_schema_document():
    text = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", text, flags=re.M))
    assert {code: documented.get(code) for code in MEANINGS} == MEANINGS


def test_each_importer_is_in_its_document():
    text = (ROOT / "docs" / "importers.md").read_text(encoding="utf-8")
    for importer in IMPORTERS:
        assert f"`{importer.name}`" in text


def test_no_document_names_a_machine_path_or_a_package_index():
    for path in [*DOCS, *sorted((ROOT / "requirements").glob("*.txt"))]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|/home/|/root/|/tmp/", text), path.name


def test_the_version_is_in_the_changelog():
    from chronology import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_build_file_and_the_metadata_agree_on_python():
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    assert ruff["target-version"] == "py311"
    assert "python_requires = >=3.11" in (ROOT / "setup.cfg").read_text(encoding="utf-8")
