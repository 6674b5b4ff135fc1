"""Words that this program wrote itself are no evidence that two records share anything."""

from __future__ import annotations

import pytest

from chronology.account import Account
from chronology.agency_words import cited_from, is_dating, narrative_of
from chronology.explain.words import in_both
from chronology.following_explained import SENTENCES
from chronology.following_weights import shipped_following
from chronology.links import all_found
from chronology.matching import match
from chronology.merge import merge
from chronology.people import resolve
from chronology.understand import Understanding, understand
from chronology.vocabulary.facts import fact
from chronology.weights import shipped
from tests.cases import told

STAY = "Hospital stay: Admission\nReason: Ingestion of tablet\nEnded: 4 June 2017 10:00"
SEEN = "Emergency care\nReason: Ingestion, cause not known\nEnded: 3 June 2017 01:10"
CELLS = (("reasonCode", "Ingestion of tablet"), ("period.end", "2017-06-04T10:00:00Z"))


def of_a_format(narrative: str, raw: tuple[tuple[str, str], ...] = CELLS, **more) -> Account:
    return told("health", "2017-06-03", narrative, raw=raw, **more)


@pytest.mark.parametrize(
    ("narrative", "raw", "kept"),
    [
        pytest.param(STAY, CELLS,
                     "Hospital stay: Admission\nIngestion of tablet\n4 June 2017 10:00",
                     id="labels of this program"),
        pytest.param("Rang home.\nReason: absent", (("Notes", "Rang home.\n Reason: absent"),),
                     "Rang home.\nReason: absent", id="a label that the agency wrote"),
        pytest.param("Rang home.\nReason: absent", (), "Rang home.\nReason: absent",
                     id="entered by hand"),
        pytest.param("Condition: Asthma\nThe date is: that on which it was recorded", CELLS,
                     "Condition: Asthma\n", id="what a date is"),
        pytest.param("Reason: absent", CELLS, "Reason: absent", id="one line"),
    ],
)  # fmt: skip
def test_labels_are_left_out_only_where_this_program_wrote_them(narrative, raw, kept):
    assert narrative_of(of_a_format(narrative, raw)) == kept


def test_labels_years_and_months_are_not_cited_as_shared_words():
    one, other = (understand(of_a_format(text)) for text in (STAY, SEEN))
    assert in_both(one, other, sorted(one.words & other.words)) == ("'ingestion'",)
    assert not {"reason", "end"} & one.words


def test_the_title_that_a_return_gives_a_fact_is_not_cited():
    title = fact("cp-plan-start").title
    account = told("social_care", "2024-03-15", f"{title}\nCategory: neglect", kind=title,
                   facts=("cp-plan-start",), raw=(("Category", "neglect"),))  # fmt: skip
    assert cited_from(account).split() == ["neglect"]
    headed = told("social_care", "2024-03-15", "Agreed.", kind=title)
    assert title in cited_from(headed)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("2024", True), ("6", True), ("3rd", True), ("june", True), ("jun", True), ("36402", False),
     ("ear", False), ("x2024", False)],
)  # fmt: skip
def test_which_words_only_say_when(word, expected):
    assert is_dating(word) is expected


def sentence_of(rule: str, earlier: Account, later: Account) -> str:
    a, b = understand(earlier), understand(later)
    return SENTENCES[rule](a, b, None)  # type: ignore[arg-type]


CALLED = told("social_care", "2024-02-28", "Bruise seen. T/C from MASH.", kind="Case note")


@pytest.mark.parametrize(
    ("rule", "earlier", "later", "expected"),
    [
        pytest.param(
            "announced", CALLED,
            told("health", "2024-02-28", "Dr told of it.", kind="Telephone"),
            "The earlier one says 'T/C', read as 'telephone call', which is taken for what the"
            " later is headed as ('Telephone').", id="an abbreviation, as it was read"),
        pytest.param(
            "announced", told("police", "2024-02-28", "PPN telephoned through.", kind="Log"),
            told("health", "2024-02-28", "Dr told of it.", kind="Telephone"),
            "The earlier one speaks of what the later is headed as ('Telephone').",
            id="the same word"),
        pytest.param(
            "announced", told("police", "2024-02-28", "Rang the surgery.", kind="Log"),
            told("health", "2024-02-28", "Dr told of it.", kind="Telephone"),
            "The earlier one says 'Rang', which is taken for what the later is headed as"
            " ('Telephone').", id="another word"),
        pytest.param(
            "tells_of_it", told("health", "2024-02-28", "Dr told of it.", kind="Telephone"), CALLED,
            "The later one says 'T/C', read as 'telephone call', which is taken for what the"
            " earlier is headed as ('Telephone').", id="the later"),
        pytest.param(
            "same_worker", told("police", "2024-02-28", "One.", professional="PC 3316 NANCE"),
            told("police", "2024-02-29", "Two.", professional="PC 3316 Nance"),
            "The same worker wrote both ('Nance').", id="a name goes before a number"),
        pytest.param(
            "same_worker", told("police", "2024-02-28", "One.", professional="PC 3316"),
            told("police", "2024-02-29", "Two.", professional="3316"),
            "The same worker or number wrote both ('3316').", id="a number"),
    ],
)  # fmt: skip
def test_what_a_link_rests_on_is_said_in_the_words_of_the_records(rule, earlier, later, expected):
    assert sentence_of(rule, earlier, later) == expected


def test_sentences_on_headings_are_said_of_whatever_is_found():
    cases = [CALLED, told("health", "2024-02-29", "Dr told of a bruise.", kind="Telephone"),
             told("police", "2024-03-01", "Strategy discussion.", kind="Strategy meeting"),
             told("education", "2024-03-01", "Meeting by phone.", kind="CP meeting")]  # fmt: skip
    found = match(sorted(cases, key=lambda a: a.id), resolve(cases), shipped())
    alone = [[u] for u in found.understood]
    for one in all_found(alone, found, shipped_following()):
        for rule in ("announced", "tells_of_it"):
            if near_rule(rule, one.a, one.b):
                said = SENTENCES[rule](one.a, one.b, one.near)  # type: ignore[arg-type]
                assert said.endswith("').")
    assert merge(cases, resolve(cases)).links


def near_rule(rule: str, a: Understanding, b: Understanding) -> bool:
    by, headed = (a, b) if rule == "announced" else (b, a)
    return any(0 < by.acts.get(act, 0.0) < 1 for act in headed.named)
