"""How like a heading is to what is usually written over a field, by its words alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz import fuzz, process

from chronology.importers.headings import FIELDS

#: What one agency means by a heading: (field, its headings).
Own = tuple[tuple[str, tuple[str, ...]], ...]

#: Words (singular) that say the same thing in a heading.
GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        name: frozenset(words.split())
        for name, words in {
            "date": "date dated day dt datetime dttm when dyddiad",
            "time": "time hour hr clock hhmm amser",
            "start": "start started from begin began opened commenced",
            "what": "what",
            "whose": "who whom",
            "relate": "relate relating refer",
            "did": "did do done",
            "taken": "taken agreed required arising",
            "end": "end ended until finish finished discharge departure closed ceased to left",
            "record": """recorded recording record entered entry created creation added logged
                input inputted written writing typed keyed completed saved updated modified amended
                timestamp uploaded documented filed""",
            "known": """notified notification reported report received receipt informed aware known
                told alerted learnt learned""",
            "share": "shared sent disclosed forwarded submitted",
            "birth": "dob birth born birthday birthdate edd",
            "who": """child children pupil student learner patient client person people subject
                nominal yp cyp tenant resident offender prisoner customer baby infant individual
                member plentyn""",
            "kin": """mother father parent carer sibling guardian partner mum dad victim suspect
                perpetrator accused aggrieved household relative""",
            "name": "name forename surname",
            "first": "forename first given christian",
            "last": "surname last family",
            "staff": """worker staff practitioner clinician officer professional author teacher
                nurse hcp doctor consultant signature recorder manager operator caseworker completing
                recording reporting""",
            "by": "by signed",
            "number": "id number no ref reference urn identifier",
            "org": """agency organisation service team department school trust practice provider
                establishment""",
            "text": """narrative description describe detail summary note text circumstance account
                information comment content happened log body said history synopsis precis gist
                wording""",
            "act": """outcome action result plan follow step disposal decision response done next
                disposition""",
            "kind": "type category classification nature kind class code reason method mode",
            "place": "location place venue address site where postcode room premise whereabout",
            "present": """present involved attended attendance attendee attending linked associated
                other witness participant else spoken spoke there""",
            "role": "role title designation relationship rank grade position post",
            "seen": "seen sighted",
            "alone": "alone own",
            "voice": "voice wishe feeling view say",
            "judge": "analysis significance impact opinion reflection risk learning lesson rag",
        }.items()
    }
)

#: Words as exports shorten them.
SHORT: Mapping[str, str] = MappingProxyType(
    {
        short: word
        for word, shorts in {
            "number": "no nos num nbr nr nmbr",
            "received": "recvd rcvd recd",
            "recorded": "rec recrd",
            "patient": "pt pat",
            "housing": "hsg",
            "incident": "inc incid",
            "description": "desc descr descrip",
            "narrative": "narr",
            "text": "txt",
            "address": "addr",
            "location": "loc locn",
            "date": "dte dat",
            "time": "tm tme",
            "date time": "dttm datetime dt_tm",
            "event": "evt evnt",
            "type": "typ tp",
            "category": "cat categ",
            "professional": "prof",
            "practitioner": "pract practnr",
            "response": "resp",
            "comment": "cmt cmnt",
            "occurred": "occ occd",
            "young person": "yp",
            "service user": "su",
            "department": "dept",
            "worker": "wkr wrkr",
            "client": "clnt",
            "timestamp": "ts",
            "forename": "fname fore",
            "surname": "sname lname",
            "name": "nm nme",
            "reference": "ref refno",
            "detail": "dtl dtls",
            "organisation": "orgn",
            "practice": "prac",
            "outcome": "outc otcm",
            "result": "res",
            "notified": "notif",
            "appointment": "appt apt",
            "gender": "gndr",
            "officer": "offr off ofcr",
        }.items()
        for short in shorts.split()
    }
)

#: Words of a heading over something that is none of the fields, whatever the cells look like: a
#: date that is due is no event, and a telephone number is no reference.
BARRED = frozenset(
    """due target deadline planned scheduled ethnicity religion language phone telephone mobile
    email disability fax nationality duration length latitude longitude easting northing attachment
    status consent lsoa death deceased expiry expire review height weight centile dose
    sensitive restricted""".split()
)


class Rule(NamedTuple):
    """A field whose heading has a word of each group and none of the others."""

    field: str
    needs: str
    without: str
    score: float


RULES: tuple[Rule, ...] = tuple(
    Rule(*rule)
    for rule in (
        ("subject_born", "birth", "staff time", 0.9),
        ("recorded", "date record", "by staff birth", 0.85),
        ("occurred", "date relate", "known share", 0.9),
        ("recorded", "record", "date time by staff kind act number place who whose name", 0.55),
        ("recorded_time", "time record", "date by staff", 0.85),
        ("known", "date known", "by staff birth record", 0.85),
        ("known_time", "time known", "date by staff record", 0.85),
        ("shared", "date share", "by staff birth", 0.85),
        ("occurred_end", "date end", "record known share birth by", 0.8),
        ("occurred_end_time", "time end", "date record known by", 0.8),
        ("occurred", "date", "birth record known share end by text act", 0.75),
        (
            "occurred",
            "start",
            "end time date record known share birth by text act kind number place who staff org",
            0.7,
        ),
        (
            "occurred_end",
            "end",
            "start time date record known share birth by text act kind number place who staff org",
            0.65,
        ),
        ("occurred_time", "time", "date birth record known share end by text act", 0.75),
        ("subject_forename", "first name", "staff kin last", 0.85),
        ("subject_surname", "last name", "staff kin first", 0.85),
        ("subject_id", "who number", "staff", 0.85),
        ("subject_id", "number", "staff org kin date text act", 0.65),
        ("reference", "number", "who staff org kin date", 0.7),
        ("subject", "who name", "staff number first last", 0.9),
        (
            "subject",
            "who",
            "number text act seen voice present judge role kind date time by staff org birth kin",
            0.7,
        ),
        ("people", "present who", "number date text", 0.8),
        ("people", "present kin", "number date text", 0.8),
        ("people", "kin", "number text act birth voice date by judge role", 0.7),
        ("people", "present whose", "date time number", 0.85),
        ("professional", "record whose", "date time", 0.85),
        ("subject", "whose", "present record date time number text act what", 0.6),
        ("people", "present", "date time number text act org place staff kind record", 0.6),
        ("professional", "by", "date time", 0.75),
        ("professional", "record by", "date time", 0.9),
        ("professional", "staff name", "role", 0.9),
        ("professional", "staff name role", "", 0.9),
        ("professional", "staff", "number role date time act text kind judge birth org", 0.8),
        ("professional_role", "staff role", "name", 0.85),
        ("subject_role", "who role", "", 0.8),
        ("organisation", "org", "number date time act text staff kind who", 0.75),
        ("organisation", "org name", "number", 0.85),
        ("event_type", "kind", "staff who date time place org number", 0.75),
        ("outcome", "act", "date time by kind voice judge number", 0.75),
        ("outcome", "act taken", "date time number", 0.85),
        ("outcome", "what did", "voice seen present date time", 0.75),
        ("outcome", "act kind", "date time by who staff", 0.7),
        ("narrative", "what", "voice act date time seen kind present judge", 0.75),
        ("narrative", "text", "voice judge act number date time by staff kind", 0.75),
        ("location", "place", "number date time text", 0.75),
        ("child_seen", "who seen", "alone by date time staff place", 0.85),
        ("child_alone", "alone", "date", 0.85),
        ("child_voice", "voice", "staff", 0.85),
        ("child_voice", "who text", "staff judge kin org number date", 0.5),
        ("analysis", "judge", "date number by", 0.8),
    )
)

#: Below this a likeness of spelling says nothing.
SPELLING = 86


@lru_cache(maxsize=8192)
def plain(heading: str) -> str:
    """A heading reduced to its words: no case, plural, punctuation or format hints.

    >>> plain("dateOfBirth"), plain("D.O.B.:"), plain("Child's\\nname")
    ('date of birth', 'dob', 'child name')
    """
    return " ".join(_singular(word) for word in spelt(heading).split())


@lru_cache(maxsize=8192)
def spelt(heading: str) -> str:
    """The same with plurals kept: 'Nominals' are others, 'Nominal' is whom it is about."""
    text = heading.replace("_", " ").strip()
    if " " not in text and len(text) > 4 and not text.isupper():
        text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    text = text.casefold().replace("&", " and ").replace("organiz", "organis")
    text = re.sub(r"\b((?:\w\.){2,}\w?)", lambda m: m[1].replace(".", ""), text)
    text = _FORMAT.sub(" ", text)
    text = re.sub(r"['’`´]", "", text).replace("#", " number ")
    return " ".join(SHORT.get(word, word) for word in re.findall(r"\w+", text))


@lru_cache(maxsize=4096)
def likeness(heading: str, own: Own = ()) -> Mapping[str, float]:
    """How like a heading is to each field (0 to 1); fields that it is nothing like are absent.

    ``own`` are the headings of one agency, which mean there what they say, whatever they mean
    elsewhere (a score over 1).
    """
    words = plain(heading)
    scores = _generic(heading, words)
    meant = _meant(heading, own, spelt) or _meant(heading, own, plain)
    if meant:
        scores = {field: score * 0.6 for field, score in scores.items()}
        scores.update(dict.fromkeys(meant, 1.1))
    return MappingProxyType(scores)


def _meant(heading: str, own: Own, reduced: Callable[[str], str]) -> list[str]:
    words = reduced(heading)
    return [field for field, headings in own if words and words in map(reduced, headings)]


def barred(heading: str) -> bool:
    """Whether a heading plainly names something that is none of the fields."""
    words = frozenset(plain(heading).split())
    return bool(words & BARRED) and not likeness(heading)


def known_heading(heading: str, own: Own = ()) -> float:
    """How surely some words are a heading at all."""
    return min(1.0, max(likeness(heading, own).values(), default=0.0))


def is_synonym(heading: str) -> bool:
    """Whether some words are, exactly, a heading of the table of fields."""
    return len(heading) <= 60 and plain(heading) in _EXACT


_FORMAT = re.compile(
    r"\((?=[^)]*(?:dd|yy|hh|24|12))[^)]*\)|\bd{1,2}[/.\- ]m{1,3}[/.\- ]y{2,4}\b|\bhh[:.]?mm(?:[:.]?ss)?\b"
)


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _synonyms(reduced: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for field, (_, headings) in FIELDS.items():
        for words in dict.fromkeys(map(reduced, headings)):
            found.setdefault(words, []).append(field)
    found.pop("", None)
    return MappingProxyType({words: tuple(fields) for words, fields in found.items()})


_EXACT = _synonyms(plain)
_SPELT = _synonyms(spelt)


def _generic(heading: str, words: str) -> dict[str, float]:
    if not words or len(words) > 90:
        return {}
    if words in _EXACT:
        sure = _SPELT.get(spelt(heading), _EXACT[words])
        return {field: 1.0 if field in sure else 0.85 for field in _EXACT[words]}
    if frozenset(words.split()) & BARRED:
        return {}
    scores: dict[str, float] = {}
    for part in _parts(heading):
        _raise(scores, dict.fromkeys(_EXACT.get(part, ()), 0.95))
    _raise(scores, _alternatives(heading))
    _raise(scores, _by_rule(words))
    if max(scores.values(), default=0.0) < 0.7:
        _raise(scores, _by_spelling(words))
    return scores


def _raise(scores: dict[str, float], more: Mapping[str, float]) -> None:
    for field, score in more.items():
        scores[field] = max(score, scores.get(field, 0.0))


def _parts(heading: str) -> list[str]:
    """The heading without its explanations: 'Outcome: what did you do?', 'Details (in full)'."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading)
    parts = [bare, re.split(r"[:?]|\s[-–—]\s", bare, maxsplit=1)[0], bare.split("\n")[0]]
    parts.append(re.sub(r"(?i)[ _](?:desc|descr|cd|val|txt)$", "", bare))
    return [plain(part) for part in parts if part.strip()]


def _alternatives(heading: str) -> dict[str, float]:
    """'Event / concern / contact': what most of the alternatives say."""
    parts = [plain(part) for part in re.split(r"/|\bor\b|\band\b|&|,", heading) if plain(part)]
    if len(parts) < 2:
        return {}
    scores: dict[str, float] = {}
    for part in parts:
        for field in _EXACT.get(part, ()):
            scores[field] = scores.get(field, 0.0) + 0.9 / len(parts)
    return {field: score for field, score in scores.items() if score > 0.5}


def _by_rule(words: str) -> dict[str, float]:
    there = frozenset(words.split())
    groups = frozenset(name for name, members in GROUPS.items() if there & members)
    scores: dict[str, float] = {}
    for field, needs, without, score in RULES:
        if groups.issuperset(needs.split()) and groups.isdisjoint(without.split()):
            _raise(scores, {field: score})
    return scores


def _by_spelling(words: str) -> dict[str, float]:
    if len(words) < 5:
        return {}
    best = process.extractOne(words, _EXACT.keys(), scorer=fuzz.ratio, score_cutoff=SPELLING)
    if best is None:
        return {}
    return dict.fromkeys(_EXACT[best[0]], 0.85 * best[1] / 100)
