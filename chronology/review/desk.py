"""The case on the reviewer's desk: opened, compared in the background, decided at once.

Comparing every pair of a large case takes a while, so it is done once, beside the pages, and
again only when accounts are added. A decision is written to the case file first; the entries are
then decided again from what was compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, RLock

from chronology.account import Account, Agency
from chronology.case import Wishes
from chronology.casefile import Added, AddedFile, CaseFile, Purged, SourceFile
from chronology.casefile.putting import Contents
from chronology.decisions import RULING, Decision, Pair, pair_of
from chronology.errors import ChronologyError
from chronology.marking import partings
from chronology.merge import PRESETS, Parted, Preset, Question
from chronology.review.background import Background
from chronology.review.compared import Compared, compared
from chronology.review.handed import Handed
from chronology.review.standing import Standing, pair_of_question, standing_of
from chronology.review.tally import Tally
from chronology.review.uploads import Inbox, sha256_of

#: How long a page waits for a decision just made to show before it shows what stood before.
PATIENCE = 0.1
#: How long a page waits that shows what a decision did.
LONG_PATIENCE = 5.0
#: How long a page waits for the case to be read, in seconds.
LONGEST_READING = 60.0
#: Kinds of decision that change what is compared, not only what is made of it.
RECOMPARED = frozenset({"manual", "persons_same", "persons_different", "dismissed"})

#: Lines of the log that say nothing new of what the case holds.
HARMLESS = frozenset({"build", "download", "keep", "take"})
#: What the next page says where another program changed the case.
CHANGED = "The case was changed elsewhere; it is being read again."

#: A decision to be written: kind, account ids, value.
Wanted = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence told once, at the top of the next page."""

    text: str
    is_fault: bool = False
    #: Decisions that the sentence is about and that one press can undo.
    undo: tuple[int, ...] = ()


@dataclass
class Desk:
    """One case file under review by one person."""

    path: Path
    who: str
    now: Callable[[], str]
    preset: Preset = PRESETS["default"]
    inbox: Inbox = field(init=False)
    notices: list[Notice] = field(default_factory=list)
    #: The files handed over in this run, by number: only these can be read again.
    handed: dict[int, Handed] = field(default_factory=dict)
    standing: Standing | None = None
    #: Every decision made, undone ones included.
    decisions: tuple[Decision, ...] = ()
    #: Pairs asked again although they were answered, and why.
    to_confirm: Mapping[Pair, str] = field(default_factory=dict)
    #: Every pair asked in this run, so that one undone can be shown again at once.
    asked: dict[Pair, Question] = field(default_factory=dict)
    account_of: Mapping[str, Account] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    #: What rulings had taken apart at the last look.
    parted: tuple[Parted, ...] | None = None
    _contents: Contents | None = None
    _compared: Compared | None = None
    _file: RLock = field(default_factory=RLock)
    #: The last line of the log (number, hash) that what is held here takes account of.
    _seal: tuple[int, str] | None = None
    #: How often what was held was dropped: what was begun before is not kept.
    era: int = 0

    def __post_init__(self) -> None:
        self.work = Background(self._compare, self._settle)
        self._read = Event()
        with self.case() as case:
            self.title, self.marking = case.title, case.marking
            self.decisions = case.decisions()
        self.inbox = Inbox()

    @contextmanager
    def case(self) -> Iterator[CaseFile]:
        """The case file, open for one step; steps follow one another.

        What others did since the step before is noticed first, and what they do meanwhile later.
        """
        with self._file, CaseFile.open(self.path) as case:
            others = case.changes_elsewhere()
            self._notice(case)
            try:
                yield case
            finally:
                if case.changes_elsewhere() == others:
                    self._seal = case.seal()

    def look(self) -> bool:
        """Whether another program changed the case; what was held of it is dropped then."""
        era = self.era
        with CaseFile.open(self.path) as case:
            is_known = case.seal() == self._seal
        if not is_known:  # by somebody else, or by a step of ours that is just ending
            with self.case():
                pass
        if self.work.fault and not self._read.is_set():  # as where the other was still writing
            self.work.ask(slow=True)
        return self.era != era

    def begin(self) -> None:
        """Starts reading and comparing in the background."""
        self.work.ask(slow=True)

    def close(self) -> None:
        """Ends the background work and removes the files handed over."""
        self.work.stop()
        self.inbox.close()

    def tell(self, text: str, *, is_fault: bool = False, undo: Sequence[int] = ()) -> None:
        """Says something on the next page."""
        self.notices.append(Notice(text, is_fault, tuple(undo)))

    def told(self) -> list[Notice]:
        """What was to be said, once."""
        said, self.notices = self.notices, []
        return said

    @property
    def contents(self) -> Contents:
        """Everything the case holds; waits until it has been read."""
        is_read = self._read.wait(LONGEST_READING)
        held = self._contents
        if not is_read or held is None:
            raise ChronologyError(self.work.fault or "The case is still being read. Look again.")
        return held

    def add(self, paths: Sequence[Path], wishes: Wishes) -> Added:
        """Takes files into the case; comparing starts again."""
        with self.case() as case:
            added = case.add(paths, wishes, self.who, self.now())
        self._hold(paths, wishes, added.files)
        self._reread()
        self.work.ask(slow=True)
        return added

    def enter(self, account: Account, reason: str) -> Decision:
        """Takes in an account entered by hand."""
        with self.case() as case:
            made = case.enter(account, self.who, self.now(), reason)
        self._reread()
        self.work.ask(slow=True)
        return made

    def hand_over(self, source: SourceFile, path: Path) -> Handed:
        """A file of the case that was handed over again, to look at its columns; not added."""
        with self.case() as case:
            given, mapping = case.stated(source.number)
        number = max(self.handed, default=0) + 1
        gave = AddedFile(source.file, source=source.number)
        self.handed[number] = Handed(
            number, path, given, gave, mapping, Agency(source.agency), was_added=False
        )
        return self.handed[number]

    def remove(self, source: SourceFile, reason: str) -> Purged:
        """Removes a file and what only it told from the case, for good."""
        with self.case() as case:
            done = case.purge(self.who, self.now(), reason, source=source.number)
            stays = {n: h for n, h in self.handed.items() if _is_other(h.path, source.sha256)}
            self._forget(case)
            self.handed = stays
            self.inbox.empty(held.path for held in stays.values())
        self.work.ask(slow=True)
        return done

    def dismiss(self, file: str, reason: str) -> Decision:
        """Settles that a file that could not be read is not needed."""
        with self.case() as case:
            made = case.dismiss(file, self.who, self.now(), reason)
        self._reread()
        self.work.ask(slow=True)
        return made

    def took_away(self, name: str, sha256: str) -> None:
        """Notes an output that was handed out in the log of the case."""
        with self.case() as case:
            case.handed_out([(name, sha256)], self.who, self.now())

    def moved_by(self) -> str:
        """How the number of questions moved since the last look, beside the answers; in words."""
        asked = frozenset(pair_of_question(q) for q in self.questions())
        ruled = frozenset(pair_of(*d.accounts[:2]) for d in self.rulings())
        return self.tally.since(self._compared, asked, ruled)

    def newly_parted(self) -> tuple[str, ...]:
        """What the answers since the last look took out of its entry, and why."""
        if self.standing is None:
            return ()
        chronology, known = self.standing.chronology, self.parted
        self.parted = chronology.parted
        return () if known is None else partings(chronology, known)

    def decide(self, wanted: Sequence[Wanted], reason: str) -> tuple[Decision, ...]:
        """Writes decisions, all of them or none, and lets them take effect."""
        told = [(kind, accounts, value, reason) for kind, accounts, value in wanted]
        with self.case() as case:
            made = case.decide_all(told, self.who, self.now())
            self.decisions = case.decisions()
        is_slow = any(kind in RECOMPARED for kind, _, _ in wanted)
        if is_slow:
            self._reread()
        self.work.ask(slow=is_slow)
        return made

    def undo(self, numbers: Sequence[int], reason: str = "") -> None:
        """Takes decisions back, the last first; they stay in the log."""
        kinds = {d.kind for d in self.decisions if d.seq in numbers}
        with self.case() as case:
            for number in sorted(numbers, reverse=True):
                case.undo(number, self.who, self.now(), reason)
            self.decisions = case.decisions()
        if kinds & RECOMPARED:
            self._reread()
        self.work.ask(slow=bool(kinds & RECOMPARED))

    def current(self) -> Standing | None:
        """The entries after the last decision, if they can be had without a long wait."""
        self.work.wait(LONG_PATIENCE if self.standing else PATIENCE)
        return self.standing

    def questions(self) -> tuple[Question, ...]:
        """What is still to be asked: what was decided since the last look is not."""
        self.work.wait_if_quick(PATIENCE)
        standing = self.standing
        if standing is None:
            return ()
        fresh = frozenset(pair_of(*d.accounts[:2]) for d in self.rulings() if d.seq > standing.seq)
        asked = standing.chronology.questions
        return tuple(q for q in asked if pair_of_question(q) not in fresh)

    def rulings(self) -> tuple[Decision, ...]:
        """Every answer that holds, oldest first."""
        return tuple(d for d in self.decisions if d.kind in RULING and d.undone_by is None)

    def _hold(self, paths: Sequence[Path], wishes: Wishes, gave: Sequence[AddedFile]) -> None:
        """Keeps in mind where each file lies and what it gave, to look at its columns."""
        of_name = {file.file: file for file in gave}
        mapping = next(iter(wishes.mappings), None)
        for path in paths:
            file = of_name.get(path.name) or AddedFile(path.name)
            before = next((h.number for h in self.handed.values() if h.path == path), 0)
            number = before or max(self.handed, default=0) + 1
            self.handed[number] = Handed(number, path, wishes.given, file, mapping)

    def _notice(self, case: CaseFile) -> None:
        """Drops what is held where the log has lines that are not ours."""
        seal = case.seal()
        if self._seal is not None and seal != self._seal:
            lines = case.log()
            at, before = self._seal
            is_same_log = len(lines) >= at and lines[at - 1].hash == before
            did = {line.what for line in lines[at:]} if is_same_log else {"purge"}
            if did - HARMLESS:
                self._drop(case, is_purged="purge" in did)
        self._seal = seal

    def _drop(self, case: CaseFile, *, is_purged: bool) -> None:
        """Forgets everything held of the case, and has it read and compared again."""
        if is_purged:
            self.handed, self.notices = {}, []
            self.inbox.empty()
        self._forget(case)
        self.tell(CHANGED)
        self.work.ask(slow=True)

    def _forget(self, case: CaseFile) -> None:
        """Holds nothing of the case any more until it is read again."""
        self.era += 1
        self._read.clear()
        self._contents = self._compared = self.standing = None
        self.asked, self.to_confirm, self.account_of = {}, {}, {}
        self.parted = None
        self.title, self.marking = case.title, case.marking
        self.decisions = case.decisions()

    def _reread(self) -> None:
        """Everything the case holds, as it stands."""
        with self.case() as case:
            held = case.contents()
            self._contents = held
            self.decisions = case.decisions()
            self.account_of = {account.id: account for account in held.accounts}
            self._read.set()

    def _compare(self) -> None:
        if not self._read.is_set():
            self._reread()
        with self._file:
            era, held = self.era, self._contents
        if held is None:
            return
        made = compared(held)
        with self._file:
            if era == self.era:
                self._compared = made

    def _settle(self) -> None:
        with self.case() as case:
            rulings = case.rulings()
            decisions = case.decisions()
            held = case.decisions_now()
            era, made = self.era, self._compared
        if made is None:
            return
        chronology = made.settled(self.preset, rulings, held)
        standing = standing_of(chronology, max((d.seq for d in decisions), default=0))
        with self._file:
            if era == self.era:
                self.asked.update((pair_of_question(q), q) for q in chronology.questions)
                self.to_confirm = rulings.to_confirm
                self.standing = standing


def _is_other(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) != sha256
