"""What a comparison saw, in sentences with the words of the records that count."""

from __future__ import annotations

from collections.abc import Callable

from chronology.compare import Comparison, Context, days_apart
from chronology.conflicts import teller
from chronology.kinds import KINDS, likeliest
from chronology.understand import Understanding
from chronology.weights import Weights
from chronology.words import spoken

#: How much a rule must have moved the odds before it is worth a sentence.
WORTH_SAYING = 0.25

Sentence = Callable[[Understanding, Understanding, Context], str]


def reasons(
    comparison: Comparison, case: Context, weights: Weights
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences that speak for one occurrence and against it, the weightiest first."""
    moved = [
        (value * weight, rule.__name__)
        for value, (rule, weight, _) in zip(comparison.values, weights.first.steps, strict=True)
    ]
    speaks_for = sorted((-m, name) for m, name in moved if m >= WORTH_SAYING)
    against = sorted((m, name) for m, name in moved if m <= -WORTH_SAYING)
    standing_for, standing_against = _standing(comparison, weights)
    return (
        (*_say(speaks_for, comparison, case), *standing_for),
        (*standing_against, *_say(against, comparison, case)),
    )


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


def _standing(comparison: Comparison, weights: Weights) -> tuple[list[str], list[str]]:
    """What the rest of the case says of the pair: for, against."""
    moved = [
        (value * weight, STANDING_SENTENCES[rule.__name__])
        for value, (rule, weight) in zip(comparison.standing, weights.second.steps, strict=False)
    ]
    speaks_for = [words[0] for moves, words in moved if moves >= WORTH_SAYING and words[0]]
    against = [words[1] for moves, words in moved if moves <= -WORTH_SAYING and words[1]]
    return speaks_for, against


def _say(moved: list[tuple[float, str]], comparison: Comparison, case: Context) -> tuple[str, ...]:
    said = (SENTENCES[name](comparison.a, comparison.b, case) for _, name in moved)
    return tuple(dict.fromkeys(sentence for sentence in said if sentence))


def _same_day(a: Understanding, _b: Understanding, _: Context) -> str:
    return f"Both are dated {_day(a)}." if a.first else ""


def _days_apart(a: Understanding, b: Understanding, _: Context) -> str:
    gap = days_apart(a, b)
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


def _kinds(a: Understanding, b: Understanding, _: Context) -> str:
    one, other = KINDS[likeliest(a.kinds)], KINDS[likeliest(b.kinds)]
    if one == other:
        return f"Both read as {one}{_headings(a, b)}."
    return f"One reads as {one}, the other as {other}{_headings(a, b)}."


def _called_off(a: Understanding, b: Understanding, _: Context) -> str:
    off = a if a.called_off else b
    return f"{teller(off.account)} tells of something called off or put off; the other does not."


def _same_service(a: Understanding, b: Understanding, _: Context) -> str:
    shared = min(a.service & b.service)
    return f"Two organisations of one service ({shared}) wrote them."


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
    shared = case.names[a.id] & case.names[b.id]
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
    "both_meet": _kinds,
    "both_changed": _kinds,
    "both_happened": _kinds,
    "both_told": _kinds,
    "both_seen": _kinds,
    "both_at_school": _kinds,
    "one_called_off": _called_off,
    "same_service": _same_service,
    "told_apart": _told_apart,
    "told_within": _kinds,
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
