"""The timeline as one page that opens anywhere, asks nobody for anything, and prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from chronology.render.lanes import drawing, years_by_agency
from chronology.render.listing import Card, Listing, cards, listing
from chronology.render.shell import asset, edges, environment, policy
from chronology.render.shown import QuestionView, TimelineView
from chronology.render.writing import write_pieces_whole

#: The shapes the style sheet can draw before an agency's name.
SIGNS = frozenset({"circle", "square", "diamond", "triangle", "cross"})
NO_SHADE = ("#3D3D3D", "#EDEDED")

#: Letter of an entry's state -> what the filter for it is called; "" is no filter.
REVIEWED = (("h", "Restricted or third party"), ("g", "With a decision or mark"))
STATES = (
    ("", "All entries"),
    ("m", "More than one account"),
    ("c", "Accounts differ"),
    ("s", "One account only"),
    ("q", "With a pair to review"),
    ("d", "With a doubt noted"),
    *REVIEWED,
)

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
    style, script = _style(timeline, listed), asset("page.js")
    stream = (
        environment()
        .get_template("page.html")
        .stream(
            t=timeline,
            listed=listed,
            drawing=drawing(listed),
            figures=years_by_agency(listed),
            questions=_questions(timeline, listed),
            states=_states(listed),
            attention=_attention(timeline, listed),
            signs=[_sign(choice.shape) for choice in listed.agencies],
            policy=policy(style, script),
            # Ours, not the agencies': the two texts whose digests the policy names.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
        )
    )
    stream.enable_buffering(500)
    return iter(stream)


def _sign(shape: str) -> str:
    return shape if shape in SIGNS else "circle"


def _style(timeline: TimelineView, listed: Listing) -> str:
    """The style sheet with the agencies' colours and the words on each printed page's edges."""
    colours = "".join(
        f".a{lane}{{--strong:{strong};--pale:{pale}}}\n"
        for code, lane in listed.lane_of.items()
        for strong, pale in [_colours(timeline, code)]
    )
    return asset("page.css") + colours + edges(timeline.marking, _foot(timeline))


def _foot(timeline: TimelineView) -> str:
    return ", ".join(filter(None, (timeline.title, timeline.prepared)))


def _colours(timeline: TimelineView, code: str) -> tuple[str, str]:
    shade = timeline.shades.get(code)
    given = (shade.strong, shade.pale) if shade else NO_SHADE
    return given if all(_COLOUR.fullmatch(colour) for colour in given) else NO_SHADE


def _questions(
    timeline: TimelineView, listed: Listing
) -> tuple[tuple[QuestionView, tuple[Card, ...]], ...]:
    return tuple((q, cards((q.a, q.b), listed.lane_of)) for q in timeline.questions)


def _states(listed: Listing) -> tuple[tuple[str, str], ...]:
    """What entries can be filtered by; what only reviewers set, where they set it."""
    met = {letter for row in listed.rows for letter in row.state}
    return tuple(choice for choice in STATES if choice[0] in met or choice not in REVIEWED)


def _attention(timeline: TimelineView, listed: Listing) -> tuple[Attention, ...]:
    """What wants a person, most pressing first; nothing that counts none."""
    states = [row.state for row in listed.rows]
    found = (
        (
            sum(bool(s.refused) and not s.is_dismissed for s in timeline.sources),
            "file",
            "could not be read",
            "sources",
            "",
        ),
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
        (
            sum("h" in state for state in states),
            "entry",
            "restricted or about a third party: "
            + ("check before you share this" if timeline.withheld is None else "words withheld"),
            "entries",
            "s=h",
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
