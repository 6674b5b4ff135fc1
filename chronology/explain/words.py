"""Sentences about the words two accounts share, those of their places among them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from chronology.account import Account
from chronology.agency_words import cited_from, is_dating
from chronology.compare import Comparison, Context
from chronology.conflicts import teller
from chronology.explain.headings import heading
from chronology.explain.persons import shared_names
from chronology.explain.sentence import TELLING, listed, titled
from chronology.understand import Understanding
from chronology.vocabulary import abbreviations_in
from chronology.words import split, stem, stems

#: Words quoted in one sentence.
MOST_QUOTED = 5
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


def shared_words(c: Comparison, case: Context) -> str:
    """The telling words two records share, as a sentence; "" where they share none."""
    told = _telling(c, case)
    return f"Both mention {listed(told[:MOST_QUOTED])}." if told else ""


def in_both(a: Understanding, b: Understanding, shared: Sequence[str]) -> tuple[str, ...]:
    """What two records share, in words that stand in both as written, each in its own form.

    What an abbreviation stands for is named by it, "PPN (public protection notice)", where the
    other record has it too or writes it out.
    """
    one, other = _written(cited_from(a.account)), _written(cited_from(b.account))
    short = _shortened(a.account, b.account) | _shortened(b.account, a.account)
    named: dict[str, None] = {}
    for word in shared:
        if is_dating(word):
            continue
        if word in one and word in other:
            named["/".join(f"'{form}'" for form in dict.fromkeys((one[word], other[word])))] = None
        elif word in short:
            named[short[word]] = None
    return tuple(named)


def no_words(c: Comparison, case: Context) -> str:
    return "" if _telling(c, case) else "They have hardly any uncommon words in common."


def names_organisation(c: Comparison, _: Context) -> str:
    for one, other in ((c.a, c.b), (c.b, c.a)):
        words = frozenset(_written(cited_from(other.account)).values())
        if named := sorted(one.called & other.speaks_of & words):
            name = teller(one.account)
            return f"One is from '{name}', and the other uses a word of that name ('{named[0]}')."
    return ""


def same_place(c: Comparison, case: Context) -> str:
    least = TELLING * case.place_words.top
    shared = [word for word in c.a.place & c.b.place if len(word) > 2 and not word.isdigit()]
    if not any(case.place_words.of(word) > least for word in shared):
        return ""
    one, other = c.a.account.location.strip(), c.b.account.location.strip()
    if one.casefold() == other.casefold():
        return f"Both give the place '{one}'."
    return f"The places given share words ('{one}' and '{other}')."


def other_place(c: Comparison, _: Context) -> str:
    if not (c.a.place and c.b.place) or c.a.place & c.b.place:
        return ""
    return (
        f"Their places are written differently ('{c.a.account.location}' and"
        f" '{c.b.account.location}')."
    )


def _telling(c: Comparison, case: Context) -> list[str]:
    """Words that stand in both records as they are, the rarest first."""
    one, other = _written(cited_from(c.a.account)), _written(cited_from(c.b.account))
    drop = {stem(name) for name in shared_names(c, case)}
    if same_place(c, case):
        drop.update(c.a.place & c.b.place)
    if heading(c.a) == heading(c.b):  # the heading is said to be the same by itself
        drop.update(stems(split(heading(c.a))))
    shared = (w for w in c.a.words & c.b.words & one.keys() & other.keys() if w not in drop)
    rare = (w for w in shared if case.words.of(w) > TELLING * case.words.top)
    known = sorted(rare, key=lambda w: (-case.words.of(w), w))
    told = [(one[w], other[w]) for w in known if not _is_empty(w, one[w], other[w])]
    return [_as_written(forms, c) for forms in told]


def _is_empty(stemmed: str, *forms: str) -> bool:
    if len(stemmed) < 3 or is_dating(stemmed):
        return True
    return not EMPTY.isdisjoint((stemmed, *forms))


@lru_cache(maxsize=1024)
def _written(text: str) -> Mapping[str, str]:
    """The words a record itself uses: stem -> the word as it stands there, in lower case."""
    found: dict[str, str] = {}
    for word in split(text.lower()):
        found.setdefault(stem(word), word)
    return found


def _shortened(account: Account, other: Account) -> dict[str, str]:
    """Abbreviations that both use or the other writes out: the stem of each word -> how named."""
    written = _written(cited_from(other)).keys()
    also = abbreviations_in(cited_from(other), other.agency)
    found: dict[str, str] = {}
    for short, meaning in abbreviations_in(cited_from(account), account.agency):
        whole = frozenset(stems(split(meaning.lower())))
        if (short, meaning) in also or whole <= written:
            found |= dict.fromkeys(sorted(whole), f"{short} ({meaning})")
    return found


def _as_written(forms: tuple[str, str], c: Comparison) -> str:
    """One word, or its two forms; with a capital where a record writes one within a sentence."""
    texts = (cited_from(c.a.account), cited_from(c.b.account))
    words = tuple(dict.fromkeys(forms))
    found = [m for text in texts for word in words for m in _places(word, text)]
    inside = any(re.search(r"[\w,] $", before) and not f.isupper() for before, f in found)
    is_name = inside and all(form[0].isupper() for _, form in found)
    return "/".join(titled(word) if is_name else word for word in words)


def _places(word: str, text: str) -> list[tuple[str, str]]:
    """Where a word stands: the two characters before it, and its form there."""
    found = _by_itself(word).finditer(text)
    return [(text[max(0, m.start() - 2) : m.start()], m.group()) for m in found]


@lru_cache(maxsize=4096)
def _by_itself(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
