"""The timeline as one page that opens anywhere, asks nobody for anything, and prints."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chronology.render.lanes import drawing, years_by_agency
from chronology.render.listing import FIRST_DAY, Card, Listing, cards, listing
from chronology.render.shown import QuestionView, TimelineView
from chronology.render.words import day_words
from chronology.render.writing import write_pieces_whole

#: A page may run this style and this script and do nothing else: load, send or embed anything.
POLICY = (
    "default-src 'none'; style-src '{style}'; script-src '{script}'; img-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)

#: The shapes the style sheet can draw before an agency's name.
SIGNS = frozenset({"circle", "square", "diamond", "triangle", "cross"})
NO_SHADE = ("#3D3D3D", "#EDEDED")

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that wants a person: what, where it stands, and the filter that shows it."""

    text: str
    anchor: str
    filter: str = ""


def write_html(timeline: TimelineView, path: Path) -> None:
    """Write the page whole or not at all."""
    write_pieces_whole(path, _pieces(timeline))


def page(timeline: TimelineView) -> str:
    """The whole page; the same timeline always gives the same text."""
    return "".join(_pieces(timeline))


def _pieces(timeline: TimelineView) -> Iterator[str]:
    """The page, some hundred pieces of it at a time."""
    listed = listing(timeline)
    style, script = _style(timeline, listed), _asset("page.js")
    stream = (
        _environment()
        .get_template("page.html")
        .stream(
            t=timeline,
            listed=listed,
            drawing=drawing(listed),
            figures=years_by_agency(listed),
            questions=_questions(timeline, listed),
            attention=_attention(timeline, listed),
            signs=[_sign(choice.shape) for choice in listed.agencies],
            policy=POLICY.format(style=_digest(style), script=_digest(script)),
            # Ours, not the agencies': the two texts whose digests the policy names.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
        )
    )
    stream.enable_buffering(500)
    return iter(stream)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("chronology.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["day"] = _day
    return environment


def _day(number: int) -> str:
    return day_words(date.fromordinal(number + FIRST_DAY))


@cache
def _asset(name: str) -> str:
    text = Path(__file__).with_name("templates").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _sign(shape: str) -> str:
    return shape if shape in SIGNS else "circle"


def _style(timeline: TimelineView, listed: Listing) -> str:
    """The style sheet with the agencies' colours and the words on each printed page's edges."""
    colours = "".join(
        f".a{lane}{{--strong:{strong};--pale:{pale}}}\n"
        for code, lane in listed.lane_of.items()
        for strong, pale in [_colours(timeline, code)]
    )
    edges = (
        f"@page{{@top-center{{content:{_quoted(timeline.marking)}}}"
        f"@bottom-center{{content:{_quoted(timeline.marking)}}}"
        f"@bottom-left{{content:{_quoted(_foot(timeline))}}}}}\n"
    )
    return _asset("page.css") + colours + edges


def _foot(timeline: TimelineView) -> str:
    return ", ".join(filter(None, (timeline.title, timeline.prepared)))


def _colours(timeline: TimelineView, code: str) -> tuple[str, str]:
    shade = timeline.shades.get(code)
    given = (shade.strong, shade.pale) if shade else NO_SHADE
    return given if all(_COLOUR.fullmatch(colour) for colour in given) else NO_SHADE


def _quoted(text: str) -> str:
    """A CSS string in which only letters and digits stand as they are."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'


def _questions(
    timeline: TimelineView, listed: Listing
) -> tuple[tuple[QuestionView, tuple[Card, ...]], ...]:
    return tuple((q, cards((q.a, q.b), listed.lane_of)) for q in timeline.questions)


def _attention(timeline: TimelineView, listed: Listing) -> tuple[Attention, ...]:
    """What wants a person, most pressing first; nothing that counts none."""
    states = [row.state for row in listed.rows]
    found = (
        (sum(1 for s in timeline.sources if s.refused), "file", "could not be read", "sources", ""),
        (
            len(timeline.questions),
            "pair of accounts",
            "may tell of the same event: a person decides",
            "review",
            "",
        ),
        (
            sum("c" in state for state in states),
            "entry",
            "whose accounts differ",
            "entries",
            "s=c",
        ),
        (len(timeline.left_out), "row", "left out of the chronology", "left-out", ""),
        (listed.undated, "entry", "without a date", "undated", ""),
        (sum("d" in state for state in states), "entry", "with a doubt noted", "entries", "s=d"),
    )
    return tuple(
        Attention(f"{count:,} {_plural(noun, count)} {words}", anchor, filter_)
        for count, noun, words, anchor, filter_ in found
        if count
    )


def _plural(noun: str, count: int) -> str:
    if count == 1:
        return noun
    return {"entry": "entries", "pair of accounts": "pairs of accounts"}.get(noun, f"{noun}s")
