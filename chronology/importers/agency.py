"""Which agency sent a file, or a row of it, and on what evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from chronology.account import Agency
from chronology.flags import Flag
from chronology.importers.registry import IMPORTERS
from chronology.importers.wording import plain
from chronology.vocabulary import agency_of_organisation, agency_of_role, agency_of_system, classify

#: A name that says less than this does not say which agency it is.
NAMED = 0.5
#: How far the headings or workers of one agency must lead those of the next.
LEAD = 2.0
#: Rows whose workers and event types are looked at, and the share that must speak for an agency.
LOOKED_AT = 400
SHARE = 0.25
#: Groups of event types that only one agency records much of.
TYPE_GROUPS = {
    "POLICE": Agency.POLICE,
    "HEALTH": Agency.HEALTH,
    "EDU": Agency.EDUCATION,
    "CARE": Agency.SOCIAL_CARE,
}
#: What to do where nothing tells.
SAY = "Say which with --agency, or write it in a mapping."


@dataclass(frozen=True, slots=True)
class Clues:
    """Everything in and about a file that can tell who sent it."""

    file: str
    place: str = ""
    #: Organisations, agencies and systems named above the tables.
    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    #: One value for each row that fills the column.
    agencies: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    event_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The agency of a file and why; ``by_row`` where the rows name theirs."""

    agency: Agency
    why: str
    sure: bool = True
    by_row: bool = False


_Found = tuple[Agency, str] | None


def decide(clues: Clues, stated: Agency | None, *, by: str = "") -> Decision:
    """The agency of a file: as stated, else by the strongest evidence there is."""
    if stated is not None:
        return Decision(stated, f"{by} says it is {stated.label}.")
    whole = next((found for test in EVIDENCE if (found := test(clues))), None)
    rows = _by_rows(clues)
    if rows is not None:
        return Decision(*rows, by_row=True)
    if whole is not None:
        return Decision(*whole)
    if guessed := _of_content(clues):
        return Decision(guessed[0], f"{guessed[1]} That is thin evidence. {SAY}", sure=False)
    why = f"Nothing in '{clues.file}' says clearly which agency sent it. {SAY}"
    return Decision(Agency.OTHER, why, sure=False)


def agency_of_row(
    agency: str, organisation: str, decision: Decision
) -> tuple[Agency, tuple[Flag, ...]]:
    """The agency of one row, by what its own cells say where the file leaves that to the rows."""
    named = exact_agency(agency)
    if not decision.by_row:
        if named is not None and not decision.sure:
            return named, ()
        if named is None or named is decision.agency:
            return decision.agency, () if decision.sure else (_uncertain(),)
        whose = decision.agency.label
        text = f"The row names the agency '{agency.strip()}'; the file is one of {whose}."
        return decision.agency, (Flag("agency-conflict", text),)
    said = named or _named(agency) or _named(organisation)
    return (said, ()) if said else (decision.agency, (_uncertain(agency or organisation),))


@lru_cache(maxsize=4096)
def exact_agency(text: str) -> Agency | None:
    """The agency a cell names outright: 'Police', 'Health', 'CSC'."""
    return _TOKENS.get(plain(text)) if text.strip() else None


def without_agency(name: str) -> str:
    """A file name made readable, without the agency at its start: 'carrowby general hospital'."""
    words = _file_words(name)
    found = _leading(words)
    rest = words.split()[len(found[1].split()) :] if found else words.split()
    return " ".join(rest)


@lru_cache(maxsize=4096)
def _named(text: str) -> Agency | None:
    agency, strength = agency_of_organisation(text)
    return agency if strength >= NAMED else None


def _uncertain(said: str = "") -> Flag:
    named = f" ('{said.strip()}' does not say which it is)" if said.strip() else ""
    return Flag(
        "agency-uncertain", f"The file does not say clearly which agency sent it{named}. {SAY}"
    )


def _by_rows(clues: Clues) -> _Found:
    """Rows that name different agencies; a plain word beats the file's name, a guess does not."""
    exact = {agency for text in clues.agencies if (agency := exact_agency(text))}
    if len(exact) > 1:
        return Agency.OTHER, f"The rows name their agencies ({_labels(exact)})."
    if _of_file_start(clues) or _of_place_start(clues):
        return None
    texts = clues.agencies or clues.organisations
    named = Counter(agency for text in texts if (agency := exact_agency(text) or _named(text)))
    if len(named) > 1 and named.total() >= 0.5 * len(texts):
        return (
            Agency.OTHER,
            f"The rows name organisations of several agencies ({_labels(named)}).",
        )
    return None


def _of_file_start(clues: Clues) -> _Found:
    return _start(clues.file, f"The file's name, '{clues.file}', begins with")


def _of_place_start(clues: Clues) -> _Found:
    for folder in reversed(PurePath(clues.place).parts):
        if found := _start(folder, f"The file lies in the folder '{folder}', which begins with"):
            return found
    return None


def _of_cells(clues: Clues) -> _Found:
    texts = clues.agencies or clues.organisations
    named = Counter(agency for text in texts if (agency := exact_agency(text) or _named(text)))
    if not named or named.total() < 0.5 * len(texts):
        return None
    agency = named.most_common(1)[0][0]
    example = next(text for text in texts if agency in (exact_agency(text), _named(text)))
    return agency, f"The rows name '{example.strip()}', which is {agency.label}."


def _of_titles(clues: Clues) -> _Found:
    for title in clues.titles:
        if agency := exact_agency(title) or _named(title) or _of_system(title):
            return agency, f"Above the table stands '{title.strip()}', which is {agency.label}."
    return None


def _of_file_name(clues: Clues) -> _Found:
    for text, what in ((clues.file, "file"), *((p, "folder") for p in PurePath(clues.place).parts)):
        words = _file_words(text)
        if agency := _named(words) or _of_system(words):
            return agency, f"The {what}'s name, '{text}', is that of {agency.label}."
    return None


def _of_systems(clues: Clues) -> _Found:
    for system in clues.systems:
        if agency := _of_system(system):
            return agency, f"The record system is '{system.strip()}', which {agency.label} uses."
    return None


def _of_headings(clues: Clues) -> _Found:
    """The agency whose own headings the file has, where no other comes near."""
    there = [words for heading in clues.headings if (words := plain(heading))]
    scores: Counter[Agency] = Counter()
    shown: dict[Agency, str] = {}
    for importer in IMPORTERS:
        typical = _typical(importer.name)
        for words in there:
            if words in typical:
                scores[importer.agency] += 1
                shown.setdefault(importer.agency, words)
    leader = _leader(scores)
    workers = _votes(clues.workers, _of_worker)
    if leader and (scores[leader] > 1 or workers.get(leader)):
        return leader, f"Headings such as '{shown[leader]}' are those of {leader.label}."
    return None


def _of_content(clues: Clues) -> _Found:
    """The agency whose workers and kinds of event most rows name, where no other comes near."""
    workers = _votes(clues.workers, _of_worker)
    types = _votes(clues.event_types, _of_type)
    rows = max(len(clues.workers[:LOOKED_AT]), len(clues.event_types[:LOOKED_AT]))
    leader = _leader(workers + types)
    if leader is None or workers[leader] + types[leader] < max(2, SHARE * rows):
        return None
    what = "workers" if workers[leader] >= types[leader] else "kinds of event"
    return leader, f"Most of the {what} named that tell of an agency are those of {leader.label}."


def _votes(texts: Sequence[str], says: Callable[[str], Agency | None]) -> Counter[Agency]:
    return Counter(agency for text in texts[:LOOKED_AT] if (agency := says(text)))


def _leader(scores: Counter[Agency]) -> Agency | None:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= LEAD * second else None


#: Tests of the whole file, the strongest first.
EVIDENCE: Sequence[Callable[[Clues], _Found]] = (
    _of_file_start,
    _of_place_start,
    _of_cells,
    _of_file_name,
    _of_titles,
    _of_systems,
    _of_headings,
)


def _labels(agencies: Iterable[Agency]) -> str:
    return ", ".join(sorted(agency.label for agency in agencies))


def _file_words(name: str) -> str:
    """A file or folder name as words: no ending, no marks between them."""
    stem = re.sub(r"\.\w{2,5}$", "", name)
    stem = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)
    return " ".join(re.sub(r"[_\-.,()\[\]]+", " ", stem).casefold().split())


def _leading(words: str) -> tuple[Agency, str] | None:
    for start, agency in _STARTS.items():
        if words == start or words.startswith(start + " "):
            return agency, start
    return None


def _start(name: str, sentence: str) -> _Found:
    found = _leading(_file_words(name))
    return (found[0], f"{sentence} '{found[1]}'.") if found else None


@lru_cache(maxsize=2048)
def _of_system(text: str) -> Agency | None:
    agency, strength = agency_of_system(text)
    return agency if strength >= NAMED else None


@lru_cache(maxsize=2048)
def _of_worker(text: str) -> Agency | None:
    if len(text) >= 90:
        return None
    return Agency.POLICE if _POLICE_RANK.match(text) else agency_of_role(text)


@lru_cache(maxsize=2048)
def _of_type(text: str) -> Agency | None:
    return TYPE_GROUPS.get(classify(text, "", Agency.OTHER).partition(".")[0])


_POLICE_RANK = re.compile(r"(?:T/|A/|w)?(?:PC|DC|DS|DI|DCI|PS|PCSO|Sgt|Insp)\b[ .]", re.I)


@lru_cache(maxsize=8)
def _typical(name: str) -> frozenset[str]:
    importer = next(importer for importer in IMPORTERS if importer.name == name)
    return frozenset(map(plain, importer.typical))


_TOKENS: dict[str, Agency] = {
    plain(token): importer.agency for importer in IMPORTERS for token in importer.tokens
}
#: Words at the start of a name that name the agency, whatever follows.
_STARTS: dict[str, Agency] = {
    start: agency
    for agency in Agency
    for start in dict.fromkeys((agency.value.replace("_", " "), agency.label.casefold()))
} | {"socialcare": Agency.SOCIAL_CARE}
