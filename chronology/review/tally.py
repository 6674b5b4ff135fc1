"""How the number of open questions moved: one answer often settles several."""

from __future__ import annotations

from collections.abc import Iterable

from chronology.decisions import Pair


class Tally:
    """What was asked at the last look, so that the next can say what became of it."""

    def __init__(self) -> None:
        self._of: object = None
        self._asked: frozenset[Pair] = frozenset()
        self._ruled: frozenset[Pair] = frozenset()

    def since(self, compared: object, asked: Iterable[Pair], ruled: Iterable[Pair]) -> str:
        """In words, by how much more the number moved than by the answers themselves; or "".

        Only where the same comparison was looked at before: new files ask new questions.
        """
        before, held, is_same = self._asked, self._ruled, self._of is compared
        self._of, self._asked, self._ruled = compared, frozenset(asked), frozenset(ruled)
        answered, undone = self._ruled - held, held - self._ruled
        if not is_same or not (answered or undone or before - self._asked):
            return ""
        expected = before - (self._ruled - self._asked)
        returned = (undone & self._asked) - before
        more = len(expected) + len(returned) - len(self._asked)
        return _words(_cause(len(answered), len(undone)), more)


def _cause(answered: int, undone: int) -> str:
    if undone:
        return "Undoing it"
    return "Your answer" if answered == 1 else "Your last answers"


def _words(cause: str, more: int) -> str:
    if not more:
        return ""
    count = abs(more)
    others = "1 other" if count == 1 else f"{count:,} others"
    return f"{cause} also {'settled' if more > 0 else 'opened'} {others}."
