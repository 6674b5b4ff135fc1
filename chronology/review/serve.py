"""The review pages served to this computer's own browser until the reviewer is done."""

from __future__ import annotations

import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Timer
from time import monotonic

import waitress
from flask import request
from waitress import wasyncore

from chronology.review.app import create_app
from chronology.review.desk import Desk
from chronology.review.guard import HOST, Guard
from chronology.review.uploads import MOST_BYTES

#: Pages answered at the same time: one person, whose browser asks for a page and its style.
THREADS = 4
#: Seconds between looks at whether anybody is still there.
LOOK_EVERY = 5.0
#: Requests a waiting page makes by itself: they do not show that anybody is there.
NOBODY = frozenset({"home.state"})

Say = Callable[[str], None]


class Reviewing:
    """One case being served: the link to open it by, and how it ends."""

    def __init__(self, path: Path, who: str, idle_minutes: float = 30) -> None:
        self.desk = Desk(path, who, now)
        self._socket = _own_port()
        self.guard = Guard(self._socket.getsockname()[1])
        self.app = create_app(self.desk, self.guard)
        self.app.before_request(self._noticed)
        self.app.extensions["stop"] = self.stop_soon
        self._idle_seconds = idle_minutes * 60
        self._last = monotonic()
        self._ended = Event()
        #: Everything the server has open; it ends when nothing is.
        self._open: dict[int, object] = {}
        self._server = waitress.create_server(
            self.app,
            map=self._open,
            sockets=[self._socket],
            threads=THREADS,
            ident=None,
            max_request_body_size=MOST_BYTES,
            clear_untrusted_proxy_headers=True,
        )

    @property
    def link(self) -> str:
        """Opens the pages, once."""
        return self.guard.link

    def run(self) -> None:
        """Serves until it is stopped, or nobody has asked for anything for long."""
        self.desk.begin()
        self._look()
        try:
            self._server.run()
        finally:
            self._ended.set()
            self._server.task_dispatcher.shutdown()
            wasyncore.close_all(self._open, ignore_all=True)
            self.desk.close()

    def stop_soon(self) -> None:
        """Ends serving a moment from now, so that the answer under way still arrives."""
        self._later(0.5, self.stop)

    def stop(self) -> None:
        """Ends serving."""
        self._ended.set()
        self._server.trigger.pull_trigger(self._close_all)

    def _close_all(self) -> None:
        wasyncore.close_all(self._open, ignore_all=True)

    def _noticed(self) -> None:
        if request.endpoint not in NOBODY:
            self._last = monotonic()

    def _look(self) -> None:
        if self._ended.is_set():
            return
        if monotonic() - self._last > self._idle_seconds:
            self.stop()
            return
        self._later(min(LOOK_EVERY, self._idle_seconds), self._look)

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        timer = Timer(seconds, act)
        timer.daemon = True
        timer.start()


def serve(
    path: Path,
    who: str,
    open_browser: bool = True,  # noqa: FBT001, FBT002 (given by name)
    idle_minutes: float = 30,
    say: Say = lambda _: None,
) -> None:
    """Opens a case in the browser of this computer and returns when the reviewer is done.

    ``say`` is told the link, which works once. Raises ChronologyError where the file is no case.
    """
    reviewing = Reviewing(path, who, idle_minutes)
    say(f"Open this link in your browser (it works once): {reviewing.link}")
    say(f"Press Ctrl+C here to finish; it also ends after {idle_minutes:g} minutes without use.")
    if open_browser:
        webbrowser.open(reviewing.link)
    with _ended_by_signals(reviewing):
        reviewing.run()


def now() -> str:
    """The time a decision is recorded at: this computer's, to the second."""
    return datetime.now().replace(microsecond=0).isoformat()


def _own_port() -> socket.socket:
    """A socket on this computer alone, at a port nobody can foretell."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind((HOST, 0))
    return listening


@contextmanager
def _ended_by_signals(reviewing: Reviewing) -> Iterator[None]:
    """Closing the terminal ends serving in order, so that the files handed over are removed."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {
        name: signal.signal(getattr(signal, name), lambda *_: reviewing.stop()) for name in names
    }
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
