"""Whom the words of a mention call: a name, a name behind a role, or nobody who can be told."""

from __future__ import annotations

import re
from functools import lru_cache

from chronology.account import Mention
from chronology.names import ParsedName, folded, is_known_forename, parse_name
from chronology.names.parse import TITLES
from chronology.vocabulary import is_professional_role, role_agencies, role_of

_WORD = re.compile(r"[^\W_][\w'’\-]*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: "Abbie's mother" is not Abbie, and who she is nobody says.
_WHOSE = re.compile(r"\w['’]s\s+[a-z]")
#: "and 6 deps", "+ 4", "2 ch": more people than are named.
_COUNTED = re.compile(
    r"(?:\+|\band\b|&)\s*\d+\b"
    r"|\b\d+ (?:ch|child|children|deps?|dependants?|kids|others|sibs|siblings)\b",
    re.IGNORECASE,
)
#: Words that go on from a name ("Jo at school") and stand in none.
_GOES_ON = frozenset("at by for from in near not on to who with".split())
#: What stands before a house number.
_NAME_BEFORE_NUMBER = re.compile(r"([^\d]+?)\s*,?\s+(?:flat\s+|no\.?\s*)?\d", re.IGNORECASE)
_STREET = frozenset(
    "road rd street st avenue ave drive lane close court terrace crescent croft place gardens grove"
    " way walk row square hill mews rise view heol ffordd stryd flat house".split()
)
#: Words of bodies and posts that are hardly anybody's surname.
_BODY = frozenset(
    "academy association bureau centre clinic college council crew department desk duty helpline"
    " hospital hub limited ltd nursery office primary school service services staff surgery team"
    " trust unit".split()
)
#: Words of occasions, which stand in cells of people ("Strategy discussion") and name nobody.
_OCCASION = frozenset(
    "appointment assessment conference discussion enquiries enquiry group hearing interview meeting"
    " panel referral review strategy supervision visit".split()
)
#: What somebody does, beside the professional roles of the tables.
_POSTS = frozenset(
    "adult assistant handler intermediary invigilator interpreter lady lead manager officer person"
    " worker".split()
)
#: Short forms of bodies; what follows may be a place or somebody there.
_BODIES = frozenset("camhs csc edt la lb mash nspcc rspca".split())
#: Roles that are surnames too, where they begin with a capital.
_SURNAMES_TOO = frozenset(
    "chair constable head judge manager nurse page principal salt sergeant teacher tutor".split()
)
#: The surname follows these; with it, it tells one officer from another.
_RANKS = frozenset("constable dc dci det di ds insp inspector pc pcso ps sgt sergeant wpc".split())
_MOST_ROLE_WORDS = 4


def called(mention: Mention, places: frozenset[str]) -> ParsedName:
    """The name that a mention's words give; a group where they give nobody by name.

    ``places`` are words of the names of the case's organisations: behind a post they are no
    surname. Somebody with a date of birth or a number is always somebody.
    """
    has_key = bool(mention.born or mention.identifiers)
    text = " ".join(mention.name.split())
    return _called(text, places, has_key=has_key)


def is_called_by_work(name: str) -> bool:
    """Whether the name begins with a professional role or a rank: "DC Vale", "School nurse Kim"."""
    words = _words(name)
    lead = _lead(words)
    return 0 < lead < len(words) and words[lead - 1].casefold() not in TITLES


def name_before_address(text: str) -> str:
    """The name in "Ms Jo Example, 22 Mill Road"; "" where no plain name stands before a number."""
    found = _NAME_BEFORE_NUMBER.match(text)
    name = found[1].strip(" ,;:–—-") if found else ""
    words = _words(name)
    parsed = parse_name(name)
    is_plain = parsed.is_full and not any(w.casefold() in _STREET | _BODY for w in words)
    is_named = bool(parsed.title) or any(is_known_forename(one) for one in parsed.forenames[:1])
    return name if is_plain and is_named and len(words) <= _MOST_ROLE_WORDS else ""


@lru_cache(maxsize=65536)
def _called(text: str, places: frozenset[str], *, has_key: bool) -> ParsedName:
    parsed = parse_name(text)
    if parsed.is_group or parsed.is_baby or parsed.is_unborn or parsed.label:
        return parsed
    words = _words(text)
    if _is_address(words) or _is_number(words):
        name = name_before_address(text)
        return parse_name(name) if name else _nobody(text)
    if has_key:
        return parsed
    if _WHOSE.search(text) or _COUNTED.search(_ASIDE.sub(" ", text)):
        return _nobody(text)
    return _without_role(text, parsed, words, places)


def _without_role(
    text: str, parsed: ParsedName, words: list[str], places: frozenset[str]
) -> ParsedName:
    short = _before_what_goes_on(words)
    if len(short) < len(words):
        return _called(" ".join(short), places, has_key=False)
    lead = 0 if "," in text else _lead(words)
    if _is_post(words, lead) or _is_body(words):
        return _nobody(text)
    rest = [word for word in words[lead:] if not word[0].isdigit()]
    if not lead or not rest:
        name = _of_kin(words) or _before_a_role(words)
        return parse_name(name) if name and "," not in text else parsed
    if _is_no_name(rest, places):
        return _nobody(text)
    is_rank = words[lead - 1].casefold() in _RANKS | TITLES.keys()
    if len(rest) > 1 and not is_rank:
        return parse_name(" ".join(rest))
    return parsed if is_rank or not is_known_forename(folded(rest[0])) else _nobody(text)


def _words(text: str) -> list[str]:
    return _WORD.findall(_ASIDE.sub(" ", text))


def _is_address(words: list[str]) -> bool:
    has_number = any(word[0].isdigit() for word in words)
    return has_number and any(word.casefold() in _STREET for word in words)


def _is_number(words: list[str]) -> bool:
    """Whether figures stand there and hardly a letter: "a/c 40771"."""
    has_number = any(word.isdigit() for word in words)
    return has_number and not any(len(word) > 1 and word[0].isalpha() for word in words)


def _before_what_goes_on(words: list[str]) -> list[str]:
    """The words before "at", "for", "on"; these in capitals only where all is in capitals."""
    shouted = _are_shouted(words)
    for at, word in enumerate(words):
        if at and word.casefold() in _GOES_ON and (shouted or word.islower()):
            return words[:at]
    return words


def _lead(words: list[str]) -> int:
    """How many words at the beginning are a role, with what qualifies it."""
    for length in range(min(len(words), _MOST_ROLE_WORDS), 0, -1):
        head, last = " ".join(words[:length]), words[length - 1]
        may_be_surname = last[0].isupper() and last.casefold() in _SURNAMES_TOO
        is_before_title = any(_is_title(word) for word in words[length : length + 1])
        if may_be_surname and not is_before_title and not _is_long(words, length):
            continue
        if any(_is_forename(word, words) for word in words[: length - 1]):
            continue
        if last.casefold() in _POSTS | _BODIES or is_professional_role(head):
            return length
    return 0


def _is_long(words: list[str], length: int) -> bool:
    """Whether the role is of two words, such as "Head Teacher"."""
    return " ".join(words[max(length - 2, 0) : length]).casefold() in role_agencies()


def _is_forename(word: str, words: list[str]) -> bool:
    """Whether a word is a known forename, not a short form in capitals ("ED")."""
    is_short_form = word.isupper() and len(word) < 4 and not _are_shouted(words)
    return not is_short_form and is_known_forename(folded(word))


def _are_shouted(words: list[str]) -> bool:
    return all(word.isupper() or word.isdigit() for word in words)


def _is_post(words: list[str], lead: int) -> bool:
    """Whether all of it is what somebody does: "duty SW", "Portuguese interpreter"."""
    if not lead or lead < len(words):
        return False
    before = words[:-1]
    # One short form alone may be initials: "LP".
    if words[-1].islower() or not before:
        return len(before) > 0 or len(words[0]) > 3
    # "Xanthe Vale HV": two words before the role that could be a name are one.
    return len(before) < 2 or any(w.isupper() or w.islower() for w in before)


def _is_body(words: list[str]) -> bool:
    """Whether it is a body or an occasion, with no word that somebody is named by."""
    is_named = any(is_known_forename(folded(w)) or len(w) == 1 or _is_title(w) for w in words)
    return not is_named and any(word.casefold() in _BODY | _OCCASION for word in words)


def _is_title(word: str) -> bool:
    return word.casefold() in TITLES


def _is_no_name(rest: list[str], places: frozenset[str]) -> bool:
    """Whether what follows a role is no name: "missing desk", the school's."""
    plain = [word.casefold() for word in rest]
    return (
        all(word.islower() for word in rest)
        or all(word in places or word in _BODY for word in plain)
        or any(word in _BODY for word in plain)
    )


def _of_kin(words: list[str]) -> str:
    """The forename behind a role of the family: "girlfriend Kim"."""
    if len(words) < 2 or not words[0].islower() or not role_of(" ".join(words[:-1])):
        return ""
    return words[-1] if words[-1][0].isupper() else ""


def _before_a_role(words: list[str]) -> str:
    """The name before a role in small letters or a short form: "Xanthe Vale HV"."""
    for length in (2, 1):
        name, role = words[:-length], words[-length:]
        is_said = all(w.islower() or (w.isupper() and not _are_shouted(words)) for w in role)
        if len(name) > 1 and is_said and " ".join(role).casefold() in role_agencies():
            return " ".join(name)
    return ""


def _nobody(text: str) -> ParsedName:
    return ParsedName(text, is_group=True)


def place_words(organisations: frozenset[str]) -> frozenset[str]:
    """The words of organisations' names that could be taken for a surname."""
    return frozenset(
        word.casefold()
        for name in organisations
        for word in _words(name)
        if len(word) > 3 and not is_known_forename(folded(word))
    )
