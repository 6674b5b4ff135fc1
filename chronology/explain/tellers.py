"""Sentences about who wrote two accounts, and what else those organisations wrote."""

from __future__ import annotations

from chronology import competition
from chronology.compare import Comparison, Context, days_apart, is_copy, spoken_day
from chronology.conflicts import teller
from chronology.understand import Understanding

#: Log odds by which no rival comes near, and from which a third record speaks for or against.
FAR_AHEAD, AGREES, DISAGREES = 2.0, 0.0, -3.0
#: The words for a service, where its name by itself says too little.
SERVICE_WORDS = {"court": "courts and lawyers", "general practice": "GP"}


def same_teller(c: Comparison, _: Context) -> str:
    if c.a.teller != c.b.teller:
        return ""
    return f"{teller(c.a.account)} wrote both, and usually records an occurrence once."


def copied(c: Comparison, _: Context) -> str:
    if not is_copy(c.a, c.b):
        return ""
    if c.a.text != c.b.text:
        return f"{teller(c.a.account)} wrote nearly the same words twice."
    if days_apart(c.a, c.b) != 0:
        return f"{teller(c.a.account)} wrote the same words twice."
    return f"{teller(c.a.account)} holds the same record twice, word for word."


def crowded(c: Comparison, case: Context) -> str:
    busy, first = max((case.crowd.get(u.first or 0, 0), u.first or 0) for u in (c.a, c.b))
    day = next(spoken_day(u.account) for u in (c.a, c.b) if (u.first or 0) == first)
    return f"{busy} records fall on {day}, so two may easily look alike." if busy > 3 else ""


def one_service(c: Comparison, _: Context) -> str:
    shared = sorted(c.a.service & c.b.service)
    return f"They are from two organisations of one service ({shared[0]})." if shared else ""


def told_apart(_c: Comparison, _: Context) -> str:
    return (
        "Both read as a call or notice, and two organisations of one service are usually told"
        " one by one."
    )


def speaks_of_service(c: Comparison, _: Context) -> str:
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


def no_rival(c: Comparison, _: Context) -> str:
    if _standing(c, competition.margin) < FAR_AHEAD:
        return ""
    if c.a.teller == c.b.teller:
        return f"No other record of {teller(c.a.account)} fits either nearly as well."
    return "Neither organisation has another record that fits nearly as well."


def rival(c: Comparison, _: Context) -> str:
    margin = _standing(c, competition.margin)
    if margin >= FAR_AHEAD:
        return ""
    how = "as well or better" if margin <= 0 else "nearly as well"
    who = teller(c.a.account) if c.a.teller == c.b.teller else "One of the two organisations"
    return f"{who} has another record that fits {how}."


def third_agrees(c: Comparison, _: Context) -> str:
    agrees = _standing(c, competition.support) > AGREES
    return "A record of a third organisation fits both." if agrees else ""


def third_differs(c: Comparison, _: Context) -> str:
    differs = _standing(c, competition.dissent) > DISAGREES
    return "Another record that fits one of them well does not fit the other." if differs else ""


def _standing(c: Comparison, rule: competition.Rule) -> float:
    return c.standing[competition.RULES.index(rule)]
