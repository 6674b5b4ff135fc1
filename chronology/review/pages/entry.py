"""One entry whole: its accounts, what they differ in, and what a person may add or move."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from chronology.casefile import Version
from chronology.decisions import LINKING, Decision
from chronology.merge import Entry
from chronology.review.dating import (
    TIME_NEEDS_DAY,
    day_or_words,
    has_time_without_day,
    typed_date,
)
from chronology.review.desk import Desk, Wanted
from chronology.review.filters import PAGE
from chronology.review.pages.here import (
    Refused,
    desk_here,
    number,
    record,
    refused,
    said,
    seen,
    standing_here,
)
from chronology.review.pages.questions import key_of
from chronology.review.standing import Standing, cards_of, pair_of_question

blueprint = Blueprint("entry", __name__)

#: Entries before and after that an account can be moved to from a list.
REACH = 6

#: What is said once a mark is made.
MARKED: dict[str, str] = {
    "date": (
        "The date was set. It is shown beside the entry. The dates the records give stay, and the "
        "entry keeps its place in the list."
    ),
    "wording": "The wording was set. The agencies’ own words stand beside it.",
    "significant": "Marked as significant.",
    "analysis": "The analysis was added.",
    "third_party": "Marked as about a third party.",
    "restricted": "Marked as restricted.",
}
#: Marks that say nothing without a value.
NEED_A_VALUE = frozenset({"date", "wording", "analysis"})

#: What is said of a decision about a link just made.
LINK_DECIDED: dict[str, str] = {
    "linked": "The link was confirmed.",
    "not_linked": "The link was removed.",
}
#: What the form sends for an entry of its own.
OWN = "own"

NO_REASON = "Give a reason: it is kept with the decision."

#: What a version of a record is called.
VERSION_WORDS: dict[str, str] = {
    "new": "first sent in {}",
    "changed": "sent again with other words in {}",
    "reread": "read anew from {}, with what was corrected",
    "corrected": "read anew from {}, with what was corrected",
    "withdrawn": "no longer in {}, though it covers that time",
    "returned": "sent again in {}",
    "manual": "entered by hand",
    "undone": "taken back",
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entry an account can be moved to: one of its accounts, and what it says."""

    id: str
    text: str


@blueprint.get("/entry/<account_id>")
def entry(account_id: str) -> str:
    """The entry an account stands in."""
    standing = standing_here()
    found = standing.entry_of(account_id)
    if found is None:
        abort(404, "This account is not in the case. It may have been removed.")
    return _page(standing, found, Refused())


def _page(standing: Standing, found: Entry, not_taken: Refused) -> str:
    desk = desk_here()
    shown = standing.shown(found)
    versions = _versions(desk, found)
    return render_template(
        "entry.html",
        e=shown,
        told=cards_of(shown.accounts),
        first=found.accounts[0].id,
        added=found.marks,
        history=_history(versions, found, desk),
        neighbours=_neighbours(standing, found),
        open_questions=_open_questions(desk, found),
        versions=_changes(versions),
        refused=not_taken,
        here=url_for("entry.entry", account_id=found.accounts[0].id),
        **_places(standing, found),
    )


@blueprint.get("/entries/<int:number>")
def numbered(number: int) -> Response:
    """The entry that bears a number now."""
    entries = standing_here().chronology.entries
    if not 0 < number <= len(entries):
        abort(404, "There is no entry of this number.")
    return seen(url_for("entry.entry", account_id=entries[number - 1].accounts[0].id))


@blueprint.post("/entry/<account_id>/<name>")
def act(account_id: str, name: str) -> str | Response:
    """Adds a mark to an entry, or moves one of its accounts."""
    standing = standing_here()
    found = standing.entry_of(account_id)
    if found is None or (name not in ("move", "link", "join") and name not in MARKED):
        abort(404)
    form, (field, why) = name, ("", "")
    if name == "move":
        form, (field, why) = f"move-{said('account')}", _moved(standing, found)
    elif name == "link":
        form, (field, why) = f"link-{'-'.join(_records())}", _linked(found)
    elif name == "join":
        field, why = _joined(standing, found)
    else:
        field, why = _marked(found, name)
    if not why:
        return seen(url_for("entry.entry", account_id=account_id))
    return _page(standing_here(), found, refused(form, field, why))


def _records() -> tuple[str, ...]:
    """The two records of the link that a form is about."""
    return tuple(request.form.getlist("record"))[:2]


#: The field that is wrong, and what is; "" where nothing is.
Fault = tuple[str, str]


def _marked(entry: Entry, kind: str) -> Fault:
    value = said("value", 20_000)
    if kind in NEED_A_VALUE and not value:
        return "value", "Nothing was written, so nothing was set."
    if kind == "date" and (why := _wrong_date(value)):
        return "value", why
    if not said("reason"):
        return "reason", NO_REASON
    accounts = tuple(account.id for account in entry.accounts)
    kept = day_or_words(value) if kind == "date" else value
    return "value", record([(kind, accounts, kept)], said("reason"), MARKED[kind])


def _wrong_date(value: str) -> str:
    when = typed_date(value)
    if when.is_known:
        return TIME_NEEDS_DAY if has_time_without_day(when) else ""
    return (
        f"“{value}” is no date this program knows. Write it like 14 March 2013, March 2013 or "
        "about 2013."
    )


def _linked(entry: Entry) -> Fault:
    kind, records = said("kind"), _records()
    if len(records) != 2 or not {a.id for a in entry.accounts} & set(records):
        abort(404)
    if kind not in LINKING:
        return "kind", "Choose whether the link is confirmed or removed."
    if not said("reason"):
        return "reason", NO_REASON
    return "kind", record([(kind, records, "")], said("reason"), LINK_DECIDED[kind])


def _joined(standing: Standing, entry: Entry) -> Fault:
    """Links an entry with another that the program did not link it with."""
    target = _target(standing) if said("number") else None
    there = standing.entry_of(target) if target else None
    if there is None:
        return "number", "There is no entry of that number."
    if there is entry:
        return "number", "That is this entry."
    if not said("reason"):
        return "reason", NO_REASON
    records = (entry.accounts[0].id, there.accounts[0].id)
    return "number", record([("linked", records, "")], said("reason"), LINK_DECIDED["linked"])


def _moved(standing: Standing, entry: Entry) -> Fault:
    account = said("account")
    if account not in {a.id for a in entry.accounts}:
        abort(404)
    if not said("to") and not said("number"):
        return "to", "Choose where the account goes, or write the number of an entry."
    target = _target(standing)
    if target is None:
        return "number", "There is no entry of that number."
    there = standing.entry_of(target) if target else None
    if there is entry:
        return "to", "The account stands in that entry already."
    if not said("reason"):
        return "reason", NO_REASON
    return "to", record(_moves(entry, account, there), said("reason"), _where_to(there))


def _moves(entry: Entry, account: str, there: Entry | None) -> list[Wanted]:
    """Apart from each account it stood with, and together with one of those it goes to."""
    left = [a.id for a in entry.accounts if a.id != account]
    wanted: list[Wanted] = [("different", (account, other), "") for other in left]
    if there is not None:
        wanted.append(("same", (account, there.accounts[0].id), ""))
    return wanted


def _where_to(there: Entry | None) -> str:
    if there is None:
        return "The account now stands in an entry of its own."
    return "The account was moved to the other entry."


def _target(standing: Standing) -> str | None:
    """An account of the entry to move to; "" for an entry of its own, None for no such entry."""
    if not said("number"):
        return "" if said("to") == OWN else said("to")
    at = number(said("number"))
    entries = standing.chronology.entries
    return entries[at - 1].accounts[0].id if 0 < at <= len(entries) else None


def _history(versions: list[tuple[Version, ...]], entry: Entry, desk: Desk) -> list[Decision]:
    """Every decision that names one of the accounts, the latest first, undone ones included."""
    ids = {account.id for account in entry.accounts}
    ids |= {version.account.id for told in versions for version in told}
    return [d for d in reversed(desk.decisions) if ids & set(d.accounts)]


def _neighbours(standing: Standing, entry: Entry) -> list[Neighbour]:
    found = standing.around(entry, REACH)
    shown = [(near.accounts[0].id, standing.shown(near)) for near in found]
    return [
        Neighbour(id_, f"Entry {e.number}, {e.date_text}: {e.summary[:60]}") for id_, e in shown
    ]


def _open_questions(desk: Desk, entry: Entry) -> list[tuple[str, str]]:
    ids = {account.id for account in entry.accounts}
    return [
        (key_of(pair_of_question(q)), f"{q.a.source} and {q.b.source}")
        for q in desk.questions()
        if q.a.id in ids or q.b.id in ids
    ]


def _places(standing: Standing, entry: Entry) -> dict[str, object]:
    """The entries on either side, and the page of the timeline that shows this one."""
    entries = standing.chronology.entries
    at = standing.place[entry.accounts[0].id]
    return {
        "earlier": entries[at - 1] if at else None,
        "later": entries[at + 1] if at + 1 < len(entries) else None,
        "page": at // PAGE + 1,
    }


def _versions(desk: Desk, entry: Entry) -> list[tuple[Version, ...]]:
    with desk.case() as case:
        return [case.history(account.id) for account in entry.accounts]


def _changes(versions: list[tuple[Version, ...]]) -> list[str]:
    """Where an account was sent more than once in other words, or is no longer sent."""
    return [_version_words(one) for told in versions if len(told) > 1 for one in told]


def _version_words(version: Version) -> str:
    words = VERSION_WORDS.get(version.status, version.status).format(version.source)
    return f"{version.at[:10]}: {words}. It says: {version.account.narrative}"
