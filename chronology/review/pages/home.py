"""The case at a glance, and what to do next."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, render_template, url_for

from chronology.account import LeftOut
from chronology.casefile.putting import Contents
from chronology.people.strangers import strangers
from chronology.review.desk import Desk
from chronology.review.pages.here import desk_here

blueprint = Blueprint("home", __name__)

#: A thing to do: what, and where.
Step = tuple[str, str]


@blueprint.get("/")
def home() -> str:
    """The first page."""
    desk = desk_here()
    standing = desk.standing
    return render_template(
        "home.html",
        steps=_steps(desk),
        strangers=strangers(standing.chronology.accounts, standing.chronology.cast)
        if standing
        else (),
        counts=_counts(desk),
        sources=desk.contents.files,
        refused=desk.contents.refused,
        left_out=_lost(desk.contents),
        worded_later=sum(bool(row.later) for row in desk.contents.left_out),
    )


@blueprint.get("/state")
def state() -> Response:
    """For pages that are open: whether records are still compared, which state they show."""
    desk = desk_here()
    return jsonify(comparing=desk.work.is_comparing, era=desk.era)


@blueprint.post("/stop")
def stop() -> str:
    """Ends the program; everything is in the case file already."""
    current_app.extensions["stop"]()
    return render_template("closed.html")


def _steps(desk: Desk) -> list[Step]:
    contents, standing = desk.contents, desk.standing
    if not contents.files and not contents.refused:
        return [("Add the agencies’ files", url_for("files.files"))]
    found: list[tuple[int, str, str]] = [
        (
            sum(not file.dismissed for file in contents.refused),
            "{} that could not be read",
            "#not-read",
        ),
        (len(desk.questions()), "Answer {}", url_for("questions.questions")),
        (len(_lost(contents)), "Look at {} left out", "#left-out"),
    ]
    things = ("file", "question", "row")
    steps = [
        (words.format(_many(count, thing)), link)
        for (count, words, link), thing in zip(found, things, strict=True)
        if count
    ]
    if standing:
        differ = sum(bool(entry.conflicts) for entry in standing.chronology.entries)
        if differ:
            words = f"Read {_many(differ, 'entry')} whose accounts differ"
            steps.append((words, url_for("timeline.timeline", s="c")))
        steps.append(("Read the timeline", url_for("timeline.timeline")))
        steps.append(("Download the chronology", url_for("downloads.downloads")))
    steps.append(("Add more files", url_for("files.files")))
    return steps


def _counts(desk: Desk) -> list[tuple[str, str]]:
    contents, standing = desk.contents, desk.standing
    counts = [
        ("Files read", len(contents.files)),
        ("Rows read", sum(file.rows_read for file in contents.files)),
        ("Rows left out", len(_lost(contents))),
        ("Accounts", len(contents.accounts)),
    ]
    if standing:
        counts.append(("Entries", len(standing.chronology.entries)))
    answered = sum(d.undone_by is None for d in desk.decisions)
    counts.append(("Decisions that hold", answered))
    return [(label, f"{count:,}") for label, count in counts]


def _lost(contents: Contents) -> list[LeftOut]:
    """Rows of which nothing is in the timeline: not those that a later wording stands for."""
    return [row for row in contents.left_out if not row.later]


def _many(count: int, thing: str) -> str:
    plural = "entries" if thing == "entry" else f"{thing}s"
    return f"{count:,} {thing if count == 1 else plural}"
