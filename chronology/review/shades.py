"""The look of the review pages: that of the timeline, with each agency's colours and mark."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from chronology.account import Agency
from chronology.render.shades import SHADES

#: Agency code -> its class in the style sheet, always the same on these pages.
LANE_OF: dict[str, int] = {agency.value: place for place, agency in enumerate(Agency)}
#: The mark of each of them, in that order.
SIGNS: tuple[str, ...] = tuple(SHADES[agency].shape for agency in Agency)


@cache
def style_sheet() -> str:
    """The timeline's own style sheet, the agencies' colours, and what only these pages have."""
    colours = "".join(
        f".a{LANE_OF[agency]}{{--strong:{SHADES[agency].strong};--pale:{SHADES[agency].pale}}}\n"
        for agency in Agency
    )
    return _text("chronology.render", "page.css") + colours + _text(__package__, "review.css")


@cache
def script() -> str:
    """Shortcuts and dropping of files; every page works without it."""
    return _text(__package__, "review.js")


def _text(package: str, name: str) -> str:
    path = files(package) / "templates" / name
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")
