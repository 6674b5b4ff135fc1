"""What a reviewed workbook says, taken into the case row by row, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from chronology.cli.speaking import NOT_NAMED, many, now, one_line, safe, say
from chronology.dates import iso_in_words
from chronology.errors import ChronologyError
from chronology.reviewed.answers import SAID

if TYPE_CHECKING:
    from chronology.casefile import CaseFile
    from chronology.reviewed import Answer, Reviewed

#: Stands beside the name of whoever took a decision in that nobody put initials to.
WITHOUT_INITIALS = "initials not given in the workbook"


@dataclass
class Taking:
    """One workbook being taken in, by one person."""

    case: CaseFile
    who: str
    refused: list[str] = field(default_factory=list)
    #: Answers taken before and undone since, in words.
    undone: list[str] = field(default_factory=list)
    bare: int = 0
    made: int = 0
    #: Of those made, texts under Significance and Analysis; the others are answers to pairs.
    texts: int = 0
    known: int = 0

    def take(self, found: Reviewed) -> bool:
        """Decides what the workbook says; whether nothing in it was refused or passed over."""
        self.refused.extend(map(str, found.refused))
        digests = {answer.digest: bool(answer.initials) for answer in found.answers}
        texts = len(found.remarks)
        before = self.case.took(found.file, found.sha256, digests, self.who, now(), texts)
        for answer in found.answers:
            if not self._is_undone(answer, before):
                self._rule(answer)
        for remark in found.remarks:
            where = f"{remark.sheet}, row {remark.row}"
            is_new = self._decide(where, remark.kind, remark.accounts, remark.text, self.who)
            self.texts += is_new
        self._say(found)
        return not self.refused and not self.undone

    def _is_undone(self, answer: Answer, before: Mapping[str, int]) -> bool:
        line = before.get(answer.digest)
        if line is None:
            return False
        undoing = self.case.undone_since(answer.kind, answer.accounts, line)
        if undoing is None:
            return False
        self.undone.append(
            f"{_where(answer)}: '{SAID[answer.kind]}' was undone by {one_line(undoing.who)} on "
            f"{iso_in_words(undoing.at[:10])}; not taken again. If it is meant anew, change the "
            "row: another date, or other words under Note, will do."
        )
        return True

    def _rule(self, answer: Answer) -> None:
        if not answer.initials and self.who == NOT_NAMED:
            self.refused.append(
                f"{_where(answer)}: initials are not given, and who takes this in could not be "
                "found out. Write the initials, or say who with --who."
            )
            return
        who = f"{self.who} ({WITHOUT_INITIALS})"
        if answer.initials:
            who = f"{answer.initials} (taken in by {self.who})"
        dated = f" (decided on {answer.decided_on})" if answer.decided_on else ""
        reason = f"{answer.reason}{dated}".strip()
        is_new = self._decide(_where(answer), answer.kind, answer.accounts, "", who, reason)
        self.bare += is_new and not answer.initials

    def _decide(
        self, where: str, kind: str, accounts: tuple[str, ...], value: str, who: str,
        reason: str = "",
    ) -> bool:  # fmt: skip
        """Whether that is a decision which did not hold before."""
        (last, _) = self.case.seal()
        try:
            made = self.case.decide(kind, accounts, value, who, now(), reason)
        except ChronologyError as why:
            self.refused.append(f"{where}: {why}")
            return False
        is_new = made.seq > last
        self.made += is_new
        self.known += not is_new
        return is_new

    def _say(self, found: Reviewed) -> None:
        counts = [
            f"{many(self.made, 'decision')} taken{self._of_which()}",
            f"{self.known} known already",
            *([f"{len(self.undone)} undone since and not taken again"] if self.undone else ()),
            f"{len(self.refused)} refused",
            f"{many(found.unanswered, 'pair')} without an answer",
        ]
        click.echo(safe(f"{one_line(found.file)}: {', '.join(counts)}."))
        if self.bare:
            entered = "was entered as taken" if self.bare == 1 else "were entered as taken"
            who = one_line(self.who)
            click.echo(safe(f"{many(self.bare, 'decision')} without initials {entered} by {who}."))
        undone = (f"Not taken: {told}" for told in self.undone)
        for note in (*found.notes, *undone, *(f"Refused: {why}" for why in self.refused)):
            say(f"  {note}")

    def _of_which(self) -> str:
        """Answers and texts apart, as the log counts them, where there are both."""
        answers = self.made - self.texts
        if not answers or not self.texts:
            return ""
        return f" ({many(answers, 'answer')}, {many(self.texts, 'text')})"


def _where(answer: Answer) -> str:
    return f"{answer.sheet}, row {answer.row}"
