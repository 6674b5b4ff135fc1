"""Every different way in which the records name somebody, with how often and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from chronology.account import Account, Agency, Identifier, Mention, Source
from chronology.dates import Evidence, read_born, weigh
from chronology.identifiers import check, is_sound, nhs_digits, normal
from chronology.names import ParsedName, parse_name
from chronology.people.called import called, is_called_by_work, place_words
from chronology.people.numbered import Numbered
from chronology.vocabulary import is_professional_role, role_of

#: Roles that only a grown-up has; a child born later than this is somebody else.
ADULT_ROLES = frozenset(
    (
        "mother",
        "father",
        "parent",
        "stepfather",
        "stepmother",
        "grandmother",
        "grandfather",
        "maternal grandmother",
        "maternal grandfather",
        "paternal grandmother",
        "paternal grandfather",
        "husband",
        "wife",
        "mother's partner",
        "foster carer",
    )
)
#: kind, scope ("" for a national number, else agency and organisation), comparable form
Number = tuple[str, str, str]


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What tells one sighting from another: name, date of birth, numbers, worker or not."""

    name: str
    born: date
    numbers: tuple[Number, ...]
    is_worker: bool


@dataclass(slots=True)
class Sighting:
    """One way of naming somebody and the records that name them so."""

    key: Key
    parsed: ParsedName
    born: date | None
    is_worker: bool
    numbers: set[Number] = field(default_factory=set)
    sound: frozenset[Number] = frozenset()
    names: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    births: Counter[str] = field(default_factory=Counter)
    identifiers: Counter[Identifier] = field(default_factory=Counter)
    agencies: Counter[Agency] = field(default_factory=Counter)
    first_source: Source | None = None
    records: int = 0
    as_subject: int = 0
    first: date | None = None
    last: date | None = None
    #: The first day on which a record gives them a role or title of a grown-up.
    grown_by: date | None = None

    @staticmethod
    def of_day(name: ParsedName, day: date) -> Sighting:
        """A sighting on one day alone."""
        key = Key(name.written, date.min, (), is_worker=False)
        return Sighting(key, name, None, is_worker=False, first=day, last=day)

    @property
    def is_firm(self) -> bool:
        """Whether it says enough to be somebody on its own."""
        name = self.parsed
        if name.is_group:
            return False
        if name.is_full:
            return True
        anchored = bool(self.born or self.numbers) and not self.is_worker
        return anchored and (bool(name.forenames) or name.is_nameless_child)


#: Those whom one list of a record names, each with the sighting that is.
Listed = tuple[tuple[Mention, Sighting], ...]


@dataclass(slots=True)
class Record:
    """One account with the sightings of its lists, in their order.

    Records of one sender that name the same people in the same words share their lists.
    """

    id: str
    day: date | None
    subjects: Listed
    people: Listed
    file: str

    @property
    def lists(self) -> tuple[Listed, Listed]:
        """The two lists; within one, every mention is somebody else."""
        return (self.subjects, self.people)


def distinct(records: Iterable[Record]) -> Iterator[Record]:
    """One record of all that share both lists: what they name need be looked at once."""
    met: set[tuple[int, int]] = set()
    for record in records:
        lists = (id(record.subjects), id(record.people))
        if lists not in met:
            met.add(lists)
            yield record


def sightings(
    accounts: Sequence[Account], listed: Sequence[Mention] = ()
) -> tuple[list[Record], list[Sighting]]:
    """The records and every different sighting, in an order that is not the accounts' own."""
    places = place_words(frozenset(account.organisation for account in accounts))
    by_number = Numbered(accounts, listed)
    lists = _Lists(_Births(accounts), _shared_numbers(accounts), places, by_number)
    records = [
        Record(
            account.id,
            account.occurred.start or account.occurred.end,
            lists.read(account, account.subjects, is_subject=True),
            lists.read(account, account.people, is_subject=False),
            account.source.file,
        )
        for account in accounts
    ]
    lists.count()
    records.sort(key=lambda record: record.id)
    known = lists.known
    return records, [known[key] for key in sorted(known)]


def is_role_only(mention: Mention) -> bool:
    """Whether the name is nothing but a role of the family ("MGM", "mum")."""
    name = parse_name(mention.name)
    is_named = name.is_full or (name.is_nameless_child and bool(name.surnames or name.forenames))
    return not is_named and bool(role_of(mention.name))


def mention_role(mention: Mention) -> str:
    """The family role a mention gives, from its role or from its name, or ""."""
    return role_of(mention.role) or (role_of(mention.name) if is_role_only(mention) else "")


@dataclass(slots=True)
class _Tally:
    """One list as one sender writes it, with how many records bear it and when."""

    account: Account
    listed: Listed
    is_subject: bool
    first_source: Source
    records: int = 0
    first: date | None = None
    last: date | None = None

    def add(self, account: Account) -> None:
        """Counts one more record that bears it."""
        self.records += 1
        if account.source is not self.first_source and account.source < self.first_source:
            self.first_source = account.source
        day = account.occurred.start or account.occurred.end
        if day is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)


class _Lists:
    """The lists of all records, each different one of a sender read once."""

    def __init__(
        self,
        births: _Births,
        shared: frozenset[Number],
        places: frozenset[str],
        by_number: Numbered,
    ) -> None:
        self._births = births
        self._by_number = by_number
        self._places = places
        self._shared = shared
        self._tallies: dict[tuple[object, ...], _Tally] = {}
        self.known: dict[Key, Sighting] = {}

    def read(self, account: Account, mentions: tuple[Mention, ...], *, is_subject: bool) -> Listed:
        """The sightings of one list of a record."""
        sender = (account.agency, account.organisation, account.source.file)
        key = (mentions, sender, is_subject)
        tally = self._tallies.get(key)
        if tally is None:
            listed = tuple((m, self._found(account, m)) for m in dict.fromkeys(mentions))
            tally = _Tally(account, listed, is_subject, account.source)
            self._tallies[key] = tally
        tally.add(account)
        return tally.listed

    def count(self) -> None:
        """Adds up at each sighting how often and where it was met."""
        for tally in self._tallies.values():
            for mention, sighting in tally.listed:
                _count(sighting, mention, tally)

    def _found(self, account: Account, mention: Mention) -> Sighting:
        """Whom its number names elsewhere, unless a date of birth speaks against it."""
        named = self._by_number.named(mention, account.agency)
        if named is mention:
            return self._seen(account, mention)
        born, other = (self._births.born(m.born, account) for m in (mention, named))
        return self._seen(account, mention if born and other and born != other else named)

    def _seen(self, account: Account, mention: Mention) -> Sighting:
        numbers = frozenset(_numbers(account, mention.identifiers))
        sound = frozenset(_numbers(account, filter(is_sound, mention.identifiers)))
        born = self._births.born(mention.born, account)
        key, born = _key(mention, born, numbers & self._shared, sound)
        sighting = self.known.get(key)
        if sighting is None:
            parsed = called(mention, self._places)
            sighting = self.known[key] = Sighting(key, parsed, born, key.is_worker, sound=sound)
        sighting.numbers |= numbers
        return sighting


def _key(
    mention: Mention,
    born: date | None,
    shared: frozenset[Number],
    sound: frozenset[Number],
) -> tuple[Key, date | None]:
    """What tells the sighting from others, and its date of birth if that can be its own.

    An unborn child's is a due date or its mother's date of birth.

    Local numbers are needed to tell namesakes without a date of birth apart, and there only where
    another name bears them too: otherwise every incident number would make a sighting of its own.
    """
    parsed = parse_name(mention.name)
    if parsed.is_unborn:
        born = None
    is_settled = parsed.is_full and born is not None
    numbers = tuple(sorted(sound if is_settled else sound | shared))
    role = mention.role
    said = is_professional_role(role) if role else False
    worker = (said or (born is None and is_called_by_work(mention.name))) and not role_of(role)
    return Key(" ".join(mention.name.split()), born or date.min, numbers, worker), born


def _shared_numbers(accounts: Sequence[Account]) -> frozenset[Number]:
    """The numbers that stand beside more than one spelling of a name or date of birth."""
    beside: dict[Number, tuple[str, str]] = {}
    shared: set[Number] = set()
    for account in accounts:
        for mention in (*account.subjects, *account.people):
            if not mention.identifiers:
                continue
            for number in _numbers(account, mention.identifiers):
                said = (" ".join(mention.name.split()), mention.born)
                if beside.setdefault(number, said) != said:
                    shared.add(number)
    return frozenset(shared)


def _numbers(account: Account, identifiers: Iterable[Identifier]) -> Iterator[Number]:
    """The numbers as they are compared; a local one counts only where it was given."""
    for one in identifiers:
        flag = check(one)
        if flag and flag.code == "identifier-damaged":
            continue
        national = one.kind != "local" and (nhs_digits(one.text) or one.kind == "upn")
        scope = "" if national else f"{account.agency}|{account.organisation.casefold()}"
        plain = normal(one)
        if plain:
            yield (one.kind if national else "local", scope, plain)


def _count(sighting: Sighting, mention: Mention, tally: _Tally) -> None:
    times = tally.records
    sighting.records += times
    sighting.as_subject += times * tally.is_subject
    sighting.names[" ".join(mention.name.split())] += times
    sighting.agencies[tally.account.agency] += times
    for identifier in mention.identifiers:
        sighting.identifiers[identifier] += times
    if mention.role:
        sighting.roles[mention.role] += times
    if mention.born and sighting.born:
        sighting.births[mention.born] += times
    source = sighting.first_source
    if source is None or tally.first_source < source:
        sighting.first_source = tally.first_source
    first, last = tally.first, tally.last
    if first is None or last is None:
        return
    if tally.is_subject:
        sighting.first = min(sighting.first or first, first)
        sighting.last = max(sighting.last or last, last)
    if mention_role(mention) in ADULT_ROLES or sighting.parsed.is_adult:
        sighting.grown_by = min(sighting.grown_by or first, first)


class _Births:
    """Reads dates of birth, each file in the day and month order its own dates prove."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        texts: dict[str, list[str]] = defaultdict(list)
        latest: dict[str, date] = {}
        for account in accounts:
            file = account.source.file
            texts[file] += [m.born for m in (*account.subjects, *account.people) if m.born]
            day = account.occurred.end
            if day:
                latest[file] = max(latest.get(file, day), day)
        self._evidence: dict[str, Evidence] = {
            file: weigh(sorted(set(found))) for file, found in texts.items()
        }
        self._latest = latest
        self._read: dict[tuple[str, str], date | None] = {}

    def born(self, text: str, account: Account) -> date | None:
        """The date of birth a mention of this account gives, if it is a whole one."""
        if not text.strip():
            return None
        key = (account.source.file, text)
        if key not in self._read:
            self._read[key] = read_born(
                text,
                evidence=self._evidence[key[0]],
                not_after=self._latest.get(key[0]),
            )
        return self._read[key]
