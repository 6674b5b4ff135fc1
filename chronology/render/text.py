"""Text as it may be shown: what the eye cannot see is written out as a mark."""

import re

#: One line-break for every way a file spells it.
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")

#: An emoji of a flag spelt with tag characters (England, Scotland, Wales): left whole.
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f"

#: Scripts and pictures in which a joiner is part of ordinary spelling.
_JOINS = "\u0590-\u1fff\u2190-\u2bff\u2d00-\ud7ff\uf900-\ufdff\ufe0f\U00010000-\U000dffff"
_LOOSE_JOINER = f"(?<![{_JOINS}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINS}])"

#: Control, direction, zero-width, filler and tag characters, lone surrogates, non-characters.
_UNSEEN = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e00ff]"
)
_MARKED = re.compile(f"{_FLAG}|{_LOOSE_JOINER}|{_UNSEEN}")


def visible(text: str) -> str:
    """The text with unseen characters written out, ``[U+202E]``; letters, accents, emoji stay.

    Line breaks become ``\\n`` and tabs four spaces. The result is legal in XML, HTML and UTF-8.
    """
    if text.isascii() and text.isprintable():
        return text
    return _MARKED.sub(_mark, _LINE_ENDS.sub("\n", text))


def _mark(found: re.Match[str]) -> str:
    unseen = found.group()
    if unseen == "\t":
        return "    "
    return unseen if len(unseen) > 1 else f"[U+{ord(unseen):04X}]"
