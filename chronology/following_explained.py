"""Why one record seems to follow from another, in sentences with the words that count."""

from __future__ import annotations

from collections.abc import Callable

from chronology.compare import quoted, spoken_day
from chronology.explain.sentence import titled
from chronology.explain.words import in_both
from chronology.following import Around, day_foretold, day_said, pointing_words, rare_shared
from chronology.following_weights import Following
from chronology.understand import Understanding, words_for_act
from chronology.vocabulary import abbreviations_in
from chronology.words import split, stems

#: How much a rule must have moved the odds before it is worth a sentence.
WORTH_SAYING = 0.15

Sentence = Callable[[Understanding, Understanding, Around], str]


def reasons(a: Understanding, b: Understanding, near: Around, policy: Following) -> tuple[str, ...]:
    """Sentences that speak for the link, the weightiest first; the time between in the end."""
    return (*words_for(a, b, near, policy), *time_between(a, b))


def words_for(
    a: Understanding, b: Understanding, near: Around, policy: Following
) -> tuple[str, ...]:
    """Sentences on what the records say that speaks for the link; none where they are only near."""
    moved = [(rule(a, b, near) * weight, rule.__name__) for rule, weight, _ in policy.steps]
    weighty = sorted((-m, name) for m, name in moved if m >= WORTH_SAYING and name in SENTENCES)
    said = [SENTENCES[name](a, b, near) for _, name in weighty]
    return tuple(dict.fromkeys(s for s in said if s))


def time_between(
    a: Understanding, b: Understanding, *, is_order_known: bool = False
) -> tuple[str, ...]:
    """Sentences on the dates of the two records, and on whether they show which came first."""
    return (_dates(a, b), *(() if is_order_known else _unsure_order(a, b)))


def _dates(a: Understanding, b: Understanding) -> str:
    days = abs((b.first or 0) - (a.first or 0))
    one, other = spoken_day(a.account), spoken_day(b.account)
    if not days:
        return f"Both are dated {one}."
    later = "later" if (b.first or 0) > (a.first or 0) else "earlier"
    return f"Dated {one} and {other}, {days} {'day' if days == 1 else 'days'} {later}."


def _unsure_order(a: Understanding, b: Understanding) -> list[str]:
    if a.first != b.first or (a.minute is not None and b.minute is not None):
        return []
    return ["No times show which came first; what was told or done is taken to follow."]


def _rare(a: Understanding, b: Understanding, near: Around) -> str:
    telling = in_both(a, b, [word for word, _ in rare_shared(a, b, near)])[:6]
    return f"Both mention {', '.join(telling)}." if telling else ""


def _says_day(a: Understanding, b: Understanding, _: Around) -> str:
    return f"The later one says '{day_said(a, b)}', which is the day of the earlier."


def _names_day(a: Understanding, _b: Understanding, _: Around) -> str:
    return f"The later one names the day of the earlier ({spoken_day(a.account)})."


def _foretold(a: Understanding, b: Understanding, _: Around) -> str:
    said = day_foretold(a, b)
    named = f"says '{said}', which is" if said else "names"
    return f"The earlier one {named} the day of the later ({spoken_day(b.account)})."


def _points_back(_a: Understanding, b: Understanding, _: Around) -> str:
    return f"The later one points back to something known ('{pointing_words(b)}')."


def _announced(a: Understanding, b: Understanding, _: Around) -> str:
    return _speaks_of(f"The earlier one {{}} the later is headed{_named_as(b)}.", a, b)


def _tells_of_it(a: Understanding, b: Understanding, _: Around) -> str:
    return _speaks_of(f"The later one {{}} the earlier is headed{_named_as(a)}.", b, a)


def _named_as(u: Understanding) -> str:
    return f" as ('{quoted(u.account)}')"


def _speaks_of(sentence: str, by: Understanding, headed: Understanding) -> str:
    """That one speaks of the kind of thing another is headed as, by its own word for it."""
    act = next(act for act in sorted(headed.named) if 0 < by.acts.get(act, 0.0) < 1)
    word = words_for_act(by.account, act)
    if not word or _is_in(word, quoted(headed.account)):
        return sentence.format("speaks of what")
    meant = dict(abbreviations_in(word, by.account.agency)).get(word)
    read_as = f", read as '{meant}'" if meant else ""
    return sentence.format(f"says '{word}'{read_as}, which is taken for what")


def _is_in(words: str, heading: str) -> bool:
    """Whether a heading holds one of the words itself, whatever its ending."""
    headed = [*stems(split(heading.lower()))]
    return any(h.startswith(w) or w.startswith(h) for w in stems(split(words.lower()))
               for h in headed if len(min(h, w, key=len)) > 2)  # fmt: skip


def _naming(
    sentence: str, words: Callable[[Understanding, Understanding], frozenset[str]]
) -> Sentence:
    """A sentence that quotes the first of the words two records have to show for it."""

    def said(a: Understanding, b: Understanding, _: Around) -> str:
        return sentence.format(titled(min(words(a, b), key=lambda w: (not w.isalpha(), w))))

    return said


def _same_worker(a: Understanding, b: Understanding, _: Around) -> str:
    """By name where they share one; a number by itself may be of a post or a unit."""
    shared = sorted(a.worker & b.worker, key=lambda w: (not w.isalpha(), w))
    if shared[0].isalpha():
        return f"The same worker wrote both ('{titled(shared[0])}')."
    return f"The same worker or number wrote both ('{shared[0]}')."


#: A sentence for each rule that sees something in the records' words.
SENTENCES: dict[str, Sentence] = {
    "rare_words": _rare,
    "says_its_day": _says_day,
    "names_its_day": _names_day,
    "foretold": _foretold,
    "points_back": _points_back,
    "announced": _announced,
    "tells_of_it": _tells_of_it,
    "names_first_teller": _naming(
        "The later one names who recorded the earlier ('{}').", lambda a, b: a.called & b.speaks_of
    ),
    "names_next_teller": _naming(
        "The earlier one names who recorded the later ('{}').", lambda a, b: b.called & a.speaks_of
    ),
    "names_first_worker": _naming(
        "The later one names the worker who wrote the earlier ('{}').",
        lambda a, b: a.worker & b.speaks_of,
    ),
    "names_next_worker": _naming(
        "The earlier one names the worker who wrote the later ('{}').",
        lambda a, b: b.worker & a.speaks_of,
    ),
    "same_worker": _same_worker,
}
