"""Children whom a return names by a number alone, found again under the name others give them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from chronology.account import Account, Agency, Identifier, Mention
from chronology.identifiers import normal
from chronology.names import likeness, parse_name

#: Kind, whose number it is ("" for a national one, else the agency), comparable form.
_Number = tuple[str, str, str]
#: Whoever hands over a list of persons need not be the agency whose numbers they are.
ANY_AGENCY = "any"


def is_numbered(name: str) -> bool:
    """Whether somebody is called by a number alone: "Child ID 100234"."""
    return parse_name(name).label.startswith("child numbered")


class Numbered:
    """Whose each number is, by the records and lists that give it beside a name."""

    def __init__(self, accounts: Sequence[Account], listed: Iterable[Mention] = ()) -> None:
        wanted = {
            number
            for account in accounts
            for mention in account.subjects
            if is_numbered(mention.name)
            for number in _numbers(mention, account.agency)
        }
        self._bearers: defaultdict[_Number, Counter[Mention]] = defaultdict(Counter)
        if wanted:
            self._collect(accounts, listed)

    def named(self, mention: Mention, agency: Agency) -> Mention:
        """The mention under the name its number has elsewhere; as it is where none is certain."""
        if not self._bearers or not is_numbered(mention.name):
            return mention
        for number in _numbers(mention, agency):
            named = self._one(number)
            if named is not None:
                return named
        return mention

    def _collect(self, accounts: Sequence[Account], listed: Iterable[Mention]) -> None:
        for account in accounts:
            for mention in account.subjects:
                if mention.identifiers and not is_numbered(mention.name):
                    for number in _numbers(mention, account.agency):
                        self._bearers[number][mention] += 1
        for mention in listed:
            for number in _numbers(mention, ANY_AGENCY):
                self._bearers[number][mention] += 1

    def _one(self, number: _Number) -> Mention | None:
        """Who bears a number, if all who are named with it can be one person."""
        kind, whose, text = number
        found = Counter(self._bearers.get(number, {}))
        if whose:
            found.update(self._bearers.get((kind, ANY_AGENCY, text), {}))
        if not found:
            return None
        best = min(found, key=lambda m: (not m.born, -found[m], m.name, m.born))
        whole = parse_name(best.name)
        alike = (likeness(whole, parse_name(other.name)) for other in found)
        return best if all(like.is_possible for like in alike) else None


def _numbers(mention: Mention, agency: str) -> Iterator[_Number]:
    for one in mention.identifiers:
        text = normal(one)
        if text:
            yield (one.kind, "" if _is_national(one) else agency, text)


def _is_national(one: Identifier) -> bool:
    return one.kind != "local"
