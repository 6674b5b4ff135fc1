"""A small writer of Outlook e-mails (.msg): property streams in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

#: A stream's bytes, or a storage's contents.
Node = Mapping[str, "bytes | Node"]

_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096


def compound_file(top: Node) -> bytes:
    """A compound file of version 3 that holds these streams and storages."""
    entries: list[list[object]] = [["Root Entry", 5, _NONE, _NONE, _NONE, _END, 0, b""]]
    entries[0][4] = _put(top, entries)
    mini, mini_table = b"", []
    sectors, table = b"", []
    for entry in entries[1:]:
        data = entry[7]
        if entry[1] == 2 and len(data) < _CUTOFF:
            entry[5] = len(mini) // _MINI if data else _END
            mini += data.ljust(-(-len(data) // _MINI) * _MINI, b"\0")
            mini_table += _chain(len(mini_table), -(-len(data) // _MINI))
        elif entry[1] == 2:
            entry[5], sectors = _stored(data, sectors, table)
    entries[0][6] = len(mini)
    entries[0][5], sectors = _stored(mini, sectors, table) if mini else (_END, sectors)
    small = b"".join(struct.pack("<I", n) for n in mini_table)
    small_at, sectors = _stored(small, sectors, table, b"\xff") if small else (_END, sectors)
    listing = b"".join(_entry(entry) for entry in entries)
    listing_at, sectors = _stored(listing, sectors, table)
    count = 1
    while (len(table) + count) * 4 > count * _SECTOR:
        count += 1
    first = len(table)
    table += [_TABLE] * count
    packed = b"".join(struct.pack("<I", n) for n in table).ljust(count * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIII", 0, count, listing_at, 0, _CUTOFF)
    header += struct.pack("<IIII", small_at, -(-len(small) // _SECTOR), _END, 0)
    header += b"".join(struct.pack("<I", first + n) for n in range(count))
    return header.ljust(_SECTOR, b"\xff") + sectors + packed


def message(
    texts: Mapping[int, str],
    *,
    sent: datetime | None = None,
    numbers: Mapping[int, int] = {},
    streams: Mapping[str, bytes] = {},
    attached: Sequence[Node] = (),
    narrow: str = "",
    within: bool = False,
) -> Node:
    """The storage of one message; ``narrow`` is the code page of texts kept in 8 bits."""
    made: dict[str, bytes | Node] = dict(streams)
    rows = b""
    for number, text in texts.items():
        kind, data = (0x1E, text.encode(narrow)) if narrow else (0x1F, text.encode("utf-16-le"))
        made[f"__substg1.0_{number:04X}{kind:04X}"] = data
        rows += struct.pack("<HHIII", kind, number, 6, len(data) + 2, 0)
    for number, value in numbers.items():
        rows += struct.pack("<HHIII", 3, number, 6, value, 0)
    if sent is not None:
        rows += struct.pack("<HHIQ", 0x40, 0x39, 6, ticks(sent))
    for number, node in enumerate(attached):
        made[f"__attach_version1.0_#{number:08X}"] = node
    made["__properties_version1.0"] = b"\0" * (24 if within else 32) + rows
    return made


def attachment(name: str, data: bytes = b"words") -> Node:
    """A file attached to a message."""
    return {
        "__properties_version1.0": b"\0" * 8,
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_37010102": data,
    }


def attached_message(inner: Node) -> Node:
    """A message attached to a message."""
    return {"__properties_version1.0": b"\0" * 8, "__substg1.0_3701000D": inner}


def ticks(moment: datetime) -> int:
    """A moment as Windows counts it: tenths of microseconds since 1601."""
    since = moment.astimezone(UTC) - datetime(1601, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 10_000_000


def _put(node: Node, entries: list[list[object]]) -> int:
    """Adds what a storage holds, each entry the right neighbour of the one before it."""
    first = before = _NONE
    for name, inner in node.items():
        place = len(entries)
        if isinstance(inner, bytes):
            entries.append([name, 2, _NONE, _NONE, _NONE, _END, len(inner), inner])
        else:
            entries.append([name, 1, _NONE, _NONE, _NONE, 0, 0, b""])
            entries[place][4] = _put(inner, entries)
        if before == _NONE:
            first = place
        else:
            entries[before][3] = place
        before = place
    return first


def _stored(
    data: bytes, sectors: bytes, table: list[int], fill: bytes = b"\0"
) -> tuple[int, bytes]:
    count = max(1, -(-len(data) // _SECTOR))
    start = len(table)
    table += _chain(start, count)
    return start, sectors + data.ljust(count * _SECTOR, fill)


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END] if count else []


def _entry(entry: list[object]) -> bytes:
    name, kind, left, right, child, start, size, _ = entry
    text = (str(name).encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
    length = len(str(name)) * 2 + 2
    return (
        text
        + struct.pack("<HBBIII", length, kind, 1, left, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
