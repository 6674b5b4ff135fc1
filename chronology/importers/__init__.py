"""Tables of text to accounts, for layouts nobody has seen before."""

from chronology.importers.columns import ColumnReading
from chronology.importers.findings import Extract, Layout
from chronology.importers.given import Given
from chronology.importers.intake import extract
from chronology.importers.mapping import Mapping, applies, fits, read_mapping, write_mapping
from chronology.importers.registry import IMPORTERS, importer_for

__all__ = [
    "IMPORTERS",
    "ColumnReading",
    "Extract",
    "Given",
    "Layout",
    "Mapping",
    "applies",
    "extract",
    "fits",
    "importer_for",
    "read_mapping",
    "write_mapping",
]
