"""What reviewers set beside an entry, in the words every output shows."""

from __future__ import annotations

from chronology.dates import iso_in_words
from chronology.decisions import HANDLING as HANDLING
from chronology.decisions import Decision
from chronology.marking import said_by
from chronology.render.shown import MarkView
from chronology.render.text import visible

#: Kind of mark -> what stands before its text.
LABELS: dict[str, str] = {
    "date": "Date set by a reviewer",
    "wording": "Wording set by a reviewer",
    "significant": "Significant",
    "analysis": "Analysis",
    "third_party": "About a third party",
    "restricted": "Restricted",
}
#: Kinds that say otherwise what the records say.
BESIDE_FACTS = ("date", "wording")

#: What begins the line under a text that says who wrote it.
SIGNED_BY = "\u2014 "


def mark_view(decision: Decision) -> MarkView:
    """A mark in words, with who set it."""
    text = iso_in_words(decision.value) if decision.kind == "date" else decision.value
    return MarkView(
        code=decision.kind,
        label=LABELS.get(decision.kind, decision.kind),
        text=visible(text.strip()),
        by=visible(said_by(decision)),
        reason=visible(decision.reason.strip()),
    )


def signed(mark: MarkView) -> str:
    """A reviewer's text with a line under it that says who wrote it, when and why."""
    return f"{mark.text or mark.label}\n{SIGNED_BY}{mark.signed}"
