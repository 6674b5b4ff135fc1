"""Who may ask: this computer, this browser, this page's own forms, and nobody else.

A web page anywhere can make a browser send requests to 127.0.0.1. So every request must name our
own address, come from our own pages, and bear the cookie that the one-time link was turned into;
every form must bear the token that only our own pages hold.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import Lock

from flask import Flask, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

HOST = "127.0.0.1"
#: Requests that may come without the cookie: the one-time link itself.
OPEN_ENDPOINTS = frozenset({"start"})
#: What a browser says of a request that our own page, or the person at the keyboard, made.
OWN_SITES = frozenset({"", "same-origin", "none"})
CHANGING = frozenset({"POST"})
READING = frozenset({"GET", "HEAD"})

#: ``same-origin``, because under ``no-referrer`` a browser sends our own forms with Origin: null.
HEADERS: dict[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Guard:
    """The three secrets of one run, and what has to be true of a request."""

    port: int
    ticket: str = field(default_factory=_secret)
    cookie: str = field(default_factory=_secret)
    form_token: str = field(default_factory=_secret)
    _lock: Lock = field(default_factory=Lock)

    @property
    def address(self) -> str:
        """Where the pages are, and the only origin they accept."""
        return f"http://{HOST}:{self.port}"

    @property
    def link(self) -> str:
        """The link that opens the pages, once."""
        return f"{self.address}/start?ticket={self.ticket}"

    @property
    def cookie_name(self) -> str:
        """Its own for each port: a browser keeps the cookies of one host together."""
        return f"chronology_{self.port}"

    def watch(self, app: Flask) -> None:
        """Checks every request of an app and seals every answer."""
        app.before_request(self._check)
        app.after_request(_sealed)
        app.add_url_rule("/start", "start", self._start, methods=["GET"])
        app.jinja_env.globals["form_token"] = self.form_token

    def _check(self) -> None:
        if request.headers.get("Host", "") != f"{HOST}:{self.port}":
            abort(403, "This page answers at its own address only.")
        if request.method not in CHANGING | READING:
            abort(405)
        self._check_origin()
        if request.endpoint in OPEN_ENDPOINTS:
            return
        if not compare_digest(_cookie(self.cookie_name), self.cookie.encode()):
            abort(403, "Open the pages by the link that 'chronology open' printed.")
        if request.method in CHANGING:
            self._check_form()

    def _check_origin(self) -> None:
        if request.headers.get("Sec-Fetch-Site", "") not in OWN_SITES:
            abort(403, "Another page asked for this.")
        origin = request.headers.get("Origin")
        if origin is None and request.method in READING:
            return
        if origin != self.address:
            abort(403, "Another page asked for this.")

    def _check_form(self) -> None:
        sent = request.form.get("form_token", "").encode()
        if not compare_digest(sent, self.form_token.encode()):
            abort(403, "This form is from an earlier run. Go back, reload the page, send it again.")

    def _start(self) -> AnyResponse:
        if compare_digest(_cookie(self.cookie_name), self.cookie.encode()):
            return redirect(url_for("home.home"), 303)
        if not self._take(request.args.get("ticket", "")):
            abort(403, "This link was used already. Run 'chronology open' again for a new one.")
        response = redirect(url_for("home.home"), 303)
        response.set_cookie(self.cookie_name, self.cookie, httponly=True, samesite="Strict")
        return response

    def _take(self, ticket: str) -> bool:
        """Whether a ticket is the right one; it is so only once."""
        with self._lock:
            fits = bool(self.ticket) and compare_digest(ticket.encode(), self.ticket.encode())
            if fits:
                self.ticket = ""
            return fits


def _cookie(name: str) -> bytes:
    return request.cookies.get(name, "").encode()


def _sealed(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
