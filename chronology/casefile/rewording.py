"""Which words an agency changed when it sent a record again, told in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from chronology.account import Account, Mention
from chronology.casefile.alike import same_cell
from chronology.when import When

#: More changed words, or letters in them, than this are counted and not quoted.
MOST_WORDS, MOST_LETTERS = 12, 240
#: Texts that differ over a longer stretch of words than this are not laid side by side.
LONGEST_STRETCH = 400

#: Fields that are text, in the order they are told; the narrative needs no name.
_TEXTS = (
    ("", "narrative"),
    ("Recorded as", "event_type_written"),
    ("Outcome", "outcome"),
    ("By", "professional"),
    ("Place", "location"),
    ("Reference", "reference"),
    ("Child's words", "child_voice"),
    ("Author's analysis", "analysis"),
)
_WHENS = (
    ("Date", "occurred"),
    ("Recorded on", "recorded"),
    ("Known to the agency", "known"),
    ("Shared", "shared"),
)
_ANSWERS = (("Child seen", "child_seen"), ("Child seen alone", "child_alone"))
_MENTIONS = (("About", "subjects"), ("People", "people"))

#: Words that stood, and words that stand in their place; one side may be without any.
_Step = tuple[Sequence[str], Sequence[str]]
#: The name of a field or column, as it was, and as it is.
_Told = tuple[str, str, str]


def what_changed(before: Account, after: Account) -> str:
    """``'RIGHT' became 'LEFT'.``; how many words where they are many; "" where none differs."""
    told: list[str] = []
    words = letters = 0
    for name, was, now in _differing(before, after):
        steps = list(_steps(was.split(), now.split()))
        words += sum(max(len(old), len(new)) for old, new in steps)
        said = ", ".join(_said(*step) for step in steps)
        letters += len(said)
        told.append(f"{name}: {said}" if name else said)
    if words > MOST_WORDS or letters > MOST_LETTERS:
        return f"{words:,} {'word' if words == 1 else 'words'} changed: see the history."
    return f"{'; '.join(told)}." if told else ""


def _differing(before: Account, after: Account) -> Iterator[_Told]:
    """What of the two is not the same; a cell that no field told of stands under its heading."""
    told = [one for one in _fields(before, after) if one[1].split() != one[2].split()]
    yield from told
    dates = {*_dates(before), *_dates(after)}
    for heading, was, now in _cells(before, after):
        is_told = any(was in _plain(old) and now in _plain(new) for _, old, new in told)
        if not is_told and not {was, now} <= dates and not same_cell(was, now, respelt=False):
            yield heading, was, now


def _fields(before: Account, after: Account) -> Iterator[_Told]:
    for name, field in _WHENS:
        was, now = getattr(before, field), getattr(after, field)
        if _stamp(was) != _stamp(now):
            yield name, _written(was), _written(now)
    for name, field in _TEXTS:
        yield name, getattr(before, field), getattr(after, field)
    for name, field in _ANSWERS:
        yield name, getattr(before, field).value, getattr(after, field).value
    for name, field in _MENTIONS:
        yield name, _names(getattr(before, field)), _names(getattr(after, field))


def _cells(before: Account, after: Account) -> Iterator[_Told]:
    """Cells under headings that both files have; a column added or gone changed no words."""
    old, new = _by_heading(before), _by_heading(after)
    for heading, cells in old.items():
        if heading in new:
            yield heading, _plain(" ".join(cells)), _plain(" ".join(new[heading]))


def _by_heading(account: Account) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for heading, text in account.raw:
        found.setdefault(_plain(heading), []).append(text)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


def _dates(account: Account) -> Iterator[str]:
    return (_plain(_written(getattr(account, field))) for _, field in _WHENS)


def _stamp(when: When | None) -> tuple[object, ...]:
    if when is None:
        return ()
    if not when.is_known:
        return (when.written,)
    return (when.precision, when.start, when.end, when.clock)


def _written(when: When | None) -> str:
    return when.written if when else ""


def _names(mentions: Sequence[Mention]) -> str:
    return ", ".join(mention.name for mention in mentions)


def _steps(was: Sequence[str], now: Sequence[str]) -> Iterator[_Step]:
    """Where two texts part, in their order."""
    start = _shared(was, now)
    was, now = was[start:], now[start:]
    end = _shared(was[::-1], now[::-1])
    was, now = was[: len(was) - end], now[: len(now) - end]
    if max(len(was), len(now)) > LONGEST_STRETCH:
        yield (
            list((Counter(was) - Counter(now)).elements()),
            list((Counter(now) - Counter(was)).elements()),
        )
        return
    for step, i, j, k, n in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if step != "equal":
            yield was[i:j], now[k:n]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))


def _said(was: Sequence[str], now: Sequence[str]) -> str:
    old, new = f"'{' '.join(was)}'", f"'{' '.join(now)}'"
    if not was:
        return f"{new} was added"
    return f"{old} became {new}" if now else f"{old} was taken out"
