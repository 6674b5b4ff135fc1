"""A written name taken apart: surname first or last, titles, maiden names, babies, groups."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from chronology.names.tables import folded, is_known_forename

#: Titles and the sex they tell, where they tell one.
TITLES: dict[str, str] = {
    "mr": "male",
    "mister": "male",
    "master": "male",
    "mstr": "male",
    "mast": "male",
    "sir": "male",
    "mrs": "female",
    "ms": "female",
    "miss": "female",
    "madam": "female",
    "lady": "female",
    "dame": "female",
    "mx": "",
    "dr": "",
    "prof": "",
    "professor": "",
    "rev": "",
    "revd": "",
    "lord": "male",
}
#: Titles given to grown-ups ("Master" and "Miss" are given to children too).
ADULT_TITLES = frozenset(("mr", "mister", "mrs", "ms", "dr", "lady", "lord", "sir", "dame"))

_BABY = frozenset("baby infant newborn neonate bb babe twin triplet".split())
_UNBORN = frozenset("unborn ubb foetus fetus".split())
#: Words that come with "baby" or "unborn" and are no name.
_BABY_MORE = frozenset("boy girl male female child twin triplet son daughter m f of".split())
_GROUP = frozenset(
    "family families household children kids siblings sibs sibling twins triplets parents carers"
    " brothers sisters girls boys grandparents couple all both everyone various whole"
    " others".split()
)
#: "Child A", "Sibling 2": a name given to hide the real one, always one person.
_PSEUDONYM = re.compile(
    r"(child|sibling|half sibling|adult|subject|person|young person|yp|parent|mother|father"
    r"|female|male|twin|brother|sister)(?:[ \-]|(?!s$))([a-z]|\d{1,2}|[ivx]{1,3})",
    re.IGNORECASE,
)
#: How somebody is called whom a return names by a number alone; one number, one person.
_BY_NUMBER = re.compile(
    r"(?:child|person) (?:id|with (?:nhs number|upn|noms number|crn)) (\S.*)", re.IGNORECASE
)
_UNKNOWN = re.compile(
    r"\b(?:(?:surname|forename|first name|last name|name) )?"
    r"(?:unknown|unk|not known|not given|not stated|not recorded|withheld|given)\b"
    r"|(?<!\w)[un]/k(?!\w)|\?+ *(?:surname|forename|name)?|\b(?:surname|forename)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_FORMER = re.compile(
    r"(?<!\w)(?:n[ée]e|maiden(?: name)?|prev(?:ious(?:ly)?)?|formerly|former|fka|f/k/a|was)"
    r"(?: known as)?[:.]?\s+(?P<name>[^\W\d_][\w'’\-]*)",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?<!\w)(?:a\.?k\.?a\.?|a/k/a|also known as|known as|k/a|alias|goes by|pref(?:erred)?"
    r"(?: name)?)[:.]?\s+(?P<name>[^\W\d_][\w'’\-]*(?: [^\W\d_][\w'’\-]*)?)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“'‘]([^\W\d_][\w\-]*)[\"”'’](?!\w)")
_LABEL = re.compile(r"^\s*[A-Za-z][A-Za-z '/&]{1,24}:\s*(?=\S)")
_ACCOUNT = re.compile(r"\s+[-–—]\s+\S*\d.*$")
_SEX_AGE = re.compile(r"^\s*[MF]\s+(?=(?:approx|aged?|c\.?)?\s*\d)", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:year|yr|yrs|blwyddyn|bl|primary|class|form|aged?|flat|unit|apt|apartment|room|plot|no\.?)"
    r"\s*\d+\w*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’\-]*\w)?")
_HAS_DIGIT = re.compile(r"\S*\d\S*")
#: A house number opens an address, not a name.
_ADDRESS = re.compile(r"\s*\d+[a-z]?,?\s+\S+\s+\S*[^\W\d]")
_TIMES = re.compile(r"\bx\s?\d+\b", re.IGNORECASE)
_CAPS_START = re.compile(r"^(?:Mc|Mac|Fitz|De|O['’])(?=[A-Z])")
_PARTICLES = frozenset("van von der den de da di del della bin ibn ap ab ferch al el la le".split())
_VOWELS = frozenset("aeiouy")
_STOP = frozenset(
    "and the of re no approx age aged with adult man woman male female child occupier".split()
)


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A written name taken apart; words are folded (lower case, no accents).

    A single letter stands for an initial. ``surnames`` holds former ones too, the present one
    first. ``ordered`` is False where forename and surname may have changed places.
    """

    written: str
    forenames: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    title: str = ""
    #: Other forenames they go by, as the record gives them.
    also: tuple[str, ...] = ()
    is_baby: bool = False
    is_unborn: bool = False
    is_group: bool = False
    ordered: bool = True
    #: What tells nameless children apart ("Twin 1", "Child A").
    label: str = ""

    @property
    def forename(self) -> str:
        """The first forename or its initial, "" where none is given."""
        return self.forenames[0] if self.forenames else ""

    @property
    def surname(self) -> str:
        """The present surname or its initial, "" where none is given."""
        return self.surnames[0] if self.surnames else ""

    @property
    def initials(self) -> str:
        """The initials, forenames first."""
        return "".join(word[0] for word in (*self.forenames, self.surname) if word)

    @property
    def is_full(self) -> bool:
        """Whether it gives a whole forename and a whole surname, or a pseudonym."""
        if self.is_group:
            return False
        named = len(self.forename) > 1 and len(self.surname) > 1
        return named or bool(self.label and not self.is_baby)

    @property
    def is_nameless_child(self) -> bool:
        """Whether it names a baby or an unborn child by its surname alone."""
        return (self.is_baby or self.is_unborn) and len(self.forename) < 2

    @property
    def sex(self) -> str:
        """What the title tells of the sex: "male", "female" or ""."""
        return TITLES.get(self.title, "")

    @property
    def is_adult(self) -> bool:
        """Whether the title is one given to grown-ups, with no forename written out."""
        return self.title in ADULT_TITLES and len(self.forename) < 2


@lru_cache(maxsize=65536)
def parse_name(written: str) -> ParsedName:
    """Takes a written name apart; what it cannot read as a name stays empty."""
    text = " ".join(unicodedata.normalize("NFKC", written).split())
    pseudonym = _PSEUDONYM.fullmatch(text.strip(" ."))
    if numbered := _BY_NUMBER.fullmatch(text.strip()):
        return _nameless(written, f"child numbered {folded(numbered[1])}")
    if pseudonym:
        return _nameless(written, f"{folded(pseudonym[1])} {folded(pseudonym[2])}")
    if _is_group(text):
        return ParsedName(written, surnames=_group_surname(text), is_group=True)
    text, former, also, title = _extras(text)
    text = _cleaned(text)
    words, title = _without_title(text, title)
    if any(folded(w) in _BABY | _UNBORN for w in _WORD.findall(words)):
        return _child(written, words, former)
    forenames, surnames, ordered = _halves(words, titled=bool(title))
    return ParsedName(
        written,
        forenames=forenames,
        surnames=_unique((*surnames, *former)),
        title=title,
        also=also,
        ordered=ordered,
    )


def _nameless(written: str, label: str) -> ParsedName:
    kind = label.split()[0]
    return ParsedName(written, label=label, is_baby=kind == "twin")


def _is_group(text: str) -> bool:
    """Whether it speaks of several people without naming each ("Smith family", "SMITH x3")."""
    words = [folded(word) for word in _WORD.findall(_ASIDE.sub(" ", text))]
    couple = re.search(r"\b(?:mr|mrs|ms|miss)\.? *(?:and|&) *(?:mr|mrs|ms|miss)\b", text, re.I)
    return bool(couple) or bool(_TIMES.search(text)) or any(word in _GROUP for word in words)


def _group_surname(text: str) -> tuple[str, ...]:
    plain = _TIMES.sub(" ", _ASIDE.sub(" ", text))
    words = [folded(w) for w in _WORD.findall(plain)]
    kept = [w for w in words if w not in _GROUP | _STOP and w not in TITLES and len(w) > 1]
    return tuple(kept[-1:])


def _extras(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    """The name without its asides, then former surnames, other forenames, and a title in ()."""
    title = ""
    for aside in _ASIDE.finditer(text):
        inner = (aside[1] or aside[2] or "").strip(" .")
        if folded(inner) in TITLES:
            title = folded(inner)
    former = [folded(found["name"]) for found in _FORMER.finditer(text)]
    also_words = [w for found in _ALSO.finditer(text) for w in found["name"].split()]
    also = [folded(w) for w in also_words]
    also += [folded(found[1]) for found in _QUOTED.finditer(text)]
    plain = _ASIDE.sub(" ", text)
    for pattern in (_FORMER, _ALSO, _QUOTED):
        plain = pattern.sub(" ", plain)
    former += [folded(w) for w in also_words if w.isupper() and len(w) > 1]
    return plain, tuple(former), tuple(also), title


def _cleaned(text: str) -> str:
    """The name without label, account number, class, age and words for 'unknown'."""
    for pattern in (_LABEL, _ACCOUNT, _SEX_AGE, _PLACE, _UNKNOWN):
        text = pattern.sub(" ", text)
    if _ADDRESS.match(text):
        return ""
    return _HAS_DIGIT.sub(" ", text)


def _without_title(text: str, title: str) -> tuple[str, str]:
    kept = []
    for word in text.split():
        plain = folded(word.strip(".,"))
        if plain in TITLES:
            title = title or plain
            kept.append("," if word.endswith(",") else "")
        else:
            kept.append(word)
    return " ".join(w for w in kept if w), title


def _child(written: str, text: str, former: tuple[str, ...]) -> ParsedName:
    """ "Baby SMITH", "Unborn baby of Jane SMITH", "SMITH, Baby boy", "Baby O"."""
    words = _WORD.findall(text)
    plain = [folded(word) for word in words]
    unborn = any(word in _UNBORN for word in plain)
    of_mother = "of" in plain
    ordinal = re.search(r"\b(?:twin|triplet|baby|infant) *(\d|i{1,3}|[ab])\b", written, re.I)
    rest = [w for w, p in zip(words, plain, strict=True) if p not in _BABY | _UNBORN | _BABY_MORE]
    forenames, surnames, ordered = _halves(" ".join(rest), titled=True)
    if of_mother or unborn or "twin" in plain:
        forenames = ()
    return ParsedName(
        written,
        forenames=forenames,
        surnames=_unique((*surnames, *former)),
        is_baby=not unborn,
        is_unborn=unborn,
        ordered=ordered or not forenames,
        label=f"twin {folded(ordinal[1])}" if ordinal and "twin" in plain else "",
    )


def _halves(text: str, *, titled: bool) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Forenames, surname, and whether their order is sure."""
    if "," in text:
        first, _, second = text.partition(",")
        surname, forenames = _words(first), _words(second.split(",")[0])
        if surname and len(surname[0]) == 1 and len(surname) == 1:
            return _halves(f"{second} {first}".replace(",", " "), titled=titled)
        if surname and forenames:
            return _parts(forenames), (_joined(surname),), not _look_exchanged(surname, forenames)
        return _halves(f"{first} {second}".replace(",", " "), titled=titled)
    words = _words(text)
    if not words:
        return (), (), True
    return _single(words[0], titled=titled) if len(words) == 1 else _several(words)


def _look_exchanged(surname: list[str], forenames: list[str]) -> bool:
    """Whether the forename stands before the comma: "DONNA, VALE"."""
    first, second = folded(surname[0]), folded(forenames[0])
    return len(second) > 1 and is_known_forename(first) and not is_known_forename(second)


def _single(word: str, *, titled: bool) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    plain = folded(word)
    if len(plain) == 1:
        return (plain,), (), True
    if len(plain) == 2 and word.isupper() and not set(plain) & _VOWELS:
        return (plain[0],), (plain[1],), True
    if titled or (_is_capitals(word) and not is_known_forename(plain)):
        return (), (plain.replace("-", " "),), True
    return _parts([word]), (), is_known_forename(plain)


def _several(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    capitals = [_is_capitals(word) for word in words]
    if any(capitals) and not all(capitals):
        return (
            _parts([w for w, c in zip(words, capitals, strict=True) if not c]),
            (_joined([w for w, c in zip(words, capitals, strict=True) if c]),),
            True,
        )
    at = next((n for n, w in enumerate(words) if n and w in _PARTICLES), len(words) - 1)
    forenames, surname = _parts(words[:at]), (_joined(words[at:]),)
    sure = len(words[0]) == 1 or len(words[-1]) == 1
    return forenames, surname, sure


def _words(text: str) -> list[str]:
    """The name's words; initials run together ("M.L.") come apart."""
    spaced = re.sub(r"(?<=[^\W\d_])\.(?=\S)", ". ", text)
    return [word for word in _WORD.findall(spaced) if folded(word) not in _STOP]


def _parts(words: list[str]) -> tuple[str, ...]:
    return tuple(part for word in words for part in folded(word).split("-") if part)


def _joined(words: list[str]) -> str:
    return " ".join(folded(word).replace("-", " ").replace("’", "'") for word in words)


def _is_capitals(word: str) -> bool:
    plain = _CAPS_START.sub("", word)
    return len(plain) > 1 and plain.isupper()


def _unique(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
