"""Numbers as a spreadsheet shows them: what a number format lets the reader of the sheet see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from chronology.reading.grid import Stamp

#: Formats every spreadsheet knows by number (ECMA-376 part 1, 18.8.30); the rest show plain
#: numbers. 27-36 and 50-58 are days in East Asian editions.
BUILT_IN: Final[dict[int, str]] = {
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy/mm/dd"),
    **dict.fromkeys((32, 33, 34, 35), "h:mm:ss"),
}

#: A spreadsheet keeps this many digits of a number and writes noughts for the rest.
KEPT_DIGITS: Final = 15

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("", "January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]")
_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
_TOKEN: Final = re.compile(r"am/pm|a/p|y+|m+|d+|h+|s+")
_MASK: Final = re.compile(r"0[0 /-]*0")
_EPOCH_1900: Final = datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime(1904, 1, 1)
#: Excel believes in 29 February 1900; days before it are one off.
_LEAP_BUG: Final = 60
_LAST_SERIAL: Final = 2_958_466
_MOST_DIGITS: Final = 310


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format shows: parts of a date, a percentage, or digits in a fixed pattern."""

    parts: frozenset[str] = frozenset()
    elapsed: bool = False
    percent: bool = False
    mask: str = ""

    @property
    def is_date(self) -> bool:
        """Whether numbers in this format are days or times."""
        return bool(self.parts) or self.elapsed


#: Shows a number as it is.
GENERAL: Final = Format()


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell's text as shown, the date it stores if one is shown, and what is wrong with it."""

    text: str
    stamp: Stamp | None = None
    #: A flag code, or "".
    doubt: str = ""


@lru_cache(maxsize=4096)
def understand(code: str) -> Format:
    """What a number format code shows, from its first section."""
    section = _first_section(code)
    bare = _LITERAL.sub("", section)
    elapsed = bool(_ELAPSED.search(bare))
    bare = _BRACKETS.sub("", _ELAPSED.sub(lambda found: found.group(1), bare)).lower()
    if bare in {"general", "standard", "@"}:
        return GENERAL
    parts = _date_parts(_TOKEN.findall(bare))
    if parts or elapsed:
        return Format(parts=parts, elapsed=elapsed)
    spelt = _BRACKETS.sub("", _LITERAL.sub(lambda f: f.group(1) or f.group(2) or "", section))
    mask = spelt if _MASK.fullmatch(spelt) else ""
    return Format(percent=bare.rstrip().endswith("%"), mask=mask)


def show_number(raw: str, form: Format, *, from_1904: bool) -> Shown:
    """A stored number as its format shows it."""
    if not form.is_date and not form.mask and raw.isascii() and raw.isdigit():
        return _digits(raw) if not form.percent else _percentage(raw)
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        return Shown(raw, doubt="cell-error")
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return Shown(raw, doubt="cell-error")
    if form.is_date:
        return _show_date(raw, float(number), form, from_1904=from_1904)
    if form.percent:
        return _percentage(raw)
    whole = number == number.to_integral_value()
    text = format(number.to_integral_value(), "f") if whole else _fraction(number)
    if form.mask and whole and number >= 0:
        return Shown(_masked(text, form.mask))
    return _digits(text) if whole else Shown(text)


def show_stamp(stamp: Stamp, form: Format) -> Shown:
    """A date stored as a date, as its format shows it."""
    if isinstance(stamp, time):
        return Shown(_clock(stamp), stamp)
    moment = stamp if isinstance(stamp, datetime) else datetime.combine(stamp, time())
    if not form.is_date:
        timed = isinstance(stamp, datetime)
        form = Format(parts=_DAY | _CLOCK if timed else _DAY)
    if form.parts <= _TIME_OF_DAY:
        return Shown(_clock(moment.time()), moment.time())
    return _show_moment(moment, form)


_DAY: Final = frozenset({"year", "month", "day"})
_CLOCK: Final = frozenset({"hour", "minute"})
_TIME_OF_DAY: Final = _CLOCK | {"second"}


def _first_section(code: str) -> str:
    quoted = False
    for index, character in enumerate(code):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted and code[index - 1 : index] != "\\":
            return code[:index]
    return code


def _date_parts(tokens: list[str]) -> frozenset[str]:
    parts: set[str] = set()
    before = ""
    for index, token in enumerate(tokens):
        after = tokens[index + 1][:1] if index + 1 < len(tokens) else ""
        parts.add(_date_part(token, before, after))
        before = token[:1]
    return frozenset(parts - {""})


def _date_part(token: str, before: str, after: str) -> str:
    """``m`` is a minute next to an hour or a second and a month anywhere else."""
    first = token[0]
    if first == "m" and len(token) < 3 and (before == "h" or after == "s"):
        return "minute"
    if first == "d":
        return "weekday" if len(token) > 2 else "day"
    return {"y": "year", "m": "month", "h": "hour", "s": "second"}.get(first, "")


def _digits(text: str) -> Shown:
    lost = len(text.lstrip("-0")) > KEPT_DIGITS
    return Shown(text, doubt="identifier-damaged" if lost else "")


def _fraction(number: Decimal) -> str:
    return _unscientific(f"{float(number):.{KEPT_DIGITS}g}")


def _percentage(raw: str) -> Shown:
    return Shown(_unscientific(f"{float(Decimal(raw) * 100):.{KEPT_DIGITS}g}") + "%")


def _unscientific(text: str) -> str:
    return format(Decimal(text), "f") if "e" in text else text


def _masked(digits: str, mask: str) -> str:
    digits = digits.zfill(mask.count("0"))
    shown: list[str] = []
    for character in reversed(mask):
        if character != "0":
            shown.append(character)
        else:
            digits, last = digits[:-1], digits[-1]
            shown.append(last)
    return digits + "".join(reversed(shown))


def _show_date(raw: str, serial: float, form: Format, *, from_1904: bool) -> Shown:
    if form.elapsed or form.parts <= {"minute", "second"}:
        return Shown(_duration(serial, form))
    if not 0 <= serial < _LAST_SERIAL:
        return Shown(raw, doubt="cell-error")
    if form.parts <= _TIME_OF_DAY:
        clock = _moment(serial % 1, _EPOCH_1904).time()
        return Shown(_clock(clock), clock)
    if not from_1904 and (int(serial) == 0 or int(serial) == _LEAP_BUG):
        return Shown("29/02/1900" if serial >= 1 else "00/01/1900")
    early = not from_1904 and serial < _LEAP_BUG
    epoch = _EPOCH_1904 if from_1904 else _EPOCH_1900
    return _show_moment(_moment(serial + early, epoch), form)


def _moment(serial: float, epoch: datetime) -> datetime:
    """To the nearest second, which is as far as a serial can be trusted."""
    return epoch + timedelta(seconds=round(serial * 86_400))


def _show_moment(moment: datetime, form: Format) -> Shown:
    timed = "hour" in form.parts
    if form.parts >= _DAY:
        day = f"{moment.day:02}/{moment.month:02}/{moment.year:04}"
        if timed:
            return Shown(f"{day} {_clock(moment.time())}", moment)
        return Shown(day, date(moment.year, moment.month, moment.day))
    words = [
        ("weekday", _DAYS[moment.weekday()]),
        ("day", str(moment.day)),
        ("month", _MONTHS[moment.month]),
        ("year", str(moment.year)),
        ("hour", _clock(moment.time())),
    ]
    return Shown(" ".join(text for part, text in words if part in form.parts))


def _clock(clock: time) -> str:
    return f"{clock:%H:%M:%S}" if clock.second else f"{clock:%H:%M}"


def _duration(serial: float, form: Format) -> str:
    seconds = round(abs(serial) * 86_400)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    sign = "-" if serial < 0 else ""
    if "hour" not in form.parts:
        return f"{sign}{minutes:02}:{second:02}"
    return f"{sign}{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
