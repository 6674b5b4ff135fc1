"""Two steps done beside the pages: a slow one when there is new matter, a quick one after it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

from chronology.errors import ChronologyError

#: What is said when the program itself is at fault.
BROKEN = (
    "Comparing stopped because of a fault in the program. Your decisions are kept in the case "
    "file. Close this program and open the case again."
)

#: Seconds up to which the quick step is no bother to a page.
SHORT = 0.1
#: Seconds without anything new after which it is done all the same, and the most it is put off.
LULL, LONGEST_LULL = 0.4, 3.0


class Background:
    """Runs ``slow`` then ``quick``, or ``quick`` alone, again whenever it is asked to."""

    def __init__(self, slow: Callable[[], None], quick: Callable[[], None]) -> None:
        self._slow, self._quick = slow, quick
        self._bell = Condition()
        #: How often each step was asked for, and up to which asking it is done.
        self._asked_slow, self._asked = 0, 0
        self._done_slow, self._done = 0, 0
        self._stopped = False
        #: Begun when there is something to do, and again after a fault of the program.
        self._thread: Thread | None = None
        self.fault = ""
        #: How long the quick step took last.
        self._took = 0.0

    def ask(self, *, slow: bool) -> None:
        """Has the steps done, as soon as what is under way is finished."""
        ended = self._thread if self.fault == BROKEN else None
        if ended:  # it is about to end, and would not hear the bell
            ended.join()
        with self._bell:
            self._asked += 1
            self._asked_slow += slow
            self.fault = ""
            self._bell.notify_all()
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="comparing", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Lets the thread end after the step it is at."""
        with self._bell:
            self._stopped = True
            self._bell.notify_all()

    @property
    def is_comparing(self) -> bool:
        """Whether the slow step is still to be done, and can be."""
        return self._done_slow < self._asked_slow and not self.fault

    def wait(self, seconds: float) -> bool:
        """Waits until everything asked for is done; whether it is."""
        with self._bell:
            return self._bell.wait_for(lambda: self._done >= self._asked, seconds)

    def wait_if_quick(self, seconds: float) -> bool:
        """The same, but only where it is likely to be done in that time."""
        return self.wait(0 if self.is_comparing or self._took > seconds else seconds)

    def _run(self) -> None:
        while True:
            with self._bell:
                self._bell.wait_for(lambda: self._stopped or self._done < self._asked)
                self._let_pages_first()
                if self._stopped:
                    return
                asked, asked_slow = self._asked, self._asked_slow
            fault = BROKEN
            try:
                if self._done_slow < asked_slow:
                    self._slow()
                begun = monotonic()
                self._quick()
                self._took = monotonic() - begun
                fault = ""
            except ChronologyError as why:
                fault = str(why)
            finally:
                self._finish(asked, asked_slow, fault)

    def _let_pages_first(self) -> None:
        """Where the quick step is not quick, waits until nothing new has been asked for a while.

        A decision and the page after it are then answered before this work takes the processor.
        """
        if self._took < SHORT or self._done_slow < self._asked_slow:
            return
        latest = monotonic() + LONGEST_LULL
        asked = -1
        while asked != self._asked and monotonic() < latest and not self._stopped:
            asked = self._asked
            self._bell.wait(LULL)

    def _finish(self, asked: int, asked_slow: int, fault: str) -> None:
        with self._bell:
            self._done, self.fault = asked, fault
            if not fault:
                self._done_slow = asked_slow
            self._bell.notify_all()
