"""What a defined format withholds stands in none of the outputs, and in no reason or row left out.

Every sample of every defined format is built as a user would build it.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from factories import a_chronology, an_account, an_entry

from chronology import case
from chronology.account import Account, repeatable
from chronology.case import Chronology
from chronology.importers import extract
from chronology.importers.defined.objects import SENSITIVE
from chronology.reading import read
from chronology.render import write_all
from chronology.sharing import WITHHELD, for_sharing

HERE = Path(__file__).parent / "defined"
#: Shorter texts ("No", "home") stand in any output for other reasons.
LEAST = 5
_TAGS = re.compile(r"<[^>]*>")
_ESCAPES = re.compile(r"\\u([0-9a-fA-F]{4})")


@lru_cache(maxsize=64)
def accounts_of(sample: Path) -> tuple[Account, ...]:
    return extract(read(sample)).accounts


SAMPLES = [
    path
    for path in sorted(HERE.glob("*/*"))
    if path.suffix != ".golden" and any(account.withheld for account in accounts_of(path))
]


def run_together(text: str) -> str:
    return " ".join(text.split()).casefold()


def secrets(accounts: Sequence[Account]) -> set[str]:
    """Texts that stand in withheld cells and are no part of what is told openly."""
    hidden: set[str] = set()
    openly: list[str] = []
    for account in accounts:
        openly += (account.occurred.written, account.reference)
        for heading, text in (*account.raw, *account.other):
            openly.append(heading)
            if heading in account.withheld:
                hidden.add(run_together(text))
            else:
                openly.append(text)
    told = run_together("\n".join(openly))
    return {text for text in hidden if len(text) >= LEAST and text not in told}


def outputs(chronology: Chronology, folder: Path) -> Iterator[tuple[str, str]]:
    """Every output as one run of the words in it."""
    write_all(chronology, folder)
    for path in sorted(folder.iterdir()):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    yield f"{path.name}/{name}", words_in(book.read(name).decode("utf-8", "ignore"))
        else:
            yield path.name, words_in(path.read_text(encoding="utf-8"))


def words_in(text: str) -> str:
    """The text with escapes undone, as it stands and without its tags."""
    plain = _ESCAPES.sub(lambda found: chr(int(found[1], 16)), text)
    plain = html.unescape(plain.replace('\\"', '"').replace("\\n", "\n"))
    return run_together(f"{plain}\n{_TAGS.sub(' ', plain)}")


def leaks(texts: set[str], told: Iterator[tuple[str, str]], anyway: str) -> list[str]:
    """Where which text stands, unless it stands in the outputs of any case."""
    looked_for = sorted(text for text in texts if text not in anyway)
    return [f"{where}: {text}" for where, words in told for text in looked_for if text in words]


@pytest.fixture(scope="session")
def anyway(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The words of outputs that hold no record of any sample."""
    folder = tmp_path_factory.mktemp("anyway")
    return "\n".join(words for _, words in outputs(a_chronology(an_entry(an_account())), folder))


def test_samples_of_many_formats_withhold_something() -> None:
    assert len({path.parent.name for path in SAMPLES}) > 5


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_withheld_stands_in_no_output(sample: Path, tmp_path: Path, anyway: str) -> None:
    texts = secrets(accounts_of(sample))
    chronology = case.build([sample], case.Wishes())
    assert chronology.entries
    assert not leaks(texts, outputs(chronology, tmp_path), anyway)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_withheld_stands_in_no_copy_for_sharing(
    sample: Path, tmp_path: Path, anyway: str
) -> None:
    texts = secrets(accounts_of(sample))
    chronology = for_sharing(case.build([sample], case.Wishes()))
    assert not leaks(texts, outputs(chronology, tmp_path), anyway)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_withheld_is_named_by_headings_the_record_has(sample: Path) -> None:
    for account in accounts_of(sample):
        assert set(account.withheld) <= {heading for heading, _ in (*account.raw, *account.other)}


@pytest.mark.parametrize(
    "sample", ["probation_contacts/contacts.json", "prison_notes/page.json"], ids=str
)
def test_a_record_marked_as_sensitive_is_shared_without_a_word(sample: str) -> None:
    chronology = case.build([HERE / sample], case.Wishes())
    marked = [a for a in chronology.accounts if SENSITIVE in a.flags]
    shared = for_sharing(chronology).accounts
    assert marked
    assert sum(account.narrative == WITHHELD for account in shared) == len(marked)
    assert not {account.id for account in marked} & {account.id for account in shared}


def test_a_withheld_heading_among_the_other_facts_is_not_repeated_either(tmp_path: Path) -> None:
    told = an_account(other=(("Place", "Secret ward"), ("Team", "North")), withheld=("Place",))
    words = [words for _, words in outputs(a_chronology(an_entry(told)), tmp_path)]
    assert not any("secret ward" in one for one in words)
    assert any("north" in one for one in words)
    assert repeatable(told, told.other) == (("Place", "(withheld)"), ("Team", "North"))
