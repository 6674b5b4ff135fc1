"""XML files that are no Office document: their elements, with the line each begins on."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from chronology.errors import UnreadableFileError
from chronology.reading import gate
from chronology.reading.archive import DoctypeError, refuse_doctype, too_deep
from chronology.reading.encoding import decode
from chronology.reading.gate import Intake
from chronology.reading.grid import Document, Element
from chronology.reading.mending import mended

#: Elements in one file.
MAX_ELEMENTS: Final = 5_000_000
#: What expat reads by itself; everything else is decoded first.
_NATIVE: Final = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHUNK: Final = 1024 * 1024
_NOT_WHOLE: Final = (
    "This XML file is damaged: its tags do not fit together, first at line {}. It was read by what"
    " its tags show. Check the records near that line, or ask for the file to be sent again."
)
_CUT: Final = (
    "The file ends here in the middle of a record, at '{}': it was copied only in part, and what"
    " followed is missing. Ask for it to be sent again."
)
_XHTML: Final = "http://www.w3.org/1999/xhtml"


def read_markup(intake: Intake) -> Document:
    """The elements of an XML file; raises UnreadableFileError for damage, a DTD or great depth."""
    data, notes = _as_expat_reads(intake.data)
    builder = _Builder()
    try:
        for start in range(0, len(data), _CHUNK):
            builder.parser.Parse(data[start : start + _CHUNK])
        builder.parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
    except DoctypeError as fault:
        raise UnreadableFileError(
            "This XML file declares a document type (DTD), which exports of records never need and"
            " which can be used to attack a computer. Ask the sender for a fresh copy."
        ) from fault
    except (expat.ExpatError, ValueError, LookupError) as fault:
        return _as_far_as_it_goes(intake, fault)
    return Document(intake.name, "xml", intake.sha256, (), notes, root=builder.root)


def _as_far_as_it_goes(intake: Intake, fault: Exception) -> Document:
    """What the tags of a file show that is not well formed; refused where that is nothing."""
    text, notes = decode(intake.data)
    if "<!DOCTYPE" in text.upper():
        raise _damaged(fault) from fault
    root, cut = mended(text, MAX_ELEMENTS)
    if root is None or not root.children:
        raise _damaged(fault) from fault
    line = getattr(fault, "lineno", 1)
    last = text.count("\n") + 1
    note = _NOT_WHOLE.format(line)
    unread = ((last, _CUT.format(cut[:200])),) if cut else ()
    return Document(intake.name, "xml", intake.sha256, (), (*notes, note), unread=unread, root=root)


def _as_expat_reads(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    declared = _DECLARED.match(data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200])
    named = declared[1].decode("ascii").lower() if declared else "utf-8"
    plain = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if named in _NATIVE and (named != "utf-8" or _is_utf8(plain)):
        return plain, ()
    text, notes = decode(data)
    return _DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace"), notes


def _is_utf8(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _damaged(fault: Exception) -> UnreadableFileError:
    line = getattr(fault, "lineno", 0)
    where = f" at line {line}" if line else ""
    return UnreadableFileError(
        f"This XML file is damaged or was copied only in part (it cannot be read{where}). Ask for"
        " it to be sent again."
    )


class _Builder:
    """Elements as expat meets them."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        #: Of each open element, whether it is prose: words between its children keep their place.
        self._prose: list[bool] = []
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        gate.refuse_over(self._count, MAX_ELEMENTS, "The file has more than 5 million elements.")
        space, _, local = name.rpartition(" ")
        element = Element(local, space, self.parser.CurrentLineNumber, attributes)
        is_prose = space == _XHTML or local == "div"
        if self._open:
            is_prose = is_prose or self._prose[-1]
            if self._prose[-1]:
                self._keep_words()
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])
        self._prose.append(is_prose)
        if len(self._open) > gate.MAX_DEPTH:
            raise too_deep()

    def _end(self, _name: str) -> None:
        if self._prose[-1] and self._open[-1].children:
            self._keep_words()
        element = self._open.pop()
        text = "".join(self._texts.pop())
        if not self._prose.pop():
            text = text.strip()
        if element.children:
            element.stray = text
        else:
            element.text = text

    def _keep_words(self) -> None:
        """Words that stand between elements of prose, as an element without a name."""
        words = "".join(self._texts[-1])
        if words:
            parent = self._open[-1]
            line = self.parser.CurrentLineNumber
            parent.children.append(Element("", parent.space, line, {}, words))
            self._texts[-1].clear()

    def _characters(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)
