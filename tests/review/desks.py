"""A case under review without a browser: its desk, its guard, a client that holds the cookie."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient

from chronology.casefile import CaseFile
from chronology.review.app import create_app
from chronology.review.desk import Desk
from chronology.review.guard import Guard

PORT = 5017
AT = "2026-11-23T09:00:00"
WHO = "A. Reviewer"
HEADINGS = ("Date", "Time", "Child", "Type", "Description", "Outcome", "Recorded by")

POLICE = (
    (
        "14/03/2013",
        "23:30",
        "Jo EXAMPLE",
        "Domestic",
        "Shouting heard at 4 Larch Court.",
        "",
        "PC V",
    ),
    ("02/05/2013", "10:00", "Jo EXAMPLE", "Visit", "Officers called, no reply.", "None", "PC W"),
)
SCHOOL = (
    (
        "15/03/2013",
        "09:00",
        "Jo EXAMPLE",
        "Note",
        "Jo said there was shouting at Larch Court.",
        "",
        "T",
    ),
    ("03/06/2013", "", "Jo EXAMPLE", "Call", "Rang mother about attendance.", "", "Head"),
)


@dataclass(slots=True)
class Reviewer:
    """Someone at the pages: asks for them, fills their forms in."""

    desk: Desk
    guard: Guard
    client: FlaskClient

    def get(self, path: str) -> str:
        """A page that must be there."""
        answer = self.client.get(path, base_url=self.guard.address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, **fields: object) -> str:
        """A form sent, and the page it leads to."""
        answer = self.client.post(
            path,
            data={"form_token": self.guard.form_token, **fields},
            base_url=self.guard.address,
            headers={"Origin": self.guard.address, "Referer": self.guard.address + "/decisions"},
            follow_redirects=True,
        )
        assert answer.status_code == 200, answer.text
        return answer.text

    def take(self, name: str, **fields: object) -> bytes:
        """A download, by the address of its form."""
        answer = self.client.post(
            f"/downloads/{name}",
            data={"form_token": self.guard.form_token, **fields},
            base_url=self.guard.address,
            headers={"Origin": self.guard.address},
        )
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="example')
        return answer.data

    def send(self, *paths: Path) -> str:
        """Files handed over, and the page that says what they gave."""
        files = [(BytesIO(path.read_bytes()), path.name) for path in paths]
        page = self.post("/files", files=files)
        assert self.desk.work.wait(30)
        return page

    def account(self, words: str) -> str:
        """The id of the account that says these words."""
        (found,) = [a.id for a in self.desk.contents.accounts if words in a.narrative]
        return found

    def together(self, one: str, other: str) -> bool:
        """Whether two accounts stand in one entry now."""
        assert self.desk.work.wait(30)
        standing = self.desk.standing
        assert standing is not None
        return standing.place[one] == standing.place[other]


def an_export(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A file as an agency sends it."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


@contextmanager
def reviewing(folder: Path) -> Iterator[Reviewer]:
    """A new case under review, the link already used."""
    path = folder / "example.chronology"
    CaseFile.create(path, "Example family", "OFFICIAL-SENSITIVE", WHO, AT).close()
    desk, guard = Desk(path, WHO, lambda: AT), Guard(PORT)
    app = create_app(desk, guard)
    app.extensions["stop"] = lambda: None
    desk.begin()
    try:
        with app.test_client() as client:
            client.get(f"/start?ticket={guard.ticket}", base_url=guard.address)
            yield Reviewer(desk, guard, client)
    finally:
        desk.close()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]
