"""Records printed each as a small table of its own, a label beside every value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from chronology.reading.print_days import DATE_LABEL, day_at_start
from chronology.reading.print_tables import PrintedRow, PrintedTable

#: "Date", "Type of contact": a few words without figures.
_LABEL: Final = re.compile(r"[^\W\d_](?:[^\d:]|\d(?=[a-z])){0,38}:?")
_WORDS: Final = 6
#: One form alone is a record only where it says so much; else it is the head of a letter.
_LONG: Final = 40
_FEWEST: Final = 2


@dataclass(slots=True)
class _Form:
    """One record: its labels and what stands beside them."""

    page: int
    said: dict[str, str] = field(default_factory=dict)

    def add(self, label: str, value: str) -> None:
        before = self.said.get(label, "")
        self.said[label] = "\n".join(filter(None, (before, value)))


def as_records(tables: Sequence[PrintedTable]) -> list[PrintedTable]:
    """The tables, those of labels and values as rows of one table with the labels as headings."""
    read = [_forms(table) for table in tables]
    told = [form for forms in read for form in forms]
    if not _are_records([form.said for form in told]):
        return list(tables)
    made: list[PrintedTable] = []
    runs: list[list[_Form]] = []
    for table, forms in zip(tables, read, strict=True):
        if not forms:
            made.append(table)
            runs.append([])
        elif runs and runs[-1] and not _names_somebody(table):
            runs[-1] += forms
            made[-1].titles += table.titles
        else:
            made.append(PrintedTable(table.page, table.above, titles=table.titles))
            runs.append(list(forms))
    for table, run in zip(made, runs, strict=True):
        if run:
            table.made_headings = True
            table.rows = list(_rows(run))
    return made


def _are_records(told: Sequence[dict[str, str]]) -> bool:
    """Whether they differ, or one says much; the box at the head of every page does neither."""
    if not any(said != told[0] for said in told):
        return any(len(value) >= _LONG for said in told[:1] for value in said.values())
    return len(told) >= _FEWEST


def _names_somebody(table: PrintedTable) -> bool:
    """Whether the lines above a table may say that it is about somebody else."""
    return any(":" in line for line in table.above) or bool(table.titles)


def _forms(table: PrintedTable) -> list[_Form]:
    """The records of a table; none where it is no table of labels and values."""
    forms: list[_Form] = []
    for row in table.rows:
        pairs = _pairs(row)
        if pairs is None or (not forms and pairs and not pairs[0][0]):
            return []
        for label, value in pairs:
            if not label:
                last = next(reversed(forms[-1].said))
                forms[-1].add(last, value)
                continue
            if not forms or label == next(iter(forms[0].said)) or _is_second_day(forms, label):
                forms.append(_Form(row.page))
            forms[-1].add(label, value)
    every = forms and all(_day(form) and len(form.said) >= _FEWEST for form in forms)
    return forms if every else []


def _pairs(row: PrintedRow) -> list[tuple[str, str]] | None:
    """Labels and values of a row; None where a cell that should be a label is none."""
    cells = [(cell or "").strip() for cell in row.cells]
    if len(cells) % 2:
        return None
    pairs: list[tuple[str, str]] = []
    for label, value in zip(cells[::2], cells[1::2], strict=True):
        if label and (not _LABEL.fullmatch(label) or len(label.split()) > _WORDS):
            return None
        if label or value:
            pairs.append((label.rstrip(": "), value))
    return pairs


def _is_second_day(forms: Sequence[_Form], label: str) -> bool:
    return _is_date(label) and label in forms[-1].said


def _is_date(label: str) -> bool:
    return DATE_LABEL.fullmatch(f"{label}:") is not None


def _day(form: _Form) -> bool:
    return any(_is_date(label) and day_at_start(value) for label, value in form.said.items())


def _rows(forms: Sequence[_Form]) -> Iterator[PrintedRow]:
    labels = tuple(dict.fromkeys(label for form in forms for label in form.said))
    yield PrintedRow(forms[0].page, labels)
    for form in forms:
        yield PrintedRow(form.page, tuple(form.said.get(label, "") for label in labels))
