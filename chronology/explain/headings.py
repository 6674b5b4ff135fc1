"""Sentences about what two accounts are headed as, and of what kind they read."""

from __future__ import annotations

import re

from chronology.compare import ACT_WORDS, Comparison, Context, quoted
from chronology.conflicts import teller
from chronology.kinds import KINDS, likeliest
from chronology.understand import Understanding

LETTERS = re.compile(r"[^\W\d_]+")
#: How surely both records must be of a kind before a reader is told so.
SURE_OF_KIND = 0.5
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


def same_heading(c: Comparison, _: Context) -> str:
    one, other = heading(c.a), heading(c.b)
    if not (one and other):
        return ""
    if one == other:
        return f"Both are headed '{quoted(c.a.account)}'."
    both = f"'{quoted(c.a.account)}' and '{quoted(c.b.account)}'"
    if LETTERS.findall(one) == LETTERS.findall(other):
        return f"They are headed alike ({both})."
    acts = [words for act, words in HEADED.items() if act in c.a.named & c.b.named]
    return f"Both headings, {both}, speak of {acts[-1]}." if acts else ""


def other_heading(c: Comparison, _: Context) -> str:
    if not (heading(c.a) and heading(c.b)):
        return ""
    return (
        f"They are headed as different things ('{quoted(c.a.account)}' and"
        f" '{quoted(c.b.account)}')."
    )


def one_missed(_c: Comparison, _: Context) -> str:
    return "One speaks of a missed contact or appointment; the other does not."


def from_letter(c: Comparison, _: Context) -> str:
    letter = c.a if "letter" in c.a.named else c.b
    return (
        f"One is headed as a letter, notice or result ('{quoted(letter.account)}'), which may"
        " report what the other records."
    )


def one_kind(c: Comparison, _: Context) -> str:
    one, other = _kinds(c)
    return f"Both read as {one}." if one == other != "" else ""


def two_kinds(c: Comparison, _: Context) -> str:
    (one, other), headings = _kinds(c), (quoted(c.a.account), quoted(c.b.account))
    if not (one and other) or one == other:
        return ""
    of_one, of_other = (f" ('{heading}')" if heading else "" for heading in headings)
    return f"One reads as {one}{of_one}, the other as {other}{of_other}."


def called_off(c: Comparison, _: Context) -> str:
    off = c.a if c.a.called_off else c.b
    return (
        f"{teller(off.account)} speaks of something called off or rearranged; the other does not."
    )


def heading(u: Understanding) -> str:
    return quoted(u.account).casefold()


def _kinds(c: Comparison) -> tuple[str, str]:
    one, other = (
        KIND_WORDS[likeliest(u.kinds)] if max(u.kinds) >= SURE_OF_KIND else "" for u in (c.a, c.b)
    )
    return one, other
