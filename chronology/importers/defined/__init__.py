"""Formats whose columns, elements and codes are defined: read exactly, recognised by content."""

from chronology.importers.defined.base import Format, Found
from chronology.importers.defined.registry import FORMATS, recognised

__all__ = ["FORMATS", "Format", "Found", "recognised"]
