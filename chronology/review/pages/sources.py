"""The files of the case: their columns at any time, and what was added by mistake taken out."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from chronology.account import AGENCY_LABELS, Agency
from chronology.casefile import Purged, SourceFile
from chronology.errors import ChronologyError
from chronology.importers.headings import FIELDS
from chronology.render.words import COLUMN_WORDS, graded
from chronology.review.desk import Desk
from chronology.review.pages.here import Refused, desk_here, refused, said, seen
from chronology.review.uploads import sha256_of

blueprint = Blueprint("sources", __name__)

NO_REASON = "Say why: the log keeps the reason, and nothing of what was removed."


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the case as the page lists it: its last reading, and how often it was read."""

    number: int
    file: str
    agency: str
    rows: int
    who: str
    at: str
    readings: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was read: what it was taken for, and how surely in words."""

    sheet: str
    heading: str
    taken: str
    sure: str


def listed(desk: Desk) -> list[Listed]:
    """Every file of the case once, the latest first."""
    times: dict[str, list[SourceFile]] = {}
    for source in _sources(desk):
        times.setdefault(source.sha256, []).append(source)
    latest = sorted(times.values(), key=lambda readings: -readings[-1].number)
    return [_listed(readings) for readings in latest]


def _listed(readings: list[SourceFile]) -> Listed:
    first, last = readings[0], readings[-1]
    return Listed(
        number=last.number,
        file=last.file,
        agency=AGENCY_LABELS[Agency(last.agency)],
        rows=last.rows,
        who=first.who,
        at=first.at,
        readings=len(readings),
    )


@blueprint.get("/files/in-case/<int:source>/columns")
def columns(source: int) -> str | Response:
    """The columns of a file; it is asked for again where it is not here."""
    found = _source(source)
    readings = {one.number for one in _sources(desk_here()) if one.sha256 == found.sha256}
    held = next((h for h in desk_here().handed.values() if h.gave.source in readings), None)
    if held is not None:
        return seen(url_for("files.columns", at=held.number))
    return _ask_for(found)


@blueprint.post("/files/in-case/<int:source>/columns")
def hand_over(source: int) -> str | Response:
    """Takes the very file again, to look at its columns."""
    desk, found = desk_here(), _source(source)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _ask_for(found, "No file was chosen.")
    name = sent.filename
    sent.filename = found.file
    (path,) = desk.inbox.take([sent])
    if sha256_of(path) != found.sha256:
        path.unlink()
        return _ask_for(
            found,
            f"“{name}” is not that file: what is in it differs, if only by having been saved "
            "again. Choose the very file that was added. If the agency sent a newer one, add it on "
            "the page Add files.",
        )
    return seen(url_for("files.columns", at=desk.hand_over(found, path).number))


@blueprint.get("/files/in-case/<int:source>/remove")
def remove(source: int) -> str:
    """What goes with a file, before anybody says yes to it."""
    return _before_removing(_source(source), Refused())


@blueprint.post("/files/in-case/<int:source>/remove")
def removed(source: int) -> str | Response:
    """Takes a file out of the case for good."""
    desk, found = desk_here(), _source(source)
    if not said("reason"):
        return _before_removing(found, refused("remove", "reason", NO_REASON))
    try:
        gone = desk.remove(found, said("reason"))
    except ChronologyError as why:
        return _before_removing(found, refused("remove", "reason", str(why)))
    desk.tell(
        f"The file was taken out of the case, with {_many(gone.records, 'record')} and "
        f"{_many(gone.decisions, 'decision')}. The log keeps that it was done."
    )
    return seen(url_for("files.files"))


def _ask_for(found: SourceFile, wrong: str = "") -> str:
    read = [f for f in desk_here().contents.files if f.sha256 == found.sha256]
    told = read[-1].columns if read else ()
    columns = [Column(sheet, heading, *_taken(field, sure)) for sheet, heading, field, sure in told]
    return render_template("source.html", source=found, columns=columns, wrong=wrong)


def _taken(field: str, sure: float) -> tuple[str, str]:
    if not field:
        return "kept under its own heading", ""
    return FIELDS[field][0] if field in FIELDS else field, graded(sure, COLUMN_WORDS)


def _before_removing(found: SourceFile, not_taken: Refused) -> str:
    with desk_here().case() as case:
        going: Purged = case.would_purge(found.number)
        readings = sum(one.sha256 == found.sha256 for one in case.sources())
    goes = [
        f"{_many(going.records, 'record')} that no other file of the case has",
        f"{_many(going.decisions, 'decision')} about these records",
        *(f"the version kept as “{name}”, which holds some of it" for name in going.kept_versions),
    ]
    return render_template(
        "remove.html", source=found, goes=goes, readings=readings, refused=not_taken
    )


def _source(number: int) -> SourceFile:
    found = next((one for one in _sources(desk_here()) if one.number == number), None)
    if found is None:
        abort(404, "There is no such file in the case. It may have been taken out.")
    return found


def _sources(desk: Desk) -> tuple[SourceFile, ...]:
    with desk.case() as case:
        return case.sources()


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing if count == 1 else thing + 's'}"
