"""Who is who: joined on good reasons, kept apart on better ones, never guessed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronology.account import Account, Agency, Identifier, Mention, Source
from chronology.decisions import Decision, pair_of
from chronology.people import NOTHING_RULED, PersonRulings, person_rulings, resolve
from chronology.when import Precision, When

DAY = date(2016, 5, 1)


def account(subject="", people=(), *, day=DAY, agency=Agency.HEALTH, text="", **more):
    """One record about one person, the n-th of its file by its text."""
    subjects = subject if isinstance(subject, tuple) else (subject,) if subject else ()
    return Account(
        agency=agency,
        source=Source(f"{agency}.csv", "", len(text) + 2, "0"),
        occurred=When(str(day), Precision.DAY, day, day),
        narrative=text or repr((subjects, people, day)),
        subjects=subjects,
        people=tuple(people),
        **more,
    )


def who(name, born="", nhs="", local="", role=""):
    """A mention."""
    ids = [Identifier("nhs", nhs)] if nhs else []
    ids += [Identifier("local", local)] if local else []
    return Mention(name, role, born, tuple(ids))


def together(*mentions, **more):
    """Whether all the subjects are placed, and with one person."""
    accounts = [account(m, text=f"record {n}", **more) for n, m in enumerate(mentions)]
    cast = resolve(accounts)
    found = {cast.person_of(a, a.subjects[0]) for a in accounts}
    return len(found) == 1 and None not in found


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(
            who("Rowan Quill", "03/04/2011"),
            who("QUILL, Rowan", "3.4.11"),
            id="same name and birth",
        ),
        pytest.param(
            who("Kieran Quill", "23/04/2011"),
            who("Ciaran Quill", "23/04/2011"),
            id="forms of one name",
        ),
        pytest.param(
            who("Rowan Quill", nhs="999 000 0018"),
            who("Rowan ASHBY", nhs="9990000018"),
            id="same NHS number, other surname",
        ),
        pytest.param(
            who("Baby QUILL", "23/04/2011"),
            who("Rowan Quill", "23/04/2011"),
            id="the baby got a name",
        ),
        pytest.param(
            who("Rowan Quill", "12/03/2011"),
            who("Rowan Quill", "21/03/2011"),
            id="digits of the birth exchanged",
        ),
        pytest.param(
            who("Rowan Quill", "23/04/2011"),
            who("QUILL, Rowan (4T)"),
            id="no date of birth and no namesake",
        ),
        pytest.param(
            who("Rowan Quill", "23/04/2011"), who("Rowan Q."), id="initial of the surname"
        ),
        pytest.param(
            who("Master R Quill", "23/04/2011"),
            who("Rowan Quill", "23/04/2011"),
            id="initial of the forename",
        ),
        pytest.param(
            who("Rowan QUILL nee ASHBY", "23/04/1981"),
            who("Rowan Ashby", "23/04/1981"),
            id="maiden name",
        ),
        pytest.param(who("Child A"), who("CHILD A"), id="a pseudonym"),
    ],
)
def test_one_person_under_two_names(a, b):
    assert together(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(
            who("Rowan Quill", "23/04/2011"), who("Sorrel Quill", "23/04/2011"), id="twins"
        ),
        pytest.param(
            who("Daniel Quill", "23/04/2011"),
            who("Danielle Quill", "23/04/2011"),
            id="twins of like names",
        ),
        pytest.param(
            who("Rowan Quill", "23/04/2011"), who("Rowan Quill", "02/09/2014"), id="namesakes"
        ),
        pytest.param(
            who("Rowan Quill", local="77"),
            who("Sorrel Quill", local="77"),
            id="one local number for two names",
        ),
        pytest.param(
            who("Rowan Quill", nhs="999 000 0018"),
            who("Rowan Quill", nhs="999 000 0026"),
            id="two NHS numbers",
        ),
        pytest.param(
            who("Twin 1 QUILL", "23/04/2011"),
            who("Twin 2 QUILL", "23/04/2011"),
            id="twins without names",
        ),
    ],
)
def test_two_persons_stay_two(a, b):
    assert not together(a, b)


def test_one_number_on_two_names_is_noted_on_both():
    cast = resolve(
        [account(who("Rowan Quill", local="77")), account(who("Sorrel Quill", local="77"))]
    )
    assert len(cast.persons) == 2
    assert all("not taken for one person" in " ".join(p.reasons) for p in cast.persons)


def test_a_local_number_counts_only_where_it_was_given():
    accounts = [
        account(who("Rowan Quill", "23/04/2011", local="5"), agency=Agency.HEALTH),
        account(who("R. Ashby", "", local="5"), agency=Agency.POLICE),
    ]
    cast = resolve(accounts)
    assert cast.person_of(accounts[0], accounts[0].subjects[0]) != cast.person_of(
        accounts[1], accounts[1].subjects[0]
    )


def test_a_baby_that_may_be_either_twin_is_neither():
    accounts = [
        account(who("Rowan Quill", "23/04/2011")),
        account(who("Sorrel Quill", "23/04/2011")),
        account(who("Baby QUILL", "23/04/2011")),
    ]
    cast = resolve(accounts)
    assert cast.person_of(accounts[2], accounts[2].subjects[0]) is None
    assert len(cast.persons) == 2


def test_a_name_that_fits_two_persons_is_not_placed():
    accounts = [
        account(who("Ann Quill", "01/02/1980"), [who("Alice Quill", role="aunt")]),
        account(who("Mrs A Quill")),
    ]
    cast = resolve(accounts)
    assert cast.person_of(accounts[1], accounts[1].subjects[0]) is None


def test_a_namesake_without_a_birth_is_not_placed():
    accounts = [
        account(who("Rowan Quill", "23/04/2011")),
        account(who("Rowan Quill", "02/09/2004")),
        account(who("QUILL, Rowan")),
    ]
    cast = resolve(accounts)
    assert cast.person_of(accounts[2], accounts[2].subjects[0]) is None
    assert len(cast.persons) == 2


@pytest.mark.parametrize(
    ("days", "placed"),
    [pytest.param(-120, True, id="before the birth"), pytest.param(-700, False, id="years before")],
)
def test_an_unborn_child_is_the_child_born_in_time(days, placed):
    born = date(2016, 5, 1)
    accounts = [
        account(who("Rowan Quill", "01/05/2016"), day=born + timedelta(days=60)),
        account(who("Unborn Quill"), day=born + timedelta(days=days)),
    ]
    cast = resolve(accounts)
    same = cast.subjects_of(accounts[0]) == cast.subjects_of(accounts[1])
    assert same is placed


def test_the_mothers_date_of_birth_does_not_make_the_unborn_child_its_mother():
    assert not together(
        who("QUILL Sorrel", "23/04/1990", local="12"),
        who("UNBORN OF QUILL Sorrel", "23/04/1990", local="12"),
    )


def test_a_role_is_placed_with_the_only_one_who_has_it():
    mother = who("Sorrel Quill", role="mother")
    accounts = [
        account(who("Rowan Quill", "23/04/2011"), [mother, who("Joan Ashby", role="MGM")]),
        account(who("Rowan Quill", "23/04/2011"), [who("mum"), who("MGM"), who("Dad")]),
    ]
    cast = resolve(accounts)
    assert cast.person_of(accounts[1], who("mum")) == cast.person_of(accounts[0], mother)
    assert cast.person_of(accounts[1], who("MGM")) is not None
    assert cast.person_of(accounts[1], who("Dad")) is None


def test_a_role_two_persons_have_is_not_placed():
    child = who("Rowan Quill", "23/04/2011")
    accounts = [
        account(child, [who("Ian Quill", role="father")]),
        account(child, [who("Lee Ashby", role="father")], text="b"),
        account(child, [who("Dad")], text="c"),
    ]
    assert resolve(accounts).person_of(accounts[2], who("Dad")) is None


def test_two_mentions_of_one_list_are_two_persons():
    listed = (who("Ann Quill"), who("Annie Quill"))
    one = account(who("Rowan Quill", "23/04/2011"), listed)
    cast = resolve([one])
    first, second = (cast.person_of(one, m) for m in listed)
    assert first != second or first is None


def test_one_name_listed_in_two_roles_is_two_persons_nobody_can_tell_apart():
    listed = (who("John Quill", role="father"), who("John Quill", role="brother"))
    one = account(who("Rowan Quill", "23/04/2011"), listed)
    cast = resolve([one])
    assert [cast.person_of(one, m) for m in listed] == [None, None]


def test_a_subject_named_again_among_the_people_is_one_person():
    one = account(who("Rowan Quill", "23/04/2011"), [who("QUILL, Rowan")])
    cast = resolve([one])
    assert cast.person_of(one, one.subjects[0]) == cast.person_of(one, one.people[0])


def test_a_father_of_the_same_name_is_not_his_son():
    accounts = [
        account(who("John Quill", "23/04/2011"), [who("John Quill", role="father")]),
        account(who("John Quill", "23/04/2011"), text="b"),
    ]
    cast = resolve(accounts)
    son, father = accounts[0].subjects[0], accounts[0].people[0]
    assert cast.person_of(accounts[0], son) != cast.person_of(accounts[0], father)


def test_a_family_is_nobody_in_particular():
    one = account(who("Quill family"))
    cast = resolve([one, account(who("Rowan Quill", "23/04/2011"))])
    assert cast.subjects_of(one) == frozenset()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("14 Harrow Lane", id="an address"),
        pytest.param("LANE, 14 HARROW", id="an address in a surname column"),
        pytest.param("a/c 55012", id="an account number"),
        pytest.param("paramedic crew", id="a crew"),
        pytest.param("Polish interpreter", id="a post"),
        pytest.param("WGH ED nurse", id="a post with short forms"),
        pytest.param("support worker", id="a job"),
        pytest.param("SW DUTY", id="a duty post"),
        pytest.param("Police missing desk", id="a desk"),
        pytest.param("Fernhill Primary School", id="a school"),
        pytest.param("DSL Fernhill", id="a post at an organisation of the case"),
        pytest.param("HV Gemma", id="a post and a first name"),
        pytest.param("police lady in ordinary clothes", id="a description"),
        pytest.param("NEIGHBOUR AT 12", id="a neighbour"),
        pytest.param("Abbie's mother", id="somebody's relation"),
        pytest.param("Unknown male", id="unknown"),
        pytest.param("Vale mrs + 4", id="one of a family counted"),
        pytest.param("VALE A M, ORR T, 2 ch", id="several and their children"),
        pytest.param("Vale, R (Mrs) and 6 deps", id="with so many dependants"),
    ],
)
@pytest.mark.parametrize("is_subject", [True, False])
def test_what_names_nobody_is_no_person(name, is_subject):
    found = account(who(name)) if is_subject else account("", [who(name)])
    cast = resolve([replace(found, organisation="Fernhill Academy Trust")])
    assert (cast.persons, dict(cast.placed)) == ((), {})


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("HEAD, Jack", id="a surname that is a role"),
        pytest.param("Xanthe Head", id="behind a forename no table has"),
        pytest.param("Kelly Nurse", id="and behind a known one"),
        pytest.param("Rowan Lane", id="a surname that is a street"),
        pytest.param("Jo Trust", id="a surname that is a body"),
        pytest.param("Named Nurse Carys Vale", id="a name behind a role"),
        pytest.param("Carys Vale HV", id="a name before a role"),
        pytest.param("Rowan Vale (7)", id="an age"),
        pytest.param("DC 4019 Iqbal", id="a rank with a number"),
        pytest.param("Dr Huw Kettle", id="a title"),
        pytest.param("Sian Vale at school", id="with where she was"),
    ],
)
def test_a_name_beside_such_words_is_a_person(name):
    assert len(resolve([account("", [who(name)])]).persons) == 1


def test_what_names_nobody_is_somebody_with_a_date_of_birth():
    assert len(resolve([account(who("Xanthe School", "03/04/2011"))]).persons) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(who("Deb Quill"), who("Deb Quill", role="manager"), id="once with a role"),
        pytest.param(who("DC Vale", role="CAIT"), who("DC Vale", role="police"), id="a rank"),
        pytest.param(who("Named Nurse Carys Vale"), who("Carys Vale"), id="a role before it"),
        pytest.param(who("Carys Vale HV"), who("Carys Vale", role="HV"), id="a role behind it"),
    ],
)
def test_a_professional_is_listed_once(a, b):
    accounts = [account("", [m], text=f"record {n}") for n, m in enumerate((a, b))]
    assert len(resolve(accounts).persons) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(who("Deb Quill", role="mother"), id="family"),
        pytest.param(who("Deb Quill", "01/02/1990"), id="with a date of birth"),
        pytest.param(who("Debra Quill"), id="by another form of the name"),
    ],
)
def test_a_professional_is_no_namesake_of_the_family(other):
    accounts = [
        account("", [m], text=f"record {n}")
        for n, m in enumerate((who("Deb Quill", role="midwife"), other))
    ]
    assert len(resolve(accounts).persons) == 2


def test_a_forename_before_the_comma_is_known_as_one():
    assert together(who("DONNA, QUILLER", "03/04/1990"), who("QUILLER, Donna", "03/04/1990"))
    assert together(who("DONNA, QUILLER", "03/04/1990"), who("Donna Quiller"))


def test_a_partner_by_first_name_is_placed_in_the_family():
    record = account(who("VALE, Dale"), [who("girlfriend Simone")], text="b")
    cast = resolve([account(who("VALE, Simone", "03/02/1992")), record])
    assert len(cast.persons) == 2
    assert cast.person_of(record, record.people[0]) is not None


def test_a_child_once_called_baby_is_found_again_without_a_date_of_birth():
    assert together(
        who("VALE, Baby boy", "14/04/2016"), who("VALE, Otis", "14/04/2016"), who("Otis Vale")
    )


def test_subjects_come_first_by_the_number_of_records():
    accounts = [
        account(who("Sorrel Quill", "02/09/2014"), [who("Tom Marsh", role="HV")], text="a"),
        account(who("Rowan Quill", "23/04/2011"), text="b"),
        account(who("QUILL, Rowan", "23/04/2011"), text="c"),
    ]
    persons = resolve(accounts).persons
    assert [(p.id, p.names[0], p.is_subject) for p in persons] == [
        ("P1", "QUILL, Rowan", True),
        ("P2", "Sorrel Quill", True),
        ("P3", "Tom Marsh", False),
    ]


def test_reasons_say_what_was_joined_and_what_does_not_fit():
    accounts = [
        account(who("Rowan Quill", "12/03/2011", nhs="999 000 0018"), text="a"),
        account(
            who("QUILL, Rowan", "21/03/2011", nhs="9990000018"), agency=Agency.POLICE, text="b"
        ),
        account(who("QUILL nee ASHBY, Rowan", "12/03/2011"), text="c"),
    ]
    (person,) = resolve(accounts).persons
    told = " ".join(person.reasons)
    assert "Same NHS number ending 018 in 2 records (Health, Police)." in told
    assert "12/03/2011 in 2 records; 21/03/2011 in 1 record" in told
    assert "ASHBY" in told
    assert person.born == date(2011, 3, 12)


def test_births_that_tie_give_no_date_of_birth():
    accounts = [account(who("Rowan Quill", b), text=b) for b in ("12/03/2011", "21/03/2011")]
    (person,) = resolve(accounts).persons
    assert person.born is None


def test_an_empty_case_has_nobody():
    assert resolve([]).persons == ()


NAMES = st.sampled_from(
    "Rowan Quill|QUILL, Rowan|Ro Quill|Sorrel Quill|Sorrel Q.|S Quill|Mrs S Quill|Baby QUILL|Rowan|"
    "Unborn QUILL|Rowan Ashby|mum|MGM|Quill family|Joan Ashby|Child A|ASHBY Joan|Twin 1|?|".split(
        "|"
    )
)
MENTIONS = st.builds(
    who,
    NAMES,
    st.sampled_from(("", "23/04/2011", "02/09/1984", "24/03/2011", "approx 5")),
    st.sampled_from(("", "", "999 000 0018", "999 000 0026")),
    st.sampled_from(("", "", "A1", "A2")),
    st.sampled_from(("", "mother", "sister", "HV", "MGM")),
)
ACCOUNTS = st.lists(
    st.builds(
        account,
        st.lists(MENTIONS, max_size=2).map(tuple),
        st.lists(MENTIONS, max_size=3),
        day=st.sampled_from((DAY, date(2011, 1, 4), date(2003, 6, 6))),
        agency=st.sampled_from((Agency.HEALTH, Agency.POLICE)),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(ACCOUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(accounts, random):
    turned = list(accounts)
    random.shuffle(turned)
    assert resolve(accounts) == resolve(turned)


@settings(max_examples=60, deadline=None)
@given(ACCOUNTS)
def test_every_place_is_a_person_and_no_list_names_one_twice(accounts):
    cast = resolve(accounts)
    ids = {person.id for person in cast.persons}
    assert len(ids) == len(cast.persons)
    assert set(cast.placed.values()) <= ids
    for one in accounts:
        for listed in (one.subjects, one.people):
            found = [p for m in dict.fromkeys(listed) if (p := cast.person_of(one, m))]
            told = {(m.name, m.role) for m in listed if cast.person_of(one, m)}
            assert len(set(found)) >= len(told)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(("Rowan", "Sorrel", "Baby", "R", "S")), min_size=2, max_size=10),
)
def test_twins_are_never_one(forenames):
    accounts = [
        account(who(f"{forename} QUILL", "23/04/2011"), text=str(n))
        for n, forename in enumerate(forenames)
    ]
    cast = resolve(accounts)
    for person in cast.persons:
        whole = {n.split()[0] for n in person.names} & {"Rowan", "Sorrel"}
        assert len(whole) < 2


def test_records_that_name_the_same_people_alike_are_each_counted_and_placed():
    child = who("Jo EXAMPLE")
    accounts = [account(child, (who("Mum", role="mother"),), text=f"Visit {n}") for n in range(3)]
    accounts.append(account(child, (who("Ann EXAMPLE", role="mother"),), text="Call"))

    cast = resolve(accounts)

    mothers = {cast.person_of(one, mention) for one in accounts for mention in one.people}
    assert len(mothers) == 1
    assert len(cast.placed) == 8
    assert {account_id for account_id, _ in cast.placed} == {one.id for one in accounts}


def ruled(*accounts, same=(), different=()):
    """Who is who, with rulings on pairs of names."""
    pairs = [frozenset(pair_of(*pair) for pair in kind) for kind in (same, different)]
    cast = resolve(accounts, PersonRulings(*pairs))
    return [cast.person_of(a, a.subjects[0]) for a in accounts]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(who("Rowan Quill"), who("Kim Ashby"), id="nothing in common"),
        pytest.param(
            who("Rowan Quill", "03/04/2011"), who("Rowan Ashby", "09/12/2009"), id="other births"
        ),
        pytest.param(who("Rowan Quill", "03/04/2011"), who("Bean"), id="a nickname"),
        pytest.param(who("Ro-Ro"), who("Bean"), id="two nicknames"),
    ],
)
def test_names_ruled_one_person_are_joined_with_why(a, b):
    accounts = account(a, text="one"), account(b, text="two")
    assert len(set(ruled(*accounts))) == 2
    one, other = ruled(*accounts, same=[(a.name, b.name)])
    assert one == other is not None
    cast = resolve(accounts, PersonRulings(same=frozenset({pair_of(a.name, b.name)})))
    assert any("A person ruled" in reason for p in cast.persons for reason in p.reasons)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(
            who("Rowan Quill", "03/04/2011"), who("QUILL, Rowan", "03/04/2011"), id="all agrees"
        ),
        pytest.param(
            who("Rowan Quill", nhs="999 000 0018"),
            who("Rowan J Quill", nhs="9990000018"),
            id="number",
        ),
        pytest.param(who("Rowan Quill", "03/04/2011"), who("Rowan"), id="a first name alone"),
    ],
)
def test_names_ruled_different_are_never_joined(a, b):
    accounts = account(a, text="one"), account(b, text="two")
    assert len(set(ruled(*accounts))) == 1
    one, other = ruled(*accounts, different=[(a.name, b.name)])
    assert one != other


def test_names_ruled_different_are_not_joined_through_a_third():
    accounts = [account(who(n), text=n) for n in ("Rowan Quill", "Kim Ashby", "Lee Sample")]
    same = [("Rowan Quill", "Kim Ashby"), ("Kim Ashby", "Lee Sample")]
    one, _, third = ruled(*accounts, same=same, different=[("Rowan Quill", "Lee Sample")])
    assert one != third


def test_the_later_decision_about_two_names_holds_and_one_undone_does_not():
    def decided(seq, kind, undone_by=None):
        return Decision(seq, kind, ("x",), "A B | C  D", "W", "", "", undone_by)

    pair = pair_of("A B", "C D")
    same, apart = decided(1, "persons_same"), decided(2, "persons_different")
    assert person_rulings([same, apart]) == PersonRulings(different=frozenset({pair}))
    undone = decided(2, "persons_different", undone_by=3)
    assert person_rulings([same, undone]) == PersonRulings(same=frozenset({pair}))
    assert person_rulings([]) == NOTHING_RULED
