"""Records that name nobody in so many words as whom they are about, and yet name the family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chronology.account import Account
from chronology.people.called import is_called_by_work
from chronology.people.cast import Cast
from chronology.vocabulary import is_professional_role

#: The doubt that a record does not say whom it is about.
MISSING = "subject-missing"


def about_somebody(accounts: Iterable[Account], cast: Cast) -> tuple[Account, ...]:
    """The accounts; the doubt about whom stays only where a record names nobody of the case.

    A list of persons involved says whom a record is about as well as a column of its own would.
    """
    return tuple(
        replace(account, flags=tuple(flag for flag in account.flags if flag.code != MISSING))
        if any(flag.code == MISSING for flag in account.flags) and _names_somebody(account, cast)
        else account
        for account in accounts
    )


def _names_somebody(account: Account, cast: Cast) -> bool:
    """Whether anybody is named who can be told from others and is not there by profession."""
    return any(
        cast.person_of(account, one) is not None
        for one in account.people
        if not is_professional_role(one.role) and not is_called_by_work(one.name)
    )
