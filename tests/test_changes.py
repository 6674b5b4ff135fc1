"""What changed since: every record accounted for, nothing told that is no change."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from factories import a_chronology, a_day, an_account, an_entry
from hypothesis import given
from hypothesis import strategies as st

from chronology.account import Account, Agency, LeftOut, Source
from chronology.case import About, Chronology, Refused
from chronology.changes import Changes, Moment, changes
from chronology.decisions import Decision
from chronology.errors import ChronologyError
from chronology.flags import Flag
from chronology.marking import with_marks
from chronology.merge import Link, Question
from chronology.render.contract import document

AGENCIES = tuple(Agency)
POOL = tuple(
    an_account(
        agency=AGENCIES[number % 5],
        source=Source(f"{AGENCIES[number % 5]}.csv", "", number + 2, f"{number % 5}" * 64),
        narrative=f"Record {number} of the case.",
        occurred=a_day(f"2013-03-{number + 1:02}"),
    )
    for number in range(9)
)
A, B, C, D = POOL[:4]


def doc(*entries: tuple[Account, ...], **more: Any) -> dict[str, Any]:
    """The document of a chronology of these entries, as it is stored and read again."""
    chronology = a_chronology(*(an_entry(*accounts) for accounts in entries), **more)
    return stored(chronology)


def stored(chronology: Chronology) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(document(chronology)))
    return read


def kinds(found: Changes) -> list[str]:
    return [change.kind for change in found.entries]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        pytest.param([(A,)], [(A,), (B,)], "new", id="new"),
        pytest.param([(A,), (B,)], [(A,)], "withdrawn", id="withdrawn"),
        pytest.param([(A,), (B,)], [(A, B)], "merged", id="merged"),
        pytest.param([(A, B)], [(A,), (B,)], "split", id="split"),
        pytest.param([(A, B), (C,)], [(A,), (B, C)], "rearranged", id="moved"),
        pytest.param([(A,)], [(A, B)], "changed", id="one more account"),
        pytest.param([(A, B)], [(A,)], "changed", id="one account less"),
    ],
)
def test_each_thing_that_can_become_of_entries_has_its_name(before, after, kind):
    assert kinds(changes(doc(*before), doc(*after))) == [kind]


def test_a_merge_shows_both_earlier_entries_and_the_one_they_became():
    (change,) = changes(doc((A,), (B,), (C,)), doc((A, B), (C,))).entries
    assert [told.number for told in change.before] == [1, 2]
    assert [[record.id for record in told.accounts] for told in change.after] == [[A.id, B.id]]
    assert (change.came, change.went) == ((), ())


def test_a_record_that_joins_an_entry_is_told_with_where_it_stands():
    (change,) = changes(doc((A,)), doc((A, B))).entries
    ((record),) = change.came
    assert (record.id, record.place, record.words) == (
        B.id,
        "social_care.csv, row 3",
        "Record 1 of the case.",
    )


def test_what_an_entry_tells_otherwise_is_told_both_ways():
    before, after = doc((A,)), doc((A,))
    after["entries"][0] |= {"start": "2013-03-02", "end": "2013-03-02", "type": "CONTACT.REFERRAL"}
    (change,) = changes(before, after).entries
    date, kind = change.fields
    assert isinstance(date.before, Moment)
    assert isinstance(date.after, Moment)
    assert (date.name, date.before.start, date.after.start) == ("Date", "2013-03-01", "2013-03-02")
    assert (kind.before, kind.after) == ("", "Referral")


def test_a_record_that_says_more_under_the_same_id_is_amended():
    more = replace(A, analysis="A pattern.")
    assert more.id == A.id
    (change,) = changes(doc((A,)), doc((more,))).entries
    ((amended),) = change.amended
    assert [(f.name, f.before, f.after) for f in amended.fields] == [
        ("Author's analysis", "", "A pattern.")
    ]


def test_a_record_sent_again_with_other_words_is_amended_where_the_case_file_knows_it():
    again = replace(A, narrative="Record 0, corrected.")
    before, after = doc((A,)), doc((again,))
    assert kinds(changes(before, after)) == ["new", "withdrawn"]
    (change,) = changes(before, after, {A.id: again.id}).entries
    assert change.kind == "changed"
    assert [f.name for f in change.amended[0].fields] == ["Words"]


def test_two_records_are_never_taken_for_one():
    before = doc((A,), (B,))
    assert kinds(changes(before, doc((C,)), {A.id: C.id, B.id: C.id})) == [
        "new",
        "withdrawn",
        "withdrawn",
    ]
    assert changes(before, before, {A.id: B.id}).are_none


def test_decisions_since_are_told_and_ones_taken_back():
    ruling = Decision(1, "same", (A.id, B.id), "", "A. Worker", "2024-05-03T10:00:00", "one visit")
    mark = Decision(2, "restricted", (C.id,), "", "A. Worker", "2024-05-03T10:00:00")
    plain = a_chronology(an_entry(A, B), an_entry(C))
    found = changes(stored(plain), stored(with_marks(plain, [ruling, mark])))
    assert found.decided == (
        f"Ruled the same ({A.source} and {B.source}) by A. Worker on 3 May 2024: one visit",
        "Restricted (A. Worker on 3 May 2024) for police.csv, row 4",
    )
    assert (found.entries, found.unchanged) == ((), 2)
    back = changes(stored(with_marks(plain, [ruling, mark])), stored(plain))
    assert back.no_longer_decided == found.decided


def ruled(seq: int, kind: str, a: Account, b: Account, reason: str = "") -> Decision:
    return Decision(seq, kind, (a.id, b.id), "", "A. Worker", "2024-05-03T10:00:00", reason)


BRACKETS = replace(
    D,
    source=Source("log (1).csv", "Sheet (2)", 7, "9" * 64, unit="item"),
    narrative="Seen (mum) by GP (police.csv, row 3) by chance.",
)


@pytest.mark.parametrize("kind", ["different", "unsure", "not_linked", "same"])
@pytest.mark.parametrize("other", [B, BRACKETS], ids=["plain", "brackets in words and file"])
def test_a_ruling_that_stands_at_two_entries_is_told_once_with_both_records(kind, other):
    plain = a_chronology(an_entry(A), an_entry(other), an_entry(C))
    reason = "told of (health.csv, row 2) by phone"
    after = with_marks(plain, [ruled(1, kind, A, other, reason)])
    assert sum(len(entry.decided) for entry in after.entries) == 2
    (line,) = changes(stored(plain), stored(after)).decided
    for told in ("Record 0 of the case", str(A.source), str(other.source), other.narrative[:20]):
        assert told in line
    assert line.endswith(f"by A. Worker on 3 May 2024: {reason}")


def test_as_many_decisions_are_told_as_were_taken():
    """Rulings by one person on one day, some between the same two entries."""
    plain = a_chronology(an_entry(A, B), an_entry(C, D), *map(an_entry, POOL[4:]))
    pairs = [(A, C), (A, D), (A, POOL[4]), (B, POOL[4]), (POOL[4], POOL[5]), (POOL[5], C)]
    made = [ruled(seq, "different", *pair) for seq, pair in enumerate(pairs, 1)]
    made += [ruled(20, "same", A, B), ruled(21, "same", C, D)]
    found = changes(stored(plain), stored(with_marks(plain, made)))
    assert len(found.decided) == len(made)
    assert len(set(found.decided)) == len(made)
    less = changes(stored(with_marks(plain, made)), stored(with_marks(plain, made[1:])))
    assert (len(less.decided), len(less.no_longer_decided)) == (0, 1)


@pytest.mark.parametrize("pairs", [[(A, C), (B, D)], [(A, D), (B, C)]])
def test_who_was_ruled_apart_from_whom_is_never_guessed(pairs):
    plain = a_chronology(an_entry(A, B), an_entry(C, D))
    made = [ruled(seq, "different", *pair) for seq, pair in enumerate(pairs, 1)]
    lines = changes(stored(plain), stored(with_marks(plain, made))).decided
    named = [sum(str(one.source) in line for line in lines) for one in (A, B, C, D)]
    assert (len(lines), named) == (2, [0, 0, 1, 1])


def test_a_ruling_is_no_new_one_where_its_record_was_reworded_or_another_joined():
    again = replace(B, narrative="Record 1, corrected.", source=replace(B.source, row=44))
    plain = a_chronology(an_entry(A, D), an_entry(B))
    made = [ruled(1, "different", A, B), ruled(2, "same", A, D)]
    before = with_marks(plain, made)
    now = [ruled(1, "different", A, again), ruled(2, "same", A, D)]
    after = with_marks(a_chronology(an_entry(A, C, D), an_entry(again)), now)
    found = changes(stored(before), stored(after), {B.id: again.id})
    assert (found.decided, found.no_longer_decided) == ((), ())


def test_rulings_about_records_that_are_gone_are_counted_one_by_one():
    made = [ruled(1, "different", A, C), ruled(2, "different", A, D)]
    plain = a_chronology(an_entry(A))
    lines = with_marks(plain, made[:1]).entries[0].decided
    assert len(changes(stored(plain), stored(with_marks(plain, made))).decided) == len(lines)
    gone = with_marks(
        a_chronology(an_entry(A), an_entry(B)), [made[0], ruled(3, "different", B, C)]
    )
    bare = a_chronology(an_entry(A), an_entry(B))
    assert len(changes(stored(bare), stored(gone)).decided) == 2


def test_what_is_to_be_looked_at_is_told_with_the_entry_and_is_no_decision():
    mark = Decision(2, "analysis", (A.id,), "A pattern.", "A. Worker", "2024-05-03T10:00:00")
    before = with_marks(a_chronology(an_entry(A)), [mark])
    found = changes(stored(before), stored(with_marks(a_chronology(an_entry(A, B)), [mark])))
    assert found.decided == ()
    ((field,),) = (change.fields for change in found.entries)
    assert (field.name, field.before) == ("To look at", "")
    assert str(field.after).startswith("Please check the analysis set by A. Worker")


def test_an_entry_tells_only_the_lines_that_came_or_went():
    before, after = doc((A,)), doc((A,))
    lines = ["Kept apart from one.", "Kept apart from two.", "Kept apart from three."]
    before["entries"][0]["decided"], after["entries"][0]["decided"] = lines[:2], lines[1:]
    ((field,),) = (change.fields for change in changes(before, after).entries)
    assert (field.before, field.after) == (lines[0], lines[2])


def test_how_the_words_begin_is_not_told_again_beside_the_records_that_made_it_so():
    before, after = doc((A,)), doc((A, B))
    after["entries"][0]["summary"] = B.narrative
    (change,) = changes(before, after).entries
    assert (change.fields, len(change.came)) == ((), 1)
    alone = doc((A,))
    alone["entries"][0]["summary"] = "As a person worded it."
    (change,) = changes(before, alone).entries
    assert [field.name for field in change.fields] == ["Beginning of the words"]


def test_a_known_date_that_is_only_written_otherwise_is_no_change_of_the_entry():
    before, after = doc((A,)), doc((A,))
    after["entries"][0]["written"] = "Fri 1 March"
    assert changes(before, after).are_none
    for side in (before, after):
        side["entries"][0] |= {"start": None, "end": None, "time": None}
    ((field,),) = (change.fields for change in changes(before, after).entries)
    assert field.name == "Date"


@pytest.mark.parametrize("before", [[], [(A,), (B,)]], ids=["new", "merged"])
def test_a_mark_on_an_entry_that_was_not_there_as_such_is_told(before):
    mark = Decision(2, "date", (A.id, B.id), "2013-02-28", "A. Worker", "2024-05-03T10:00:00")
    after = stored(with_marks(a_chronology(an_entry(A, B)), [mark]))
    (line,) = changes(doc(*before), after).decided
    assert line.startswith("Date: 28 February 2013 (A. Worker on 3 May 2024) for ")


def test_a_document_written_before_decisions_were_stored_can_be_compared():
    before = doc((A,))
    for entry in before["entries"]:
        del entry["decided"], entry["marks"]
    assert changes(before, doc((A,))).are_none


def test_files_rows_left_out_and_questions_are_compared_by_what_they_hold():
    left = LeftOut(Source("a.csv", "", 9, "a"), "No date and no words.", ("x", ""))
    moved = replace(left, source=Source("renamed.csv", "", 12, "a"))
    asked = Question(A, B, 0.6, (), ())
    before = doc((A,), (B,), left_out=(left,), questions=(asked,))
    after = doc((A,), (B,), (C,), left_out=(moved, moved), refused=(Refused("b.pdf", "A PDF."),))
    found = changes(before, after)
    assert [row.place for row in found.newly_left_out] == ["renamed.csv, row 12"]
    assert {source.file for source in found.new_sources} >= {"b.pdf"}
    pairs = next(b for b in found.balances if b.what == "Pairs to review")
    assert (pairs.before, pairs.went, pairs.came, pairs.after) == (1, 1, 0, 0)


def test_another_file_name_sheet_or_row_is_no_change():
    elsewhere = replace(A, source=Source("renamed.csv", "Sheet1", 99, "f"))
    assert changes(doc((A,)), doc((elsewhere,))).entries == ()


def test_a_document_of_a_version_not_known_is_refused():
    later = {**doc((A,)), "schema": 2}
    with pytest.raises(ChronologyError, match="schema version 2 cannot be compared"):
        changes(doc((A,)), later)


# What is true of any two


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document of some of the records, in entries of any size and order."""
    chosen = draw(st.lists(st.sampled_from(POOL), unique_by=lambda a: a.id))
    said = [
        replace(account, analysis=draw(st.sampled_from(("", "A pattern.")))) for account in chosen
    ]
    groups: list[list[Account]] = []
    for account in said:
        at = draw(st.integers(0, len(groups)))
        groups[at : at + 1] = [[*groups[at], account]] if at < len(groups) else [[account]]
    out = draw(st.lists(st.sampled_from(("blank", "total"))))
    left = tuple(LeftOut(Source("a.csv", "", n, "a"), why, (why,)) for n, why in enumerate(out, 2))
    return doc(*map(tuple, groups), left_out=left, about=About(prepared="1 May 2024"))


def ids(found: dict[str, Any]) -> Counter[str]:
    return Counter(account["id"] for entry in found["entries"] for account in entry["accounts"])


def unchanged_ids(before: dict[str, Any], found: Changes) -> Counter[str]:
    told = {
        record.id for change in found.entries for one in change.before for record in one.accounts
    }
    return Counter({one: n for one, n in ids(before).items() if one not in told})


@given(documents())
def test_nothing_has_changed_between_a_chronology_and_itself(one):
    found = changes(one, one)
    assert found.are_none
    assert found.unchanged == len(one["entries"])


@given(documents(), documents())
def test_every_entry_and_record_of_both_is_accounted_for(before, after):
    found = changes(before, after)
    for side, told_of in ((before, "before"), (after, "after")):
        told = [told for change in found.entries for told in getattr(change, told_of)]
        assert len(told) + found.unchanged == len(side["entries"])
        assert len({entry.id for entry in told}) == len(told)
    came = Counter(record.id for change in found.entries for record in change.came)
    went = Counter(record.id for change in found.entries for record in change.went)
    assert ids(before) - went + came == ids(after)
    kept = unchanged_ids(before, found)
    assert all(ids(after)[one] for one in kept)


@given(documents(), documents())
def test_every_balance_balances(before, after):
    for balance in changes(before, after).balances:
        assert balance.before - balance.went + balance.came == balance.after


@given(documents(), documents(), st.randoms(use_true_random=False))
def test_the_order_of_entries_and_records_does_not_matter(before, after, chance):
    shuffled = changes(mixed(before, chance), mixed(after, chance))
    assert essence(shuffled) == essence(changes(before, after))


@given(documents(), documents())
def test_looked_at_the_other_way_what_came_is_what_went(before, after):
    there, back = changes(before, after), changes(after, before)
    opposite = {"new": "withdrawn", "withdrawn": "new", "merged": "split", "split": "merged"}
    turned = Counter(opposite.get(kind, kind) for kind in kinds(there))
    assert turned == Counter(kinds(back))
    assert Counter(there.newly_left_out) == Counter(back.no_longer_left_out)


def mixed(one: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    entries = [
        {**entry, "accounts": chance.sample(entry["accounts"], len(entry["accounts"]))}
        for entry in chance.sample(one["entries"], len(one["entries"]))
    ]
    return {**one, "entries": entries}


def essence(found: Changes) -> tuple[Any, ...]:
    """All of it but the order and the numbers that follow from it."""
    told = [
        (
            change.kind,
            sorted(one.id for one in change.before),
            sorted(one.id for one in change.after),
            change.fields,
            sorted(record.id for record in change.came),
            sorted(record.id for record in change.went),
            sorted(amended.record.id for amended in change.amended),
        )
        for change in found.entries
    ]
    return sorted(told, key=str), found.unchanged, found.balances


def test_a_flag_that_says_more_in_a_newer_program_is_not_told_again():
    before = doc((told_by_agency("record-amended", "March said otherwise."),))
    after = doc((told_by_agency("record-amended", "March said otherwise. 'A' became 'B'."),))
    assert changes(before, after).amended_by_agency == ()


def told_by_agency(code: str, text: str, one: Account = A) -> Account:
    return replace(one, flags=(Flag(code, text),))


@pytest.mark.parametrize(
    ("code", "field"),
    [
        pytest.param("record-withdrawn", "withdrawn_by_agency", id="withdrawn"),
        pytest.param("record-amended", "amended_by_agency", id="amended"),
    ],
)
def test_what_an_agency_withdrew_or_reworded_is_told_once(code, field):
    flagged = doc((told_by_agency(code, "A later export differs."),), (B,))
    found = changes(doc((A,), (B,)), flagged)
    ((one),) = getattr(found, field)
    assert (one.record.id, one.why) == (A.id, "A later export differs.")
    assert not found.are_none
    assert changes(flagged, flagged).are_none


def test_a_record_reworded_once_more_is_told_again():
    before = doc((told_by_agency("record-amended", "March said otherwise."),))
    after = doc((told_by_agency("record-amended", "April said otherwise."),))
    assert [one.why for one in changes(before, after).amended_by_agency] == [
        "April said otherwise."
    ]


def a_link(a: Account, b: Account, **more: Any) -> Link:
    days = (b.occurred.start - a.occurred.start).days
    return Link(a, b, "response", days, ("Both mention 'x'.",), **more)


ALL = ((A,), (B,), (C,))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param((), (), [], id="none"),
        pytest.param((a_link(A, C),), (a_link(A, C),), [], id="as it was"),
        pytest.param((), (a_link(A, C),), [(None, A)], id="came"),
        pytest.param((a_link(A, C),), (), [(A, None)], id="went"),
        pytest.param((a_link(A, C),), (a_link(B, C),), [(A, B)], id="another incident"),
        pytest.param((a_link(A, C),), (a_link(A, C), a_link(B, C)), [(None, B)], id="a second"),
        pytest.param((a_link(A, C),), (a_link(A, C, ruled="Confirmed"),), [(A, A)], id="confirmed"),
        pytest.param((a_link(A, C),), (a_link(A, C, is_weak=True),), [(A, A)], id="weak now"),
    ],
)
def test_links_that_came_went_or_changed_are_told(before, after, told):
    found = changes(doc(*ALL, links=before), doc(*ALL, links=after))
    sides = [
        tuple(side.earlier.id if side else None for side in (c.before, c.after))
        for c in found.links
    ]
    assert sides == [tuple(one.id if one else None for one in pair) for pair in told]
    assert found.are_none == (not told)


def test_a_link_carried_by_another_record_of_the_same_entry_is_no_change():
    before = doc((A, B), (C,), links=(a_link(A, C),))
    again = replace(a_link(B, C), days=a_link(A, C).days)
    assert changes(before, doc((A, B), (C,), links=(again,))).links == ()


def test_what_a_version_kept_long_ago_does_not_say_of_its_links_is_no_change():
    before = doc(*ALL, links=(a_link(A, C),))
    for link in before["links"]:
        del link["near_in_time_only"], link["confirmed"]
    assert changes(before, doc(*ALL, links=(a_link(A, C, is_weak=True),))).are_none


def test_a_link_of_records_that_were_sent_again_in_other_words_is_the_same_link():
    reworded = replace(C, narrative="Record 2, in other words.")
    after = doc((A,), (B,), (reworded,), links=(a_link(A, reworded),))
    found = changes(doc(*ALL, links=(a_link(A, C),)), after, {C.id: reworded.id})
    assert found.links == ()
