"""What people decided stands on the entries it is about, whatever became of them since."""

from dataclasses import replace

import pytest
from factories import a_chronology, an_account, an_entry
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Agency, Source
from chronology.decisions import BESIDE, RULING, Decision
from chronology.marking import with_marks, without_a_record

POLICE = an_account()
HEALTH = an_account(agency=Agency.HEALTH, source=Source("health.xlsx", "Export", 7, "c"))
SCHOOL = an_account(agency=Agency.EDUCATION, source=Source("school.docx", "table 1", 3, "d"))


def a_decision(kind: str, *about: object, **changes: object) -> Decision:
    ids = tuple(getattr(account, "id", account) for account in about)
    made = Decision(1, kind, ids, "", "A. Worker", "2024-05-03T10:00:00", "same crime number")
    return replace(made, **changes)


def decided(*entries_and_decisions: object, **more: object) -> list[tuple[str, ...]]:
    entries = [one for one in entries_and_decisions if not isinstance(one, Decision)]
    decisions = [one for one in entries_and_decisions if isinstance(one, Decision)]
    return [e.decided for e in with_marks(a_chronology(*entries), decisions, **more).entries]


def test_a_ruling_is_told_with_who_when_and_why():
    assert decided(an_entry(POLICE, HEALTH), a_decision("same", POLICE, HEALTH)) == [
        ("Ruled the same by A. Worker on 3 May 2024: same crime number",)
    ]


@pytest.mark.parametrize(
    ("kind", "is_one"), [("same", True), ("unsure", False), ("different", False)]
)
def test_only_a_ruling_that_joins_makes_an_entry_one_by_ruling(kind, is_one):
    about = a_decision(kind, POLICE, HEALTH)
    mark = a_decision("date", POLICE, HEALTH, SCHOOL, seq=2, value="2013-03-13")
    (entry,) = with_marks(a_chronology(an_entry(POLICE, HEALTH)), [about, mark]).entries
    assert entry.is_ruled_one is is_one
    assert (len(entry.ruled), len(entry.decided)) == (1, 2)


def test_what_was_ruled_one_and_stands_apart_is_not_one_by_ruling():
    about = a_decision("same", POLICE, HEALTH)
    entries = with_marks(a_chronology(an_entry(POLICE), an_entry(HEALTH)), [about]).entries
    assert [entry.is_ruled_one for entry in entries] == [False, False]


def test_in_an_entry_of_more_accounts_a_ruling_names_its_two():
    ((line,),) = decided(an_entry(POLICE, HEALTH, SCHOOL), a_decision("same", POLICE, HEALTH))
    said = "14 March 2013, “Officers attended the address.”"
    told = f"Police, {said} (police.csv, row 5) and Health, {said} (health.xlsx, Export, row 7)"
    assert line.startswith(f"Ruled the same ({told}) by")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param("different", "Ruled different from Health, 14 March 2013, “Offic", id="apart"),
        pytest.param("unsure", "Left open whether the same as Health, 14 March", id="open"),
        pytest.param("same", "Please check: Ruled the same as Health, 14 March", id="not as"),
    ],
)
def test_a_ruling_on_two_entries_stands_at_both(kind, words):
    first, second = decided(an_entry(POLICE), an_entry(HEALTH), a_decision(kind, POLICE, HEALTH))
    assert first[0].startswith(words)
    assert "(health.xlsx, Export, row 7) by" in first[0]
    assert "police.csv, row 5" in second[0]


def test_records_together_though_ruled_different_ask_to_be_checked():
    ((line,),) = decided(an_entry(POLICE, HEALTH), a_decision("different", POLICE, HEALTH))
    assert line.startswith("Please check: Police, 14 March 2013, “Officers attended the address.”")
    assert "(health.xlsx, Export, row 7) stand here together though ruled different" in line


def test_a_ruling_on_a_record_that_is_gone_is_still_told():
    ((line,),) = decided(an_entry(POLICE), a_decision("different", POLICE, "0" * 16))
    assert "from a record that is no longer here by A. Worker" in line


def test_what_was_undone_is_not_shown():
    undone = a_decision("same", POLICE, HEALTH, undone_by=2)
    assert decided(an_entry(POLICE, HEALTH), undone) == [()]


def test_a_decision_follows_a_record_to_its_present_version():
    old = a_decision("same", "0" * 16, HEALTH)
    lines = decided(an_entry(POLICE, HEALTH), old, moved={"0" * 16: POLICE.id})
    assert lines[0][0].startswith("Ruled the same by")


def test_a_mark_follows_the_entry_that_holds_most_of_its_accounts():
    mark = a_decision("date", POLICE, HEALTH, SCHOOL, value="2013-03-13")
    marked = with_marks(a_chronology(an_entry(SCHOOL), an_entry(POLICE, HEALTH)), [mark])
    assert [entry.marks for entry in marked.entries] == [(), (mark,)]
    (line,) = marked.entries[1].decided
    assert line == (
        "Please check the date set by A. Worker on 3 May 2024: of the entry's accounts,"
        " 1 stands here no more"
    )


def test_a_mark_made_for_just_these_accounts_needs_no_check():
    mark = a_decision("restricted", HEALTH, POLICE)
    (entry,) = with_marks(a_chronology(an_entry(POLICE, HEALTH)), [mark]).entries
    assert (entry.marks, entry.decided) == ((mark,), ())


def test_what_is_about_no_record_here_is_handed_back():
    mark, ruling = a_decision("analysis", "0" * 16), a_decision("same", "1" * 16, POLICE)
    assert without_a_record([POLICE.id], [mark, ruling]) == (mark,)


def test_marking_changes_nothing_but_what_is_shown_beside():
    chronology = a_chronology(an_entry(POLICE, HEALTH), an_entry(SCHOOL))
    marked = with_marks(chronology, [a_decision("date", POLICE, value="2010-01-01")])
    plain = [replace(entry, decided=(), marks=()) for entry in marked.entries]
    assert replace(marked, entries=tuple(plain), decisions=()) == chronology


@given(
    st.lists(
        st.tuples(
            st.sampled_from((*BESIDE, *RULING)),
            st.lists(st.sampled_from((POLICE, HEALTH, SCHOOL, "0" * 16)), min_size=2, max_size=2),
        )
    )
)
def test_every_decision_that_holds_is_shown_or_handed_back(drawn):
    decisions = [a_decision(kind, *about, seq=n) for n, (kind, about) in enumerate(drawn)]
    chronology = a_chronology(an_entry(POLICE, HEALTH), an_entry(SCHOOL))
    entries = with_marks(chronology, decisions).entries
    homeless = without_a_record([a.id for a in chronology.accounts], decisions)
    shown = [mark for entry in entries for mark in entry.marks]
    assert sorted(d.seq for d in (*shown, *homeless) if d.kind in BESIDE) == [
        d.seq for d in decisions if d.kind in BESIDE
    ]
    ruled = [d for d in decisions if d.kind in RULING and d not in homeless]
    assert bool(ruled) <= any(entry.decided for entry in entries)
