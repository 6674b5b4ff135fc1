"""An entry that stands in no file, added by hand with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from chronology.account import Account, Agency, Mention, Source
from chronology.errors import ChronologyError
from chronology.review.dating import TIME_NEEDS_DAY, has_time_without_day, typed_date
from chronology.review.pages.here import desk_here, said, seen
from chronology.when import When

blueprint = Blueprint("manual", __name__)

#: Fields of the form.
FIELDS = (
    *("date", "time", "narrative", "agency", "organisation", "professional", "subject"),
    *("source", "reason"),
)
#: Fields that must not be empty, and what is said where one is.
NEEDED: dict[str, str] = {
    "narrative": "Say what happened.",
    "source": "Say where this comes from, so that others can find it.",
    "reason": "Give a reason: it is kept with the entry.",
}
NOTHING_WRONG: Mapping[str, str] = MappingProxyType({})
#: What stands before the words that say where an entry comes from.
COMES_FROM = "Where this comes from"


@blueprint.get("/manual")
def manual() -> str:
    """The empty form."""
    return _form(dict.fromkeys(FIELDS, ""))


@blueprint.post("/manual")
def add() -> str | Response:
    """Takes the entry in, or shows the form again with what is wrong."""
    desk = desk_here()
    told = {name: said(name, 20_000) for name in FIELDS}
    when = typed_date(told["date"], told["time"])
    if wrong := _wrong(told, when):
        return _form(told, wrong)
    try:
        made = desk.enter(_account(told, when), told["reason"])
    except ChronologyError as why:
        return _form(told, {"": str(why)})
    desk.tell("The entry was added. It appears in the timeline.", undo=(made.seq,))
    return seen(url_for("timeline.timeline"))


def _form(told: Mapping[str, str], wrong: Mapping[str, str] = NOTHING_WRONG) -> str:
    beside = {name: wrong.get(name, "") for name in FIELDS}
    return render_template("manual.html", said=told, wrong=beside, faults=wrong)


def _wrong(told: Mapping[str, str], when: When) -> dict[str, str]:
    """What has to be put right first, by the field it is in, in the order of the form."""
    found = {"date": _wrong_date(told, when), "time": _wrong_time(told, when)}
    for name, words in NEEDED.items():
        found[name] = "" if told[name] else words
    if told["agency"] not in set(Agency):
        found["agency"] = "Choose the agency it comes from; Other where it is none of them."
    return {name: found[name] for name in FIELDS if found.get(name)}


def _wrong_date(told: Mapping[str, str], when: When) -> str:
    if not when.is_known:
        return f"“{told['date']}” is no date this program knows. Write it like 14 March 2013."
    return TIME_NEEDS_DAY if has_time_without_day(when) and not told["time"] else ""


def _wrong_time(told: Mapping[str, str], when: When) -> str:
    if told["time"] and when.clock is None:
        return f"“{told['time']}” is no time this program knows. Write it like 14:30."
    return TIME_NEEDS_DAY if told["time"] and has_time_without_day(when) else ""


def _account(told: Mapping[str, str], when: When) -> Account:
    subjects = (Mention(told["subject"]),) if told["subject"] else ()
    return Account(
        agency=Agency(told["agency"]),
        source=Source("", "", 0, ""),
        occurred=when,
        narrative=told["narrative"],
        organisation=told["organisation"],
        professional=told["professional"],
        subjects=subjects,
        other=((COMES_FROM, told["source"]),),
        raw=tuple((name, told[name]) for name in FIELDS if told[name]),
    )
