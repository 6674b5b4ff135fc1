"""Whether a file is a chronology that this program wrote, known by the headings of its sheets."""

from __future__ import annotations

from chronology.reading.grid import Document, Grid

#: Headings of the sheets this program writes, of which no agency's export has many; and how many
#: of them a row of headings must have, as a reader may have taken columns away.
OUR_HEADINGS: tuple[tuple[frozenset[str], int], ...] = (
    (
        frozenset(
            {
                *("order", "precision", "agencies", "accounts", "accounts differ"),
                *("linked entries", "confidence", "why merged", "also recorded"),
                *("authors' analysis", "doubts", "record ids"),
            }
        ),
        6,
    ),
    (
        frozenset(
            {
                *("entry a", "record a", "entry b", "record b", "reasons for"),
                *("reasons against", "record a id", "record b id"),
            }
        ),
        6,
    ),
    (frozenset({"file", "sheet", "row", "why it was left out", "what the row held"}), 5),
    (
        frozenset(
            {
                *("rows read", "rows in entries", "rows left out", "sha-256 of the file"),
                *("what each column was taken for", "titles and headings set apart"),
            }
        ),
        4,
    ),
)
#: The headings stand in the third row; a reader may have put lines of their own above them.
FIRST_LINES = 25

NOT_AN_EXPORT = (
    "This is a chronology that this program wrote, not an agency's export. To take decisions back"
    " use: chronology add-decisions CASE FILE."
)


def is_own_output(document: Document) -> bool:
    """Whether a sheet has the headings of one of ours, whatever the file and sheet are called."""
    return any(map(_is_ours, document.grids))


def _is_ours(grid: Grid) -> bool:
    rows = (frozenset(map(_plain, line.cells)) for line in grid.lines[:FIRST_LINES])
    return any(len(row & ours) >= least for row in rows for ours, least in OUR_HEADINGS)


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\u2019", "'").casefold().split())
