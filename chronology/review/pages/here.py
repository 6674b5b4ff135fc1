"""What every page needs of the request it answers: the desk, and where to go next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import abort, current_app, redirect, request
from werkzeug.wrappers import Response

from chronology.errors import ChronologyError
from chronology.review.desk import Desk, Wanted
from chronology.review.standing import Standing


def desk_here() -> Desk:
    """The desk of the request being answered."""
    return cast("Desk", current_app.extensions["desk"])


def standing_here() -> Standing:
    """The entries as they stand; a page that needs them is not there before they are."""
    standing = desk_here().current()
    if standing is None:
        abort(404, "The records are still being compared. Go back to the case and wait a little.")
    return standing


def said(name: str, longest: int = 2000) -> str:
    """A field of the form sent, without the spaces around it."""
    return request.form.get(name, "").strip()[:longest]


def number(text: str) -> int:
    """A number a person typed or an address holds; 0 for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def seen(target: str) -> Response:
    """After a change: the page that shows it, so that reloading repeats nothing."""
    return redirect(target, 303)


def record(wanted: list[Wanted], reason: str, done: str) -> str:
    """Writes decisions and says so; or else returns why they were not made."""
    desk = desk_here()
    try:
        made = desk.decide(wanted, reason)
    except ChronologyError as why:
        return str(why)
    desk.tell(done, undo=tuple(decision.seq for decision in made))
    return ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was not taken: what was typed, and what is wrong, beside the field it is in."""

    form: str = ""
    at: str = ""
    why: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, form: str, name: str) -> str:
        """What is wrong with a field of a form; "" where nothing is."""
        return self.why if (form, name) == (self.form, self.at) else ""

    def typed(self, form: str, name: str) -> str:
        """What was typed into a field of the form that was not taken."""
        return self.told.get(name, "") if form == self.form else ""


def refused(form: str, at: str, why: str) -> Refused:
    """The form just sent, to be shown again with what is wrong."""
    told = {name: value for name, value in request.form.items() if name != "form_token"}
    return Refused(form, at, why, told)
