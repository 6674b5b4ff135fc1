"""The organisation that a file's name gives, where it gives the proper name of one."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

from chronology.dates.words import MONTHS, SEASONS, WEEKDAYS
from chronology.importers.agency import Decision, without_agency
from chronology.vocabulary import agency_of_organisation, telling_words

#: Words that say what kind of paper it is, of when, or how it was sent, not whose.
_PAPER = frozenset(
    """export exports extract extracts log logs print prints printout report reports notes note case
    contact contacts records record list data chronology chronologies occurrences occurrence
    incidents incident consultations consultation entries entry file files copy final draft history
    summary full new old all combined concern concerns referral referrals attendance behaviour
    visits visit safeguarding welfare pastoral cpoms section statement response request court bundle
    redacted protected password secure emailed email received sent scan scanned version updated
    update latest amended results result search screening sheet table spreadsheet events
    event""".split()
)
_WHEN = frozenset(
    """term half week weeks month months year years quarter q1 q2 q3 q4 to from until since and
    between date dated today""".split()
)
#: Words that go with a word for a body and make no proper name of it: "my school".
_PLAIN = frozenset(
    """the a an my our her his their its for of by with re on at in mum mums dad child children
    childs family sibling siblings pupil student patient client person unknown other various local
    same""".split()
)
#: Bodies that have a name of their own; "GP" or "MASH" is a service, and every place has one.
_BODIES = frozenset(
    """academy academies association board borough centre charity college constabulary council
    hospice hospital hospitals house housing infants infirmary juniors kindergarten medical nursery
    pharmacy police practice prep preschool primary probation project school schools secondary
    service services society surgery team trust unit university ysgol infant junior high grammar
    refuge playgroup coleg meithrin""".split()
)
_VERSION = re.compile(r"v?\d+\w{0,2}|rev\d*|\d+\w*")


def organisation_in(file: str, decision: Decision, people: Collection[str] = ()) -> str:
    """The organisation a file's name gives, where the agency was known by it; else "".

    What is left of a name like 'GP consultations print' or 'school chronology May-June' names
    nobody: nothing is made of it. ``people`` are words of the names of those whom the file is
    about: 'Vale school log' is no log of a Vale School where the child is a Vale.
    """
    name = PurePath(file).name
    words = without_agency(name)
    telling = [word for word in words.split() if not _is_about_paper(word)]
    if len(telling) < 2 or " ".join(telling) not in words:
        return ""
    known = decision.sure and f"'{name}'" in decision.why and agency_of_organisation(words)[0]
    return " ".join(telling) if known and _is_proper(telling, people) else ""


def _is_about_paper(word: str) -> bool:
    lower = word.casefold()
    dated = lower in _WHEN or lower in MONTHS or lower in WEEKDAYS or lower in SEASONS
    return dated or lower in _PAPER or bool(_VERSION.fullmatch(lower))


def _is_proper(words: list[str], people: Collection[str]) -> bool:
    """Whether a word of its own stands with a word for a body: 'hollow lane primary'."""
    text = " ".join(words)
    told = {word for phrase in telling_words(text) for word in phrase.split()}
    own = [word for word in words if word not in told | _BODIES | _PLAIN]
    return any(word in _BODIES for word in words) and any(word not in people for word in own)
