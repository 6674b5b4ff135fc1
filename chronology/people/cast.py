"""The persons of a case and who each mention is."""

from __future__ import annotations

from collections.abc import Mapping
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
