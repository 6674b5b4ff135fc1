"""Style, script and icon: all that the pages may load."""

from __future__ import annotations

from flask import Blueprint, Response

from chronology.review.shades import script, style_sheet

blueprint = Blueprint("assets", __name__)

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#1d70b8" '
    'd="M0 0h16v16H0z"/><path fill="#fff" d="M3 4h10v2H3zM3 8h6v2H3z"/></svg>'
)


@blueprint.get("/assets/review.css")
def style() -> Response:
    """The style sheet."""
    return Response(style_sheet(), mimetype="text/css")


@blueprint.get("/assets/review.js")
def keys() -> Response:
    """The shortcuts."""
    return Response(script(), mimetype="text/javascript")


@blueprint.get("/assets/icon.svg")
def icon() -> Response:
    """The mark in the browser's tab."""
    return Response(ICON, mimetype="image/svg+xml")
