"""What a record says of an injury: of what kind, where on the body, on which side and how many.

For laying accounts side by side only. A person's words are never corrected by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

#: Kind of injury -> the words for it, as parts of a pattern. A kind is compared with its own only.
KINDS: dict[str, str] = {
    "bruise": r"bruis(?:e|es|ed|ing)|black eyes?|haematomas?",
    "burn": r"burn|burns|burnt|burned|scald(?:s|ed|ing)?|blister(?:s|ed|ing)?",
    "fracture": r"fractur(?:e|es|ed)|broken|#",
    "bite": r"bites?|bite[ -]marks?|bitten",
    "cut": r"cut|cuts|lacerat(?:ion|ions|ed)|gash(?:es)?|stab wounds?",
    "graze": r"graz(?:e|es|ed)|scratch(?:es|ed)?|abrasions?",
    "swelling": r"swelling|swollen|lumps?",
    "mark": r"marks?|marking|red mark|redness|welts?|weals?|scars?",
    "injury": r"injur(?:y|ies)|wounds?",
}
#: Words that name an injury only beside a part of the body ("mark of respect", "broken window").
DOUBTFUL = frozenset(
    "burn burns cut cuts mark marks marking broken # bite bites lump lumps".split()
)
#: Part of the body -> the larger part it belongs to, "" for one that stands by itself.
PARTS: dict[str, str] = {
    "head": "", "forehead": "face", "temple": "face", "scalp": "head", "face": "head",
    "cheek": "face", "eye": "face", "eyelid": "eye", "eyebrow": "eye", "chin": "face",
    "jaw": "face", "lip": "face", "mouth": "face", "nose": "face", "ear": "head", "neck": "",
    "throat": "neck", "shoulder": "", "collarbone": "shoulder", "arm": "", "forearm": "arm",
    "elbow": "arm", "wrist": "arm", "hand": "", "palm": "hand", "knuckle": "hand",
    "finger": "hand", "thumb": "hand", "chest": "", "rib": "chest", "stomach": "", "tummy":
    "stomach", "abdomen": "stomach", "back": "", "spine": "back", "hip": "", "buttock": "",
    "bottom": "buttock", "groin": "", "leg": "", "thigh": "leg", "knee": "leg", "shin": "leg",
    "calf": "leg", "ankle": "", "foot": "", "heel": "foot", "toe": "foot",
}  # fmt: skip
#: Plurals and other spellings of them.
SPELT: dict[str, str] = {
    **{f"{part}s": part for part in PARTS},
    "feet": "foot", "calves": "calf", "ribcage": "rib", "facial": "face", "abdominal": "abdomen",
    "lower arm": "forearm", "lower arms": "forearm", "collar bone": "collarbone", "clavicle":
    "collarbone", "earlobe": "ear", "knuckles": "knuckle", "belly": "stomach",
}  # fmt: skip
#: Where a word for a part of the body is none, or only one of them is.
NO_PART = re.compile(
    r"\bhead ?-?(?:teacher|master|mistress|lice|of|injury unit)\b|\bface[ -]to[ -]face\b"
    r"|\bhand(?:ed|s)?[ -]?over\b|\b(?:at|by|first|second|other|one) hand|\ban eye (?:on|out)\b"
    r"|\beye contact\b|\bback (?:to|from|in|at|home|into|on|with|door|garden|of|again|and forth)\b"
    r"|\b(?:came|come|went|go|going|called|rang|ring|call|get|got|feed|fed|report|brought|date)"
    r" back\b|\bback(?:ground|ed)\b|\bbottom of\b|\bchest of\b|\bleg of\b|\bfoot of\b|\bhip hop\b"
    r"|\b(?:by|with|from) (?:[\w'’]+ ){0,3}(?:hands?|foot|feet|elbow|knee|head)\b"
    r"|\bat the bottom\b|\bby mouth\b|\bmouth ?wash\b|\bon (?:his|her|their) own two feet\b",
    re.IGNORECASE,
)
SIDES: dict[str, frozenset[str]] = {
    "left": frozenset(("left",)), "l": frozenset(("left",)), "lt": frozenset(("left",)),
    "right": frozenset(("right",)), "r": frozenset(("right",)), "rt": frozenset(("right",)),
    "both": frozenset(("left", "right")), "bilateral": frozenset(("left", "right")),
}  # fmt: skip
NUMBERS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        ("a an one single", "two couple pair", "three", "four", "five", "six", "seven"), 1
    )
    for word in words.split()
}
#: Who bears the injury where it is not said to be the child.
_GROWN_UP = (
    r"(?:mother|mum|mam|mummy|father|dad|daddy|stepfather|step-father|stepdad|stepmother|parent"
    r"|grandmother|grandfather|nan|partner|boyfriend|girlfriend|husband|wife|neighbour|staff"
    r"|officer|teacher|worker|male|female|man|woman|suspect|offender|ex-partner)"
)
_BORNE = re.compile(
    rf"\b{_GROWN_UP}(?:'s|’s| (?:has|had|with|sustained|suffered|received|presented with|bears"
    rf"|was seen with|seen with))\b|\b(?:to|on|of|by) (?:the |his |her |their )?{_GROWN_UP}\b",
    re.IGNORECASE,
)
#: Words that say there is none, before it or behind it in the same clause.
_NOT_BEFORE = re.compile(
    r"\b(?:no|nil|not|none|never|without|denie[sd]|deny|denying|neither|nor|n't|isn't|wasn't"
    r"|didn't|free (?:of|from)|absence of|rul(?:ed|ing) out|exclud(?:ed|ing)|unable to see"
    r"|clear of|rather than|risk of|if|whether|any)\b[^,;:]*$",
    re.IGNORECASE,
)
_NOT_BEHIND = re.compile(
    r"^(?:\s+(?:to|on|of) (?:[\w'’]+ ){0,2}[\w'’]+)?\W*"
    r"(?:(?:was|were|is|are)? ?(?:none|nil|not (?:seen|visible|present|evident|found|noted)"
    r"|ruled out|denied|absent))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;!?\n]+(?:\.\d[^.;!?\n]*)*")
_BUT = re.compile(r"\bbut\b|\bhowever\b|\balthough\b|\bthough\b", re.IGNORECASE)
_INJURY = re.compile(
    "|".join(rf"(?P<{kind}>(?<![\w-])(?:{words})(?!\w))" for kind, words in KINDS.items()),
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<![\w-])(?:(?P<side>left|right|both|bilateral|lt|rt|l|r)[ -]+(?:hand side |side of |"
    r"(?:(?:the|his|her|upper|lower|inner|outer|front|back|side|of) )*)?)?"
    rf"(?P<part>{'|'.join(sorted((*PARTS, *SPELT), key=lambda p: (-len(p), p)))})(?!\w)"
    r"(?: ?\((?P<after>left|right|l|r|both)\))?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?P<number>\d{1,2}|" + "|".join(NUMBERS) + r")\b(?: of)?(?: [\w-]+){0,3} ?$",
    re.IGNORECASE,
)
_BEFORE_BACK = re.compile(
    r"(?:\b(?:on|to|across|lower|upper|his|her|their|arms?|and|neck|chest)|['’]s|,) (?:the )?$",
    re.IGNORECASE,
)
#: Adjectives behind which a single injury is named without a number ("small bruise on arm").
_SINGULAR = re.compile(r"(?:^|[.,:;]|\b(?:small|large|big|new|visible|minor|faint|dark)) ?$", re.I)


@dataclass(frozen=True, slots=True)
class Injury:
    """One kind of injury a record tells of."""

    kind: str
    #: Parts of the body -> the sides named.
    parts: Mapping[str, frozenset[str]]
    #: How many, 0 where it does not say; ``at_least`` for a plural without a number.
    number: int
    at_least: int
    is_grown_ups: bool
    #: The sentences that tell of it, as written.
    words: tuple[str, ...]


@lru_cache(maxsize=4096)
def injuries_in(text: str) -> tuple[Injury, ...]:
    """The injuries a text tells of, one for each kind and bearer; those it denies left out."""
    found: dict[tuple[str, bool], list[Injury]] = {}
    for sentence in _SENTENCE.findall(text):
        for injury in _in_sentence(sentence.strip()):
            found.setdefault((injury.kind, injury.is_grown_ups), []).append(injury)
    return tuple(map(_together, found.values()))


def differ(one: Injury, other: Injury) -> bool:
    """Whether two tell of one kind otherwise: of other parts, another side or another number."""
    if one.kind != other.kind or one.is_grown_ups is not other.is_grown_ups:
        return False
    return _numbers_differ(one, other) or _places_differ(one, other)


def _in_sentence(sentence: str) -> Iterator[Injury]:
    clauses = _BUT.split(sentence)
    for clause in clauses:
        parts = _parts(clause)
        for found in _INJURY.finditer(clause):
            before, behind = clause[: found.start()], clause[found.end() :]
            said = found.group().casefold()
            if _NOT_BEFORE.search(before) or _NOT_BEHIND.match(behind):
                continue
            own = {"eye": frozenset[str]()} if said.startswith("black eye") else parts
            if said in DOUBTFUL and not own:
                continue
            number, at_least = _number(before, said)
            is_grown_ups = bool(_BORNE.search(clause))
            kind = found.lastgroup or ""
            yield Injury(kind, own, number, at_least, is_grown_ups, (sentence,))


def _parts(clause: str) -> Mapping[str, frozenset[str]]:
    plain = NO_PART.sub(lambda found: " " * len(found.group()), clause)
    parts: dict[str, frozenset[str]] = {}
    for found in _PART.finditer(plain):
        written = found["part"].casefold()
        if written == "back" and not _is_body(plain[: found.start()], found["side"]):
            continue
        side = SIDES.get((found["side"] or found["after"] or "").casefold(), frozenset())
        part = SPELT.get(written, written)
        parts[part] = parts.get(part, frozenset()) | side
    return MappingProxyType(parts)


def _is_body(before: str, side: str | None) -> bool:
    """Whether "back" is a part of the body: behind "on her", "to", "lower", "'s"."""
    return bool(side or _BEFORE_BACK.search(before))


def _number(before: str, said: str) -> tuple[int, int]:
    """How many, and at least how many: (0, 0) where nothing says."""
    is_mass = said.endswith(("ing", "ed", "burnt", "bitten", "broken", "redness", "swollen", "#"))
    counted = _COUNTED.search(before)
    is_plural = said.endswith("s") and not is_mass
    if counted and not is_mass:
        word = counted["number"].casefold()
        number = int(word) if word.isdigit() else NUMBERS[word]
        if is_plural is (number > 1):  # not "a number of bruises", "two day old bruise"
            return number, number
    if is_plural:
        return 0, 2
    return (1, 1) if not is_mass and _SINGULAR.search(before) else (0, 0)


def _together(told: Iterable[Injury]) -> Injury:
    """All that a record says of one kind as one: what it counts, and every part it names."""
    every = list(told)
    parts: dict[str, frozenset[str]] = {}
    for injury in every:
        for part, sides in injury.parts.items():
            parts[part] = parts.get(part, frozenset()) | sides
    return Injury(
        every[0].kind,
        MappingProxyType(parts),
        _sum(every),
        max(injury.at_least for injury in every),
        every[0].is_grown_ups,
        tuple(dict.fromkeys(word for injury in every for word in injury.words)),
    )


def _sum(every: list[Injury]) -> int:
    """The number, where one is said; several that are counted apart may be the same or more."""
    numbers = {injury.number for injury in every if injury.number}
    return numbers.pop() if len(every) == 1 and numbers else 0


def _numbers_differ(one: Injury, other: Injury) -> bool:
    if one.number and other.number:
        return one.number != other.number
    counted, plural = (one, other) if one.number else (other, one)
    return bool(counted.number) and counted.number < plural.at_least


def _places_differ(one: Injury, other: Injury) -> bool:
    if not one.parts or not other.parts:
        return False
    return _unmatched(one, other) or _unmatched(other, one)


def _unmatched(one: Injury, other: Injury) -> bool:
    """Whether one names a part, or a side of it, for which the other has no like."""
    for part, sides in one.parts.items():
        like = [there for there in other.parts if _is_like(part, there)]
        if not like:
            return True
        if sides and not any(not other.parts[p] or other.parts[p] & sides for p in like):
            return True
    return False


def _is_like(one: str, other: str) -> bool:
    return one in _within(other) or other in _within(one)


def _within(part: str) -> Iterator[str]:
    """The part and every larger part it belongs to."""
    while part:
        yield part
        part = PARTS[part]
