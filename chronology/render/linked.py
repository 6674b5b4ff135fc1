"""Links between entries in the words every output shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chronology.account import Account
from chronology.merge import Link
from chronology.render.shown import LinkView
from chronology.render.text import visible
from chronology.render.words import delay_words

#: What a linked account is called seen from the other one: looking ahead, and looking back.
LINK_WORDS: dict[str, tuple[str, str]] = {
    "notification": ("Notification", "the incident this tells of"),
    "response": ("Response", "what this responds to"),
    "follow-up": ("Follow-up", "what this follows up"),
}
#: How surely two entries are linked, in words.
PROPOSED = "The program links these; not confirmed"
NEAR = "Near in time only"
NEAR_IN_TIME = f"{NEAR}; not confirmed"
#: The same in short: at the entry that is told of or answered, and at the one that does so.
BRIEF_WORDS: dict[str, tuple[str, str]] = {
    "notification": ("Told in", "Tells of"),
    "response": ("Response in", "Responds to"),
    "follow-up": ("Followed up in", "Follows up"),
}


def link_views(
    links: Sequence[Link], entry_of: Mapping[str, int], entry_ids: Sequence[str]
) -> dict[int, tuple[LinkView, ...]]:
    """Each link twice: at the earlier entry looking ahead, and at the later one looking back."""
    views: dict[int, dict[tuple[int, str], LinkView]] = {}
    ways = {(entry_of[link.a.id], entry_of[link.b.id], link.kind) for link in links}
    for link in links:
        first, second = entry_of[link.a.id], entry_of[link.b.id]
        if first == second:
            continue
        is_both_ways = (second, first, link.kind) in ways
        ahead, back = _both_ways(link) if is_both_ways else _one_way(link)
        for here, there, text in ((first, second, ahead), (second, first, back)):
            brief = _brief(link, there, is_back=there == first, is_both_ways=is_both_ways)
            shown = _link_view(link, there, entry_ids[there - 1], text, brief)
            views.setdefault(here, {}).setdefault((there, text), shown)
    return {number: tuple(sorted(found.values(), key=_by_entry)) for number, found in views.items()}


def _link_view(link: Link, number: int, entry_id: str, text: str, brief: str) -> LinkView:
    proposed = NEAR_IN_TIME if link.is_weak else PROPOSED
    return LinkView(
        entry_number=number,
        entry_id=entry_id,
        text=text,
        standing=visible(link.ruled) or proposed,
        brief=brief,
        reasons=tuple(map(visible, link.reasons)),
        is_weak=link.is_weak,
        is_confirmed=bool(link.ruled),
        accounts=(link.a.id, link.b.id),
    )


def in_short(links: Sequence[LinkView]) -> str:
    """Every link in a few words, by how surely it stands; of those near in time only the entry."""
    found: dict[str, list[str]] = {}
    for link in links:
        sure = "Not confirmed" if not link.is_weak else NEAR
        found.setdefault("Confirmed" if link.is_confirmed else sure, []).append(link.brief)
    near = found.pop(NEAR, [])
    lines = [line for standing, told in found.items() for line in (f"{standing}:", *told)]
    return "\n".join((*lines, *((f"{NEAR}: {', '.join(near)}",) if near else ())))


def _brief(link: Link, number: int, *, is_back: bool, is_both_ways: bool) -> str:
    if link.is_weak and not link.ruled:
        return f"entry {number}"
    words = BRIEF_WORDS.get(link.kind, ("Linked with", "Linked with"))[is_back]
    if is_both_ways:
        return f"Linked with entry {number}"
    if is_back:
        return f"{words} entry {number}, {_delay(link.days, 'after it', 'before it')}"
    return f"{words} entry {number}, {_delay(link.days, 'later', 'earlier')}"


def _one_way(link: Link) -> tuple[str, str]:
    """What a link is called at its first entry, and at its second."""
    if link.is_weak and not link.ruled:
        ahead, back = (_delay(days, "later", "earlier") for days in (link.days, -link.days))
        return (
            f"{ahead[:1].upper()}{ahead[1:]} ({_recorded_by(link.b)})",
            f"{back[:1].upper()}{back[1:]} ({_recorded_by(link.a)})",
        )
    ahead, back = LINK_WORDS.get(link.kind, (link.kind.capitalize(), "what this belongs to"))
    before = _delay(link.days, "before", "after")
    return (
        f"{ahead} {_delay(link.days, 'later', 'earlier')} ({_recorded_by(link.b)})",
        f"{before[0].upper()}{before[1:]}: {back} ({_recorded_by(link.a)})",
    )


def _both_ways(link: Link) -> tuple[str, str]:
    """Where records of two entries point at each other, neither is told to come first."""
    ahead, _ = LINK_WORDS.get(link.kind, (link.kind.capitalize(), ""))
    text = f"{ahead}: the records do not show which of the two comes first"
    return text, text


def _recorded_by(account: Account) -> str:
    return f"recorded by {account.agency.label}"


def _by_entry(link: LinkView) -> tuple[int, str]:
    return link.entry_number, link.text


def _delay(days: int, forwards: str, backwards: str) -> str:
    if not days:
        return "the same day"
    return f"{delay_words(days)} {forwards if days > 0 else backwards}"
