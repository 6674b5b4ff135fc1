"""Office files are zip archives: checked whole before any part of one is parsed."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from chronology.errors import UnreadableFileError
from chronology.reading import gate

#: Parts read into a tree at once (styles, notes, relations); rows and text are streamed instead.
MAX_TREE_PART: Final = 32 * gate.MB
_CHUNK: Final = 256 * 1024
_CENTRAL_HEADER: Final = b"PK\x01\x02"
_LOCAL_HEADER: Final = b"PK\x03\x04"
_LOCAL_HEADER_SIZE: Final = 30
_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


class DoctypeError(Exception):
    """An XML part declares a document type, which no Office program writes."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Where one part points to another: ``kind`` is the last word of the relation's type."""

    kind: str
    target: str


class Archive:
    """The parts of an Office file that has passed every check. Nothing is unpacked to disk."""

    def __init__(self, data: bytes) -> None:
        self._zip = _opened(data)
        infos = self._zip.infolist()
        _check_directory(infos)
        _check_overlap(infos, data, self._zip.start_dir)
        self._infos = {info.filename: info for info in infos}
        self._folded = {name.replace("\\", "/").lower(): name for name in self._infos}
        self._check_contents(len(data))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._folded

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in small letters, in the archive's order."""
        return tuple(self._folded)

    def open(self, name: str) -> IO[bytes]:
        """A part to read from; names differ only in capitals in some writers' files."""
        return self._zip.open(self._infos[self._folded[name.lower()]])

    def tree(self, name: str) -> Element | None:
        """A small part as an element tree, or None where the file has no such part."""
        if name not in self:
            return None
        gate.refuse_over(
            self._infos[self._folded[name.lower()]].file_size,
            MAX_TREE_PART,
            f"The part {name} inside the file is larger than 32 MB.",
        )
        try:
            with self.open(name) as part:
                root: Element = fromstring(part.read(), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError) as fault:
            raise gate.damaged() from fault
        if _is_deep(root):
            raise too_deep()
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part points to inside the file, by id; links to the outside are left alone."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for node in root if root is not None else ():
            if node.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", "")))
                kind = node.get("Type", "").rpartition("/")[2]
                found[node.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return found

    def main_part(self, usual: str) -> str:
        """The part everything else hangs from; ``usual`` where the file does not say."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        return usual

    def _check_contents(self, packed: int) -> None:
        total = 0
        for info in self._infos.values():
            doctype = _DoctypeScan(info.filename)
            for chunk in self._unpacked(info):
                total += len(chunk)
                _check_size(total, packed)
                doctype.feed(chunk)

    def _unpacked(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _BROKEN as fault:
            raise gate.damaged() from fault


class _DoctypeScan:
    """Looks at an XML part up to its first element, the only place a DOCTYPE can stand."""

    def __init__(self, name: str) -> None:
        self._open = name.lower().endswith((".xml", ".rels"))
        self._parser = expat.ParserCreate() if self._open else None
        if self._parser:
            self._parser.StartDoctypeDeclHandler = refuse_doctype
            self._parser.StartElementHandler = self._done

    def feed(self, chunk: bytes) -> None:
        if not self._open or self._parser is None:
            return
        try:
            self._parser.Parse(chunk)
        except DoctypeError as fault:
            raise UnreadableFileError(
                "A part of this file declares a document type (DTD), which Office programs never "
                "write and which can be used to attack a computer. Ask the sender for a fresh copy."
            ) from fault
        except (expat.ExpatError, ValueError, LookupError) as fault:
            if self._open:
                raise gate.damaged() from fault

    def _done(self, _name: str, _attributes: dict[str, str]) -> None:
        self._open = False


def refuse_doctype(*_declaration: object) -> None:
    """A handler for expat's StartDoctypeDecl."""
    raise DoctypeError


def local_name(node: Element) -> str:
    """An element's name without its namespace."""
    return node.tag.rpartition("}")[2]


def too_deep() -> UnreadableFileError:
    """The refusal for XML nested beyond the limit."""
    return UnreadableFileError(
        "The file is nested more than 100 deep inside, as in a file made to choke a computer. "
        "Ask the sender for a fresh copy."
    )


def _is_deep(root: Element) -> bool:
    level = [root]
    for _ in range(gate.MAX_DEPTH):
        level = [child for node in level for child in node]
    return bool(level)


def _opened(data: bytes) -> zipfile.ZipFile:
    # Counted in the raw bytes first: a directory of millions of members costs a gigabyte to list.
    if data.count(_CENTRAL_HEADER) > 10 * gate.MAX_MEMBERS:
        raise _too_many_members()
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (*_BROKEN, ValueError, UnicodeDecodeError) as fault:
        raise gate.damaged() from fault


def _too_many_members() -> UnreadableFileError:
    return UnreadableFileError(
        "The file holds more than 2,000 parts, more than any ordinary document. "
        "Open it in the program that made it and save it again under a new name."
    )


def _check_directory(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > gate.MAX_MEMBERS:
        raise _too_many_members()
    names = [info.filename.lower() for info in infos]
    if len(set(names)) < len(names):
        raise UnreadableFileError(
            "The file holds two parts of the same name, so it could show different people "
            "different things. Ask the sender for a fresh copy."
        )
    if any(_points_outside(name) for name in names):
        raise UnreadableFileError(
            "The file holds a part that points outside it. Ask the sender for a fresh copy."
        )
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise UnreadableFileError(
            "This file is locked with a password. Unpack it or remove the password, then try again."
        )
    if any(info.compress_type not in _METHODS for info in infos):
        raise gate.damaged()


def _points_outside(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return ".." in steps or steps[0] == "" or steps[0].endswith(":")


def _check_overlap(infos: list[zipfile.ZipInfo], data: bytes, directory: int) -> None:
    """Refuse members that share bytes: one small piece unpacked many times (CVE-2024-0450)."""
    end = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        start = info.header_offset
        header = data[start : start + _LOCAL_HEADER_SIZE]
        if len(header) < _LOCAL_HEADER_SIZE or not header.startswith(_LOCAL_HEADER):
            raise gate.damaged()
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        if start < end:
            raise UnreadableFileError(
                "Parts of this file overlap, as in a file made to choke a computer. "
                "Ask the sender for a fresh copy."
            )
        end = start + _LOCAL_HEADER_SIZE + names + info.compress_size
    if end > directory:
        raise gate.damaged()


def _check_size(unpacked: int, packed: int) -> None:
    gate.refuse_over(unpacked, gate.MAX_UNPACKED, "The file unpacks to more than 500 MB.")
    if unpacked > gate.RATIO_FROM and unpacked > packed * gate.MAX_RATIO:
        raise UnreadableFileError(
            "The file unpacks to more than 200 times its size, as in a file made to choke a "
            "computer. Open it in the program that made it and save it again under a new name."
        )
