"""What was decided and done: decisions to undo, and the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from chronology.errors import ChronologyError
from chronology.render.text import visible
from chronology.review.desk import Desk
from chronology.review.pages.here import desk_here, number, said, seen

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
        now = {d.seq: d.accounts for d in case.decisions_now()}
    rows = [(d, _about(now.get(d.seq, d.accounts), desk)) for d in shown]
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


@blueprint.get("/log")
def log() -> str:
    """Everything done to the case, the latest first."""
    with desk_here().case() as case:
        lines = case.log()
        problems = case.verify() if request.args.get("check") else None
    page, count, shown = _page(lines[::-1])
    seal = lines[-1].hash if lines else ""
    return render_template(
        "log.html", lines=shown, seal=seal, problems=problems, page=page, count=count
    )


Line = TypeVar("Line")


def _page(rows: Sequence[Line]) -> tuple[int, int, Sequence[Line]]:
    count = max(1, -(-len(rows) // LINES))
    page = min(max(number(request.args.get("page", "1")), 1), count)
    return page, count, rows[(page - 1) * LINES : page * LINES]


def _about(accounts: Sequence[str], desk: Desk) -> list[tuple[str, str]]:
    """The accounts of a decision: (id to link to, or "", and what it says)."""
    told: list[tuple[str, str]] = []
    for account_id in accounts:
        account = desk.account_of.get(account_id)
        if account is None:
            told.append(("", "An account that is no longer current."))
            continue
        text = visible(" ".join(account.narrative.split()))
        text = text if len(text) <= 100 else text[:100].rsplit(" ", 1)[0] + " …"
        told.append(
            (account_id, f"{account.agency.label}, {visible(account.occurred.written)}: {text}")
        )
    return told


def _back() -> str:
    """The page of ours that sent the form; the list of decisions where that is not known."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.host or not came.path.startswith("/"):
        return url_for("record.decisions")
    return came.path + (f"?{came.query}" if came.query else "")
