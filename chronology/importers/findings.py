"""What reading one file gives: its accounts, what was left out, and how it was understood."""

from __future__ import annotations

from dataclasses import dataclass

from chronology.account import Account, Agency, LeftOut
from chronology.importers.columns import ColumnReading


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table was understood; ``first_rows`` are its first lines as they came."""

    sheet: str
    heading_rows: tuple[int, ...]
    columns: tuple[ColumnReading, ...]
    doubts: tuple[str, ...] = ()
    first_rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """One file as accounts. ``rows_read`` is always the accounts and the rows left out together.

    ``set_apart`` are titles, headings and section rows, (sheet, row, text): they hold no record.
    """

    file: str
    kind: str
    sha256: str
    importer: str
    agency: Agency
    agency_why: str
    organisation: str
    system: str
    accounts: tuple[Account, ...]
    left_out: tuple[LeftOut, ...]
    set_apart: tuple[tuple[str, int, str], ...]
    rows_read: int
    layouts: tuple[Layout, ...]
    notes: tuple[str, ...] = ()
    #: Whether its format defines what each column or element holds, so that no mapping is needed.
    is_defined: bool = False
