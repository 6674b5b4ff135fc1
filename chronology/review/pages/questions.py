"""Questions one at a time, by keyboard, never the same twice."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from chronology.decisions import RULING, Pair, pair_of
from chronology.errors import ChronologyError
from chronology.merge import Question
from chronology.review.desk import Desk
from chronology.review.pages.here import desk_here, number, said, seen
from chronology.review.standing import pair_of_question, side_by_side

blueprint = Blueprint("questions", __name__)

#: What is said of an answer just given.
ANSWERS: dict[str, str] = {
    "same": "Recorded: the same occurrence.",
    "different": "Recorded: different occurrences.",
    "unsure": "Recorded: left open. It is not asked again.",
}


@blueprint.get("/questions")
def questions() -> str:
    """One question, or that none is open."""
    desk = desk_here()
    moved = desk.moved_by()
    asked = desk.questions()
    question = _wanted(desk, asked, request.args.get("at", ""))
    before, following = _beside(asked, question)
    rulings = desk.rulings()
    return render_template(
        "questions.html",
        question=question,
        told=side_by_side((question.a, question.b), desk.standing) if question else (),
        before=before,
        following=following,
        answered=len(rulings),
        left=len(asked),
        moved=moved,
        parted=desk.newly_parted(),
        last=rulings[-1] if rulings else None,
        confirm=desk.to_confirm.get(pair_of_question(question), "") if question else "",
    )


@blueprint.post("/questions/answer")
def answer() -> Response:
    """Records an answer and goes on to the next question."""
    desk = desk_here()
    kind, pair = said("kind"), pair_of(said("a"), said("b"))
    if kind not in RULING:
        desk.tell("No answer was chosen.", is_fault=True)
        return seen(url_for("questions.questions", at=key_of(pair)))
    if kind_before(desk, pair) == kind:
        return seen(url_for("questions.questions", at=said("next")))
    try:
        desk.decide([(kind, pair, "")], said("reason"))
    except ChronologyError as why:
        desk.tell(str(why), is_fault=True)
        return seen(url_for("questions.questions", at=key_of(pair)))
    return seen(url_for("questions.questions", at=said("next")))


@blueprint.post("/questions/undo")
def undo() -> Response:
    """Takes an answer back and shows its question again."""
    desk = desk_here()
    seq = number(said("seq"))
    taken = next((d for d in desk.rulings() if d.seq == seq), None)
    if taken is None:
        desk.tell("That answer was undone before.")
        return seen(url_for("questions.questions"))
    desk.undo([taken.seq])
    desk.tell("Your last answer was undone.")
    return seen(url_for("questions.questions", at=key_of(pair_of(*taken.accounts[:2]))))


def kind_before(desk: Desk, pair: Pair) -> str:
    """The answer that holds for a pair; "" while there is none, or it is to be confirmed."""
    if pair in desk.to_confirm:
        return ""
    held = (d.kind for d in desk.rulings() if pair_of(*d.accounts[:2]) == pair)
    return next(held, "")


def key_of(pair: Pair) -> str:
    """A pair as an address holds it."""
    return ".".join(pair)


def _wanted(desk: Desk, asked: tuple[Question, ...], at: str) -> Question | None:
    """The question an address names, if it is open; else the first that is."""
    first, _, second = at.partition(".")
    pair = pair_of(first, second)
    found = next((q for q in asked if pair_of_question(q) == pair), None)
    if found is None and pair in desk.asked and not kind_before(desk, pair):
        found = desk.asked[pair]
    return found or next(iter(asked), None)


def _beside(asked: tuple[Question, ...], question: Question | None) -> tuple[str, str]:
    """The questions before and after one, as an address names them; "" where there is none."""
    keys = [key_of(pair_of_question(q)) for q in asked]
    if question is None:
        return "", ""
    key = key_of(pair_of_question(question))
    if key not in keys:
        return "", next(iter(keys), "")
    at = keys.index(key)
    return (keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else "")
