"""Cells that name people: who is listed, in what role, each name kept as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from chronology.account import Identifier, Mention
from chronology.names.parse import TITLES, parse_name
from chronology.names.tables import folded
from chronology.vocabulary import is_professional_role, role_of

_LINES = re.compile(r"\s*(?:[;\n\r|•]|(?<=\S)\t)\s*")
_AND = re.compile(r"\s+(?:&|and|\+)\s+|\s*&\s*|\s+/\s+|\s*\+\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)|\[([^\[\]]*)\]")
_DASH = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*|:\s+")
_BORN = re.compile(
    r"(?:\b(?:d\.?o\.?b\.?|born|b\.)\s*:?\s*)?"
    r"(\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}[ \-][A-Za-z]{3,9}[ \-]\d{2,4})",
    re.IGNORECASE,
)
#: "EXAMPLE Jo 01/02/1986", "Jo Example, dob 1.2.86": a whole date behind a name.
_BORN_BEHIND = re.compile(
    r"(?P<name>.*?[^\W\d_][.)'’]?)\s*[,;:–—-]?\s+\(?"
    r"(?:d\.?\s?o\.?\s?b\.?\s*[:-]?\s*|born\s+(?:on\s+)?|b\.\s*|date of birth\s*[:-]?\s*)?"
    r"(?P<born>\d{1,2}[./\-]\d{1,2}[./\-](?:\d{4}|\d\d)|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}[ \-][A-Za-z]{3,9}[ \-]\d{4})\)?[.,]?",
    re.IGNORECASE | re.DOTALL,
)
_SLASHED_DATES = re.compile(r"\s+/\s+|\s*[;,\n&]\s*")
#: Part of a subject cell that is nobody by name: "and others", "and 6 deps", "and two brothers".
_MORE = re.compile(
    r"^\s*(?:\d|x\d|(?:two|three|four|five|six|her|his|their)\b)"
    r"|\b(?:others?|child(?:ren)?|kids?|sibs?|siblings?|brothers?|sisters?|boys?|girls?|deps?"
    r"|dependants?|family|twins)\b",
    re.IGNORECASE,
)
#: "Jo M": two of them are two people.
_FORENAME_AND_INITIAL = re.compile(r"[^\W\d_][^\W\d_'’\-]+ [^\W\d_]\.?")
#: No name has more words.
MOST_WORDS = 6
#: Roles, in plain words, that nobody has alone.
_ROLES_OF_SEVERAL = frozenset(("siblings", "parents", "children", "grandparents"))
_JUST_TITLE = re.compile(rf"^\s*(?:{'|'.join(TITLES)})\.?\s*$", re.IGNORECASE)


@lru_cache(maxsize=16384)
def mentions(text: str) -> tuple[Mention, ...]:
    """The people a cell lists, e.g. "Sheila Bowden (CMW); Callum (son 7 yrs); MGM"."""
    listed = (
        _mention(name) for line in _LINES.split(text) if line.strip() for name in _listed(line)
    )
    return tuple(_born_behind(one) for mention in listed for one in _each_of_several(mention))


def subjects(
    text: str, born: str = "", identifiers: tuple[Identifier, ...] = ()
) -> tuple[Mention, ...]:
    """Whom a record is about: the whole cell verbatim for one person, else each as written.

    A cell that also speaks of people it does not name ("and two brothers") stays whole.

    A date of birth or identifier stays with its person; where there are fewer or more of them
    than persons nothing says whose they are, and none gets them.
    """
    whole = text.strip()
    names = _subjects(whole)
    if len(names) < 2 or any(map(_MORE.search, names)):
        return (_born_behind(Mention(whole, "", born, identifiers)),)
    births = [part for part in _SLASHED_DATES.split(born.strip()) if part]
    if len(births) != len(names):
        births = [""] * len(names)
    is_one_each = len(identifiers) == len(names) and len({i.kind for i in identifiers}) == 1
    owned = tuple(identifiers) if is_one_each else (None,) * len(names)
    return tuple(
        _born_behind(Mention(name, "", day, (identifier,) if identifier else ()))
        for name, day, identifier in zip(names, births, owned, strict=True)
    )


def _born_behind(mention: Mention) -> Mention:
    """The mention with the date of birth that stands behind its name as such."""
    found = None if mention.born else _BORN_BEHIND.fullmatch(mention.name)
    if found is None or not _is_one_name(found["name"]):
        return mention
    return replace(mention, name=found["name"].rstrip(" ,;:"), born=found["born"])


def _is_one_name(text: str) -> bool:
    """Whether it gives a whole name, and no figures or prose beside it."""
    return (
        _words(text) <= MOST_WORDS
        and parse_name(text).is_full
        and not re.search(r"\d|\b(?:and|on|from|since|until|seen|dated?)\b|&", text)
    )


def _each_of_several(mention: Mention) -> tuple[Mention, ...]:
    """Forenames that share the role of several: "Noah, Isla (siblings)"."""
    names = [part.strip() for part in mention.name.split(",")]
    if len(names) < 2 or role_of(mention.role) not in _ROLES_OF_SEVERAL:
        return (mention,)
    if not all(len(name.split()) == 1 and name.istitle() for name in names):
        return (mention,)
    return tuple(Mention(name, mention.role, mention.born) for name in names if name)


def _subjects(text: str) -> list[str]:
    return [name for line in _LINES.split(text) if line.strip() for name in _listed(line)]


def _listed(line: str) -> list[str]:
    """The names of one line: commas part them only where they do not part surname and forename."""
    shielded, asides = _shield(line)
    names = [
        name for part in _between_commas(shielded) for name in _between_ands(part) if name.strip()
    ]
    return [_unshield(name, asides).strip() for name in names]


def _shield(line: str) -> tuple[str, list[str]]:
    """The line with what stands in brackets put aside, so that its commas part nothing."""
    asides: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        asides.append(found[0])
        return f"\x00{len(asides) - 1}\x00"

    return _ASIDE.sub(put_aside, line), asides


def _unshield(name: str, asides: list[str]) -> str:
    return re.sub(r"\x00(\d+)\x00", lambda found: asides[int(found[1])], name)


def _between_ands(part: str) -> list[str]:
    names = [name for name in _AND.split(part) if name.strip()]
    if len(names) < 2 or any(_JUST_TITLE.match(name) for name in names[:-1]):
        return [part]
    return names if all(_may_be_person(name) for name in names) else [part]


def _may_be_person(name: str) -> bool:
    plain = re.sub(r"\x00\d+\x00", " ", name).strip()
    parsed = parse_name(plain)
    return bool(parsed.forenames or parsed.surnames or parsed.is_group or role_of(plain)) or bool(
        parsed.is_baby or parsed.is_unborn or parsed.label
    )


def _between_commas(line: str) -> list[str]:
    parts = [part.strip() for part in line.split(",") if part.strip()]
    if len(parts) < 2 or _is_surname_first(parts):
        return _pairs(parts) if len(parts) > 2 else [line]
    return list(_with_roles(parts))


def _is_surname_first(parts: list[str]) -> bool:
    """Whether the comma parts "SURNAME, Forename" and not two people, or a person and a role."""
    first, second = parts[0], parts[1]
    if _FORENAME_AND_INITIAL.fullmatch(first) and _FORENAME_AND_INITIAL.fullmatch(second):
        return False
    if _is_role(first) or _is_role(second):
        return False
    if _words(first) > 1 and not (first.isupper() or _AND.search(second) is None):
        return False
    one_word = _words(first) == 1 or first.isupper() or "-" in first
    return one_word and _words(second) <= 3 and not _many_singles(parts)


def _many_singles(parts: list[str]) -> bool:
    """Three or more words one after another, not by turns in capitals: a list of forenames."""
    if len(parts) < 3:
        return False
    by_turns = all(part.isupper() for part in parts[::2]) and not all(
        part.isupper() for part in parts
    )
    return not by_turns and not any(_is_role(part) for part in parts)


def _pairs(parts: list[str]) -> list[str]:
    """ "SMITH, John, SMITH, Mary" by twos; roles stay with the name before them."""
    return list(_with_roles([f"{parts[0]}, {parts[1]}", *_rest(parts[2:])]))


def _rest(parts: list[str]) -> Iterator[str]:
    waiting = ""
    for part in parts:
        if waiting:
            yield f"{waiting}, {part}"
            waiting = ""
        elif part.isupper() and _words(part) == 1 and not _is_role(part):
            waiting = part
        else:
            yield part
    if waiting:
        yield waiting


def _with_roles(parts: list[str]) -> Iterator[str]:
    """Each name, with the roles that follow it behind their comma."""
    name = ""
    for part in parts:
        if name and (_BORN.match(part) or not _may_be_person(part)):
            name = f"{name}, {part}"
        elif name and _is_role(part) and not _is_role(name):
            yield f"{name}, {part}"
            name = ""
        else:
            if name:
                yield name
            name = part
    if name:
        yield name


def _words(text: str) -> int:
    return len(re.sub(r"\x00\d+\x00", " ", text).split())


def _is_role(text: str) -> bool:
    return bool(role_of(text)) or is_professional_role(text)


def _mention(written: str) -> Mention:
    """One person with the role and date of birth written beside the name."""
    asides = [(found[1] or found[2] or "").strip() for found in _ASIDE.finditer(written)]
    plain = " ".join(_ASIDE.sub(" ", written).split())
    born = next((found[1] for aside in asides if (found := _BORN.search(aside))), "")
    said = next((aside for aside in asides if _is_said_of(aside)), "")
    if not plain:
        return Mention(written.strip(), "", born)
    rest = "".join(f" ({one})" for one in asides if one and one != said and not _BORN.search(one))
    if said and role_of(plain) and _is_person_name(said):
        return Mention(f"{said}{rest}", plain, born)
    if said:
        return Mention(f"{plain}{rest}", said, born)
    return _parted(written.strip() if asides and not born else plain, born)


def _is_said_of(aside: str) -> bool:
    """Whether what stands in brackets tells a role, not a title, former name or date of birth."""
    return bool(aside) and not _is_of_name(aside) and not _BORN.fullmatch(aside)


def _is_of_name(aside: str) -> bool:
    plain = folded(aside.strip(" ."))
    return plain in TITLES or (
        bool(re.match(r"(?:n[ée]e|prev|formerly|former|maiden|aka|a\.k\.a|known as|m|f)\b", plain))
        and not role_of(aside)
    )


def _is_person_name(text: str) -> bool:
    """Whether the words in brackets are somebody's name ("Nan (Mrs Hill)")."""
    return (
        not _is_role(text)
        and text[:1].isupper()
        and not re.search(r"\d", text)
        and (_words(text) > 1 or (parse_name(text).ordered and bool(parse_name(text).forenames)))
    )


def _parted(text: str, born: str) -> Mention:
    """The name and the role behind a dash or comma, or a role before a colon."""
    pieces = _DASH.split(text, maxsplit=1)
    if len(pieces) == 2 and _is_role(pieces[1]):
        return Mention(pieces[0].strip(), pieces[1].strip(), born)
    if len(pieces) == 2 and _is_role(pieces[0]):
        return Mention(pieces[1].strip(), pieces[0].strip(), born)
    name, comma, role = text.rpartition(",")
    if comma and _is_role(role) and not _is_role(name):
        return Mention(name.strip(), role.strip(), born)
    return Mention(text, "", born)
