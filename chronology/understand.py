"""What a record tells of, read out of its words: the act, its clock times and days, its rare words.

Understanding is for comparing only. Nothing here is ever shown as a fact or put in a record.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from chronology.account import Account, Agency, Mention
from chronology.agency_words import narrative_of
from chronology.kinds import Likelihoods, Reader, shipped_reader, written_out
from chronology.vocabulary import OF_AGENCY, services_in
from chronology.vocabulary.glossary import is_shouted
from chronology.vocabulary.phrases import Phrases
from chronology.when import When
from chronology.words import split, stems

#: What kind of thing occurred, by the words professionals use for it. Read in the agency's own
#: event type first (it names the act) and then in the narrative (which names other acts too).
#: ``*`` ends a stem; words apart are a phrase, and stand next to each other in the record.
ACTS: dict[str, str] = {
    "strategy": "strat disc*, strat meet*, strat mtg, strat call, strategy, section 47, s47, s.47",
    "conference": "conference, conf, icpc, rcpc",
    "call conference": "phone conference, telephone conference, video conference, conference call,"
    " conf call, tele conference, teleconference",
    "initial conference": "initial child protection, icpc, initial cp, initial conf*",
    "review conference": "review child protection, rcpc, review cp, review conf*",
    "core group": "core group, core grp",
    "risk meeting": "marac, mappa, multi-agency risk assessment conference,"
    " multi agency risk assessment conference, multi-agency public protection arrangements,"
    " multi-agency risk, multi agency risk, mace",
    "family meeting": "team around, taf, tac, family group, family meeting, child in need meeting",
    "looked-after review": "looked after review, clar, lac review, iro",
    "planning meeting": "planning meet*, planning mtg, professionals meet*, professionals mtg,"
    " professional meet*, pre-birth, pre birth, discharge planning",
    "meeting": "meeting*, mtg*, panel, chair*, minutes, convened, attendees, round table",
    "visit": "visit*, home call, at home, doorstep, unannounced, h/v, h/visit, called at,"
    " cold call*",
    "call": "rang, ring, phone*, telephon*, t/c, tc, voicemail, answerphone, call from, call to,"
    " call received, call rec'd, spoke to, spoken to, tel",
    "letter": "letter*, scanned, result*, correspondence, summary,"
    " email*, e-mail*, fax*, wrote to, written to, sms, texted, text sent",
    "referral": "referr*, ref, contact record, contact form, contact received, request for service,"
    " request for support, request for help",
    "notification": "notif*, encompass, public protection, ppn, merlin, vulnerab*",
    "missed": "did not attend, dna, dna'd, not brought, wnb, failed to attend, fta, no show,"
    " no-show, did not show, missed, cancel*, non attendance, not attended, didn't attend",
    "no access": "no access, no reply, no answer, nobody in, not at home, card left, failed visit,"
    " nobody home, no response",
    "clinic": "clinic*, appointment*, appt*, app, outpatient*, consultation, surgery, drop-in,"
    " drop in, review",
    "emergency department": "emergency dep*, a&e, ed, aed, casualty, urgent care, minor injur*,"
    " triage*",
    "admission": "admit*, admission, ward, inpatient, transferred to",
    "discharge": "discharg*",
    "ambulance": "ambulance, paramedic*, convey*, 999, crew",
    "domestic abuse": "domestic*, da, dv, dom, verbal argument, assault*, strangl*, row",
    "incident": "incident, disturbance, fight*, damage, anti-social, asb, noise",
    "missing": "missing person, missing child, missing from, missing episode, misper, abscond*,"
    " reported missing, return home, located",
    "arrest": "arrest*, custody, charged, bail*, interviewed, caution*",
    "court": "court, hearing, order made, order granted, magistrate*, judge, injunction, non-mol*",
    "birth": "born, birth*, deliver*, caesarean, neonat*, lscs",
    "death": "died, death, deceased, bereave*, funeral, suicide",
    "injury": "injur*, bruis*, fractur*, burn*, scald*, bite, bitten, wound*, laceration*",
    "medical": "medical exam*, protection medical, cp medical, skeletal, paediatric medical",
    "immunisation": "immunis*, vaccin*, imms, jab*",
    "overdose": "overdose, self-harm*, self harm*, ligature, od",
    "absence": "absen*, attendance meet*, unauthorised, not in school, register*",
    "exclusion": "exclu*, suspen*",
    "disclosure": "disclos*",
    "school move": "left school, joined school, started school, starts school, off roll,"
    " new school",
    "assessment": "assess*, graded care",
    "plan": "protection plan, cp plan, cpp, on a plan, on plan*, subject to",
    "closure": "clos*, step down, step-down, ended involvement",
    "allocation": "allocat*, handover",
    "placement": "placement, placed with, foster*, residential, respite",
    "supervision": "supervision, management oversight, management decision",
    "tenancy": "tenan*, evict*, arrears, repair*, possession",
    "move": "moved to, moved in, moved out, change of address, new address",
    "fire": "fire, smoke alarm*",
    "contact session": "contact session, contact centre, supervised contact, family time",
    "interview": "achieving best, abe, video interview, return interview, vri",
    "test": "drug test*, swab*, urine, hair strand, breath test*",
    "substance": "intoxicat*, drunk, alcohol, heroin, cannabis, methadone, drugs",
}
#: An act that is also a plainer one.
IMPLIES: dict[str, str] = dict.fromkeys(
    (
        "strategy", "conference", "core group", "risk meeting", "family meeting",
        "looked-after review", "planning meeting",
    ),
    "meeting",
)  # fmt: skip

#: Said of what was not held, or is to be held again.
CALLED_OFF = (
    "adjourn*, postpon*, cancel*, called off, not quorate, inquorate, reconven*, re-book*, rebook*,"
    " rearrang*, re-arrang*, stood down, abandon*, did not go ahead"
)
#: How many words of a text open it: who is rung, who rang, whether it was held.
OPENING = 20
#: Words that many organisations and job titles share.
COMMON_IN_NAMES = frozenset(
    (
        "academy adult agency association authority board borough care carer centre child children"
        " children's city clinic college community constabulary consultant council county"
        " department deputy district doctor drug early education emergency family foundation"
        " general group head headteacher health help home homes hospital hospitals house housing"
        " lead manager medical midwife named north nurse officer paediatric police practice"
        " practitioner primary public road royal safeguarding school secondary senior service"
        " services social south street support surgery teacher team trust university visiting"
        " visitor welfare west worker"
    ).split()
)
_DAY = re.compile(r"\b(0?[1-9]|[12]\d|3[01])[/.](0?[1-9]|1[0-2])(?:[/.](?:\d{2}|\d{4}))?\b")


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one account says, ready to be compared."""

    account: Account
    #: The account's own id.
    id: str
    #: The first and last day it can be, as ordinals; None where it has no date.
    first: int | None
    last: int | None
    #: Whether it names one day.
    is_exact: bool
    #: Minutes since the first of all days, where it names a day and a clock time.
    minute: int | None
    #: Who keeps this record: agency and organisation, or the file where none is named.
    teller: tuple[str, str]
    words: frozenset[str]
    #: The acts named, with how strongly: 1.0 in the event type, less in the narrative.
    acts: Mapping[str, float]
    #: The acts its event type names.
    named: frozenset[str]
    #: (day, month) pairs the text names.
    days: frozenset[tuple[int, int]]
    #: Words of the professional's name.
    worker: frozenset[str]
    #: Words that tell its organisation from others.
    called: frozenset[str]
    #: Words of the names in its list of people, and every word it uses of anybody.
    people: frozenset[str]
    speaks_of: frozenset[str]
    #: Words of the names of all persons it lists, is about or was written by.
    names: frozenset[str]
    text: str
    #: How likely it is of each kind of occurrence, in the order of kinds.KINDS.
    kinds: Likelihoods
    #: The service that keeps the record; the others it speaks of; those it begins with or lists.
    service: frozenset[str]
    mentions: frozenset[str]
    opens_with: frozenset[str]
    #: Whether it tells of something called off, adjourned or to be held again.
    called_off: bool
    #: Stems of the words of its place.
    place: frozenset[str]


def understand(account: Account, reader: Reader | None = None) -> Understanding:
    """Reads one account for what it tells of; by the reader that ships, unless another is given."""
    heading = _heading(account.event_type_written, account.agency)
    kind = heading.words
    narrative = narrative_of(account)
    told = _told(account, narrative)
    plain = narrative.lower()
    words = [intern(word) for word in split(plain)]
    said = (*told, *_missing(told, words))
    acts = _acts(heading.acts, said)
    place = _place(account.location)
    service = _service(account.agency, account.organisation, account.professional)
    listed = _everyone(account.people)
    opens_with = services_in((*heading.read, *words[:OPENING], *told[:OPENING], *listed))
    when = account.occurred
    first, last = when.start or when.end, when.end or when.start
    return Understanding(
        account=account,
        id=account.id,
        first=first.toordinal() if first else None,
        last=last.toordinal() if last else None,
        is_exact=when.is_exact,
        minute=_minute(when),
        teller=(account.agency, (account.organisation or account.source.file).casefold()),
        words=frozenset(stems({*kind, *told})) | place,
        acts=acts,
        named=frozenset(act for act, said in acts.items() if said == 1),
        days=frozenset((int(d), int(m)) for d, m in _DAY.findall(plain)),
        worker=_telling(account.professional),
        called=_telling(account.organisation),
        people=_telling(" ".join(m.name for m in account.people)),
        speaks_of=frozenset((*told, *words, *listed)),
        names=_names(account.professional, (*account.people, *account.subjects)),
        text=" ".join((*kind, *told)),
        kinds=(reader or shipped_reader()).read(account),
        service=service,
        mentions=frozenset((*services_in(said), *opens_with)) - service,
        opens_with=frozenset(opens_with) - service,
        called_off=_called_off((*kind, *told[:OPENING])),
        place=place,
    )


class _Heading(NamedTuple):
    """An event type as an agency writes it, read once for all records that bear it."""

    words: tuple[str, ...]
    #: The words, and the abbreviations as they stand.
    read: tuple[str, ...]
    acts: tuple[str, ...]


@lru_cache(maxsize=8192)
def _heading(written: str, agency: Agency) -> _Heading:
    words = written_out(written, agency)
    read = (*words, *_missing(words, split(written.lower())))
    return _Heading(words, read, tuple(act for act, _ in _acts_in(read)))


def _told(account: Account, narrative: str) -> tuple[str, ...]:
    """The words of narrative and outcome, abbreviations written out as in one text."""
    parts, whole = (narrative, account.outcome), f"{narrative}\n{account.outcome}"
    if account.outcome and len({is_shouted(text) for text in (*parts, whole)}) > 1:
        return written_out(whole, account.agency)
    said, outcome = (written_out(text, account.agency) for text in parts)
    return said + outcome


@lru_cache(maxsize=8192)
def _place(location: str) -> frozenset[str]:
    return frozenset(stems(split(location.lower())))


@lru_cache(maxsize=8192)
def _service(agency: Agency, organisation: str, worker: str) -> frozenset[str]:
    """The service of an agency that is one, else what the organisation or the worker is called."""
    if agency in OF_AGENCY:
        return frozenset((OF_AGENCY[agency],))
    of_organisation = services_in(split(organisation.lower()))
    of_worker = services_in(split(worker.lower()))
    return frozenset((*of_organisation[:2], *of_worker[:1]))


def _called_off(words: Sequence[str]) -> bool:
    return any(True for _ in _CALLED_OFF.everywhere(words))


@lru_cache(maxsize=8192)
def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(w for w in split(name.lower()) if len(w) > 3 and w not in COMMON_IN_NAMES)


@lru_cache(maxsize=8192)
def _names(worker: str, mentions: tuple[Mention, ...]) -> frozenset[str]:
    words = split(" ".join((worker, *(m.name for m in mentions))).lower())
    return frozenset(w for w in words if len(w) > 2 and w.isalpha() and w not in COMMON_IN_NAMES)


@lru_cache(maxsize=8192)
def _everyone(people: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(split(" ".join(f"{m.name} {m.role}" for m in people).lower()))


def _missing(written_out: Sequence[str], words: Sequence[str]) -> list[str]:
    """The abbreviations of a text, which stand for other words once written out."""
    there = frozenset(written_out)
    return [word for word in words if word not in there]


def _minute(when: When) -> int | None:
    if not (when.is_exact and when.start and when.clock):
        return None
    return when.start.toordinal() * 1440 + when.clock.hour * 60 + when.clock.minute


_ACT_OF = {phrase.strip(): act for act, phrases in ACTS.items() for phrase in phrases.split(",")}
_ACT_PHRASES = Phrases(_ACT_OF)
_CALLED_OFF = Phrases(phrase.strip() for phrase in CALLED_OFF.split(","))


def _acts_in(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    for found in _ACT_PHRASES.longest(words):
        yield _ACT_OF[found.phrase], found.start


def words_for_act(account: Account, act: str) -> str:
    """The words of a record's text by which it names an act, as they stand; "" for none."""
    wanted = {act, *(closer for closer, plainer in IMPLIES.items() if plainer == act)}
    text = f"{narrative_of(account)}\n{account.outcome}"
    written = split(text.lower())
    for found in _ACT_PHRASES.longest(written):
        if _ACT_OF[found.phrase] in wanted:
            words = r"\W+".join(map(re.escape, written[found.start : found.end]))
            stands = re.search(words, text, re.IGNORECASE)
            return stands.group() if stands else ""
    return ""


def _acts(headed: Iterable[str], told: Sequence[str]) -> dict[str, float]:
    found = dict.fromkeys(headed, 1.0)
    for act, at in _acts_in(told):
        found[act] = max(found.get(act, 0.0), 0.6 if at < 15 else 0.3)
    for act in [act for act in found if act in IMPLIES]:
        plainer = IMPLIES[act]
        found[plainer] = max(found.get(plainer, 0.0), found[act])
    return found


@dataclass(frozen=True, slots=True)
class Rarity:
    """How telling a word or an act is in this case: what few records say counts most."""

    weights: Mapping[str, float]
    top: float

    def of(self, word: str) -> float:
        """The word's weight, 0 for one in every record."""
        return self.weights.get(word, self.top)

    def squared(self, words: Iterable[str]) -> float:
        """The squares of the words' weights added up; in whatever order, to the last digit."""
        return math.fsum([self.of(word) ** 2 for word in words])


#: A case of fewer records than this says little of how rare a word is; it counts as this many.
SMALLEST_CASE = 100


def rarity(sets: Sequence[Iterable[str]]) -> Rarity:
    """Weights for the words of these records, by how few of them use each."""
    counts = Counter(word for words in sets for word in words)
    total = max(len(sets), SMALLEST_CASE) + 1
    weights = {word: math.log(total / (n + 0.5)) for word, n in counts.items()}
    return Rarity(weights, math.log(total / 0.5))
