"""What a file is, told by its first bytes and its parts, never by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from chronology.errors import UnreadableFileError
from chronology.reading.archive import Archive
from chronology.reading.compound import Compound
from chronology.reading.gate import Intake


class Kind(StrEnum):
    """The kinds of file that are read."""

    DELIMITED = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    XML = "xml"
    JSON = "json"
    PDF = "pdf"
    EMAIL = "eml"


#: What each kind is called in a sentence.
WORDS: Final[dict[Kind, str]] = {
    Kind.DELIMITED: "plain text in columns (CSV)",
    Kind.XLSX: "an Excel workbook (.xlsx)",
    Kind.XLS: "an old Excel workbook (.xls)",
    Kind.ODS: "an OpenDocument spreadsheet (.ods)",
    Kind.DOCX: "a Word document (.docx)",
    Kind.XML: "XML (.xml)",
    Kind.JSON: "JSON (.json)",
    Kind.PDF: "a PDF (.pdf)",
    Kind.EMAIL: "an e-mail (.eml, .msg)",
}

#: What a name promises.
SUFFIXES: Final[dict[str, Kind]] = {
    ".csv": Kind.DELIMITED,
    ".tsv": Kind.DELIMITED,
    ".txt": Kind.DELIMITED,
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
    ".xltx": Kind.XLSX,
    ".xls": Kind.XLS,
    ".ods": Kind.ODS,
    ".docx": Kind.DOCX,
    ".docm": Kind.DOCX,
    ".xml": Kind.XML,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON,
    ".ndjson": Kind.JSON,
    ".pdf": Kind.PDF,
    ".eml": Kind.EMAIL,
    ".mbox": Kind.EMAIL,
    ".msg": Kind.EMAIL,
}

_SAVE_AS_EXCEL: Final = "Open it in Excel and use File > Save As > Excel Workbook (.xlsx)."
_SAVE_AS_WORD: Final = "Open it in Word and use File > Save As > Word Document (.docx)."
_COPY_TABLE: Final = (
    "Copy its table into Excel or Word and save that, or ask the sender for an Excel, CSV or Word "
    "file."
)
LOCKED: Final = (
    "This file has a password. Open it in Excel or Word, remove the password (File > Info > "
    "Protect > Encrypt with Password, clear the box) and save it again."
)

_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: First bytes of what is never read, and the sentence to refuse it with.
_REFUSED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"{\\rtf", f"This is a rich text file (RTF). {_SAVE_AS_WORD}"),
    (b"\x89PNG", f"This is a picture. {_COPY_TABLE}"),
    (b"\xff\xd8\xff", f"This is a picture. {_COPY_TABLE}"),
    (b"GIF8", f"This is a picture. {_COPY_TABLE}"),
    (b"II*\x00", f"This is a picture. {_COPY_TABLE}"),
    (b"MM\x00*", f"This is a picture. {_COPY_TABLE}"),
    (b"PK\x05\x06", "This is an empty zip folder. Ask the sender for the files themselves."),
    (b"Rar!", "This is a packed folder (RAR). Unpack it and name the files inside."),
    (b"7z\xbc\xaf", "This is a packed folder (7z). Unpack it and name the files inside."),
    (b"\x1f\x8b", "This is a packed file (gzip). Unpack it and name the file inside."),
    (b"BZh", "This is a packed file (bzip2). Unpack it and name the file inside."),
    (b"\xfd7zXZ", "This is a packed file (xz). Unpack it and name the file inside."),
    (b"SQLite format 3", "This is a database. Export the table as CSV or Excel."),
    (b"\x00\x01\x00\x00Standard", "This is an Access database. Export the table as Excel."),
    (b"\x09\x08\x10\x00", f"This is a very old Excel file. {_SAVE_AS_EXCEL}"),
    (b"\x09\x08\x08\x00", f"This is a very old Excel file. {_SAVE_AS_EXCEL}"),
    (b"\x09\x04\x06\x00", f"This is a very old Excel file. {_SAVE_AS_EXCEL}"),
    (b"\x09\x02\x06\x00", f"This is a very old Excel file. {_SAVE_AS_EXCEL}"),
)

#: First words of text that is no table, in small letters.
_REFUSED_TEXT: Final[tuple[tuple[str, str], ...]] = (
    ("<!doctype html", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("<html", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("<head", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("<body", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("<meta", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("<style", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("<table", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("<div", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("<!--", f"This is a web page, whatever its name says. {_SAVE_AS_EXCEL}"),
    ("begin:vc", f"This is a calendar or address card. {_COPY_TABLE}"),
)

#: How JSON begins, white space apart; a bare "[[[" is JSON nested to attack.
_JSON_STARTS: Final = ('{"', '[{"', '[["', "[{}", "{}", "[[[")
#: How XML begins; a web page has been refused by then.
_XML_START: Final = re.compile(r"<(?:\?xml\b|!doctype\b|!--|[a-z_][\w.:-]*[\s/>])")
#: How an e-mail begins, where the next lines are headings of one too.
_EMAIL_START: Final = re.compile(
    r"(?:mime-version|return-path|received|delivered-to|from|to|subject|date|message-id|x-[\w-]+"
    r"|arc-[\w-]+|dkim-signature|content-type|thread-topic|reply-to|sender|cc):\s*\S"
)
_EMAIL_HEADING: Final = re.compile(
    r"^(from|to|date|subject|message-id|mime-version|received):", re.M
)
#: Headings of a message that must stand among its first lines; servers put long seals before them.
_EMAIL_HEADINGS: Final = 3
_EMAIL_HEAD: Final = 64 * 1024
#: How each message of a mailbox begins.
_MAILBOX_START: Final = re.compile(r"from \S+ [^\n]*\d{4}[^\n]*\n[\w-]+:")
#: Any heading: what a file that is called an e-mail may begin with.
_ANY_HEADING: Final = re.compile(r"[a-z][\w-]{1,60}:[ \t\r\n]")

#: Endings of text that holds no rows, even where commas would cut it into columns.
_TEXT_WITHOUT_ROWS: Final = frozenset(
    (
        ".md .markdown .rst .tex .html .htm .xhtml .mht .mhtml .xsl .svg "
        ".eml .emlx .mbox .ics .vcf .py .js .css .yml .yaml .toml .ini .cfg .conf .log .sql .sh "
        ".bat .cmd .ps1 .vbs .srt .vtt .url .reg"
    ).split()
)

#: Names inside an OLE2 file, the first that is found deciding.
_OLE2_STREAMS: Final[tuple[tuple[str, str], ...]] = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", f"This is an old Word file (.doc). {_SAVE_AS_WORD}"),
    ("PowerPoint Document", f"This is a PowerPoint file. {_COPY_TABLE}"),
)
_XLS_STREAMS: Final = ("Workbook", "Book")
_OUTLOOK_STREAMS: Final = ("__substg1.0_", "__properties_version1.0")

#: Folders inside a zip that tell what it is; an OpenDocument file says it in a part of its own.
_ODF: Final = "application/vnd.oasis.opendocument."


def recognise(intake: Intake) -> tuple[Kind, Archive | None]:
    """The kind of a file, with its parts where it is an archive that has been checked."""
    data = intake.data
    for magic, sentence in _REFUSED:
        if data.startswith(magic):
            raise UnreadableFileError(sentence)
    if data.startswith(_ZIP):
        archive = Archive(data)
        return _kind_of_archive(archive), archive
    if data.startswith(_OLE2):
        return _kind_of_ole2(data), None
    if data[:1024].lstrip().startswith(_PDF):
        return Kind.PDF, None
    head = _head(data)
    _refuse_other_text(head)
    if (kind := _kind_of_text(head)) is not None:
        return kind, None
    if _is_email(intake, head):
        return Kind.EMAIL, None
    if intake.suffix in _TEXT_WITHOUT_ROWS:
        raise UnreadableFileError(
            f"A file whose name ends in {intake.suffix} holds no table of rows as a rule, so this "
            "one was not read. If it does hold rows, give it a name that ends in .csv."
        )
    return Kind.DELIMITED, None


def mismatch(intake: Intake, kind: Kind) -> str:
    """A sentence where the name promises something else than the file holds, or ''."""
    promised = SUFFIXES.get(intake.suffix)
    if promised is None or promised is kind:
        return ""
    return (
        f"The file's name ends in {intake.suffix}, but it holds {WORDS[kind]}. "
        "It was read as what it holds."
    )


def misnamed(name: str, kind: str) -> str:
    """The refusal of a file that holds no rows and is not what its name promises, or ''."""
    suffix = PurePath(name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    if promised not in _WITH_A_SIGN or promised == kind:
        return ""
    return (
        f"The file's name ends in {suffix}, but it is not {WORDS[promised]}: it is damaged, was "
        "copied only in part, or was given the wrong name. Open it in the program that made it and "
        "save it again, or ask for it to be sent again."
    )


#: Kinds whose first bytes are always the same: what begins otherwise is none, or is damaged.
_WITH_A_SIGN: Final = frozenset({Kind.XLSX, Kind.ODS, Kind.DOCX, Kind.PDF})


def _kind_of_archive(archive: Archive) -> Kind:
    if any(name.startswith("xl/") for name in archive.names):
        if "xl/workbook.bin" in archive:
            raise UnreadableFileError(f"This is a binary Excel workbook (.xlsb). {_SAVE_AS_EXCEL}")
        return Kind.XLSX
    if any(name.startswith("word/") for name in archive.names):
        return Kind.DOCX
    if "mimetype" in archive and "content.xml" in archive:
        return _kind_of_odf(archive)
    if any(name.startswith("ppt/") for name in archive.names):
        raise UnreadableFileError(f"This is a PowerPoint file. {_COPY_TABLE}")
    raise UnreadableFileError(
        "This is a zip folder, not a document. Unpack it and name the files inside."
    )


def _kind_of_odf(archive: Archive) -> Kind:
    with archive.open("mimetype") as part:
        mime = part.read(200).decode("ascii", "replace").strip()
    if mime.startswith(f"{_ODF}spreadsheet"):
        return Kind.ODS
    if mime.startswith(f"{_ODF}text"):
        raise UnreadableFileError(f"This is an OpenDocument text. {_SAVE_AS_WORD}")
    raise UnreadableFileError(f"This is an OpenDocument file without rows. {_COPY_TABLE}")


def _kind_of_ole2(data: bytes) -> Kind:
    names = Compound(data).top_names
    if any(name in _XLS_STREAMS for name in names):
        return Kind.XLS
    if any(name.startswith(_OUTLOOK_STREAMS) for name in names):
        return Kind.EMAIL
    for start, sentence in _OLE2_STREAMS:
        if any(name.startswith(start) for name in names):
            raise UnreadableFileError(sentence)
    raise UnreadableFileError(
        "This is an old Office file of a kind that is not read. Open it in the program that made "
        "it and save it as an Excel Workbook (.xlsx) or Word Document (.docx)."
    )


def _head(data: bytes, length: int = 4096) -> str:
    """The first words of a text in small letters, whatever they are written in."""
    head = data[:length].replace(b"\x00", b"").decode("utf-8", "replace")
    return head.lstrip("\ufeff\ufffd \t\r\n").lower()


def _refuse_other_text(head: str) -> None:
    for words, sentence in _REFUSED_TEXT:
        if head.startswith(words):
            raise UnreadableFileError(sentence)


def _kind_of_text(head: str) -> Kind | None:
    if "".join(head[:200].split()).startswith(_JSON_STARTS):
        return Kind.JSON
    if _XML_START.match(head):
        return Kind.XML
    return None


def _is_email(intake: Intake, head: str) -> bool:
    """Whether a text begins with headings of a message, enough of them unless its name says so."""
    if _MAILBOX_START.match(head):
        return True
    is_named = intake.suffix in (".eml", ".mbox")
    if not _EMAIL_START.match(head) and not (is_named and _ANY_HEADING.match(head)):
        return False
    first, _, _ = _head(intake.data, _EMAIL_HEAD).replace("\r\n", "\n").partition("\n\n")
    headings = {found[1] for found in _EMAIL_HEADING.finditer(first)}
    return len(headings) >= _EMAIL_HEADINGS or is_named
