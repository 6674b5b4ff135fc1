"""What speaks for an entry of several accounts, each matter said once."""

from __future__ import annotations

from collections.abc import Sequence

from chronology.compare import Comparison, Context, is_copy
from chronology.explain.pair import MOST_SAID, Said, by_topic, reasons, said_for
from chronology.explain.sentence import Sentence
from chronology.explain.tellers import no_rival, third_agrees
from chronology.explain.topics import STANDING
from chronology.understand import Understanding
from chronology.weights import Weights


def entry_reasons(
    compared: Sequence[tuple[Comparison, Context]], weights: Weights
) -> tuple[str, ...]:
    """What speaks for an entry: each matter said once, for however many of its pairs it holds."""
    if len(compared) < 2:
        return tuple(told for c, case in compared for told in reasons(c, case, weights)[0])
    said = [(c, said_for(by_topic(c, weights), c, case)) for c, case in compared]
    everybody = {u.id for c, _ in compared for u in (c.a, c.b)}
    ranks: dict[Sentence, list[int]] = {}
    for _, of_pair in said:
        for rank, (sentence, _) in enumerate(of_pair):
            ranks.setdefault(sentence, []).append(rank)
    ordered = sorted(ranks, key=lambda s: (s in STANDING, min(ranks[s]), -len(ranks[s])))
    told = (_of_several(s, said, everybody) for s in ordered)
    return tuple(one for one in told if one)[:MOST_SAID]


NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
#: How a sentence about two opens where it is about some of three or more.
SEVERAL = (
    ("Both headings, ", "Two of their headings, "),
    (
        "Each speaks of the other's service in its heading, first words or list of people",
        "Two of them speak of each other's service in heading, first words or list of people",
    ),
    ("One speaks of the other's ", "One speaks of another's "),
    ("They are headed ", "Two of them are headed "),
    ("The dates given, ", "Two of the dates given, "),
    ("The times given, ", "Two of the times given, "),
    ("The places given share words", "Two of the places given share words"),
    ("Neither organisation has another record that ", "No other record of these organisations "),
)


def _of_several(
    sentence: Sentence, said: Sequence[tuple[Comparison, Said]], everybody: set[str]
) -> str:
    """What one sentence says of pairs of an entry of three or more accounts."""
    told = [(c, text) for c, pair in said for s, text in pair if s is sentence]
    pairs = sum(not is_copy(c.a, c.b) for c, _ in said)
    if sentence is third_agrees or (sentence is no_rival and len(told) < pairs):
        return ""
    alike = [c for c, _ in said if c.a.text == c.b.text and _when(c.a) == _when(c.b)]
    of_whom = {text: _held_by([c for c, t in told if t == text], alike) for _, text in told}
    first = max(of_whom, key=lambda text: len(of_whom[text]))
    count = len(of_whom[first])
    who = "All" if count == len(everybody) else NUMBERS.get(count, str(count)) + " of them"
    for start, of_several in SEVERAL:
        if first.startswith(start):
            first = of_several + first.removeprefix(start)
            break
    else:
        if first.startswith("Both "):
            first = f"{who} " + first.removeprefix("Both ")
    return first.replace(", and the other ", ", and another ")


def _held_by(pairs: Sequence[Comparison], alike: Sequence[Comparison]) -> frozenset[str]:
    """The accounts a sentence holds of: those of its pairs, and what is word for word the same."""
    held = {u.id for c in pairs for u in (c.a, c.b)}
    for c in alike:
        if c.a.id in held or c.b.id in held:
            held |= {c.a.id, c.b.id}
    return frozenset(held)


def _when(u: Understanding) -> tuple[int | None, int | None, int | None]:
    return u.first, u.last, u.minute
