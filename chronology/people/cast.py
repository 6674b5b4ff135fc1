"""The persons of a case and who each mention is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chronology.account import Account, Identifier, Mention
from chronology.vocabulary import is_professional_role


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the case, with every name they go by and why those names are one person.

    ``names`` are spellings as written, the commonest first. ``born`` is the date of birth most
    records agree on, or None. ``roles`` are the roles records give, as written.
    """

    id: str
    names: tuple[str, ...]
    born: date | None = None
    identifiers: tuple[Identifier, ...] = ()
    roles: tuple[str, ...] = ()
    #: Sentences: why the names were taken for one person, and what does not fit.
    reasons: tuple[str, ...] = ()
    is_subject: bool = False


class Placed(Mapping[tuple[str, Mention], str]):
    """(account id, mention) -> person id, held as one small table for all accounts placed alike."""

    __slots__ = ("_tables",)

    def __init__(self, tables: Mapping[str, Mapping[Mention, str]]) -> None:
        self._tables = tables

    def __getitem__(self, key: tuple[str, Mention]) -> str:
        return self._tables[key[0]][key[1]]

    def __iter__(self) -> Iterator[tuple[str, Mention]]:
        return ((account_id, m) for account_id, table in self._tables.items() for m in table)

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the case and, for each account, who its mentions are."""

    persons: tuple[Person, ...]
    #: (account id, mention) -> person id. A mention nobody can place is absent.
    placed: Mapping[tuple[str, Mention], str]

    def person_of(self, account: Account, mention: Mention) -> str | None:
        """The id of the person a mention of an account is, where that is known."""
        return self.placed.get((account.id, mention))

    def subjects_of(self, account: Account) -> frozenset[str]:
        """The ids of the persons a record is about, as far as they are known."""
        key = account.id
        found = (self.placed.get((key, mention)) for mention in account.subjects)
        return frozenset(person for person in found if person)

    def relatives_of(self, account: Account) -> frozenset[str]:
        """The ids of everyone else a record names who is not there by profession."""
        key = account.id
        found = (
            self.placed.get((key, mention))
            for mention in account.people
            if not is_professional_role(mention.role)
        )
        return frozenset(person for person in found if person)
