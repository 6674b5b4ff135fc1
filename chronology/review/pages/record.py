"""What was decided and done: decisions to undo, and the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from chronology.casefile import LogLine
from chronology.decisions import Decision
from chronology.errors import ChronologyError
from chronology.review.pages.here import desk_here, number, said, seen
from chronology.review.spoken import LINE_WORDS, Speaker, Spoken

blueprint = Blueprint("record", __name__)

#: Lines of a list on one page.
LINES = 100
UNDONE = "Undone. The log keeps both the decision and the undoing."


@blueprint.get("/decisions")
def decisions() -> str:
    """Every decision, the latest first."""
    desk = desk_here()
    page, count, shown = _page(desk.decisions[::-1])
    with desk.case() as case:
        speaker = Speaker(case, desk.account_of, case.decisions_now())
        rows = [(d, speaker.told(d.accounts)) for d in shown]
    return render_template(
        "decisions.html", rows=rows, total=len(desk.decisions), page=page, count=count
    )


@blueprint.post("/decisions/undo")
def undo() -> Response:
    """Takes decisions back and returns to the page that asked."""
    desk = desk_here()
    numbers = [number(text) for text in request.form.getlist("seq")]
    held = {d.seq for d in desk.decisions if d.undone_by is None}
    wanted = [seq for seq in numbers if seq in held]
    try:
        desk.undo(wanted, said("reason"))
        desk.tell(UNDONE if wanted else "That was undone before.")
    except ChronologyError as why:
        desk.tell(str(why), is_fault=True)
    return seen(_back())


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the log: what was done in words, and the decisions it made or undid."""

    line: LogLine
    what: str
    decisions: tuple[tuple[Decision, list[Spoken]], ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """What the records it is about were marked as: restricted, about a third party."""
        named = (told for _, about in self.decisions for told in about)
        return tuple(dict.fromkeys(tag for told in named for tag in told.tags))


@blueprint.get("/log")
def log() -> str:
    """Everything done to the case, the latest first."""
    desk = desk_here()
    with desk.case() as case:
        lines = case.log()
        problems = case.verify() if request.args.get("check") else None
        page, count, shown = _page(lines[::-1])
        speaker = Speaker(case, desk.account_of, case.decisions_now())
        rows = [_row(line, desk.decisions, speaker) for line in shown]
    seal = lines[-1].hash if lines else ""
    return render_template(
        "log.html", rows=rows, seal=seal, problems=problems, page=page, count=count
    )


def _row(line: LogLine, decisions: Sequence[Decision], speaker: Speaker) -> Row:
    """The line with the decisions it made, or set aside."""
    about = [d for d in decisions if line.seq == (d.seq if line.what == "decide" else d.undone_by)]
    told = tuple((d, speaker.told(d.accounts)) for d in about)
    return Row(line, LINE_WORDS.get(line.what, line.what), told)


Line = TypeVar("Line")


def _page(rows: Sequence[Line]) -> tuple[int, int, Sequence[Line]]:
    count = max(1, -(-len(rows) // LINES))
    page = min(max(number(request.args.get("page", "1")), 1), count)
    return page, count, rows[(page - 1) * LINES : page * LINES]


def _back() -> str:
    """The page of ours that sent the form; the list of decisions where that is not known."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.host or not came.path.startswith("/"):
        return url_for("record.decisions")
    try:
        current_app.url_map.bind(request.host).match(came.path, method="GET")
    except HTTPException:  # the address of a form that was shown again
        return came.path.rpartition("/")[0]
    return came.path + (f"?{came.query}" if came.query else "")
