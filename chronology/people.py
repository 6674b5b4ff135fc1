"""Who is who: the names in every record resolved to the persons of the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chronology.account import Account, Identifier, Mention


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


def resolve(accounts: Sequence[Account]) -> Cast:
    """The persons of the case and who each mention is; does not depend on the accounts' order."""
    raise NotImplementedError
