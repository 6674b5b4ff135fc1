"""Notes written in rich text (HTML, RTF) as plain text: the marks go, every word stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

#: Marks that only say how text looks; any other mark is text and stays.
_TAGS = (
    "html|head|body|meta|p|br|hr|div|span|b|i|u|s|strong|em|small|big|sub|sup|font|center|pre|tt|"
    "blockquote|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|h[1-6]|a|o:p|"
    "section|article|header|footer|label|mark|strike|del|ins"
)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?-->|<style\b[^<>]*>.*?</style\s*>", re.IGNORECASE | re.DOTALL)
_LINE = re.compile(
    r"<br(?:\s[^<>]*)?/?>|</?(?:p|div|li|tr|h[1-6]|table|ul|ol|blockquote|hr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|pound|rsquo|lsquo|ndash|mdash|#\d+|#x[\da-f]+);"
)
_SPACES = re.compile(r"[ \t\u00a0]+")

_RTF = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE,
)
#: Groups of an RTF text that hold no words of it.
_ASIDE = frozenset(
    "fonttbl colortbl stylesheet info pict themedata datastore listtable listoverridetable"
    " rsidtbl generator latentstyles xmlnstbl fldinst".split()
)
_SIGNS = {
    "par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t",
    "cell": " | ", "emdash": "\u2014", "endash": "\u2013", "bullet": "\u2022",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n"}


def plain_words(written: str) -> str:
    """The words of a note without the marks of HTML or RTF; plain text as it stands."""
    text = written.strip()
    if text.startswith("{\\rtf"):
        return _tidy("".join(_of_rtf(text)))
    if "<" in text and _TAG.search(text):
        return _of_html(text)
    if "&" in text and _ENTITY.search(text):
        return unescape(text).replace("\u00a0", " ").strip()
    return text


def _of_html(text: str) -> str:
    text = _HIDDEN.sub("", text).replace("\r\n", "\n")
    if _LINE.search(text):
        text = _LINE.sub("\n", text)
    return _tidy(unescape(_TAG.sub("", _CELL.sub(" | ", text))))


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip().removesuffix("|").strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _of_rtf(text: str) -> Iterator[str]:  # noqa: C901 - one branch a kind of mark
    """The words of an RTF text, group by group."""
    groups, aside, fallback, skip = [(False, 1)], False, 1, 0
    for found in _RTF.finditer(text):
        word, number, byte, symbol, brace, run = found.groups()
        if brace == "{":
            groups.append((aside, fallback))
        elif brace == "}":
            aside, fallback = groups.pop() if groups else (False, 1)
        elif symbol == "*" or word in _ASIDE:
            aside = True
        elif aside:
            continue
        elif word == "uc":
            fallback = int(number or 1)
        elif word == "u" and number:
            yield chr(int(number) % 0x10000)
            skip = fallback
        elif byte:
            if skip:
                skip -= 1
            else:
                yield bytes([int(byte, 16)]).decode("cp1252", "replace")
        elif word:
            yield _SIGNS.get(word, "")
        elif symbol:
            yield _SYMBOLS.get(symbol, symbol)
        elif run:
            yield run[skip:]
            skip = max(0, skip - len(run))
