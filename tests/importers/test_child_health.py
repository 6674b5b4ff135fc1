"""Child health event messages: the event on its encounter's date, all else on its own."""

import copy
import json

import pytest

from chronology.importers import Extract, extract
from chronology.importers.defined.child_health_events import EVENT_TYPES
from chronology.reading import read
from chronology.vocabulary import event_types
from chronology.vocabulary.codes import code_list
from chronology.withdrawals import with_withdrawals

CODES = tuple(code.code for code in code_list("child_health", "event").values())
NHS = "https://fhir.nhs.uk/Id/nhs-number"


def coded(code, words=""):
    return {"coding": [{"system": "http://snomed.info/sct", "code": code, "display": words}]}


def entry(uid, kind, **more):
    return {"fullUrl": f"urn:uuid:{uid}", "resource": {"resourceType": kind, "id": uid, **more}}


def header(code, focus="enc", sent="2018-03-01T09:00:00+00:00", action="new"):
    url = "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-DCH-MessageEventType-1"
    return entry(
        "head",
        "MessageHeader",
        event={"code": code, "display": "As shown"},
        timestamp=sent,
        extension=[{"url": url, "valueCodeableConcept": coded(action)}],
        responsible={"display": "TOPHAM CHILD HEALTH"},
        focus=[{"reference": f"urn:uuid:{focus}"}],
    )


def child(**more):
    usual = {"name": [{"family": "MARROWBY", "given": ["Jo"]}], "birthDate": "2013-10-12"}
    identifier = [{"system": NHS, "value": "9990000018"}]
    return entry("kid", "Patient", identifier=identifier, **{**usual, **more})


def encounter(start="2018-01-29", **more):
    period = {"period": {"start": start}} if start else {}
    return entry(
        "enc",
        "Encounter",
        status="finished",
        subject={"reference": "urn:uuid:kid"},
        **period,
        **more,
    )


def observed(uid, code, words, **more):
    about = {"subject": {"reference": "urn:uuid:kid"}, "context": {"reference": "urn:uuid:enc"}}
    return entry(uid, "Observation", status="final", code=coded(code, words), **{**about, **more})


def notice(**more):
    return entry(
        "com", "Communication", status="completed", subject={"reference": "urn:uuid:kid"}, **more
    )


def alert(uid="alert1"):
    profile = "https://fhir.nhs.uk/STU3/StructureDefinition/EMS-FailsafeAlert-Task-1"
    return entry(
        uid,
        "Task",
        meta={"profile": [profile]},
        authoredOn="2017-12-12T10:54:32+00:00",
        description="Missing Health Visiting Service",
        restriction={"period": {"end": "2017-12-19T10:54:32+00:00"}},
    )


def nullification(**more):
    profile = "https://fhir.nhs.uk/STU3/StructureDefinition/EMS-FailsafeAlertNullify-Task-1"
    return entry(
        "null1",
        "Task",
        meta={"profile": [profile]},
        authoredOn="2018-02-01T09:00:00+00:00",
        reason=coded("001", "Moved"),
        **more,
    )


def message(*entries):
    return {"resourceType": "Bundle", "type": "message", "entry": copy.deepcopy(list(entries))}


@pytest.fixture
def told(tmp_path):
    def teller(*messages, name="a.json") -> Extract:
        path = tmp_path / name
        data = messages[0] if len(messages) == 1 else list(messages)
        path.write_text(json.dumps(data))
        return extract(read(path))

    return teller


def flags_of(account):
    return {flag.code for flag in account.flags}


def rows_of(found):
    rows = [(r.source.sheet, r.source.row) for r in (*found.accounts, *found.left_out)]
    return set(rows) | {(sheet, row) for sheet, row, _ in found.set_apart}


@pytest.mark.parametrize("code", CODES)
def test_every_event_is_told_and_every_record_accounted_for(told, code):
    contents = [
        header(code),
        child(),
        encounter(),
        notice(sent="2018-02-08"),
        observed("o1", "364589006", "Birth weight", valueQuantity={"value": 3, "unit": "kg"}),
        observed("o2", "1", "Dated", effectiveDateTime="2018-02-03"),
        entry("p1", "Practitioner", name=[{"family": "Ripple"}]),
        entry(
            "r1",
            "RelatedPerson",
            name=[{"text": "Sally Marrowby"}],
            relationship=coded("MTH", "mother"),
        ),
        {"resource": "broken"},
    ]
    found = told(message(*contents))
    assert found.importer == "child_health"
    assert {row for _, row in rows_of(found)} == set(range(1, len(contents) + 1))
    main = next(a for a in found.accounts if f"[{code}]" in a.event_type_written)
    assert main.event_type == EVENT_TYPES[code]
    assert EVENT_TYPES[code] in event_types()
    assert str(main.occurred.start) == "2018-01-29"
    assert "Birth weight: 3 kg" in main.narrative
    assert main.people[0].name == "Sally Marrowby"
    assert main.professional == "Ripple"
    assert {a.subjects[0].name for a in found.accounts} == {"Jo MARROWBY"}
    assert "2018-02-03" in {str(a.occurred.start) for a in found.accounts}


def test_every_event_code_has_an_event_type():
    assert set(EVENT_TYPES) == set(CODES)
    assert len([code for code in CODES if code.startswith("CH")]) == 37


def test_a_plan_starts_on_its_own_date_and_not_on_that_of_the_visit(told):
    authority = entry("la", "Organization", name="NORTHUMBRA COUNTY COUNCIL")
    by = {"performer": [{"reference": "urn:uuid:la"}]}
    found = told(
        message(
            header("CH033"),
            child(),
            encounter(),
            authority,
            observed(
                "o1",
                "764841000000100",
                "Looked after child",
                valueDateTime="2018-02-01",
                effectiveDateTime="2018-01-29",
                **by,
            ),
            observed(
                "o2", "1064311000000109", "Child protection plan", valueDateTime="2018-02-02", **by
            ),
            observed(
                "o3",
                "764951000000107",
                "No longer looked after",
                effectivePeriod={"start": "2018-06-01"},
                **by,
            ),
        )
    )
    facts = {a.facts[0]: a for a in found.accounts if a.facts}
    assert {code: str(a.occurred.start) for code, a in facts.items()} == {
        "cla-start": "2018-02-01",
        "cp-plan-start": "2018-02-02",
        "cla-end": "2018-06-01",
    }
    for account in facts.values():
        assert "Authority: NORTHUMBRA COUNTY COUNCIL" in account.narrative
    assert str(found.accounts[0].occurred.start) == "2018-01-29"


@pytest.mark.parametrize(
    ("kind", "profile", "start", "end"),
    [
        ("EpisodeOfCare", "DCH-LookedAfterChild-EpisodeOfCare-1", "cla-start", "cla-end"),
        ("CarePlan", "DCH-ChildProtection-CarePlan-1", "cp-plan-start", "cp-plan-end"),
    ],
)
def test_the_older_messages_give_a_plan_as_a_record_of_its_own(told, kind, profile, start, end):
    plan = entry(
        "x",
        kind,
        meta={"profile": [f"https://fhir.nhs.uk/STU3/{profile}"]},
        period={"start": "2018-02-01", "end": "2018-09-01"},
        subject={"reference": "urn:uuid:kid"},
    )
    found = told(message(header("CH033"), child(), encounter(), plan))
    assert [a.facts for a in found.accounts if a.facts] == [(start,), (end,)]


def test_a_message_dated_before_its_event_is_doubted_and_the_date_of_the_event_kept(told):
    found = told(message(header("CH029", sent="2017-11-01T15:00:00+00:00"), child(), encounter()))
    account = found.accounts[0]
    assert str(account.occurred.start) == "2018-01-29"
    assert str(account.shared.start) == "2017-11-01"
    assert "recorded-before" in flags_of(account)


def test_two_dates_of_birth_in_one_message_are_doubted(told):
    moment = {
        "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
        "valueDateTime": "2017-10-02T12:00:00+00:00",
    }
    patient = child(_birthDate={"extension": [moment]})
    found = told(message(header("CH029"), patient, encounter()))
    assert [a.event_type for a in found.accounts] == ["PRACTICE.INFORMATION"]
    assert "born-conflict" in flags_of(found.accounts[0])


@pytest.mark.parametrize("code", ["CH005", "PDS003"])
def test_a_birth_is_a_fact_on_the_day_of_birth(told, code):
    others = [notice(sent="2013-10-14")] if code == "PDS003" else [encounter("2013-10-12")]
    mother = entry(
        "mum",
        "Patient",
        name=[{"text": "Sally Marrowby"}],
        birthDate="1987-10-02",
        meta={"profile": ["CareConnect-DCH-Mother-Patient-1"]},
    )
    weight = observed("w", "364589006", "Birth weight", valueString="3 kg")
    found = told(message(header(code), mother, child(), *others, weight))
    births = [a for a in found.accounts if "birth" in a.facts]
    assert [str(a.occurred.start) for a in births] == ["2013-10-12"]
    assert "Birth weight: 3 kg" in births[0].narrative
    assert [(m.name, m.role) for m in births[0].people] == [("Sally Marrowby", "mother")]
    assert births[0].subjects[0].name == "Jo MARROWBY"


def test_a_change_of_address_is_dated_by_the_move_and_gives_no_address(told):
    homes = [
        {"use": "old", "line": ["3 Well Close"], "period": {"start": "2016", "end": "2017-11-01"}},
        {"use": "home", "line": ["4 Sandy Drive"], "period": {"start": "2017-11-01"}},
    ]
    found = told(message(header("PDS002", "com"), child(address=homes), notice(sent="2018-02-01")))
    assert [(a.facts[0], str(a.occurred.start)) for a in found.accounts] == [
        ("address-start", "2016-01-01"),
        ("address-end", "2017-11-01"),
        ("address-start", "2017-11-01"),
    ]
    for account in found.accounts:
        shown = [text for name, text in account.raw if name not in account.withheld]
        shown.append(account.narrative)
        assert not any("Close" in text or "Drive" in text for text in shown)
        assert str(account.shared.start) == "2018-02-01"


def test_a_change_of_gp_without_a_date_says_that_the_date_is_that_of_the_message(told):
    practice = entry(
        "ep",
        "EpisodeOfCare",
        status="finished",
        patient={"reference": "urn:uuid:kid"},
        managingOrganization={"reference": "x", "display": "OLD PRACTICE"},
    )
    organisation = entry("x", "Organization", name="OLD PRACTICE")
    patient = child(generalPractitioner=[{"display": "NEW PRACTICE"}])
    found = told(message(header("PDS001", "com"), patient, notice(), practice, organisation))
    account = found.accounts[0]
    assert str(account.occurred.start) == "2018-03-01"
    assert "that on which the message was sent" in account.narrative
    assert "Earlier GP practice: OLD PRACTICE" in account.narrative
    assert "GP practice: NEW PRACTICE" in account.narrative


def test_a_death_is_a_fact_on_its_own_date(told):
    patient = child(deceasedDateTime="2017-11-01T15:00:00+00:00")
    found = told(message(header("PDS004", "com"), patient, notice(sent="2018-02-08")))
    assert [(a.facts, str(a.occurred.start)) for a in found.accounts] == [
        (("death",), "2017-11-01")
    ]


def test_a_failsafe_alert_tells_its_deadline_as_one(told):
    account = told(message(header("FM001", "com"), child(), notice(), alert())).accounts[0]
    assert str(account.occurred.start) == "2017-12-12"
    assert "To be done by: 19 December 2017 10:54" in account.narrative
    assert account.reference == "alert1"


@pytest.mark.parametrize(
    "named",
    [
        pytest.param({"with": alert()}, id="brought along"),
        pytest.param({"basedOn": [{"reference": "urn:uuid:alert1"}]}, id="based on"),
        pytest.param({"focus": {"reference": "Task/alert1"}}, id="focus"),
        pytest.param({"partOf": [{"identifier": {"value": "alert1"}}]}, id="by identifier"),
        pytest.param({"input": [{"valueReference": {"reference": "urn:uuid:alert1"}}]}, id="input"),
    ],
)
def test_a_nullified_alert_is_withdrawn_wherever_it_was_told(told, named):
    brought = [named["with"]] if "with" in named else []
    request = nullification(**({} if brought else named))
    first = told(message(header("FM001", "com"), child(), notice(), alert()))
    second = told(message(header("FM002", "com"), child(), notice(), request, *brought))
    assert [r.withdraws.rpartition("|")[2] for r in second.left_out] == ["alert1"]
    assert [str(a.occurred.start) for a in second.accounts] == ["2018-02-01"]
    together = with_withdrawals(first.accounts, second.left_out)
    assert "record-nullified" in flags_of(together[0])


def test_a_nullification_that_names_no_alert_says_so(told):
    found = told(message(header("FM002", "com"), child(), notice(), nullification()))
    assert "does not say which" in found.accounts[0].narrative
    assert not any(row.withdraws for row in found.left_out)


def test_a_message_that_deletes_withdraws_every_record_it_holds(told):
    seen = observed("o1", "1", "Dated", effectiveDateTime="2018-02-03")
    found = told(message(header("CH012", action="delete"), child(), encounter(), seen))
    assert {r.withdraws.rpartition("|")[2] for r in found.left_out} == {"enc", "o1"}
    assert all("record-nullified" in flags_of(account) for account in found.accounts)


def test_a_withdrawn_record_casts_no_doubt_on_the_event(told):
    wrong = observed("o1", "886941000000103", "Risk to self", valueString="Wrong child")
    wrong["resource"]["status"] = "entered-in-error"
    found = told(message(header("CH029"), child(), encounter(), wrong))
    assert [("record-nullified" in flags_of(a)) for a in found.accounts] == [False, True]
    assert "Wrong child" not in found.accounts[0].narrative


def test_a_record_on_the_family_stands_alone(told):
    family = observed("o1", "375041000000100", "Family member subject of child protection plan")
    found = told(message(header("CH029"), child(), encounter(), family))
    assert ["code-family-member" in flags_of(a) for a in found.accounts] == [False, True]


def test_a_parent_who_bears_the_childs_number_is_not_taken_for_the_child(told):
    mother = entry(
        "m",
        "RelatedPerson",
        name=[{"text": "Sally"}],
        patient={"reference": "urn:uuid:kid"},
        identifier=[{"system": NHS, "value": "9990000018"}],
        telecom=[{"value": "01632 960123"}],
        relationship=coded("MTH", "mother"),
    )
    found = told(message(header("CH011"), child(), encounter(), mother))
    account = found.accounts[0]
    assert "Accompanied by: Sally (mother)" in account.narrative
    assert account.people[0].identifiers == ()
    assert "01632" not in account.narrative


def test_a_reference_that_leads_nowhere_means_the_one_child_of_the_message(told):
    lost = {"reference": "urn:uuid:nobody", "display": "MARROWBY, Jo"}
    strange = {"reference": "urn:uuid:nobody", "display": "OTHER, Sam"}
    dated = {"effectiveDateTime": "2018-02-03"}
    found = told(
        message(
            header("CH012"),
            child(),
            encounter(),
            observed("o1", "1", "A", **dated, subject=lost),
            observed("o2", "2", "B", **dated, subject=strange),
        )
    )
    assert [a.subjects[0].name for a in found.accounts] == [
        "Jo MARROWBY",
        "Jo MARROWBY",
        "OTHER, Sam",
    ]


def test_an_event_unknown_to_the_list_is_told_as_written(told):
    account = told(message(header("CH099"), child(), encounter())).accounts[0]
    assert account.event_type_written == "As shown [CH099]"
    assert "code-unknown" in flags_of(account)


def test_messages_of_a_mailbox_do_not_answer_for_each_other(told):
    other = message(header("CH029"), child(name=[{"text": "Sam Other"}]), encounter("2018-05-01"))
    found = told(message(header("CH029"), child(), encounter()), other)
    assert [(a.subjects[0].name, str(a.occurred.start)) for a in found.accounts] == [
        ("Jo MARROWBY", "2018-01-29"),
        ("Sam Other", "2018-05-01"),
    ]


def test_a_message_without_any_date_is_told_on_the_day_it_was_sent(told):
    found = told(message(header("CH026"), child(), encounter("")))
    assert str(found.accounts[0].occurred.start) == "2018-03-01"
    assert "that on which the message was sent" in found.accounts[0].narrative


def test_a_message_without_even_that_is_left_out(told):
    found = told(message(header("CH026", sent=""), child(), encounter("")))
    assert not found.accounts
    assert "no date" in found.left_out[0].reason


def test_a_message_with_one_broken_record_is_told_without_it(tmp_path):
    text = json.dumps(
        message(
            header("CH028"),
            child(),
            encounter(),
            observed("bad", "1", "A"),
            observed("o2", "2", "B"),
        ),
        indent=2,
    )
    path = tmp_path / "a.json"
    path.write_text(text.replace('"id": "bad",', '"id": "bad", ],'))
    found = extract(read(path))
    assert found.importer == "child_health"
    assert "B: recorded" in found.accounts[0].narrative
    assert len(found.left_out) == 1
    assert any("damaged" in note for note in found.notes)


def test_a_procedure_that_was_completed_is_not_said_to_be_recorded(told):
    blow = entry("b", "Procedure", status="completed", code=coded("29893006", "Peak flow"))
    waiting = entry("w", "Procedure", code=coded("1", "Swab"))
    account = told(message(header("CH011"), child(), encounter(), blow, waiting)).accounts[0]
    assert {"Peak flow: completed", "Swab: recorded"} <= set(account.narrative.split("\n"))


def test_the_dates_of_the_message_and_the_bundle_stand_somewhere(told):
    data = message(header("CH029"), child(name=[{"text": "Jo", "period": {"start": "2014-10-12"}}]),
                   encounter())  # fmt: skip
    data["timestamp"] = "2018-03-01T09:30:00Z"
    apart = " ".join(text for _, _, text in told(data).set_apart)
    for written in ("2014-10-12", "2018-03-01T09:00:00+00:00", "2018-03-01T09:30:00Z"):
        assert written in apart


@pytest.mark.parametrize("odd", ["TOPHAM", ["TOPHAM"], 7, True])
def test_a_sender_that_is_no_reference_does_not_stop_the_file(told, odd):
    head = header("CH029")
    head["resource"]["responsible"] = odd
    found = told(message(head, child(), encounter()))
    assert len(found.accounts) == 1
    assert found.accounts[0].organisation == ""
