"""Numbers that name a person: what kind they are, whether they hold together, how to compare."""

from __future__ import annotations

import re

from chronology.account import Identifier
from chronology.flags import Flag

#: What the kinds are called to a reader.
KIND_LABELS: dict[str, str] = {"nhs": "NHS number", "upn": "UPN", "local": "Local number"}

#: Letters a UPN may begin with, by their value; I, O and S are not used.
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NHS = re.compile(
    r"(?:NHS(?:\s*(?:No|Number|Num))?\.?\s*:?\s*)?(\d{3}[ \-]?\d{3}[ \-]?\d{4})", re.I
)
_UPN = re.compile(r"(?:UPN\s*(?:No\.?|Number)?\s*:?\s*)?([A-HJ-NP-RT-Z]\d{11}[\dA-Z])", re.I)
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_POINT_NOUGHT = re.compile(r"\d+\.0+")
_NINE_DIGITS = re.compile(r"\d{9}")


def identifier(text: str, *, named: str = "") -> Identifier | None:
    """The identifier a cell holds; None for an empty cell.

    ``named`` is the kind the cell's heading promises; without one a number counts as an NHS
    number only if its check digit fits, since many local numbers have ten digits.
    """
    written = text.strip()
    if not written:
        return None
    return Identifier(named or kind_of(written), written)


def kind_of(text: str) -> str:
    """ "nhs", "upn" or "local", by the shape of the number and its check digit."""
    if nhs_digits(text) and nhs_fits(nhs_digits(text)):
        return "nhs"
    if _UPN.fullmatch(text.strip()):
        return "upn"
    return "local"


def normal(one: Identifier) -> str:
    """The number as it is compared: no spaces, hyphens, label or trailing .0, in capitals."""
    text = one.text.strip()
    if one.kind == "nhs":
        return nhs_digits(text) or _plain(text)
    if one.kind == "upn":
        found = _UPN.fullmatch(text)
        return found[1].upper() if found else _plain(text)
    return _plain(text)


def check(one: Identifier) -> Flag | None:
    """A doubt about the number. It is always kept: real ones get mistyped."""
    said = f"{KIND_LABELS.get(one.kind, 'Number')} '{one.text}'"
    if _is_damaged(one):
        return Flag(
            "identifier-damaged",
            f"{said} looks damaged by a spreadsheet. Check it against the agency's own record.",
        )
    if one.kind == "nhs" and not nhs_fits(nhs_digits(one.text)):
        return Flag(
            "identifier-check",
            f"{said} does not fit its check digit and may be mistyped. It is kept as written.",
        )
    if one.kind == "upn" and not upn_fits(normal(one)):
        return Flag(
            "identifier-check",
            f"{said} does not fit its check letter and may be mistyped. It is kept as written.",
        )
    return None


def masked(one: Identifier) -> str:
    """The number as it may be shown: its kind and its last three characters."""
    return f"{KIND_LABELS.get(one.kind, 'Number')} ending {normal(one)[-3:]}"


def is_sound(one: Identifier) -> bool:
    """Whether it is a national number whose check digit or letter fits."""
    if one.kind == "nhs":
        return nhs_fits(nhs_digits(one.text))
    return one.kind == "upn" and upn_fits(normal(one))


def nhs_digits(text: str) -> str:
    """The ten digits of a number written like an NHS number, else ""."""
    found = _NHS.fullmatch(text.strip())
    return re.sub(r"\D", "", found[1]) if found else ""


def nhs_fits(digits: str) -> bool:
    """Whether the tenth digit is the check digit (modulus 11) of the nine before it."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[9])


def upn_fits(upn: str) -> bool:
    """Whether the first letter is the check letter of the twelve characters after it.

    A temporary UPN ends in a letter, which counts by its place among the letters used.
    """
    if not _UPN.fullmatch(upn):
        return False
    values = [_UPN_LETTERS.find(c) if c.isalpha() else int(c) for c in upn[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return _UPN_LETTERS[total % 23] == upn[0]


def _plain(text: str) -> str:
    whole = text[: text.index(".")] if _POINT_NOUGHT.fullmatch(text) else text
    return re.sub(r"[\s\-]+", "", whole).upper()


def _is_damaged(one: Identifier) -> bool:
    text = one.text.strip()
    if _EXPONENT.fullmatch(text) or _POINT_NOUGHT.fullmatch(text):
        return True
    return one.kind == "nhs" and bool(_NINE_DIGITS.fullmatch(text)) and nhs_fits(text.zfill(10))
