"""What a comparison saw, in sentences with the words of the records that count."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from chronology import competition
from chronology.account import Account
from chronology.compare import (
    ACT_WORDS,
    RULES,
    Comparison,
    Context,
    days_apart,
    is_copy,
    quoted,
    spoken_day,
    wrong_year,
)
from chronology.conflicts import teller
from chronology.judging import MEASURES, weighed
from chronology.kinds import KINDS, likeliest
from chronology.understand import COMMON_IN_NAMES, Understanding
from chronology.weights import Weights
from chronology.when import Precision
from chronology.words import split, stem, stems

#: How much a matter must have moved the odds before it is worth a sentence.
WORTH_SAYING = 0.2
#: Sentences a reader is shown on one side, and words quoted in one sentence.
MOST_SAID, MOST_QUOTED = 6, 5
#: How rare a word or a name must be, beside the rarest there is, to be quoted.
TELLING = 0.45
#: How surely both records must be of a kind before a reader is told so.
SURE_OF_KIND = 0.5
#: Log odds by which no rival comes near, and from which a third record speaks for or against.
FAR_AHEAD, AGREES, DISAGREES = 2.0, 0.0, -3.0
#: Minutes apart that still read as one time, and from which they read as two.
NEAR_MINUTES, FAR_MINUTES = 30, 31
#: Words that tell a reader nothing even where few records use them.
EMPTY = frozenset(
    (
        "again against agreed already always another anything asked away because before being"
        " better big bit both came come coming comment copy different done during each early else"
        " end even ever every few first found four five gave give given giving gone good held her"
        " him how however if immediate herself himself inc informed themselves keep kept"
        " knew know last late later least left"
        " less long made make making many may meant mentioned might mr mrs ms miss much must need"
        " needed needs never new next nil none nothing noted notes old only other others own per"
        " put rather read record recorded records reply requested same second seem seems sent"
        " set speaks speaking"
        " several shall should since sir six somebody someone something somewhere still summary"
        " susp take taken tell ten term third three through time today together told tomorrow"
        " tonight too took try two under unit until update usual via want wanted wants way well"
        " went where while whole why without yes yesterday yet"
    ).split()
)
#: Parts of a name that name nobody, beside those of chronology.understand.
TITLES = frozenset(
    (
        "admin adult and call caller chair clerk client concern control crew desk dispatch duty"
        " for insp inspector interpreter key manager mother father mum dad mrs miss ms mr mx"
        " operator op para parent process reception safe sergeant sgt sister standby supervisor"
        " the unborn unit with young"
    ).split()
)
#: Ranks and posts that stand before a name.
RANKS = frozenset("dc ds di dci pc ps con dr mw hv sw sr sn prof dsl rev canon".split())
#: The words for a kind in these sentences, where those of chronology.kinds say too much.
KIND_WORDS = KINDS | {
    "correspondence": "a letter or message",
    "disclosure": "a disclosure",
    "missing_episode": "a report of somebody missing",
    "other": "",
    "decision_plan": "a decision, a plan or a hearing",
    "life_event": "a change in family life, such as a birth or a move",
    "school_event": "something that occurred at school",
}
#: The words for a service, where its name by itself says too little.
SERVICE_WORDS = {"court": "courts and lawyers", "general practice": "GP"}
#: The words for an act that headings name without doubt.
HEADED = ACT_WORDS | {
    "call conference": "a conference call",
    "emergency department": "an emergency department",
    "looked-after review": "a looked-after review",
    "family meeting": "a meeting about the family",
    "ambulance": "an ambulance",
    "discharge": "a discharge",
    "exclusion": "an exclusion",
    "immunisation": "an immunisation",
    "missing": "somebody missing",
    "missed": "a missed appointment",
    "referral": "a referral",
    "birth": "a birth",
    "death": "a death",
}
_NAME = re.compile(r"[^\W\d_]{3,}")
_LETTERS = re.compile(r"[^\W\d_]+")

Sentence = Callable[[Comparison, Context], str]


class Topic(NamedTuple):
    """What is said of one matter where it speaks for a pair, and where against; "" for nothing."""

    speaks_for: Sentence
    against: Sentence


#: What is said, and by which sentence.
Said = tuple[tuple[Sentence, str], ...]


def reasons(
    comparison: Comparison, case: Context, weights: Weights
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences that speak for one occurrence and against it, the weightiest first."""
    moved = _by_topic(comparison, weights)
    against = _against(moved, comparison, case)
    return tuple(told for _, told in _for(moved, comparison, case)), against


def entry_reasons(
    compared: Sequence[tuple[Comparison, Context]], weights: Weights
) -> tuple[str, ...]:
    """What speaks for an entry: each matter said once, for however many of its pairs it holds."""
    if len(compared) < 2:
        return tuple(told for c, case in compared for told in reasons(c, case, weights)[0])
    said = [(c, _for(_by_topic(c, weights), c, case)) for c, case in compared]
    everybody = {u.id for c, _ in compared for u in (c.a, c.b)}
    ranks: dict[Sentence, list[int]] = {}
    for _, of_pair in said:
        for rank, (sentence, _) in enumerate(of_pair):
            ranks.setdefault(sentence, []).append(rank)
    ordered = sorted(ranks, key=lambda s: (s in STANDING, min(ranks[s]), -len(ranks[s])))
    told = (_of_several(s, said, everybody) for s in ordered)
    return tuple(one for one in told if one)[:MOST_SAID]


def _of_several(
    sentence: Sentence, said: Sequence[tuple[Comparison, Said]], everybody: set[str]
) -> str:
    """What one sentence says of pairs of an entry of three or more accounts."""
    told = [(c, text) for c, pair in said for s, text in pair if s is sentence]
    pairs = sum(not is_copy(c.a, c.b) for c, _ in said)
    if sentence is _third_agrees or (sentence is _no_rival and len(told) < pairs):
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


def _for(moved: dict[Topic, float], c: Comparison, case: Context) -> Said:
    if is_copy(c.a, c.b) and days_apart(c.a, c.b) == 0:
        return tuple((s, s(c, case)) for s in (_copied, _one_day))
    told = _said({t.speaks_for: m for t, m in moved.items()}, SHOWN_FOR, c, case)
    return told or _first_of(STANDBY_FOR, c, case)


def _against(moved: dict[Topic, float], c: Comparison, case: Context) -> tuple[str, ...]:
    said = _said({t.against: -m for t, m in moved.items()}, SHOWN_AGAINST, c, case)
    if not said or (c.log_odds < 0 and len(said) < 2):
        unsaid = (s for s in STANDBY_AGAINST if s not in {told for told, _ in said})
        said = (*said, *_first_of(unsaid, c, case))
    return tuple(told for _, told in said)


def _said(
    worth: dict[Sentence, float], shown: Iterable[Sentence], c: Comparison, case: Context
) -> Said:
    """The sentences of one side worth saying, and those always shown; what rivals say last."""
    worth = {s: w for s, w in worth.items() if w >= WORTH_SAYING}
    worth = dict.fromkeys(shown, WORTH_SAYING) | worth
    told = {s: said for s in worth if (said := s(c, case))}
    kept = sorted((s for s in told if not _is_doubled(s, told)), key=lambda s: (-worth[s], told[s]))
    own, of_rivals = ([s for s in kept if (s in STANDING) is side] for side in (False, True))
    return tuple((s, told[s]) for s in (*own[: MOST_SAID - len(of_rivals)], *of_rivals))


def _is_doubled(sentence: Sentence, told: Iterable[Sentence]) -> bool:
    return sentence in SAID_BY and SAID_BY[sentence] in told


def _first_of(sentences: Iterable[Sentence], c: Comparison, case: Context) -> Said:
    return next((((s, said),) for s in sentences if (said := s(c, case))), ())


def _by_topic(comparison: Comparison, weights: Weights) -> dict[Topic, float]:
    """How much each matter moved the odds; what is not there has no words to show for it."""
    seen = dict(zip((rule.__name__ for rule in RULES), comparison.values, strict=True))
    found: dict[Topic, float] = {}
    for name, moves in _moved(comparison, weights).items():
        topic = TOPIC_OF.get(name)
        if topic and seen.get(name, 1.0):
            found[topic] = found.get(topic, 0.0) + moves
    return found


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


def _nothing(_c: Comparison, _: Context) -> str:
    return ""


def _one_day(c: Comparison, _: Context) -> str:
    if days_apart(c.a, c.b) != 0:
        return ""
    if not (c.a.is_exact and c.b.is_exact):
        return f"The dates given, {_quoted_dates(c)}, overlap."
    gap, day = _minutes_apart(c), spoken_day(c.a.account)
    if gap == 0:
        return f"Both are dated {day} at {_clocks(c)[0]}."
    if gap is not None and gap <= NEAR_MINUTES:
        return f"Both are dated {day}, at {' and '.join(_clocks(c))}."
    return f"Both are dated {day}."


def _days_apart(c: Comparison, _: Context) -> str:
    gap, minutes = days_apart(c.a, c.b), _minutes_apart(c)
    if not gap or (minutes is not None and minutes <= NEAR_MINUTES):
        return ""
    if not (c.a.is_exact and c.b.is_exact):
        return f"The dates given, {_quoted_dates(c)}, lie {_days(gap)} apart at the nearest."
    dated = f"Dated {spoken_day(c.a.account)} and {spoken_day(c.b.account)}"
    if wrong_year(c.a, c.b):
        return f"{dated}: about a year apart, though a year may have been written wrongly."
    return f"{dated}, {_days(gap)} apart."


def _vague(c: Comparison, _: Context) -> str:
    vague = [u.account.occurred for u in (c.a, c.b) if not u.account.occurred.is_exact]
    if len(vague) == 2:
        return f"Neither date is exact ({_quoted_dates(c)})."
    if vague and vague[0].precision is Precision.APPROXIMATE:
        return f"The date '{vague[0].written}' is only approximate."
    return f"The date '{vague[0].written}' names no single day." if vague else ""


def _over_midnight(c: Comparison, _: Context) -> str:
    gap = _minutes_apart(c)
    if not days_apart(c.a, c.b) or gap is None or gap > NEAR_MINUTES:
        return ""
    return f"The times given, {' and '.join(_clocks(c))} over midnight, are {_length(gap)} apart."


def _far_clock(c: Comparison, _: Context) -> str:
    gap = _minutes_apart(c)
    if gap is None or gap < FAR_MINUTES or days_apart(c.a, c.b):
        return ""
    return f"The times given, {' and '.join(_clocks(c))}, are {_length(gap)} apart."


def shared_words(c: Comparison, case: Context) -> str:
    """The telling words two records share, as a sentence; "" where they share none."""
    told = _telling(c, case)
    return f"Both mention {_listed(told[:MOST_QUOTED])}." if told else ""


def _no_words(c: Comparison, case: Context) -> str:
    return "" if _telling(c, case) else "They have hardly any uncommon words in common."


def _telling(c: Comparison, case: Context) -> list[str]:
    """Words that stand in both records as they are, the rarest first."""
    one, other = _written(c.a.account), _written(c.b.account)
    drop = {stem(name) for name in _shared_names(c, case)}
    if _same_place(c, case):
        drop.update(c.a.place & c.b.place)
    if _heading(c.a) == _heading(c.b):  # the heading is said to be the same by itself
        drop.update(stems(split(_heading(c.a))))
    shared = (w for w in c.a.words & c.b.words & one.keys() & other.keys() if w not in drop)
    rare = (w for w in shared if case.words.of(w) > TELLING * case.words.top)
    known = sorted(rare, key=lambda w: (-case.words.of(w), w))
    told = [(one[w], other[w]) for w in known if not _is_empty(w, one[w], other[w])]
    return [_as_written(forms, c) for forms in told]


def _is_empty(stemmed: str, *forms: str) -> bool:
    short = len(stemmed) < (4 if stemmed.isdigit() else 3)
    return short or not EMPTY.isdisjoint((stemmed, *forms))


def _written(account: Account) -> dict[str, str]:
    """The words a record itself uses: stem -> the word as it stands there, in lower case."""
    found: dict[str, str] = {}
    for word in split(_text(account).lower()):
        found.setdefault(stem(word), word)
    return found


def _text(account: Account) -> str:
    told = (account.event_type_written, account.narrative, account.outcome, account.location)
    return "\n".join(told)


def _as_written(forms: tuple[str, str], c: Comparison) -> str:
    """One word, or its two forms; with a capital where a record writes one within a sentence."""
    texts = (_text(c.a.account), _text(c.b.account))
    words = tuple(dict.fromkeys(forms))
    found = [m for text in texts for word in words for m in _places(word, text)]
    inside = any(re.search(r"[\w,] $", before) and not f.isupper() for before, f in found)
    is_name = inside and all(form[0].isupper() for _, form in found)
    return "/".join(word.title() if is_name else word for word in words)


def _places(word: str, text: str) -> list[tuple[str, str]]:
    """Where a word stands: the two characters before it, and its form there."""
    found = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    return [(text[max(0, m.start() - 2) : m.start()], m.group()) for m in found]


def _same_heading(c: Comparison, _: Context) -> str:
    one, other = _heading(c.a), _heading(c.b)
    if not (one and other):
        return ""
    if one == other:
        return f"Both are headed '{quoted(c.a.account)}'."
    both = f"'{quoted(c.a.account)}' and '{quoted(c.b.account)}'"
    if _LETTERS.findall(one) == _LETTERS.findall(other):
        return f"They are headed alike ({both})."
    acts = [words for act, words in HEADED.items() if act in c.a.named & c.b.named]
    return f"Both headings, {both}, speak of {acts[-1]}." if acts else ""


def _other_heading(c: Comparison, _: Context) -> str:
    if not (_heading(c.a) and _heading(c.b)):
        return ""
    return (
        f"They are headed as different things ('{quoted(c.a.account)}' and"
        f" '{quoted(c.b.account)}')."
    )


def _one_missed(_c: Comparison, _: Context) -> str:
    return "One speaks of a missed contact or appointment; the other does not."


def _same_teller(c: Comparison, _: Context) -> str:
    if c.a.teller != c.b.teller:
        return ""
    return f"{teller(c.a.account)} wrote both, and usually records an occurrence once."


def _other_subject(c: Comparison, _: Context) -> str:
    one, other = _subject(c.a), _subject(c.b)
    return f"One is about '{one}', the other about '{other}'." if one and other != one else ""


def _same_subject(c: Comparison, case: Context) -> str:
    if case.subjects[c.a.id].isdisjoint(case.subjects[c.b.id]):
        return ""
    one, other = _subject(c.a), _subject(c.b)
    return f"Both are about one person ('{one}' and '{other}')." if one and other else ""


def _copied(c: Comparison, _: Context) -> str:
    if not is_copy(c.a, c.b):
        return ""
    if c.a.text != c.b.text:
        return f"{teller(c.a.account)} wrote nearly the same words twice."
    if days_apart(c.a, c.b) != 0:
        return f"{teller(c.a.account)} wrote the same words twice."
    return f"{teller(c.a.account)} holds the same record twice, word for word."


def _crowded(c: Comparison, case: Context) -> str:
    busy, first = max((case.crowd.get(u.first or 0, 0), u.first or 0) for u in (c.a, c.b))
    day = next(spoken_day(u.account) for u in (c.a, c.b) if (u.first or 0) == first)
    return f"{busy} records fall on {day}, so two may easily look alike." if busy > 3 else ""


def _from_letter(c: Comparison, _: Context) -> str:
    letter = c.a if "letter" in c.a.named else c.b
    return (
        f"One is headed as a letter, notice or result ('{quoted(letter.account)}'), which may"
        " report what the other records."
    )


def _names_organisation(c: Comparison, _: Context) -> str:
    for one, other in ((c.a, c.b), (c.b, c.a)):
        words = frozenset(_written(other.account).values())
        if named := sorted(one.called & other.speaks_of & words):
            name = teller(one.account)
            return f"One is from '{name}', and the other uses a word of that name ('{named[0]}')."
    return ""


def _lists_worker(c: Comparison, _: Context) -> str:
    found = [
        (not _may_be_one(worker, listed.name), worker, listed.name)
        for one, other in ((c.a, c.b), (c.b, c.a))
        for worker in (one.account.professional.strip(),)
        for listed in other.account.people
        if not {*_words_of((worker.partition(",")[0],))}.isdisjoint(_words_of((listed.name,)))
    ]
    if not found:
        return ""
    by_name_only, worker, listed_name = min(found, key=lambda f: f[0])
    who = "somebody of the same name, " if by_name_only else ""
    return f"One was written by '{worker}', and the other lists {who}'{listed_name}'."


def _may_be_one(worker: str, listed: str) -> bool:
    """Whether the given names of two who share a name agree, as far as both are written."""
    one, other = (_LETTERS.findall(name.partition(",")[0].lower()) for name in (worker, listed))
    given = [
        [w for w in n if w not in RANKS | TITLES and not set(one) & set(other) & {w}]
        for n in (one, other)
    ]
    return not all(given) or any(
        a.startswith(b) or b.startswith(a) for a in given[0] for b in given[1]
    )


def _one_kind(c: Comparison, _: Context) -> str:
    one, other = _kinds(c)
    return f"Both read as {one}." if one == other != "" else ""


def _two_kinds(c: Comparison, _: Context) -> str:
    (one, other), headings = _kinds(c), (quoted(c.a.account), quoted(c.b.account))
    if not (one and other) or one == other:
        return ""
    of_one, of_other = (f" ('{heading}')" if heading else "" for heading in headings)
    return f"One reads as {one}{of_one}, the other as {other}{of_other}."


def _kinds(c: Comparison) -> tuple[str, str]:
    one, other = (
        KIND_WORDS[likeliest(u.kinds)] if max(u.kinds) >= SURE_OF_KIND else "" for u in (c.a, c.b)
    )
    return one, other


def _called_off(c: Comparison, _: Context) -> str:
    off = c.a if c.a.called_off else c.b
    return (
        f"{teller(off.account)} speaks of something called off or rearranged; the other does not."
    )


def _one_service(c: Comparison, _: Context) -> str:
    shared = sorted(c.a.service & c.b.service)
    return f"They are from two organisations of one service ({shared[0]})." if shared else ""


def _told_apart(_c: Comparison, _: Context) -> str:
    return (
        "Both read as a call or notice, and two organisations of one service are usually told"
        " one by one."
    )


def _speaks_of_service(c: Comparison, _: Context) -> str:
    at_head = [s for s in (_named_at_head(c.a, c.b), _named_at_head(c.b, c.a)) if s]
    where = "in its heading, first words or list of people"
    if len(at_head) == 2:
        return f"Each speaks of the other's service {where} ({' and '.join(at_head)})."
    if at_head:
        return f"One speaks of the other's service {where} ({at_head[0]})."
    named = sorted((c.a.service & c.b.mentions) | (c.b.service & c.a.mentions))
    return f"The service of one is spoken of in the other ({named[0]})." if named else ""


def _named_at_head(of: Understanding, by: Understanding) -> str:
    named = sorted(of.service & by.opens_with)
    return SERVICE_WORDS.get(named[0], named[0]) if named else ""


def _names(c: Comparison, case: Context) -> str:
    shared = _shared_names(c, case)
    return f"Both name {_listed(list(shared.values())[:3])}." if shared else ""


def _shared_names(c: Comparison, case: Context) -> dict[str, str]:
    """The rare names of persons in both, but whom they are about: in lower case -> as written."""
    one, other = c.a.account, c.b.account
    listed = _persons(one) | _persons(other)
    about = frozenset(_words_of(m.name for m in one.subjects)) & frozenset(
        _words_of(m.name for m in other.subjects)
    )
    told = f"{one.narrative}\n{other.narrative}"
    shared = case.names_of(c.a) & case.names_of(c.b) & listed.keys() - about
    rare = (w for w in shared if case.name_words.of(w) > TELLING * case.name_words.top)
    names = (w for w in rare if not re.search(rf"\b{re.escape(w)}\b", told))
    return {w: listed[w] for w in sorted(names, key=lambda w: (-case.name_words.of(w), w))}


def _persons(account: Account) -> dict[str, str]:
    worker = account.professional.partition(",")[0]
    return dict(_pairs((worker, *(m.name for m in (*account.people, *account.subjects)))))


def _pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        for word in _NAME.findall(name):
            if word.isupper() and len(word) == 3 and not name.isupper():
                continue  # a post or a unit
            if word.lower() not in COMMON_IN_NAMES | TITLES:
                yield word.lower(), word.title() if word.isupper() else word


def _words_of(names: Iterable[str]) -> list[str]:
    return [word for word, _ in _pairs(names)]


def _same_place(c: Comparison, case: Context) -> str:
    least = TELLING * case.place_words.top
    shared = [word for word in c.a.place & c.b.place if len(word) > 2 and not word.isdigit()]
    if not any(case.place_words.of(word) > least for word in shared):
        return ""
    one, other = c.a.account.location.strip(), c.b.account.location.strip()
    if one.casefold() == other.casefold():
        return f"Both give the place '{one}'."
    return f"The places given share words ('{one}' and '{other}')."


def _other_place(c: Comparison, _: Context) -> str:
    if not (c.a.place and c.b.place) or c.a.place & c.b.place:
        return ""
    return (
        f"Their places are written differently ('{c.a.account.location}' and"
        f" '{c.b.account.location}')."
    )


def _no_rival(c: Comparison, _: Context) -> str:
    if _standing(c, competition.margin) < FAR_AHEAD:
        return ""
    if c.a.teller == c.b.teller:
        return f"No other record of {teller(c.a.account)} fits either nearly as well."
    return "Neither organisation has another record that fits nearly as well."


def _rival(c: Comparison, _: Context) -> str:
    margin = _standing(c, competition.margin)
    if margin >= FAR_AHEAD:
        return ""
    how = "as well or better" if margin <= 0 else "nearly as well"
    who = teller(c.a.account) if c.a.teller == c.b.teller else "One of the two organisations"
    return f"{who} has another record that fits {how}."


def _third_agrees(c: Comparison, _: Context) -> str:
    agrees = _standing(c, competition.support) > AGREES
    return "A record of a third organisation fits both." if agrees else ""


def _third_differs(c: Comparison, _: Context) -> str:
    differs = _standing(c, competition.dissent) > DISAGREES
    return "Another record that fits one of them well does not fit the other." if differs else ""


def _standing(c: Comparison, rule: competition.Rule) -> float:
    return c.standing[competition.RULES.index(rule)]


def _clocks(c: Comparison) -> list[str]:
    clocks = (c.a.account.occurred.clock, c.b.account.occurred.clock)
    return [f"{clock:%H:%M}" for clock in clocks if clock]


def _minutes_apart(c: Comparison) -> int | None:
    if c.a.minute is None or c.b.minute is None:
        return None
    return abs(c.a.minute - c.b.minute)


def _length(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" + (f" {minutes % 60} minutes" if minutes % 60 else "")


def _days(gap: int) -> str:
    return "1 day" if gap == 1 else f"{gap} days"


def _quoted_dates(c: Comparison) -> str:
    return " and ".join(f"'{u.account.occurred.written}'" for u in (c.a, c.b))


def _heading(u: Understanding) -> str:
    return quoted(u.account).casefold()


def _subject(u: Understanding) -> str:
    return " and ".join(m.name for m in u.account.subjects)


def _listed(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


DAY = Topic(_one_day, _days_apart)
CLOCK = Topic(_over_midnight, _far_clock)
VAGUE = Topic(_nothing, _vague)
KIND = Topic(_one_kind, _two_kinds)
HEADING = Topic(_same_heading, _other_heading)
WORDS = Topic(shared_words, _no_words)
SERVICE = Topic(_speaks_of_service, _nothing)
ONE_SERVICE = Topic(_nothing, _one_service)

#: The matter each rule of compare.RULES is about.
SENTENCES: dict[str, Topic] = {
    **dict.fromkeys(("same_day", "next_day", "days_later", "days_off", "year_off"), DAY),
    **dict.fromkeys(("same_clock", "far_clock"), CLOCK),
    "vague_date": VAGUE,
    **dict.fromkeys(("fits_kind", "both_meet", "both_changed", "both_happened"), KIND),
    **dict.fromkeys(("both_told", "both_seen", "both_at_school", "told_within"), KIND),
    **dict.fromkeys(("named_acts", "other_act"), HEADING),
    **dict.fromkeys(("same_words", "rare_words"), WORDS),
    **dict.fromkeys(("names_service", "opens_with_service", "two_sides", "joint_visit"), SERVICE),
    **dict.fromkeys(("same_service", "same_agency"), ONE_SERVICE),
    "told_apart": Topic(_nothing, _told_apart),
    "shares_names": Topic(_names, _nothing),
    "same_place": Topic(_same_place, _nothing),
    "other_place": Topic(_nothing, _other_place),
    "one_missed": Topic(_nothing, _one_missed),
    "one_called_off": Topic(_nothing, _called_off),
    "same_organisation": Topic(_nothing, _same_teller),
    "other_subject": Topic(_nothing, _other_subject),
    "copied": Topic(_copied, _nothing),
    "crowded": Topic(_nothing, _crowded),
    "from_letter": Topic(_from_letter, _nothing),
    "names_organisation": Topic(_names_organisation, _nothing),
    "lists_worker": Topic(_lists_worker, _nothing),
}
#: The same for the second look, of what a pair's rivals and allies say.
STANDING_SENTENCES: dict[str, Topic] = {
    "margin": Topic(_no_rival, _rival),
    "support": Topic(_third_agrees, _nothing),
    "dissent": Topic(_nothing, _third_differs),
    "crowd": Topic(_nothing, _nothing),
}
#: The same for the plain measures of the last look.
MEASURE_SENTENCES: dict[str, Topic] = {
    name: KIND for name in MEASURES if name not in ("shorter", "longer")
} | {"days_between": DAY, "minutes_between": CLOCK}

TOPIC_OF = SENTENCES | STANDING_SENTENCES | MEASURE_SENTENCES
STANDING = frozenset(s for topic in STANDING_SENTENCES.values() for s in topic) - {_nothing}

#: What a reader is always shown of a pair, however little it weighed.
SHOWN_FOR: tuple[Sentence, ...] = (_one_day, shared_words, _same_place)
SHOWN_AGAINST: tuple[Sentence, ...] = (_days_apart, _vague)
#: What is said where a side would be silent: the first of these that holds.
STANDBY_FOR: tuple[Sentence, ...] = (_one_kind, _names, _speaks_of_service, _same_subject)
STANDBY_AGAINST: tuple[Sentence, ...] = (
    _same_teller,
    _far_clock,
    _two_kinds,
    _other_place,
    _no_words,
    _vague,
)
#: A sentence that says no more than another, where both are said.
SAID_BY: dict[Sentence, Sentence] = {_other_heading: _two_kinds, _one_service: _told_apart}
