"""Dates as agencies write them: a strict grammar, British first, decided by whole columns."""

from chronology.dates.clock import looks_like_clock, read_clock
from chronology.dates.order import Evidence, Order, settle, weigh
from chronology.dates.read import (
    heading_says,
    looks_like_date,
    read_born,
    read_when,
    says_as_above,
    without_midnight,
)
from chronology.dates.words import iso_in_words

__all__ = [
    "Evidence",
    "Order",
    "heading_says",
    "iso_in_words",
    "looks_like_clock",
    "looks_like_date",
    "read_born",
    "read_clock",
    "read_when",
    "says_as_above",
    "settle",
    "weigh",
    "without_midnight",
]
