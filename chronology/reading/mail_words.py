"""The words of e-mails: headings and texts in whatever letters they were written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import Final

from chronology.reading.encoding import decode
from chronology.reading.hypertext import words_of_html

_ENCODED_WORD: Final = "=?"
_FOLD: Final = re.compile(r"\r?\n[ \t]*")
#: What says nothing of the letters: they are told by how they look.
_UNSAID: Final = frozenset(
    ("", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "unknown", "default", "iso-8859-1")
)
#: Names that stand for a larger set in what programs write, or that Python does not know.
_LARGER: Final = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "utf8mb4": "utf-8",
    "iso-8859-9": "cp1254",
    "x-mac-roman": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
}
#: Codecs of Python that are no sets of letters, or that take very long.
_NO_LETTERS: Final = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "charmap")
)
_IN_PAGE: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_PAGE_HEAD: Final = 4096
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>]*")
_WORD: Final = re.compile(r"\w+")
#: A line is held in a text where each run of so many of its words is.
_RUN: Final = 3
#: Longer texts are compared line by line.
_LONG: Final = 2_000_000


def heading_text(raw: str) -> str:
    """A heading as a person reads it: encoded words and odd bytes as letters, on one line."""
    text = _FOLD.sub(" ", raw)
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        text = decode(text.encode("utf-8", "surrogateescape"))[0]
    if _ENCODED_WORD not in text:
        return text.strip()
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return text.strip()
    return "".join(letters(part, charset or "") for part, charset in parts).strip()


def letters(data: bytes | str, charset: str, notes: list[str] | None = None) -> str:
    """Bytes as letters: as they say they are written, else as they look."""
    if isinstance(data, str):
        return data
    name = charset.strip().strip("\"'").lower()
    if name not in _UNSAID:
        try:
            return data.decode(_codec(name))
        except (LookupError, ValueError):
            if notes is not None:
                notes.append(
                    f"The e-mail says its letters are written in '{charset[:40]}', which does not"
                    " fit them. Check names with accents and pound signs."
                )
    text, told = decode(data) if data.strip(b"\x00") else ("", ())
    if notes is not None and name != "iso-8859-1":
        notes += told
    return text


def text_of(part: Message, notes: list[str]) -> str:
    """The words of a part; of a web page what its reader sees."""
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    try:
        charset = part.get_content_charset() or ""
    except (ValueError, LookupError):
        charset = ""
    is_page = part.get_content_type() == "text/html"
    if is_page and not charset and (said := _IN_PAGE.search(data[:_PAGE_HEAD])):
        charset = said[1].decode("ascii", "replace")
    text = letters(data, charset, notes).replace("\r\n", "\n").replace("\r", "\n")
    return words_of_html(text) if is_page else text.strip("\n")


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(_ADDRESS.sub(" ", text)))


def lines_not_in(text: str, held: Iterable[str]) -> list[str]:
    """The lines of a text that other texts do not hold, however those are broken into lines."""
    others = list(held)
    lines = [line for line in text.split("\n") if line.strip()]
    if len(text) + sum(map(len, others)) > _LONG:
        whole = {line.strip() for one in others for line in one.split("\n")}
        return [line for line in lines if line.strip() not in whole]
    runs = {run for one in others for way in _ways(one) for run in _runs(way)}
    return [line for line in lines if not _is_held(line, runs)]


def _is_held(line: str, runs: set[tuple[str, ...]]) -> bool:
    words = _WORD.findall(_ADDRESS.sub(" ", line).casefold())
    return all(run in runs for run in _last(words))


def _ways(text: str) -> Iterator[list[str]]:
    """The words of a text with and without the addresses of links in it."""
    yield _WORD.findall(text.casefold())
    yield _WORD.findall(_ADDRESS.sub(" ", text).casefold())


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    for length in range(1, _RUN + 1):
        for at in range(len(words) - length + 1):
            yield tuple(words[at : at + length])


def _last(words: list[str]) -> Iterator[tuple[str, ...]]:
    """The longest runs a line has: of three words, or all of it."""
    if len(words) <= _RUN:
        yield from ((tuple(words),) if words else ())
    for at in range(len(words) - _RUN + 1):
        yield tuple(words[at : at + _RUN])


def _codec(name: str) -> str:
    codec = codecs.lookup(_LARGER.get(name, name)).name
    if codec.replace("_", "-") in _NO_LETTERS:
        raise LookupError(name)
    return codec
