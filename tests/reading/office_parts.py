"""Builders of messy files; every sample is made when the test runs."""

import io
import struct
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Parts put into a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def relations(*rows: tuple[str, str, str]) -> str:
    """A relations part of (id, kind, target)."""
    inner = "".join(
        f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"/>' for i, kind, target in rows
    )
    return f'<Relationships xmlns="{RELS}">{inner}</Relationships>'


def xlsx(sheet: str, **more: str) -> bytes:
    """A bare workbook around one worksheet's XML; ``more`` replaces parts by short name."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": more.get(
            "workbook",
            f'<workbook xmlns="{S}" xmlns:r="{R}">'
            '<sheets><sheet name="Log" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")
        ),
        "xl/styles.xml": more.get("styles", f'<styleSheet xmlns="{S}"/>'),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}">{sheet}</worksheet>',
    }
    return zipped(parts)


def docx(body: str, **parts: str) -> bytes:
    """A bare Word file around its body's XML; ``parts`` are comments, footnotes."""
    made: dict[str, str | bytes] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(
            *((f"rId{n}", kind, f"{kind}.xml") for n, kind in enumerate(parts, start=1))
        ),
    }
    for kind, text in parts.items():
        made[f"word/{kind}.xml"] = f'<w:{kind} xmlns:w="{W}">{text}</w:{kind}>'
    return zipped(made)


def p(text: str) -> str:
    """A Word paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(inner: str, properties: str = "") -> str:
    """A Word table cell; plain words become a paragraph."""
    inner = inner if inner.startswith("<") else p(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A Word table row of cells."""
    made = (cell if cell.startswith(("<w:tc", "<w:sdt")) else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def tbl(*rows: str) -> str:
    """A Word table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def compound(stream_name: str, body: bytes = b"") -> bytes:
    """A compound file (OLE2) of one stream: header, table, directory, then the stream."""
    body = body.ljust(-(-max(len(body), 4096) // 512) * 512, b"\x00")
    sectors = len(body) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = _directory_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    entries += _directory_entry(stream_name, 2, 0xFFFFFFFF, 2, len(body))
    return header + table + entries.ljust(512, b"\x00") + body


def _directory_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    free = 0xFFFFFFFF
    entry = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text) + 2, kind, 1)
    return entry + struct.pack("<III36xIII", free, free, child, start, size, 0)
