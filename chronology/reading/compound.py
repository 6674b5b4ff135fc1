"""Compound files (OLE2), the container of old Office files: their streams by name."""

from __future__ import annotations

import struct
from copy import copy
from dataclasses import dataclass
from typing import Final

from chronology.reading.gate import damaged

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY_SIZE: Final = 128
_MINI_SECTOR: Final = 64
_HEADER_SECTORS: Final = 109
#: Sector numbers from here on mean "no more".
_END: Final = 0xFFFFFFFA
_ROOT: Final = 5


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """The streams of one compound file; raises UnreadableFileError where its chains are broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._small_parts: tuple[bytes, list[int]] | None = None
        try:
            self._read_header()
        except (struct.error, IndexError, ValueError) as fault:
            raise damaged() from fault

    @property
    def top_names(self) -> tuple[str, ...]:
        """The streams and storages at the top; what is embedded in the document lies deeper."""
        return tuple(entry.name for entry in self._top)

    def inside(self, name: str) -> Compound:
        """The storage of that name at the top, its own streams at its top."""
        entry = next((each for each in self._top if each.name == name), None)
        if entry is None:
            raise damaged()
        inner = copy(self)
        inner._top = inner._beside(entry.child)
        return inner

    def stream(self, name: str) -> bytes:
        """The stream of that name at the top."""
        try:
            entry = next(each for each in self._top if each.name == name)
            if entry.size >= self._cutoff:
                return self._chain(entry.start)[: entry.size]
            return self._small(entry)
        except (struct.error, IndexError, ValueError, StopIteration) as fault:
            raise damaged() from fault

    def _read_header(self) -> None:
        header = self._data[:512]
        if not header.startswith(_MAGIC):
            raise ValueError("no compound file")
        shift, _ = struct.unpack_from("<HH", header, 30)
        if shift not in {9, 12}:
            raise ValueError("an impossible sector size")
        self._size = 1 << shift
        directory, _, self._cutoff = struct.unpack_from("<III", header, 48)
        self._small_table, _, more, _ = struct.unpack_from("<IIII", header, 60)
        self._table = self._sector_table(list(struct.unpack_from("<109I", header, 76)), more)
        raw = self._chain(directory)
        steps = range(0, len(raw) - _ENTRY_SIZE + 1, _ENTRY_SIZE)
        self._entries = [_entry(raw[at : at + _ENTRY_SIZE]) for at in steps]
        self._root = next((each for each in self._entries if each.kind == _ROOT), self._entries[0])
        self._top = self._beside(self._root.child)

    def _beside(self, first: int) -> list[_Entry]:
        """All entries of one storage, which stand in a tree."""
        found: dict[int, _Entry] = {}
        waiting = [first]
        while waiting:
            place = waiting.pop()
            if place < len(self._entries) and place not in found:
                found[place] = self._entries[place]
                waiting += [found[place].left, found[place].right]
        return [found[place] for place in sorted(found)]

    def _sector_table(self, sectors: list[int], more: int) -> list[int]:
        seen: set[int] = set()
        while more < _END and more not in seen:
            seen.add(more)
            *listed, more = _numbers(self._sector(more))
            sectors += listed
        table: list[int] = []
        for sector in sectors:
            if sector < _END:
                table += _numbers(self._sector(sector))
            if len(table) * self._size > len(self._data) + 128 * self._size * _HEADER_SECTORS:
                raise ValueError("the table is larger than the file")
        return table

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise ValueError("a sector lies outside the file")
        return self._data[start : start + self._size].ljust(self._size, b"\x00")

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _END:
            pieces.append(self._sector(sector))
            sector = self._table[sector]
            if len(pieces) > len(self._table):
                raise ValueError("a chain runs in a circle")
        return b"".join(pieces)

    def _small(self, entry: _Entry) -> bytes:
        if self._small_parts is None:
            table = _numbers(self._chain(self._small_table))
            self._small_parts = self._chain(self._root.start), table
        container, table = self._small_parts
        pieces: list[bytes] = []
        sector = entry.start
        while sector < _END and len(pieces) <= len(table):
            pieces.append(container[sector * _MINI_SECTOR : (sector + 1) * _MINI_SECTOR])
            sector = table[sector]
        return b"".join(pieces)[: entry.size]


def _entry(raw: bytes) -> _Entry:
    length = struct.unpack_from("<H", raw, 64)[0]
    name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<III", raw, 68)
    start, size = struct.unpack_from("<II", raw, 116)
    return _Entry(name, raw[66], left, right, child, start, size)


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
