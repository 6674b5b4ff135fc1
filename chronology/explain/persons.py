"""Sentences about the persons two accounts name or are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from chronology.account import Account
from chronology.compare import Comparison, Context
from chronology.explain.headings import LETTERS
from chronology.explain.sentence import TELLING, listed, titled
from chronology.understand import COMMON_IN_NAMES, Understanding

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
_NO_GIVEN_NAME, _NOBODY = RANKS | TITLES, COMMON_IN_NAMES | TITLES
_NAME = re.compile(r"[^\W\d_]{3,}")


def names_persons(c: Comparison, case: Context) -> str:
    shared = shared_names(c, case)
    return f"Both name {listed(list(shared.values())[:3])}." if shared else ""


def same_subject(c: Comparison, case: Context) -> str:
    if case.subjects[c.a.id].isdisjoint(case.subjects[c.b.id]):
        return ""
    one, other = _subject(c.a), _subject(c.b)
    return f"Both are about one person ('{one}' and '{other}')." if one and other else ""


def other_subject(c: Comparison, _: Context) -> str:
    one, other = _subject(c.a), _subject(c.b)
    return f"One is about '{one}', the other about '{other}'." if one and other != one else ""


def lists_worker(c: Comparison, _: Context) -> str:
    found = [
        (not _may_be_one(worker, listed.name), worker, listed.name)
        for one, other in ((c.a, c.b), (c.b, c.a))
        for worker in (one.account.professional.strip(),)
        for listed in other.account.people
        if _words_of((worker.partition(",")[0],)).keys() & _words_of((listed.name,)).keys()
    ]
    if not found:
        return ""
    by_name_only, worker, listed_name = min(found, key=lambda f: f[0])
    who = "somebody of the same name, " if by_name_only else ""
    return f"One was written by '{worker}', and the other lists {who}'{listed_name}'."


def shared_names(c: Comparison, case: Context) -> dict[str, str]:
    """The rare names of persons in both, but whom they are about: in lower case -> as written."""
    one, other = c.a.account, c.b.account
    persons = {**_persons(one), **_persons(other)}
    about = _about(one).keys() & _about(other).keys()
    told = f"{one.narrative}\n{other.narrative}"
    shared = case.names_of(c.a) & case.names_of(c.b) & persons.keys() - about
    rare = (w for w in shared if case.name_words.of(w) > TELLING * case.name_words.top)
    names = (w for w in rare if not _by_itself(w).search(told))
    return {w: persons[w] for w in sorted(names, key=lambda w: (-case.name_words.of(w), w))}


def _may_be_one(worker: str, listed: str) -> bool:
    """Whether the given names of two who share a name agree, as far as both are written."""
    one, other = (LETTERS.findall(name.partition(",")[0].lower()) for name in (worker, listed))
    given = [
        [w for w in n if w not in _NO_GIVEN_NAME and not set(one) & set(other) & {w}]
        for n in (one, other)
    ]
    return not all(given) or any(
        a.startswith(b) or b.startswith(a) for a in given[0] for b in given[1]
    )


@lru_cache(maxsize=4096)
def _by_itself(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")


def _persons(account: Account) -> Mapping[str, str]:
    worker = account.professional.partition(",")[0]
    return _words_of((worker, *(m.name for m in (*account.people, *account.subjects))))


def _about(account: Account) -> Mapping[str, str]:
    return _words_of(tuple(m.name for m in account.subjects))


@lru_cache(maxsize=4096)
def _words_of(names: tuple[str, ...]) -> Mapping[str, str]:
    """The words of names that name somebody: in lower case -> as written."""
    return dict(_pairs(names))


def _pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        for word in _NAME.findall(name):
            if word.isupper() and len(word) == 3 and not name.isupper():
                continue  # a post or a unit
            if word.lower() not in _NOBODY:
                yield word.lower(), titled(word) if word.isupper() else word


def _subject(u: Understanding) -> str:
    return " and ".join(m.name for m in u.account.subjects)
