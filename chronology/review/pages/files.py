"""Files handed over: what each gave, and how its columns were taken."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from chronology.account import Agency
from chronology.case import Wishes
from chronology.casefile import AddedFile
from chronology.errors import ChronologyError
from chronology.importers import Given
from chronology.reading import READABLE
from chronology.review.columns import FIELD_CHOICES, doubtful, form_mapping, shown_columns
from chronology.review.handed import Handed
from chronology.review.pages.here import Refused, desk_here, number, refused, said, seen
from chronology.review.pages.sources import listed

blueprint = Blueprint("files", __name__)

#: What is counted of each file: heading, attribute.
COUNTS: tuple[tuple[str, str], ...] = (
    ("Rows", "rows"),
    ("New", "new"),
    ("Unchanged", "unchanged"),
    ("Changed", "amended"),
    ("Read anew", "reread"),
    ("Withdrawn", "withdrawn"),
    ("Left out", "left_out"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: what a file gave, and where its columns can be looked at."""

    file: str
    refused: str
    counts: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    at: int
    doubts: int


@blueprint.get("/files")
def files() -> str:
    """The box for files, what the last ones gave, and every file of the case."""
    return _page(Refused())


def _page(not_taken: Refused) -> str:
    desk = desk_here()
    handed = [held for held in reversed(desk.handed.values()) if held.was_added]
    return render_template(
        "files.html",
        kinds=", ".join(sorted(READABLE)),
        results=[_result(held) for held in handed],
        headings=[label for label, _ in COUNTS],
        sources=listed(desk),
        unread=desk.contents.refused,
        refused=not_taken,
        here=url_for("files.files"),
    )


@blueprint.post("/files/dismiss")
def dismiss() -> str | Response:
    """Settles that a file that could not be read is not needed."""
    desk, why = desk_here(), ""
    if not said("reason"):
        why = "Say why it is not needed: the reason is kept with it."
    else:
        try:
            made = desk.dismiss(request.form.get("file", ""), said("reason"))
            desk.tell("Dismissed. The file stays named, with your reason.", undo=(made.seq,))
        except ChronologyError as fault:
            why = str(fault)
    if why:
        return _page(refused(f"dismiss-{said('at')}", "reason", why))
    return seen(url_for("files.files"))


@blueprint.post("/files")
def add() -> Response:
    """Takes the files sent into the case."""
    desk = desk_here()
    sent = [file for file in request.files.getlist("files") if file.filename]
    if not sent:
        desk.tell("No file was chosen.", is_fault=True)
        return seen(url_for("files.files"))
    paths = desk.inbox.take(sent)
    try:
        added = desk.add(paths, Wishes(given=_given()))
    except ChronologyError as why:
        desk.tell(str(why), is_fault=True)
        return seen(url_for("files.files"))
    anew = f"{added.reread:,} read anew, " if added.reread else ""
    desk.tell(
        f"{added.new:,} new, {added.unchanged:,} unchanged, {added.amended:,} changed, {anew}"
        f"{added.withdrawn:,} withdrawn."
    )
    return seen(url_for("files.files"))


@blueprint.get("/files/<int:at>/columns")
def columns(at: int) -> str:
    """How a file's columns are taken, with its first rows before one's eyes."""
    handed = _handed(at)
    row = number(request.args.get("row", ""))
    shown = shown_columns(handed, row, request.args.get("sheet", ""))
    return render_template("columns.html", at=at, fields=FIELD_CHOICES, **shown)


@blueprint.post("/files/<int:at>/columns")
def save_columns(at: int) -> Response:
    """Reads a file again as the form says."""
    desk, handed = desk_here(), _handed(at)
    try:
        mapping = form_mapping(request.form, handed.path.name)
        added = desk.add([handed.path], Wishes(given=handed.given, mappings=(mapping,)))
    except ChronologyError as why:
        desk.tell(str(why), is_fault=True)
        return seen(url_for("files.columns", at=at))
    desk.tell(f"{handed.path.name} was read again with these columns: {_gave(added.files[0])}")
    return seen(url_for("files.files"))


def _handed(at: int) -> Handed:
    handed = desk_here().handed.get(at)
    if handed is None:
        abort(404, "Hand this file over again to look at its columns: files are not kept.")
    return handed


def _given() -> Given:
    agency = said("agency")
    return Given(
        agency=Agency(agency) if agency in set(Agency) else None,
        organisation=said("organisation", 200),
        subject=said("subject", 200),
        subject_born=said("born", 40),
    )


def _result(handed: Handed) -> Result:
    gave = handed.gave
    read = next((f for f in desk_here().contents.files[::-1] if f.file == gave.file), None)
    return Result(
        file=gave.file,
        refused=gave.refused,
        counts=tuple((label, getattr(gave, name)) for label, name in COUNTS),
        notes=gave.notes,
        at=handed.number,
        doubts=doubtful(read) if read and not gave.refused else 0,
    )


def _gave(file: AddedFile) -> str:
    if file.refused:
        return file.refused
    anew = f"{file.reread:,} read anew, " if file.reread else ""
    return f"{file.new:,} new, {file.amended:,} changed, {anew}{file.left_out:,} left out."
