"""Names as people write them: taken apart, compared, and found in cells."""

from chronology.names.cells import mentions, subjects
from chronology.names.likeness import (
    Like,
    Likeness,
    births_close,
    births_one_digit_apart,
    likeness,
    spelt_alike,
)
from chronology.names.parse import ParsedName, parse_name
from chronology.names.tables import folded, is_known_forename

__all__ = [
    "Like",
    "Likeness",
    "ParsedName",
    "births_close",
    "births_one_digit_apart",
    "folded",
    "is_known_forename",
    "likeness",
    "mentions",
    "parse_name",
    "spelt_alike",
    "subjects",
]
