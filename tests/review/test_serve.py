"""The server itself, asked over raw sockets: where it listens, what it refuses, when it ends."""

from __future__ import annotations

import socket
import time
from threading import Thread

import pytest

from chronology.casefile import CaseFile
from chronology.errors import NotACaseFileError
from chronology.review.serve import Reviewing, serve
from chronology.review.uploads import MOST_BYTES
from tests.review.desks import AT, WHO


@pytest.fixture
def case_path(tmp_path):
    path = tmp_path / "example.chronology"
    CaseFile.create(path, "Example family", "OFFICIAL-SENSITIVE", WHO, AT).close()
    return path


@pytest.fixture
def served(case_path):
    reviewing = Reviewing(case_path, WHO)
    thread = Thread(target=reviewing.run)
    thread.start()
    yield reviewing
    reviewing.stop()
    thread.join(10)
    assert not thread.is_alive()


def ask(reviewing: Reviewing, *lines: str, body: bytes = b"") -> str:
    """The first bytes of the answer to a request written by hand."""
    with socket.create_connection(("127.0.0.1", reviewing.guard.port), timeout=10) as line:
        line.sendall("\r\n".join((*lines, "Connection: close", "", "")).encode() + body)
        told = b""
        while piece := line.recv(65536):
            told += piece
    return told.decode()


def cookie(reviewing: Reviewing) -> str:
    return f"Cookie: {reviewing.guard.cookie_name}={reviewing.guard.cookie}"


def test_it_listens_on_this_computer_alone(served):
    assert served._socket.getsockname()[0] == "127.0.0.1"
    assert served.guard.port > 1023


def test_each_run_has_a_port_and_secrets_of_its_own(case_path, served):
    other = Reviewing(case_path, WHO)
    assert other.guard.port != served.guard.port
    assert other.link != served.link
    other.stop()
    other.run()


def test_the_link_and_then_the_cookie_open_the_case(served):
    path = served.link.removeprefix(served.guard.address)
    host = f"Host: 127.0.0.1:{served.guard.port}"
    answer = ask(served, f"GET {path} HTTP/1.1", host)
    assert answer.startswith("HTTP/1.1 303")
    assert "Example family" in ask(served, "GET / HTTP/1.1", host, cookie(served))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["GET / HTTP/1.1", "Host: rebound.example"], id="another host"),
        pytest.param(["GET / HTTP/1.1"], id="no host"),
        pytest.param(["GET / HTTP/1.0"], id="an old browser"),
        pytest.param(["GET http://rebound.example/ HTTP/1.1", "Host: x"], id="as a proxy"),
        pytest.param(
            ["GET / HTTP/1.1", "Host: rebound.example", "X-Forwarded-Host: 127.0.0.1"],
            id="said to be forwarded",
        ),
    ],
)
def test_a_wrong_host_is_refused_even_with_the_cookie(served, lines):
    answer = ask(served, *lines, cookie(served))
    assert answer.startswith(("HTTP/1.1 403", "HTTP/1.0 403", "HTTP/1.1 400"))
    assert "Example family" not in answer


def test_two_hosts_are_refused(served):
    own = f"Host: 127.0.0.1:{served.guard.port}"
    answer = ask(served, "GET / HTTP/1.1", "Host: rebound.example", own, cookie(served))
    assert " 200 " not in answer.splitlines()[0]


def test_too_much_is_refused_before_it_is_read(served):
    own = f"Host: 127.0.0.1:{served.guard.port}"
    answer = ask(
        served, "POST /files HTTP/1.1", own, cookie(served), f"Content-Length: {MOST_BYTES + 1}"
    )
    assert answer.startswith("HTTP/1.1 413")


def test_it_says_nothing_of_what_it_runs_on(served):
    answer = ask(served, "GET / HTTP/1.1", f"Host: 127.0.0.1:{served.guard.port}")
    assert "waitress" not in answer.lower()
    assert "werkzeug" not in answer.lower()


def test_it_ends_when_nobody_is_there(case_path):
    reviewing = Reviewing(case_path, WHO, idle_minutes=0.01)
    thread = Thread(target=reviewing.run)
    thread.start()
    thread.join(15)
    assert not thread.is_alive()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", reviewing.guard.port), timeout=1)


def test_files_handed_over_are_gone_when_it_ends(case_path):
    reviewing = Reviewing(case_path, WHO)
    folder = reviewing.desk.inbox.folder
    thread = Thread(target=reviewing.run)
    thread.start()
    assert folder.exists()
    assert folder.stat().st_mode & 0o077 == 0
    time.sleep(0.2)
    reviewing.stop()
    thread.join(10)
    assert not folder.exists()


def test_what_is_no_case_is_said_before_anything_is_served(tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("nothing", encoding="utf-8")
    with pytest.raises(NotACaseFileError):
        serve(other, WHO, open_browser=False)


def test_serving_tells_the_link_and_how_to_end(case_path):
    said: list[str] = []
    serve(case_path, WHO, open_browser=False, idle_minutes=0.01, say=said.append)
    assert "http://127.0.0.1:" in said[0]
    assert "Ctrl+C" in said[1]
