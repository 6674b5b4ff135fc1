"""The accounts of a case compared once, so that deciding again is quick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chronology.case import Chronology, who_is_who
from chronology.casefile.putting import Contents
from chronology.decisions import Decision, Rulings
from chronology.marking import with_marks
from chronology.matching import Matched, match
from chronology.merge import Known, Preset, settle
from chronology.people import person_rulings
from chronology.weights import shipped


@dataclass(slots=True)
class Compared:
    """The contents compared; what was made of them once is kept while it holds."""

    contents: Contents
    matched: Matched
    known: Known = field(default_factory=Known)

    #: What was decided last, and by which rulings: marks alone change nothing of it.
    _last: tuple[Rulings, Preset, Chronology] | None = None

    def settled(
        self, preset: Preset, rulings: Rulings, decisions: Sequence[Decision]
    ) -> Chronology:
        """The chronology as these rulings make it, with every decision shown where it belongs."""
        if self._last is None or self._last[:2] != (rulings, preset):
            self._last = (rulings, preset, self._decided(preset, rulings))
        return with_marks(self._last[2], decisions)

    def _decided(self, preset: Preset, rulings: Rulings) -> Chronology:
        merged = settle(self.matched, preset, rulings=rulings, known=self.known)
        contents = self.contents
        return Chronology(
            entries=merged.entries,
            questions=merged.questions,
            links=merged.links,
            left_out=contents.left_out,
            files=contents.files,
            refused=contents.refused,
            cast=self.matched.cast,
            about=contents.about,
            parted=merged.parted,
        )


def compared(contents: Contents) -> Compared:
    """Who is who, and every pair of accounts compared: the slow part."""
    rulings = person_rulings(contents.decisions)
    accounts, cast = who_is_who(contents.accounts, contents.left_out, rulings)
    ordered = sorted(accounts, key=lambda account: account.id)
    return Compared(contents, match(ordered, cast, shipped()))
