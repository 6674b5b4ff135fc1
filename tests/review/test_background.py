"""Comparing goes on beside the pages, never loses an asking, and says when it failed."""

from __future__ import annotations

from threading import Event

import pytest

from chronology.errors import ChronologyError
from chronology.review.background import BROKEN, Background


def test_the_slow_step_is_done_once_and_the_quick_one_each_time():
    done: list[str] = []
    work = Background(lambda: done.append("slow"), lambda: done.append("quick"))
    for slow in (True, False, False):
        work.ask(slow=slow)
        assert work.wait(5)
    work.stop()
    assert done == ["slow", "quick", "quick", "quick"]


def test_what_is_asked_meanwhile_is_done_after():
    begun, go, done = Event(), Event(), []

    def slow() -> None:
        begun.set()
        assert go.wait(5)
        done.append("slow")

    work = Background(slow, lambda: done.append("quick"))
    work.ask(slow=True)
    assert begun.wait(5)
    work.ask(slow=True)
    assert work.is_comparing
    go.set()
    assert work.wait(5)
    work.stop()
    assert done == ["slow", "quick", "slow", "quick"]
    assert not work.is_comparing


def test_a_fault_in_words_is_told_and_the_next_asking_tries_again():
    faults = [ChronologyError("The disk is full.")]

    def slow() -> None:
        if faults:
            raise faults.pop()

    work = Background(slow, lambda: None)
    work.ask(slow=True)
    assert work.wait(5)
    assert (work.fault, work.is_comparing) == ("The disk is full.", False)
    work.ask(slow=False)
    assert work.wait(5)
    work.stop()
    assert work.fault == ""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_is_told_and_does_not_end_the_work_for_good():
    bugs = [ZeroDivisionError()]

    def slow() -> None:
        if bugs:
            raise bugs.pop()

    work = Background(slow, lambda: None)
    work.ask(slow=True)
    assert work.wait(5)
    assert work.fault == BROKEN
    work.ask(slow=False)
    assert work.wait(5)
    work.stop()
    assert work.fault == ""
