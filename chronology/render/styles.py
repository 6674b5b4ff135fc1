"""How the cells of the workbook look; each format is made once."""

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from chronology.render.shown import Shade

INK, PAPER, RULE = "#1D2B3A", "#FFFFFF", "#BFC5CC"
NOTICE, TO_FILL_IN = "#FFF5DA", "#FFFBEA"

#: Properties of a cell format and their values.
Look = tuple[str, str | int | bool]
Looks = tuple[Look, ...]

QUOTED: Looks = (("quote_prefix", True),)
NUMBER: Looks = (("align", "left"),)
#: Seen behind the number of a row that goes on; the number itself stays one.
CONTINUED: Looks = (("num_format", '0" continued"'), ("text_wrap", False), ("shrink", True))
DAY: Looks = (("num_format", "ddd d mmm yyyy"), ("align", "left"))

STYLES: dict[str, dict[str, str | int | bool]] = {
    "title": {"bold": True, "font_size": 16, "font_color": INK},
    "sentence": {"font_color": "#3D3D3D"},
    "heading": {
        "bold": True,
        "font_color": PAPER,
        "bg_color": INK,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": "#6B7785",
    },
    "bold": {"bold": True},
    "plain": {},
    "cell": {"text_wrap": True, "valign": "top", "border": 1, "border_color": RULE},
}


class Styles:
    """The workbook's cell formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, Looks], Format] = {}

    def style(self, name: str, *changes: Look) -> Format:
        """The format of that name with changes."""
        key = (name, changes)
        if key not in self._made:
            look = {"font_name": "Arial", "font_size": 10, **STYLES[name], **dict(changes)}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def shaded(shade: Shade) -> Looks:
    """A pale fill with a strong bar at its left."""
    return (("bg_color", shade.pale), ("left", 5), ("left_color", shade.strong))
