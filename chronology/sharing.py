"""A copy for sharing: the words of records marked restricted or third party are withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from chronology.account import Account, LeftOut
from chronology.case import Chronology, ReadFile, Withheld
from chronology.conflicts import conflicts
from chronology.decisions import HANDLING, Decision
from chronology.marking import with_marks
from chronology.merge import Entry, Link, Parted, Question
from chronology.people import NOTHING_RULED, Cast, PersonRulings, person_rulings, resolve
from chronology.when import When

#: Stands in place of every word of a record that is withheld.
WITHHELD = "Restricted: words withheld"
#: Stands in place of reasons that would quote such a record.
NO_REASONS = "Not told: a record that it rests on is restricted."
#: The kind of a link with such a record, which its words alone tell.
NO_KIND = "linked"
#: Stands in place of a note or title of a file that repeats such a record.
NO_NOTE = "Withheld: it repeats words of a restricted record."

#: What the agencies' own systems are read to say of a record that they restrict as a whole.
_BY_AGENCY = (
    *("restricted the record", "marks this record as restricted"),
    "marked the record as sensitive",
)
#: Texts of fewer letters than this say nothing by themselves.
_LEAST = 4


def for_sharing(chronology: Chronology, decisions: Sequence[Decision] = ()) -> Chronology:
    """The chronology without a word of what is marked restricted or about a third party.

    ``decisions`` are those of its case that hold. Every record, row and pair stays counted. A
    record withheld has another id than in the case: its own is made of its words.
    """
    hidden = _hidden_ids(chronology)
    new_of = _withheld_accounts(chronology.accounts, hidden)
    told = _Told(chronology.accounts, hidden)
    left_out = tuple(_left_out(row, hidden, told) for row in chronology.left_out)
    cast = _cast(chronology, left_out, told, decisions, new_of)
    entries = tuple(_entry(entry, new_of, cast) for entry in chronology.entries)
    touched = sum(any(a.id in new_of for a in entry.accounts) for entry in chronology.entries)
    shared = replace(
        chronology,
        entries=entries,
        questions=tuple(_question(question, new_of, told) for question in chronology.questions),
        links=tuple(_link(link, new_of) for link in chronology.links),
        left_out=left_out,
        files=tuple(_file(file, told) for file in chronology.files),
        cast=cast,
        parted=tuple(_parted(parted, new_of) for parted in chronology.parted),
        about=replace(chronology.about, withheld=Withheld(touched, len(new_of))),
    )
    return with_marks(shared, [_decision(made, new_of) for made in decisions])


def standing_in_full(chronology: Chronology) -> int:
    """Entries that people marked restricted or third party, whose words an output would show."""
    return sum(any(mark.kind in HANDLING for mark in e.marks) for e in chronology.entries)


def _hidden_ids(chronology: Chronology) -> frozenset[str]:
    """Records that are marked, that stand with one marked, and further rows that say the same."""
    found: set[str] = set()
    for entry in chronology.entries:
        marks = [mark for mark in entry.marks if mark.kind in HANDLING]
        if marks:
            found.update(account.id for account in entry.accounts)
            found.update(one for mark in marks for one in mark.accounts)
        found.update(account.id for account in entry.accounts if _is_by_agency(account))
    alike = {_bare(one) for one in found}
    return frozenset(a.id for a in chronology.accounts if _bare(a.id) in alike)


def _is_by_agency(account: Account) -> bool:
    """Whether the agency itself restricted the whole record."""
    said = [flag.text for flag in account.flags if flag.code == "content-withheld"]
    return bool(said) and any(words in text for words in _BY_AGENCY
                              for text in (*said, account.narrative))  # fmt: skip


def _bare(one: str) -> str:
    return one.partition("-")[0]


def _withheld_accounts(accounts: Sequence[Account], hidden: Iterable[str]) -> dict[str, Account]:
    """By its id, what stands for each record that is withheld: when, by whom, and in which row."""
    wanted = frozenset(hidden)
    open_ones = [account for account in accounts if account.id not in wanted]
    organisations = {account.organisation for account in open_ones}
    systems = {account.system for account in open_ones}
    taken = Counter(_bare(account.id) for account in open_ones)
    found: dict[str, Account] = {}
    for account in (account for account in accounts if account.id in wanted):
        made = Account(
            agency=account.agency,
            source=account.source,
            occurred=_date(account.occurred),
            narrative=WITHHELD,
            outcome=WITHHELD,
            organisation=account.organisation if account.organisation in organisations else "",
            system=account.system if account.system in systems else "",
        )
        found[account.id] = replace(made, copy=taken[made.id])
        taken[made.id] += 1
    return found


def _date(when: When) -> When:
    """A date without the words it came in."""
    return replace(when, written="", flags=())


class _Told:
    """What only records that are withheld say, to know it again where else it stands."""

    def __init__(self, accounts: Sequence[Account], hidden: frozenset[str]) -> None:
        self.open_ones = [account for account in accounts if account.id not in hidden]
        openly = {text for account in self.open_ones for text in _texts(account)}
        texts = {t for a in accounts if a.id in hidden for t in _texts(a) if len(t) >= _LEAST}
        self._alone = tuple(sorted(texts - openly))

    def repeats(self, text: str) -> bool:
        """Whether a text holds what only a withheld record says."""
        said = _run_together(text)
        return any(alone in said for alone in self._alone)


def _texts(account: Account) -> Iterator[str]:
    """Every cell of a record, and everything it is read to say."""
    cells = (text for _, text in (*account.raw, *account.other))
    names = (mention.name for mention in (*account.subjects, *account.people))
    said = (
        *(account.narrative, account.outcome, account.event_type_written, account.professional),
        *(account.location, account.reference, account.child_voice, account.analysis),
        account.occurred.written,
    )
    return filter(None, map(_run_together, (*cells, *names, *said)))


def _run_together(text: str) -> str:
    return " ".join(text.split()).casefold()


def _left_out(row: LeftOut, hidden: frozenset[str], told: _Told) -> LeftOut:
    is_earlier = row.later in hidden
    if not is_earlier and not told.repeats("\n".join((row.reason, *row.cells))):
        return row
    reason = NO_NOTE if told.repeats(row.reason) else row.reason
    return LeftOut(row.source, reason, (WITHHELD,))


def _file(file: ReadFile, told: _Told) -> ReadFile:
    apart = ((sheet, at, _note(text, told)) for sheet, at, text in file.set_apart)
    notes = (_note(note, told) for note in file.notes)
    return replace(file, notes=tuple(dict.fromkeys(notes)), set_apart=tuple(apart))


def _note(text: str, told: _Told) -> str:
    return NO_NOTE if told.repeats(text) else text


def _cast(
    chronology: Chronology,
    left_out: Sequence[LeftOut],
    told: _Told,
    decisions: Sequence[Decision],
    new_of: Mapping[str, Account],
) -> Cast:
    """Who is who by the other records alone, where any is withheld."""
    if not new_of:
        return chronology.cast
    listed = tuple(row.person for row in left_out if row.person is not None)
    accounts = sorted(told.open_ones, key=lambda account: account.id)
    mentions = (m for a in accounts for m in (*a.subjects, *a.people))
    names = {" ".join(mention.name.split()) for mention in (*mentions, *listed)}
    return resolve(accounts, _rulings(decisions, names), listed)


def _rulings(decisions: Sequence[Decision], names: Iterable[str]) -> PersonRulings:
    """What people ruled about names that other records give too."""
    known = frozenset(names)
    ruled = person_rulings(decisions) if decisions else NOTHING_RULED
    return PersonRulings(
        same=frozenset(pair for pair in ruled.same if known.issuperset(pair)),
        different=frozenset(pair for pair in ruled.different if known.issuperset(pair)),
    )


def _entry(entry: Entry, new_of: Mapping[str, Account], cast: Cast) -> Entry:
    open_ones = tuple(account for account in entry.accounts if account.id not in new_of)
    if len(open_ones) == len(entry.accounts):
        return entry
    accounts = tuple(new_of.get(account.id, account) for account in entry.accounts)
    is_dating = entry.dated_by in new_of
    return replace(
        entry,
        id="E-" + min(account.id for account in accounts),
        accounts=accounts,
        written="" if is_dating else entry.written,
        type=entry.type if entry.type in {account.event_type for account in open_ones} else "",
        summary=entry.summary if _is_told(entry.summary, open_ones) else WITHHELD,
        dated_by=new_of[entry.dated_by].id if is_dating else entry.dated_by,
        reasons=(NO_REASONS,) if len(accounts) > 1 else (),
        conflicts=conflicts(open_ones, cast),
    )


def _is_told(summary: str, accounts: Iterable[Account]) -> bool:
    """Whether the beginning of one of these records is what stands on the entry's line."""
    shown = _run_together(summary.removesuffix(" …"))
    return any(
        _run_together(text).startswith(shown)
        for a in accounts
        for text in (a.narrative, a.event_type_written, a.outcome)
    )


def _question(question: Question, new_of: Mapping[str, Account], told: _Told) -> Question:
    a, b = new_of.get(question.a.id), new_of.get(question.b.id)
    if a is None and b is None:
        # What it says of others that stand with the two may repeat one that is withheld.
        against = (NO_REASONS if told.repeats(r) else r for r in question.reasons_against)
        return replace(question, reasons_against=tuple(against))
    return Question(a or question.a, b or question.b, question.score, (NO_REASONS,), (NO_REASONS,))


def _parted(parted: Parted, new_of: Mapping[str, Account]) -> Parted:
    """What was parted, by the ids the records have in the copy; why only where all stand in it."""
    left, stays, one, other = (
        new_of[id_].id if id_ in new_of else id_
        for id_ in (parted.left, parted.stays, *parted.between)
    )
    is_open = new_of.keys().isdisjoint((parted.left, parted.stays, *parted.between))
    return Parted(left, stays, (one, other), parted.why if is_open else NO_REASONS)


def _link(link: Link, new_of: Mapping[str, Account]) -> Link:
    a, b = new_of.get(link.a.id), new_of.get(link.b.id)
    if a is None and b is None:
        return link
    return replace(
        link,
        a=a or link.a,
        b=b or link.b,
        kind=NO_KIND,
        reasons=(NO_REASONS,),
        ruled="Confirmed by a person" if link.ruled else "",
    )


def _decision(made: Decision, new_of: Mapping[str, Account]) -> Decision:
    """A decision about a withheld record, without its words: a date set, and when and by whom."""
    if not any(one in new_of for one in made.accounts):
        return made
    accounts = tuple(new_of[one].id if one in new_of else one for one in made.accounts)
    value = made.value if made.kind == "date" else "" if made.kind in HANDLING else WITHHELD
    return replace(made, accounts=accounts, value=value, reason="")
