"""What a comparison saw, in sentences with the words of the records that count."""

from __future__ import annotations

import math
from collections.abc import Callable

from chronology.compare import RULES, Comparison, Context, days_apart
from chronology.conflicts import teller
from chronology.judging import MEASURES, weighed
from chronology.kinds import KINDS, likeliest
from chronology.understand import Understanding
from chronology.weights import Weights
from chronology.words import spoken

#: How much a rule must have moved the odds before it is worth a sentence.
WORTH_SAYING = 0.2

Sentence = Callable[[Understanding, Understanding, Context], str]


def reasons(
    comparison: Comparison, case: Context, weights: Weights
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences that speak for one occurrence and against it, the weightiest first."""
    said: dict[str, float] = {}
    seen = dict(zip((rule.__name__ for rule in RULES), comparison.values, strict=True))
    for name, moves in _moved(comparison, weights).items():
        if not seen.get(name, 1.0):
            continue  # what is not there moves the odds too, but there are no words to show for it
        for sentence in _sentences(name, moves, comparison, case):
            said[sentence] = said.get(sentence, 0.0) + moves
    words = shared_words(comparison.a, comparison.b, case)
    said[words] = max(said.get(words, 0.0), WORTH_SAYING)  # always worth showing to a reader
    said.pop("", None)
    speaks_for = sorted((-moves, s) for s, moves in said.items() if moves >= WORTH_SAYING)
    against = sorted((moves, s) for s, moves in said.items() if moves <= -WORTH_SAYING)
    return tuple(s for _, s in speaks_for), tuple(s for _, s in against)


def _moved(comparison: Comparison, weights: Weights) -> dict[str, float]:
    """How much each thing seen moved the odds.

    What the last look took from the first is shared out over the rules of the first, by how much
    each moved it.
    """
    moved = weights.last.moved(weighed(comparison))
    first = {
        rule.__name__: value * weight
        for value, (rule, weight, _) in zip(comparison.values, weights.first.steps, strict=True)
    }
    taken = abs(moved.pop("first_look", 0.0))
    share = taken / (math.fsum(map(abs, first.values())) or 1.0)
    for name, moves in first.items():
        moved[name] = moved.get(name, 0.0) + moves * share
    return moved


def _sentences(name: str, moves: float, comparison: Comparison, case: Context) -> tuple[str, ...]:
    """What is to be said of a thing seen, on the side it spoke for; nothing where it says none."""
    if name in STANDING_SENTENCES:
        spoken_for, spoken_against = STANDING_SENTENCES[name]
        told = spoken_for if moves > 0 else spoken_against
    else:
        sentence = SENTENCES.get(name) or MEASURE_SENTENCES[name]
        wrong_side = SIDES.get(sentence, 0) * moves < 0
        told = "" if wrong_side else sentence(comparison.a, comparison.b, case)
    return (told,) if told else ()


#: What the second look saw: rule -> (sentence where it speaks for the pair, where against).
STANDING_SENTENCES: dict[str, tuple[str, str]] = {
    "margin": (
        "No other record of either organisation fits nearly as well.",
        "Another record of the same organisation fits as well or better.",
    ),
    "support": ("A third organisation's record fits both.", ""),
    "dissent": ("", "A record that belongs to one of them does not fit the other."),
    "crowd": ("", ""),
}


def _same_day(a: Understanding, _b: Understanding, _: Context) -> str:
    return f"Both are dated {_day(a)}." if a.first else ""


def _days_apart(a: Understanding, b: Understanding, _: Context) -> str:
    gap = days_apart(a, b)
    if not (a.is_exact and b.is_exact):
        return ""
    return f"Dated {_day(a)} and {_day(b)}, {gap} {'day' if gap == 1 else 'days'} apart."


def _vague(a: Understanding, b: Understanding, _: Context) -> str:
    words = " and ".join(
        f"'{u.account.occurred.written}'" for u in (a, b) if not u.account.occurred.is_exact
    )
    return f"{words} names no single day."


def shared_words(a: Understanding, b: Understanding, case: Context) -> str:
    """The telling words two records share, as a sentence; "" where they share none."""
    shared = sorted(a.words & b.words, key=lambda w: (-case.words.of(w), w))
    telling = [spoken(w, a.text) for w in shared if case.words.of(w) > 0.45 * case.words.top][:6]
    return f"Both mention {_listed(telling)}." if telling else ""


def _named_acts(a: Understanding, b: Understanding, case: Context) -> str:
    shared = sorted(a.named & b.named, key=lambda act: (-case.acts.of(act), act))
    return f"Both are headed as {_listed(shared[:2])}{_headings(a, b)}." if shared else ""


def _other_act(a: Understanding, b: Understanding, _: Context) -> str:
    return f"They are headed as different things{_headings(a, b)}."


def _one_missed(_a: Understanding, _b: Understanding, _: Context) -> str:
    return "One tells of a contact that was missed; the other does not."


def _clocks(a: Understanding, b: Understanding, _: Context) -> str:
    one, other = a.account.occurred.clock, b.account.occurred.clock
    return f"The times given are {one:%H:%M} and {other:%H:%M}." if one and other else ""


def _same_teller(a: Understanding, _b: Understanding, _: Context) -> str:
    return (
        f"{teller(a.account)} wrote both, and one organisation usually records an occurrence once."
    )


def _same_agency(a: Understanding, _b: Understanding, _: Context) -> str:
    return f"Both come from {a.account.agency.label.lower()} services."


def _other_subject(a: Understanding, b: Understanding, _: Context) -> str:
    return f"One is about {_subject(a)}, the other about {_subject(b)}."


def _copied(_a: Understanding, _b: Understanding, _: Context) -> str:
    return "The same organisation wrote the same words twice."


def _crowded(a: Understanding, b: Understanding, case: Context) -> str:
    busy = max(case.crowd.get(u.first or 0, 0) for u in (a, b))
    return (
        f"{busy} records of this case fall on the day, so chance is likelier." if busy > 3 else ""
    )


def _from_letter(a: Understanding, b: Understanding, _: Context) -> str:
    return f"One is an entry made from a letter or result{_headings(a, b)}."


def _names_organisation(a: Understanding, b: Understanding, _: Context) -> str:
    for one, other in ((a, b), (b, a)):
        if named := sorted(one.called & other.speaks_of):
            return f"One names the organisation of the other ('{named[0].title()}')."
    return ""


def _lists_worker(a: Understanding, b: Understanding, _: Context) -> str:
    for one, other in ((a, b), (b, a)):
        if named := sorted(one.worker & other.people):
            return f"'{named[0].title()}', who wrote one, is listed in the other."
    return ""


def _one_kind(a: Understanding, b: Understanding, _: Context) -> str:
    one, other = KINDS[likeliest(a.kinds)], KINDS[likeliest(b.kinds)]
    return f"Both read as {one}{_headings(a, b)}." if one == other else ""


def _two_kinds(a: Understanding, b: Understanding, _: Context) -> str:
    one, other = KINDS[likeliest(a.kinds)], KINDS[likeliest(b.kinds)]
    return f"One reads as {one}, the other as {other}{_headings(a, b)}." if one != other else ""


def _kinds(a: Understanding, b: Understanding, case: Context) -> str:
    return _one_kind(a, b, case) or _two_kinds(a, b, case)


def _days(a: Understanding, b: Understanding, case: Context) -> str:
    return (_same_day if days_apart(a, b) == 0 else _days_apart)(a, b, case)


def _nothing(_a: Understanding, _b: Understanding, _: Context) -> str:
    return ""


def _called_off(a: Understanding, b: Understanding, _: Context) -> str:
    off = a if a.called_off else b
    return f"{teller(off.account)} tells of something called off or put off; the other does not."


def _same_service(a: Understanding, b: Understanding, _: Context) -> str:
    shared = sorted(a.service & b.service)
    return f"Two organisations of one service ({shared[0]}) wrote them." if shared else ""


def _told_apart(_a: Understanding, _b: Understanding, _: Context) -> str:
    return "Each was told something; two organisations of one service are usually told one by one."


def _names_service(a: Understanding, b: Understanding, _: Context) -> str:
    return f"Each speaks of the other's service ({_services(a, b)})."


def _opens_with(a: Understanding, b: Understanding, _: Context) -> str:
    for one, other in ((a, b), (b, a)):
        if named := sorted(one.service & other.opens_with):
            return f"One is by {named[0]}, whom the other names at its head."
    return ""


def _two_sides(a: Understanding, b: Understanding, _: Context) -> str:
    return f"They read as two sides of one contact ({_services(a, b)})."


def _joint_visit(_a: Understanding, _b: Understanding, _: Context) -> str:
    return "Both read as a home visit, and one speaks of the other's service."


def _services(a: Understanding, b: Understanding) -> str:
    return " and ".join(dict.fromkeys((*sorted(a.service)[:1], *sorted(b.service)[:1])))


def _shares_names(a: Understanding, b: Understanding, case: Context) -> str:
    shared = case.names_of(a) & case.names_of(b)
    telling = sorted(shared, key=lambda word: (-case.name_words.of(word), word))
    return f"Both name {_listed([word.title() for word in telling[:3]])}." if telling else ""


def _same_place(a: Understanding, b: Understanding, _: Context) -> str:
    return f"Their places are alike ('{a.account.location}' and '{b.account.location}')."


def _other_place(a: Understanding, b: Understanding, _: Context) -> str:
    return f"Their places differ ('{a.account.location}' and '{b.account.location}')."


def _year_off(a: Understanding, b: Understanding, _: Context) -> str:
    return f"Dated {_day(a)} and {_day(b)}: a year apart, as when the old year is written by habit."


SENTENCES: dict[str, Sentence] = {
    "fits_kind": _kinds,
    "both_meet": _one_kind,
    "both_changed": _one_kind,
    "both_happened": _one_kind,
    "both_told": _one_kind,
    "both_seen": _one_kind,
    "both_at_school": _one_kind,
    "one_called_off": _called_off,
    "same_service": _same_service,
    "told_apart": _told_apart,
    "told_within": _one_kind,
    "names_service": _names_service,
    "opens_with_service": _opens_with,
    "two_sides": _two_sides,
    "joint_visit": _joint_visit,
    "shares_names": _shares_names,
    "same_place": _same_place,
    "other_place": _other_place,
    "days_off": _days_apart,
    "year_off": _year_off,
    "same_day": _same_day,
    "next_day": _days_apart,
    "days_later": _days_apart,
    "vague_date": _vague,
    "same_words": shared_words,
    "rare_words": shared_words,
    "named_acts": _named_acts,
    "other_act": _other_act,
    "one_missed": _one_missed,
    "same_clock": _clocks,
    "far_clock": _clocks,
    "same_organisation": _same_teller,
    "same_agency": _same_agency,
    "other_subject": _other_subject,
    "copied": _copied,
    "crowded": _crowded,
    "from_letter": _from_letter,
    "names_organisation": _names_organisation,
    "lists_worker": _lists_worker,
}


#: The plain measures of the last look.
MEASURE_SENTENCES: dict[str, Sentence] = {
    name: _nothing if name in ("shorter", "longer") else _kinds for name in MEASURES
} | {"days_between": _days, "minutes_between": _clocks}

#: Sentences that make sense on one side only: 1 for the pair, -1 against it.
SIDES: dict[Sentence, int] = {
    _same_day: 1,
    _one_kind: 1,
    _two_kinds: -1,
    _other_act: -1,
    _one_missed: -1,
    _called_off: -1,
    _other_subject: -1,
    _other_place: -1,
    _same_place: 1,
    shared_words: 1,
    _shares_names: 1,
    _named_acts: 1,
    _vague: -1,
    _crowded: -1,
}


def _day(u: Understanding) -> str:
    day = u.account.occurred.start
    return f"{day.day} {day:%B %Y}" if day else "no day"


def _subject(u: Understanding) -> str:
    return " and ".join(m.name for m in u.account.subjects) or "nobody named"


def _headings(a: Understanding, b: Understanding) -> str:
    one, other = a.account.event_type_written.strip(), b.account.event_type_written.strip()
    return f" ('{one}' and '{other}')" if one and other else ""


def _listed(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
