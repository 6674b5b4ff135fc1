"""The chronology as files to take away, made when asked for and kept nowhere."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, abort, render_template

from chronology.render.shown import TimelineView
from chronology.render.view import view
from chronology.review.desk import CHANGED
from chronology.review.pages.here import desk_here, said, standing_here
from chronology.sharing import for_sharing, standing_in_full

blueprint = Blueprint("downloads", __name__)

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/downloads")
def downloads() -> str:
    """What can be taken away."""
    standing = desk_here().current()
    marked = standing_in_full(standing.chronology) if standing else 0
    return render_template("downloads.html", marked=marked)


@blueprint.post("/downloads/excel")
def excel() -> Response:
    """The workbook."""
    # Imported here: a workbook library is no part of starting the program.
    from chronology.render.excel import write_excel

    return _file(write_excel, ".xlsx", EXCEL)


@blueprint.post("/downloads/page")
def page() -> Response:
    """The page of the whole timeline."""
    from chronology.render.html import write_html

    return _file(write_html, ".html", "application/octet-stream")


def _file(write: Callable[[TimelineView, Path], None], ending: str, kind: str) -> Response:
    desk = desk_here()
    chronology, kind = standing_here().chronology, ""
    if said("for_sharing"):
        with desk.case() as case:
            chronology = for_sharing(chronology, case.decisions_now())
        kind = " for sharing"
    timeline = view(chronology)
    with tempfile.TemporaryDirectory(prefix="chronology-") as folder:
        path = Path(folder) / f"chronology{ending}"
        write(timeline, path)
        data = path.read_bytes()
    if desk.look():
        abort(409, CHANGED)
    name = _name(desk.path.stem) + kind + ending
    desk.took_away(name, hashlib.sha256(data).hexdigest())  # before it is out of our hands
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _name(stem: str) -> str:
    """A name that any system can store and any header can hold."""
    return re.sub(r"[^A-Za-z0-9 _-]+", "_", stem).strip()[:80] or "chronology"
