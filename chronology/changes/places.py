"""Where a record stands, in the words that documents use, and which record stands there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_Json = Mapping[str, Any]

#: The end of a place in a sentence: ``(police.csv, Sheet 1, row 7)``.
_ROW = re.compile(r", \w+ (\d+)\)")


def place(source: _Json) -> str:
    """File, sheet and row; documents written before have no unit, and count rows."""
    return f"{_table(source)}, {source.get('unit', 'row')} {source['row']}"


class Places:
    """The records of one document by where they stand."""

    def __init__(self, records: Iterable[tuple[str, _Json]]) -> None:
        self._ids: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for one, source in records:
            self._ids[_table(source), int(source["row"])].append(one)

    def named(self, text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Every place that a sentence names: where its bracket closes, and the records there."""
        for found in _ROW.finditer(text):
            opened = found.start()
            while (opened := text.rfind("(", 0, opened)) >= 0:
                table = text[opened + 1 : found.start()]
                if ids := self._ids.get((table, int(found[1]))):
                    yield found.end(), tuple(ids)
                    break


def _table(source: _Json) -> str:
    sheet = f", {source['sheet']}" if source["sheet"] else ""
    return f"{source['file']}{sheet}"
