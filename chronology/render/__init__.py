"""Renderers: one finished chronology as Excel, HTML and JSON."""

from pathlib import Path

from chronology.case import Chronology


def write_all(chronology: Chronology, folder: Path) -> None:
    """Writes chronology.xlsx, .html and .json into a folder, each whole or not at all.

    Raises :class:`chronology.errors.UnwritableOutputError`.
    """
    # Imported here: a workbook library is no part of starting the program.
    from chronology.render.contract import write_contract
    from chronology.render.excel import write_excel
    from chronology.render.html import write_html
    from chronology.render.view import view

    timeline = view(chronology)
    write_excel(timeline, folder / "chronology.xlsx")
    write_html(timeline, folder / "chronology.html")
    write_contract(chronology, folder / "chronology.json")
