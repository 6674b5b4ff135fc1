"""Paragraphs that each begin with a date, as case systems print notes: rows of a table they make.

What stands behind a label in most of them ("Type: Home visit   Worker: K Example") is a column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from chronology.reading.print_days import DATE_LABEL, DAY, day_at_start
from chronology.reading.print_tables import ABOVE, PrintedRow, PrintedTable
from chronology.reading.printed import PrintedLine, flowed, right_margin

#: A label of up to four words: "Case note type:".
_LABEL: Final = re.compile(
    r"((?:[^\W\d_][\w'\u2019/&()-]* ){0,3}[^\W\d_][\w'\u2019/&().-]*) ?:(?=\s|$)"
)
#: "Date: 14/03/2013" anywhere in a line.
_LABELLED_DAY: Final = re.compile(rf"(?:{DATE_LABEL.pattern})(?:{DAY.pattern})", re.IGNORECASE)
_FIGURES: Final = re.compile(r"\d+")
#: Values so long on average are running text that goes on below their label.
_RUNNING: Final = 40
#: The rest of a name or a kind of event, broken off at the edge, has no more words.
_REST_WORDS: Final = 3
#: A label that stands above nearly every date begins the paragraph.
_NEARLY_ALL: Final = 0.8
#: The foot of a page, where it stands apart.
_FOOT: Final = re.compile(
    r"(?:page \d+|printed|\d+ of \d+$|official|confidential|restricted|-? ?\d+ ?-?$|end of )", re.I
)
_FAR: Final = 1.5
#: So many days with a line each are a list.
_A_LIST: Final = 8


@dataclass(slots=True)
class _Entry:
    """One paragraph: its day, the label of the day, and all its lines, the day taken out."""

    page: int
    label: str = "Date"
    day: str = ""
    lines: list[PrintedLine] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, line: PrintedLine) -> None:
        """Takes in a line, and the day from it where none was found yet."""
        text = line.text
        if not self.day and (found := _day_in(text)) is not None:
            label, self.day, text = found
            self.label = label or self.label
        self.lines.append(line)
        self.texts.append(text)


def dated_paragraphs(
    lines: Sequence[PrintedLine], running: frozenset[int], width: float
) -> tuple[list[PrintedTable], list[PrintedLine]]:
    """The paragraphs as one table, and the lines outside them; no table where none has a date."""
    told = [line for line in lines if id(line) not in running]
    margin = right_margin(told, width) if told else width
    begins = _begins(told, margin)
    outside = [line for line in lines if id(line) in running]
    above: list[str] = []
    entries: list[_Entry] = []
    strange = _strange_pages(told, begins)
    for number, line in enumerate(told):
        if number in begins:
            entries.append(_Entry(line.page))
        elif line.page in strange:
            outside.append(line)
            continue
        if not entries:
            above.append(line.spread)
            outside.append(line)
        elif number not in begins and _is_foot(told[number - 1], line):
            outside.append(line)
        else:
            entries[-1].add(line)
    if not entries:
        return [], list(lines)
    table = PrintedTable(entries[0].page, tuple(above[-ABOVE:]), made_headings=True)
    table.rows = list(_rows(entries, margin))
    return [table], sorted(outside, key=lambda line: (line.page, line.top))


def _strange_pages(lines: Sequence[PrintedLine], begins: frozenset[int]) -> frozenset[int]:
    """Pages without a day after a list of one line each: not the rest of its last line, but
    columns that a spreadsheet prints on pages of their own.
    """
    dated = {lines[number].page for number in begins}
    after = {line.page for line in lines if dated and line.page > max(dated)}
    told = [number for number, line in enumerate(lines) if line.page in dated]
    first = min(begins, default=0)
    alone = sum(number >= first and number not in begins for number in told)
    return frozenset(after) if len(begins) >= _A_LIST and alone <= 1 else frozenset()


def _day_in(text: str) -> tuple[str, str, str] | None:
    """The label of a day, the day, and the text without both; None without a day."""
    found = _LABELLED_DAY.search(text)
    start = found.start() if found is not None else 0
    label = DATE_LABEL.match(text, start)
    day = DAY.match(text, label.end() if label else start)
    if day is None:
        return None
    name = label[0].rstrip().rstrip(":").strip() if label else ""
    around = (text[:start].rstrip(), text[day.end() :].lstrip(" -\u2013\u2014,|:"))
    return name, day[0], "   ".join(filter(None, around))


def _begins(lines: Sequence[PrintedLine], margin: float) -> frozenset[int]:
    """Where each paragraph begins: with its day, or a label that stands above every day."""
    days = _days(lines, margin)
    if len(days) < 2:
        inside = [i for i, line in enumerate(lines) if _LABELLED_DAY.search(line.text)]
        days = inside if len(inside) > len(days) else days
    if len(days) < 2:
        return frozenset(days)
    keys = [_key(line) for line in lines]
    counts = Counter(keys)
    first = days[0]
    while first and _NEARLY_ALL * len(days) <= counts[keys[first - 1]] <= len(days) / _NEARLY_ALL:
        first -= 1
    if first == days[0]:
        return frozenset(days)
    starts = [i for i, key in enumerate(keys) if key == keys[first]]
    # A paragraph whose first label is missing begins with its day.
    missing = [
        day
        for before, day in zip([0, *days], days, strict=False)
        if not any(before < start <= day or start == first for start in starts)
    ]
    return frozenset((*starts, *missing))


def _days(lines: Sequence[PrintedLine], margin: float) -> list[int]:
    """The lines that begin with a day, and not because a sentence was broken before it.

    Where most days have a label ("Date:"), a bare one is a word of the text. Where every other
    line begins with a day, it is a list.
    """
    found = [i for i, line in enumerate(lines) if day_at_start(line.text)]
    labelled = [i for i in found if DATE_LABEL.match(lines[i].text)]
    if len(labelled) > 1 and 2 * len(labelled) >= len(found):
        return labelled
    if len(found) >= _A_LIST and 2 * len(found) >= len(lines):
        return found
    return [i for i in found if i in labelled or not _is_broken(lines, i, margin)]


def _is_broken(lines: Sequence[PrintedLine], number: int, margin: float) -> bool:
    """Whether the line before was broken at the edge in the middle of a sentence."""
    before = lines[number - 1] if number else None
    if before is None or before.text.rstrip().endswith((".", "!", "?", ")")):
        return False
    return flowed_joint(lines, number, margin) != "\n"


def _key(line: PrintedLine) -> str:
    label = _LABEL.match(line.text)
    return label[1] if label else _FIGURES.sub("#", line.text)


def _is_foot(before: PrintedLine, line: PrintedLine) -> bool:
    far = line.page == before.page and line.top - before.bottom > _FAR * line.height
    return far and _FOOT.match(line.text) is not None


def _rows(entries: Sequence[_Entry], margin: float) -> Iterator[PrintedRow]:
    pattern = _label_pattern(entries)
    parsed = [_parsed(entry, pattern, margin) for entry in entries]
    order = list(dict.fromkeys(label for said, _ in parsed for label in said))
    running = _running_label(parsed, order)
    if running:
        parsed = [_under(running, said, rest) for said, rest in parsed]
    words = any(rest for _, rest in parsed)
    date = Counter(entry.label for entry in entries).most_common(1)[0][0]
    details = ("Details",) if words else ()
    yield PrintedRow(entries[0].page, (date, *order, *details))
    for entry, (said, rest) in zip(entries, parsed, strict=True):
        cells = (entry.day, *(said.get(label, "") for label in order))
        yield PrintedRow(entry.page, (*cells, rest) if words else cells)


def _label_pattern(entries: Sequence[_Entry]) -> re.Pattern[str] | None:
    """What finds the labels that stand in at least half of the paragraphs."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update({name for text in entry.texts for name in _names(text)})
    common = {name: count for name, count in counts.items() if count >= max(2, len(entries) / 2)}
    labels = [
        name
        for name, count in common.items()
        if not any(
            (other.endswith(f" {name}") and 10 * more >= 9 * count)
            or (name.endswith(f" {other}") and 10 * count < 9 * more)
            for other, more in common.items()
        )
    ]
    if not labels:
        return None
    either = "|".join(re.escape(name) for name in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?<!\w)({either}) ?:(?=\s|$)")


def _names(text: str) -> Iterator[str]:
    """Every label that may end at a colon: "Home visit Worker:" may be one, and "Worker:"."""
    for found in _LABEL.finditer(text):
        words = found[1].split()
        for start in range(len(words)):
            if words[start][0].isupper():
                yield " ".join(words[start:])


def _parsed(
    entry: _Entry, pattern: re.Pattern[str] | None, margin: float
) -> tuple[dict[str, str], str]:
    """What stands behind each label of a paragraph, and its other words."""
    said: dict[str, str] = {}
    rest = ""
    open_label, alone = "", False
    for number, text in enumerate(entry.texts):
        joint = flowed_joint(entry.lines, number, margin)
        found = _first_of_each(pattern, text, said)
        before = (text[: found[0].start()] if found else text).strip()
        if before and open_label and joint != "\n" and (alone or _is_rest_of_value(before)):
            said[open_label] = f"{said[open_label]}{joint}{before}".strip()
        elif before:
            open_label = ""
            rest = f"{rest}{joint}{before}" if rest else before
        ends = [*(one.start() for one in found[1:]), len(text)]
        for one, end in zip(found, ends, strict=False):
            said[one[1]] = text[one.end() : end].strip()
            open_label = one[1]
            # Behind other labels in its line stands a word or two; the text begins below.
            alone = one.start() == 0
    return said, rest


def _is_rest_of_value(text: str) -> bool:
    """Whether a line is the end of a value broken at the edge: a word or two, and no sentence."""
    few = len(text.split()) <= _REST_WORDS and not text.endswith((".", "!", "?"))
    return few or text[0].islower()


def flowed_joint(lines: Sequence[PrintedLine], number: int, margin: float) -> str:
    """What stands between a line and the one before it: nothing, a blank or a new line."""
    if not number:
        return ""
    upper, lower = lines[number - 1], lines[number]
    return flowed((upper, lower), margin)[len(upper.text) : -len(lower.text)]


def _first_of_each(
    pattern: re.Pattern[str] | None, text: str, said: dict[str, str]
) -> list[re.Match[str]]:
    """The labels in a text that were not said before; one said again is but words."""
    found: dict[str, re.Match[str]] = {}
    for one in pattern.finditer(text) if pattern is not None else ():
        if one[1] not in said:
            found.setdefault(one[1], one)
    return list(found.values())


def _running_label(parsed: Sequence[tuple[dict[str, str], str]], order: Sequence[str]) -> str:
    """The label under which the words of the record stand: the last one, with long values."""
    if not order:
        return ""
    last = order[-1]
    values = [len(said[last]) for said, _ in parsed if last in said]
    alone = all(not rest or last in said for said, rest in parsed)
    return last if alone and median(values) >= _RUNNING else ""


def _under(label: str, said: dict[str, str], rest: str) -> tuple[dict[str, str], str]:
    if label not in said:
        return said, rest
    return {**said, label: "\n".join(filter(None, (said[label], rest)))}, ""
