"""Bytes to text without losing a byte, and a sentence on how it was done."""

from __future__ import annotations

import re
from typing import Final

from chronology.errors import UnreadableFileError

_BYTE_ORDER_MARKS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"\xff\xfe\x00\x00", "utf-32-le", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xef\xbb\xbf", "utf-8", ""),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)

#: Windows-1252 by byte; its five undefined bytes stand for themselves, as in Latin-1.
_WINDOWS: Final[dict[int, str]] = {
    byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)
}
_ASCII: Final = bytes(range(0x80))
_UTF8_SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
#: What UTF-8 looks like once it has been read as Windows-1252 and saved again.
_MOJIBAKE: Final = re.compile("â€[™œ˜“”¦\x9d]|Ã[©¨¢¤¶¼±¡³§\xa0]|Ã¢â|Â[£°\xa0 ]|ï¿½")
#: Every shape of it holds one of these, and looking for one letter is quick.
_MOJIBAKE_SIGNS: Final = ("â", "Ã", "Â", "ï")
_SAMPLE: Final = 4096
_IN_WINDOWS: Final = (
    "The text is not in UTF-8; it was read as Windows-1252, as older Windows programs write it. "
    "Check names with accents and pound signs."
)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file and notes on anything out of the ordinary about its letters."""
    text, note = _decoded(data)
    notes = (note, _mojibake(text), _nuls(text))
    return text, tuple(sentence for sentence in notes if sentence)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            if not name:
                return _eight_bit(data[len(mark) :])
            return _wide(data[len(mark) :], codec, name)
    codec = _wide_without_mark(data[:_SAMPLE])
    return _wide(data, codec, "UTF-16") if codec else _eight_bit(data)


def _wide(data: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        return data.decode(codec), f"The text is written in {name}."
    except UnicodeDecodeError:
        note = (
            f"The text is written in {name} and is damaged in places, shown as \ufffd. "
            "Ask for the file again if it matters what stood there."
        )
        return data.decode(codec, "replace"), note


def _wide_without_mark(sample: bytes) -> str:
    """UTF-16 without a mark: in English every other byte is zero."""
    half = len(sample) // 2
    if half == 0:
        return ""
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second > 0.4 * half and first < 0.1 * half:
        return "utf-16-le"
    if first > 0.4 * half and second < 0.1 * half:
        return "utf-16-be"
    return ""


def _eight_bit(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    high = len(data.translate(None, _ASCII))
    in_utf8 = sum(len(found.group()) for found in _UTF8_SEQUENCE.finditer(data))
    return (_windows(data), _IN_WINDOWS) if in_utf8 * 2 < high else _mixed(data)


def _windows(data: bytes) -> str:
    return data.decode("latin-1").translate(_WINDOWS)


def _mixed(data: bytes) -> tuple[str, str]:
    pieces: list[str] = []
    lines = data.split(b"\n")
    odd = 0
    for line in lines:
        try:
            pieces.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            odd += 1
            pieces.append(_mixed_line(line))
    return "\n".join(pieces), (
        f"The text mixes two ways of writing letters: {odd} of {len(lines)} lines hold bytes that "
        "are not UTF-8 and were read as Windows-1252. Check names with accents and pound signs."
    )


def _mixed_line(line: bytes) -> str:
    pieces: list[str] = []
    position = 0
    for found in _UTF8_SEQUENCE.finditer(line):
        pieces.append(_windows(line[position : found.start()]))
        pieces.append(found.group().decode("utf-8", "replace"))
        position = found.end()
    return "".join(pieces) + _windows(line[position:])


def _mojibake(text: str) -> str:
    if text.isascii() or not any(sign in text for sign in _MOJIBAKE_SIGNS):
        return ""
    found = _MOJIBAKE.search(text)
    if not found:
        return ""
    line = text.count("\n", 0, found.start()) + 1
    return (
        f"Some letters were spoilt before the file reached us ('{found.group()}', first on line "
        f"{line} of the file). They are left as they stand."
    )


def _nuls(text: str) -> str:
    count = text.count("\x00")
    if count * 10 > len(text):
        raise UnreadableFileError(
            "This file is not text and not a kind of file that is read. Ask for an Excel, CSV or "
            "Word file."
        )
    if not count:
        return ""
    return f"The text holds {count} NUL characters, a sign of damage; they are kept."
