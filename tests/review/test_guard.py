"""Nobody but the person at this computer, through our own pages, may read or change a case."""

from __future__ import annotations

import pytest

from chronology.review.guard import HEADERS, Guard
from tests.review.desks import PORT, reviewing

HERE = f"http://127.0.0.1:{PORT}"
PAGES = (
    *("/", "/files", "/questions", "/timeline", "/people", "/decisions", "/log", "/downloads"),
    *("/manual", "/state", "/assets/review.css", "/assets/review.js", "/downloads/excel"),
)
CHANGES = (
    *("/files", "/questions/answer", "/questions/undo", "/decisions/undo", "/people", "/manual"),
    *("/stop", "/entry/0/date", "/files/1/columns", "/files/dismiss", "/files/in-case/1/remove"),
    *("/files/in-case/1/columns", "/downloads/excel", "/downloads/page"),
)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory):
    """One for all: nothing here changes the case."""
    with reviewing(tmp_path_factory.mktemp("case")) as reviewer:
        yield reviewer


@pytest.fixture
def stranger(newcomer):
    """A client without the cookie."""
    return newcomer.client.application.test_client()


@pytest.mark.parametrize("page", PAGES)
def test_without_the_cookie_nothing_is_shown(stranger, page):
    answer = stranger.get(page, base_url=HERE)
    assert answer.status_code == 403
    assert "Example family" not in answer.text


def test_the_link_works_once(newcomer, stranger):
    guard = newcomer.guard
    guard.ticket = "the-ticket"
    first = stranger.get("/start?ticket=the-ticket", base_url=HERE)
    assert (first.status_code, first.location) == (303, "/")
    second = newcomer.client.application.test_client().get(
        "/start?ticket=the-ticket", base_url=HERE
    )
    assert second.status_code == 403
    assert "used already" in second.text


@pytest.mark.parametrize("ticket", ["", "wrong", "é", "%00"])
def test_a_wrong_ticket_opens_nothing(stranger, ticket):
    assert stranger.get(f"/start?ticket={ticket}", base_url=HERE).status_code == 403


def test_the_link_pressed_again_by_the_same_browser_leads_to_the_case(newcomer):
    answer = newcomer.client.get("/start?ticket=used", base_url=HERE)
    assert (answer.status_code, answer.location) == (303, "/")


def test_the_cookie_is_for_this_site_and_no_script(newcomer, stranger):
    newcomer.guard.ticket = "the-ticket"
    cookie = stranger.get("/start?ticket=the-ticket", base_url=HERE).headers["Set-Cookie"]
    assert cookie.startswith(f"chronology_{PORT}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_secrets_are_long_and_never_the_same():
    one, other = Guard(1), Guard(1)
    secrets = [one.ticket, one.cookie, one.form_token, other.ticket, other.cookie, other.form_token]
    assert len(set(secrets)) == 6
    assert min(map(len, secrets)) >= 43


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("localhost:5017", id="another name of this computer"),
        pytest.param("127.0.0.1", id="without the port"),
        pytest.param("127.0.0.1:80", id="another port"),
        pytest.param("rebound.example:5017", id="a name that was pointed here"),
        pytest.param("127.0.0.1:5017.example", id="our address as a beginning"),
        pytest.param("", id="empty"),
    ],
)
def test_another_host_is_refused(newcomer, host):
    answer = newcomer.client.get("/", base_url=HERE, headers={"Host": host})
    assert answer.status_code == 403
    assert "Example family" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Origin": "http://example.org"}, id="another origin"),
        pytest.param({"Origin": "null"}, id="no origin of its own"),
        pytest.param({"Origin": "https://127.0.0.1:5017"}, id="another scheme"),
        pytest.param({"Origin": HERE, "Sec-Fetch-Site": "cross-site"}, id="from another site"),
        pytest.param({"Origin": HERE, "Sec-Fetch-Site": "same-site"}, id="from another port"),
        pytest.param({}, id="no origin at all"),
    ],
)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_from_another_page_is_refused(newcomer, change, headers):
    data = {"form_token": newcomer.guard.form_token}
    answer = newcomer.client.post(change, base_url=HERE, data=data, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["http://example.org", "null"])
def test_reading_from_another_page_is_refused(newcomer, origin):
    answer = newcomer.client.get("/timeline", base_url=HERE, headers={"Origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("token", [None, "", "wrong"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_form_without_its_token_is_refused(newcomer, change, token):
    data = {} if token is None else {"form_token": token}
    answer = newcomer.client.post(change, base_url=HERE, data=data, headers={"Origin": HERE})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        *("/questions/answer", "/questions/undo", "/decisions/undo", "/stop", "/entry/0/date"),
        *("/files/dismiss", "/downloads/excel", "/downloads/page"),
    ],
)
def test_a_change_cannot_be_made_by_following_a_link(newcomer, change):
    assert newcomer.client.get(change, base_url=HERE).status_code == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(newcomer, method):
    answer = newcomer.client.open("/", method=method, base_url=HERE, headers={"Origin": HERE})
    assert answer.status_code == 405


def test_a_form_that_is_too_large_is_refused(newcomer):
    data = {"form_token": newcomer.guard.form_token, "value": "x" * 2_000_000}
    answer = newcomer.client.post("/manual", base_url=HERE, data=data, headers={"Origin": HERE})
    assert answer.status_code == 413


@pytest.mark.parametrize("page", [*PAGES, "/nothing", "/start?ticket=wrong"])
def test_every_answer_is_sealed(newcomer, page):
    newcomer.desk.work.wait(10)
    answer = newcomer.client.get(page, base_url=HERE)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_policy_lets_a_page_load_from_here_alone():
    policy = HEADERS["Content-Security-Policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert {*rules.values()} == {"'none'", "'self'"}


def test_a_refusal_repeats_nothing_that_was_sent(newcomer, stranger):
    answer = stranger.get("/<script>alert(1)</script>", base_url=HERE)
    assert "<script>" not in answer.text


def test_a_path_leads_to_no_file(newcomer):
    for path in ("/assets/../serve.py", "/assets/..%2fserve.py", "/..%2f..%2fetc/passwd"):
        assert newcomer.client.get(path, base_url=HERE).status_code == 404
