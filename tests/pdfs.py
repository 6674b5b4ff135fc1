"""A small writer of PDFs: text in Courier, ruled tables, pictures."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: A letter of Courier is this many times as wide as the type is large.
PITCH = 0.6
#: A4 upright, in points.
WIDTH, HEIGHT = 595, 842
_PAD = 4.0


@dataclass(slots=True)
class Sheet:
    """One page, drawn from its top left corner."""

    drawn: list[str] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    annotations: str = ""

    def text(self, left: float, top: float, words: str, size: float = 10) -> Sheet:
        """Words on one line; ``top`` is where their letters begin."""
        base = self.height - top - size
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.drawn.append(f"BT /F1 {size} Tf {left} {base} Td ({escaped}) Tj ET")
        return self

    def lines(self, left: float, top: float, words: Sequence[str], step: float = 12) -> Sheet:
        """Lines of text one below the other."""
        for number, line in enumerate(words):
            self.text(left, top + number * step, line)
        return self

    def rule(self, left: float, top: float, right: float, bottom: float) -> Sheet:
        """A thin line."""
        self.drawn.append(f"0.5 w {left} {self.height - top} m {right} {self.height - bottom} l S")
        return self

    def table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        left: float = 40,
        top: float = 60,
        size: float = 10,
        ruled: bool = True,
        below: str = "top",
    ) -> float:
        """A table whose cells wrap at words; gives where it ends. ``below`` aligns cells."""
        starts = [left + sum(widths[:n]) for n in range(len(widths) + 1)]
        edges = [top]
        for row in rows:
            cells = [_wrapped(t, w, size) for t, w in zip(row, widths, strict=True)]
            most = max(map(len, cells))
            for start, lines in zip(starts, cells, strict=False):
                down = most - len(lines) if below == "bottom" else 0
                self.lines(start + _PAD, edges[-1] + _PAD + down * 12, lines)
            edges.append(edges[-1] + most * 12 + 2 * _PAD)
        if ruled:
            for edge in edges:
                self.rule(starts[0], edge, starts[-1], edge)
            for start in starts:
                self.rule(start, edges[0], start, edges[-1])
        return edges[-1]

    def picture(self, left: float, top: float, width: float, height: float) -> Sheet:
        """A grey picture."""
        base = self.height - top - height
        self.drawn.append(f"q {width} 0 0 {height} {left} {base} cm /Im1 Do Q")
        return self


def pdf(
    *sheets: Sheet,
    packed: bool = True,
    objects: Mapping[int, bytes] = {},
    catalog: str = "",
    font: str = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
) -> bytes:
    """The file of these pages; ``objects`` are further ones, numbered from 1000."""
    made: dict[int, bytes] = {}
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(sheets)))
    made[1] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode()
    made[2] = f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>".encode()
    made[3] = font.encode()
    grey = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    made[4] = stream(b"\x80", grey, packed=False)
    for number, sheet in enumerate(sheets):
        made[10 + 2 * number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width} {sheet.height}]"
            f"/Rotate {sheet.rotate}/Contents {11 + 2 * number} 0 R{sheet.annotations}"
            "/Resources<</Font<</F1 3 0 R>>/XObject<</Im1 4 0 R/Fm1 1000 0 R>>>>>>"
        ).encode()
        drawn = "\n".join(sheet.drawn).encode("cp1252", "replace")
        made[11 + 2 * number] = stream(drawn, packed=packed)
    return file_of({**made, **objects})


def stream(data: bytes, entries: str = "", *, packed: bool = True) -> bytes:
    """A stream object."""
    body = zlib.compress(data, 9) if packed else data
    method = "/Filter/FlateDecode" if packed else ""
    return f"<<{entries}{method}/Length {len(body)}>>\nstream\n".encode() + body + b"\nendstream"


def file_of(objects: Mapping[int, bytes], trailer: str = "") -> bytes:
    """A file of numbered objects, the first of which is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010} 00000 n \n".encode()
    size = max(places) + 1
    out += f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _wrapped(text: str, width: float, size: float) -> list[str]:
    letters = max(1, int((width - 2 * _PAD) / (size * PITCH)))
    return [
        line
        for paragraph in text.split("\n")
        for line in textwrap.wrap(paragraph, letters, break_on_hyphens=False) or [""]
    ]
