"""Small invented records, entries and chronologies for tests: say only what matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time

from chronology.account import Account, Agency, LeftOut, Mention, Source
from chronology.case import About, Chronology, ReadFile, Refused
from chronology.merge import Entry, Link, Question
from chronology.people import Cast, Person
from chronology.when import Precision, When

SHA = "ab" * 32


def a_day(text: str = "2013-03-14", clock: str = "") -> When:
    """A day as a record gives it, with a time where one is given."""
    day = date.fromisoformat(text)
    at = time.fromisoformat(clock) if clock else None
    precision = Precision.MINUTE if at else Precision.DAY
    return When(day.strftime("%d/%m/%Y"), precision, day, day, at)


def a_stretch(precision: Precision, start: str, end: str, written: str = "as written") -> When:
    """A date that is not one day; "" for a side that is not known."""
    first, last = (date.fromisoformat(text) if text else None for text in (start, end))
    return When(written, precision, first, last)


def an_account(**changes: object) -> Account:
    """A police record of 14 March 2013 about Jo EXAMPLE, with changes."""
    told = Account(
        agency=Agency.POLICE,
        source=Source("police.csv", "", 5, SHA),
        occurred=a_day(),
        narrative="Officers attended the address.",
        subjects=(Mention("Jo EXAMPLE"),),
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def an_entry(*accounts: Account, **changes: object) -> Entry:
    """An entry of these accounts, dated by the first of them."""
    first = accounts[0]
    when = first.occurred
    entry = Entry(
        id=f"entry-{first.id}",
        accounts=accounts,
        start=when.start,
        end=when.end,
        clock=when.clock,
        precision=when.precision,
        written=when.written,
        type=first.event_type,
        agencies=tuple(dict.fromkeys(account.agency for account in accounts)),
        summary=first.narrative[:60],
        confidence=1.0 if len(accounts) == 1 else 0.9,
        dated_by=first.id,
        reasons=() if len(accounts) == 1 else ("Same day and same address.",),
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def a_child(name: str = "Jo EXAMPLE", born: str = "2010-01-20", **changes: object) -> Person:
    """A child the records are about."""
    child = Person(f"p-{name}", (name,), date.fromisoformat(born), is_subject=True)
    return replace(child, **changes)  # type: ignore[arg-type]


def a_cast(entries: Iterable[Entry], *persons: Person) -> Cast:
    """Persons, with every mention placed whose name is one of theirs."""
    of_name = {name: person.id for person in persons for name in person.names}
    placed = {
        (account.id, mention): of_name[mention.name]
        for entry in entries
        for account in entry.accounts
        for mention in account.subjects + account.people
        if mention.name in of_name
    }
    return Cast(persons, placed)


def a_chronology(
    *entries: Entry,
    persons: tuple[Person, ...] = (),
    questions: tuple[Question, ...] = (),
    links: tuple[Link, ...] = (),
    left_out: tuple[LeftOut, ...] = (),
    refused: tuple[Refused, ...] = (),
    about: About | None = None,
    files: tuple[ReadFile, ...] | None = None,
) -> Chronology:
    """A chronology of these entries whose files balance."""
    return Chronology(
        entries=entries,
        questions=questions,
        links=links,
        left_out=left_out,
        files=_files(entries, left_out) if files is None else files,
        refused=refused,
        cast=a_cast(entries, *persons),
        about=about or About(version="9.9.9"),
    )


def _files(entries: tuple[Entry, ...], left_out: tuple[LeftOut, ...]) -> tuple[ReadFile, ...]:
    accounts = [account for entry in entries for account in entry.accounts]
    sources = [account.source for account in accounts] + [row.source for row in left_out]
    agencies: Mapping[str, Agency] = {account.source.file: account.agency for account in accounts}
    return tuple(
        ReadFile(
            file=file,
            kind="csv",
            sha256=SHA,
            agency=agencies.get(file, Agency.OTHER),
            organisation="",
            system="",
            rows_read=sum(source.file == file for source in sources),
            rows_in=sum(account.source.file == file for account in accounts),
            rows_out=sum(row.source.file == file for row in left_out),
        )
        for file in dict.fromkeys(source.file for source in sources)
    )
