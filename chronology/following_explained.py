"""Why one record seems to follow from another, in sentences with the words that count."""

from __future__ import annotations

from collections.abc import Callable

from chronology.following import Around, day_foretold, day_said, pointing_words, rare_shared
from chronology.following_weights import Following
from chronology.understand import Understanding
from chronology.words import spoken

#: How much a rule must have moved the odds before it is worth a sentence.
WORTH_SAYING = 0.15

Sentence = Callable[[Understanding, Understanding, Around], str]


def reasons(a: Understanding, b: Understanding, near: Around, policy: Following) -> tuple[str, ...]:
    """Sentences that speak for the link, the weightiest first; the time between where none does."""
    moved = [(rule(a, b, near) * weight, rule.__name__) for rule, weight, _ in policy.steps]
    weighty = sorted((-m, name) for m, name in moved if m >= WORTH_SAYING and name in SENTENCES)
    said = [SENTENCES[name](a, b, near) for _, name in weighty]
    return (*dict.fromkeys(s for s in said if s), _dates(a, b), *_unsure_order(a, b))


def _dates(a: Understanding, b: Understanding) -> str:
    days = (b.first or 0) - (a.first or 0)
    if not days:
        return f"Both are dated {_day(a)}."
    return f"Dated {_day(a)} and {_day(b)}, {days} {'day' if days == 1 else 'days'} later."


def _unsure_order(a: Understanding, b: Understanding) -> list[str]:
    if a.first != b.first or (a.minute is not None and b.minute is not None):
        return []
    return ["No times show which came first; what was told or done is taken to follow."]


def _rare(a: Understanding, b: Understanding, near: Around) -> str:
    telling = [f"'{spoken(word, a.text)}'" for word, _ in rare_shared(a, b, near)[:6]]
    return f"Both mention {', '.join(telling)}." if telling else ""


def _says_day(a: Understanding, b: Understanding, _: Around) -> str:
    return f"The later one says '{day_said(a, b)}', which is the day of the earlier."


def _names_day(a: Understanding, _b: Understanding, _: Around) -> str:
    return f"The later one names the day of the earlier ({_day(a)})."


def _foretold(a: Understanding, b: Understanding, _: Around) -> str:
    said = day_foretold(a, b)
    named = f"says '{said}', which is" if said else "names"
    return f"The earlier one {named} the day of the later ({_day(b)})."


def _points_back(_a: Understanding, b: Understanding, _: Around) -> str:
    return f"The later one points back to something known ('{pointing_words(b)}')."


def _announced(a: Understanding, b: Understanding, _: Around) -> str:
    acts = [act for act in sorted(b.named) if 0 < a.acts.get(act, 0.0) < 1]
    return f"The earlier one speaks of what the later is headed as ({_listed(acts)})."


def _tells_of_it(a: Understanding, b: Understanding, _: Around) -> str:
    acts = [act for act in sorted(a.named) if 0 < b.acts.get(act, 0.0) < 1]
    return f"The later one speaks of what the earlier is headed as ({_listed(acts)})."


def _names_first_teller(a: Understanding, b: Understanding, _: Around) -> str:
    word = min(a.called & b.speaks_of)
    return f"The later one names who recorded the earlier ('{word.title()}')."


def _names_next_teller(a: Understanding, b: Understanding, _: Around) -> str:
    word = min(b.called & a.speaks_of)
    return f"The earlier one names who recorded the later ('{word.title()}')."


def _names_first_worker(a: Understanding, b: Understanding, _: Around) -> str:
    word = min(a.worker & b.speaks_of)
    return f"The later one names the worker who wrote the earlier ('{word.title()}')."


def _names_next_worker(a: Understanding, b: Understanding, _: Around) -> str:
    word = min(b.worker & a.speaks_of)
    return f"The earlier one names the worker who wrote the later ('{word.title()}')."


def _same_worker(a: Understanding, b: Understanding, _: Around) -> str:
    return f"The same worker wrote both ('{min(a.worker & b.worker).title()}')."


#: A sentence for each rule that sees something in the records' words.
SENTENCES: dict[str, Sentence] = {
    "rare_words": _rare,
    "says_its_day": _says_day,
    "names_its_day": _names_day,
    "foretold": _foretold,
    "points_back": _points_back,
    "announced": _announced,
    "tells_of_it": _tells_of_it,
    "names_first_teller": _names_first_teller,
    "names_next_teller": _names_next_teller,
    "names_first_worker": _names_first_worker,
    "names_next_worker": _names_next_worker,
    "same_worker": _same_worker,
}


def _day(u: Understanding) -> str:
    day = u.account.occurred.start
    return f"{day.day} {day:%B %Y}" if day else "no day"


def _listed(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words[:3])
