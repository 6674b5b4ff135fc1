"""The review pages put together: one case, one guard, plain words for every fault."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response, render_template, request
from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from chronology.account import AGENCY_LABELS, Agency
from chronology.decisions import KINDS, Decision
from chronology.errors import ChronologyError
from chronology.marking import said_by
from chronology.render.text import visible
from chronology.render.words import day_words
from chronology.review.desk import Desk
from chronology.review.guard import Guard
from chronology.review.pages import BLUEPRINTS, CONTENTS
from chronology.review.shades import LANE_OF, SIGNS
from chronology.review.spoken import value_words
from chronology.review.uploads import MOST_BYTES

#: Bytes of a request that sends no files.
FORM_BYTES = 1024 * 1024
#: Where files are handed over.
UPLOADS = frozenset({"files.add", "sources.hand_over"})
#: Pages, by their blueprint, that show nothing of the case.
WITHOUT_CASE = frozenset({"assets", "start"})
#: Fields of one form; a table of many columns has two for each.
MOST_FIELDS = 5000

#: What a refused request is told, by the number of the refusal.
REFUSALS: dict[int, str] = {
    403: "Not allowed",
    404: "There is no such page",
    405: "Not allowed",
    409: "That was not done",
    413: "Too large",
}


def create_app(desk: Desk, guard: Guard) -> Flask:
    """The pages of one case; nothing is served until a server runs it."""
    app = Flask("chronology.review", static_folder=None)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    app.jinja_loader = ChoiceLoader(
        [PackageLoader("chronology.review"), PackageLoader("chronology.render")]
    )
    app.config.update(
        MAX_CONTENT_LENGTH=FORM_BYTES, MAX_FORM_MEMORY_SIZE=FORM_BYTES, MAX_FORM_PARTS=MOST_FIELDS
    )
    app.extensions["desk"] = desk
    app.before_request(_allow_uploads)
    guard.watch(app)
    app.before_request(lambda: _look(desk))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.filters.update(
        visible=_visible, moment=_moment, value_words=value_words, said_by=_said_by
    )
    app.context_processor(lambda: _furniture(desk, guard))
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(ChronologyError, _not_done)
    return app


def _allow_uploads() -> None:
    if request.endpoint in UPLOADS:
        request.max_content_length = MOST_BYTES


def _look(desk: Desk) -> None:
    """Nothing is shown that another program removed from the case meanwhile."""
    if (request.endpoint or "").partition(".")[0] not in WITHOUT_CASE:
        desk.look()


def _furniture(desk: Desk, guard: Guard) -> dict[str, object]:
    """What every page has: title, marking, menu, agencies, the hidden field of its forms."""
    return {
        "desk": desk,
        "case_title": visible(desk.title),
        "marking": visible(desk.marking),
        "pages": CONTENTS,
        "notices": desk.told,
        "hidden": lambda: _hidden(guard.form_token),
        "kinds": KINDS,
        "agencies": list(Agency),
        "agency_labels": {agency.value: label for agency, label in AGENCY_LABELS.items()},
        "lane_of": LANE_OF,
        "signs": SIGNS,
    }


def _hidden(token: str) -> Markup:
    return Markup('<input type="hidden" name="form_token" value="{}">').format(token)


def _visible(text: object) -> str:
    return visible(str(text))


def _said_by(decision: Decision) -> str:
    """Who decided and when."""
    return visible(said_by(decision))


def _moment(text: str) -> str:
    """``2026-11-23T09:05:11`` as ``23 November 2026, 09:05``."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return visible(text)
    return f"{day_words(at.date())}, {at:%H:%M}"


def _refused(fault: HTTPException) -> AnyResponse:
    """A refusal in plain words that tells a stranger nothing of the case."""
    code = fault.code or 500
    if code < 400:
        return fault.get_response()
    return _problem(code, REFUSALS.get(code, "That did not work"), _words(fault))


def _words(fault: HTTPException) -> str:
    if fault.code == 413:
        return f"Send at most {MOST_BYTES // 1024**2} MB at once, and forms of at most 1 MB."
    return fault.description or ""


def _not_done(fault: ChronologyError) -> AnyResponse:
    return _problem(409, REFUSALS[409], str(fault))


def _problem(code: int, heading: str, text: str) -> AnyResponse:
    is_known = code not in (403, 405, 413)
    page = render_template("problem.html", heading=heading, text=visible(text), styled=is_known)
    return Response(page, status=code)
