"""The entries, filtered and a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from chronology.decisions import Decision
from chronology.merge import Entry
from chronology.render.shown import EntryView
from chronology.review.filters import STATUS, Wanted, find
from chronology.review.pages.here import desk_here, number

blueprint = Blueprint("timeline", __name__)

#: Marks that stand as a word beside an entry, but for those that say who may see it.
TAGS: dict[str, str] = {
    "significant": "Significant",
    "analysis": "Analysis added",
    "manual": "Entered by hand",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What people put beside an entry: the last date and wording set, and tags."""

    date: Decision | None
    wording: Decision | None
    tags: tuple[str, ...]


@blueprint.get("/timeline")
def timeline() -> str:
    """One page of the entries that fit what was asked."""
    desk = desk_here()
    wanted = _wanted()
    standing = desk.current()
    if standing is None:
        return render_template("timeline.html", wanted=wanted)
    found = find(standing, wanted, number(request.args.get("page", "1")))
    rows: list[tuple[EntryView, Beside]] = [
        (standing.shown(entry), _beside(entry)) for entry in found.entries
    ]
    return render_template("timeline.html", wanted=wanted, found=found, rows=rows, status=STATUS)


def _beside(entry: Entry) -> Beside:
    last = {mark.kind: mark for mark in entry.marks}
    tags = tuple(words for kind, words in TAGS.items() if kind in last)
    return Beside(last.get("date"), last.get("wording"), tags)


def _wanted() -> Wanted:
    asked = request.args
    return Wanted(
        agencies=tuple(asked.getlist("a")),
        text=asked.get("q", "").strip()[:200],
        first=asked.get("from", ""),
        last=asked.get("to", ""),
        status=asked.get("s", "") if asked.get("s", "") in STATUS else "",
    )
