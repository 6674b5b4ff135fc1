"""FHIR records: those a record comes from, those it goes to, and the dates that stand beside it."""

import json

import pytest

from chronology.importers import Extract, extract
from chronology.importers.defined.fhir_kinds import KINDS
from chronology.reading import read
from chronology.withdrawals import with_withdrawals

ABOUT = {"reference": "Patient/p1"}
PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}],
    "name": [{"family": "Vale", "given": ["Robin"]}],
    "birthDate": "2012-05-06",
}
MOTHER = {
    "resourceType": "RelatedPerson",
    "id": "m1",
    "patient": ABOUT,
    "relationship": [{"coding": [{"code": "MTH", "display": "mother"}]}],
    "name": [{"text": "Kim Vale"}],
}
HERE = {"reference": "Organization/a", "display": "Topham Trust"}
THERE = {"reference": "Organization/b", "display": "Quay Clinic"}
DOCTOR = {"reference": "Practitioner/d", "display": "Dr Ash"}
NURSE = {"reference": "Practitioner/n", "display": "Nurse Beech"}
MUM = {"reference": "RelatedPerson/m1"}
WHEN = "2019-03-04"


def record(kind, **more):
    spec = KINDS[kind]
    name = next(one for one in (*spec.occurred, *spec.recorded) if "." not in one)
    date = {"start": WHEN} if name in ("period", "collection") else WHEN
    about = {"Task": "for", "Immunization": "patient", "Consent": "patient"}.get(kind, "subject")
    return {"resourceType": kind, "id": "x1", about: ABOUT, name: date, **more}


def bundle(*records, **more):
    entries = [{"resource": one} for one in records]
    return {"resourceType": "Bundle", "type": "collection", **more, "entry": entries}


@pytest.fixture
def told(tmp_path):
    def teller(data) -> Extract:
        path = tmp_path / "a.json"
        path.write_text(json.dumps(data))
        return extract(read(path))

    return teller


def lines_of(account):
    return account.narrative.split("\n")


ASKED = [
    pytest.param("ServiceRequest", {"requester": HERE, "performer": [THERE]}, id="referral"),
    pytest.param("ReferralRequest", {"requester": {"agent": DOCTOR, "onBehalfOf": HERE},
                                     "recipient": [THERE]}, id="referral of STU3"),
    pytest.param("ProcedureRequest", {"requester": {"agent": DOCTOR, "onBehalfOf": HERE},
                                      "performer": THERE}, id="procedure"),
    pytest.param("MedicationRequest", {"requester": HERE, "performer": THERE}, id="medicine"),
    pytest.param("DeviceRequest", {"requester": HERE, "performer": THERE}, id="device"),
    pytest.param("SupplyRequest", {"requester": HERE, "supplier": [THERE]}, id="supply"),
    pytest.param("Task", {"requester": HERE, "owner": THERE}, id="task"),
    pytest.param("CommunicationRequest", {"requester": HERE, "sender": THERE}, id="message"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "named"), ASKED)
def test_a_request_comes_from_who_asked_and_not_from_who_was_asked(told, kind, named):
    account = told(bundle(PATIENT, record(kind, **named))).accounts[0]
    assert account.organisation == "Topham Trust"
    assert "Asked of: Quay Clinic" in lines_of(account)


def test_a_request_of_nobody_known_is_of_nobody(told):
    account = told(bundle(PATIENT, record("ServiceRequest", performer=[THERE]))).accounts[0]
    assert account.organisation == ""


@pytest.mark.parametrize(
    ("kind", "named", "professional", "organisation", "line"),
    [
        pytest.param(
            "Communication", {"sender": HERE, "recipient": [THERE, MUM]}, "", "Topham Trust",
            "Sent to: Quay Clinic; Kim Vale (mother)", id="letter",
        ),
        pytest.param(
            "CommunicationRequest", {"requester": DOCTOR, "recipient": [MUM]}, "Dr Ash", "",
            "To be sent to: Kim Vale (mother)", id="message to be sent",
        ),
        pytest.param(
            "DocumentReference", {"author": [DOCTOR, HERE], "custodian": THERE}, "Dr Ash",
            "Topham Trust", "Kept by: Quay Clinic", id="document",
        ),
        pytest.param(
            "Immunization",
            {"performer": [{"function": {"coding": [{"code": "OP"}]}, "actor": NURSE},
                           {"function": {"coding": [{"code": "AP"}]}, "actor": DOCTOR},
                           {"actor": HERE}],
             "manufacturer": {"display": "Invented Drugs"}},
            "Dr Ash", "Topham Trust", "Ordered by: Nurse Beech", id="vaccine",
        ),
        pytest.param(
            "Condition", {"recorder": DOCTOR, "asserter": MUM}, "Dr Ash", "",
            "Stated by: Kim Vale (mother)", id="condition",
        ),
        pytest.param(
            "QuestionnaireResponse", {"author": DOCTOR, "source": MUM}, "Dr Ash", "",
            "Answered by: Kim Vale (mother)", id="answers",
        ),
        pytest.param(
            "Consent", {"performer": [MUM], "organization": [HERE]}, "", "Topham Trust",
            "Consent of: Kim Vale (mother)", id="consent",
        ),
        pytest.param(
            "MedicationRequest", {"requester": DOCTOR, "recorder": NURSE}, "Dr Ash", "",
            "Recorded by: Nurse Beech", id="prescriber before who typed",
        ),
        pytest.param(
            "Procedure", {"performer": [{"actor": DOCTOR, "onBehalfOf": HERE}],
                          "recorder": NURSE}, "Dr Ash", "Topham Trust",
            "Recorded by: Nurse Beech", id="procedure",
        ),
        pytest.param(
            "DiagnosticReport", {"performer": [{"display": "Topham Laboratory"}]}, "", "",
            "Done by: Topham Laboratory", id="a name alone",
        ),
        pytest.param(
            "Task", {"requester": {"reference": "Patient/9", "identifier": {
                "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000026"}}},
            "", "", "Asked for by: the patient", id="the patient, without the number",
        ),
    ],
)  # fmt: skip
def test_who_wrote_and_who_received_are_told_apart(
    told, kind, named, professional, organisation, line
):
    found = told(bundle(PATIENT, MOTHER, record(kind, **named)))
    account = found.accounts[0]
    assert (account.professional, account.organisation) == (professional, organisation)
    assert line in lines_of(account)


def test_who_is_known_by_the_number_of_a_register_is_of_its_kind(told):
    visit = record(
        "Encounter",
        participant=[
            {
                "individual": {
                    "identifier": {
                        "system": "https://fhir.hl7.org.uk/Id/gmc-number",
                        "value": "C1",
                    },
                    "display": "Dr Ash",
                }
            }
        ],
        serviceProvider={"display": "Topham Trust"},
    )
    account = told(bundle(PATIENT, visit)).accounts[0]
    assert (account.professional, account.organisation) == ("Dr Ash", "Topham Trust")


def test_who_declined_to_come_was_not_there_and_the_place_is_told(told):
    missed = {
        "resourceType": "Appointment",
        "id": "a",
        "status": "cancelled",
        "start": WHEN,
        "participant": [
            {"actor": ABOUT},
            {"actor": DOCTOR, "status": "declined"},
            {"actor": {"reference": "Location/l", "display": "Hill Clinic"}},
        ],
        "extension": [
            {
                "url": "https://fhir.nhs.uk/Extension-GPConnect-AppointmentCancellationReason-1",
                "valueString": "Snow",
            }
        ],
    }
    account = told(bundle(PATIENT, missed)).accounts[0]
    assert (account.professional, account.location) == ("", "Hill Clinic")
    assert account.outcome == "Cancelled: Snow"
    assert "Declined by: Dr Ash" in lines_of(account)


def test_of_a_restricted_patient_nobody_is_told_who_was_asked(told):
    patient = {**PATIENT, "meta": {"security": [{"code": "R"}]}}
    asked = record("ServiceRequest", requester=HERE, performer=[THERE])
    account = told(bundle(patient, asked)).accounts[0]
    shown = [text for name, text in (*account.raw, *account.other) if name not in account.withheld]
    assert not any("Quay" in text or "Topham" in text for text in (account.narrative, *shown))


def slot(uid, start, end):
    return {"resourceType": "Slot", "id": uid, "status": "busy", "start": start, "end": end}


def booking(**more):
    return {
        "resourceType": "Appointment",
        "id": "a",
        "status": "booked",
        "participant": [{"actor": ABOUT}],
        **more,
    }


def test_an_appointment_without_a_time_has_that_of_its_slots(told):
    slots = [
        slot("s2", "2021-07-06T11:00:00+00:00", "2021-07-06T12:00:00+00:00"),
        slot("s1", "2021-07-06T10:00:00+00:00", "2021-07-06T11:00:00+00:00"),
    ]
    asked = booking(slot=[{"reference": "Slot/s2"}, {"reference": "Slot/s1"}], created="2021-07-01")
    found = told(bundle(PATIENT, asked, *slots))
    account = found.accounts[0]
    assert (str(account.occurred.start), str(account.occurred.clock)) == ("2021-07-06", "11:00:00")
    assert str(account.recorded.start) == "2021-07-01"
    assert "The date is: that of the slot booked for it; it gives no time of its own" in lines_of(
        account
    )
    assert "Until: 6 July 2021 13:00" in lines_of(account)
    assert all("a state, not an event" in row.reason for row in found.left_out)
    assert len(found.left_out) == 2


def test_the_time_of_an_appointment_itself_goes_before_that_of_its_slot(told):
    other = slot("s1", "2021-07-07T10:00:00Z", "2021-07-07T11:00:00Z")
    asked = booking(start="2021-07-06T10:00:00Z", slot=[{"reference": "Slot/s1"}])
    account = told(bundle(PATIENT, asked, other)).accounts[0]
    assert str(account.occurred.start) == "2021-07-06"
    assert "slot" not in account.narrative


def test_a_time_that_was_only_asked_for_is_said_to_be_one(told):
    period = [{"start": "2021-07-06", "end": "2021-07-09"}]
    account = told(bundle(PATIENT, booking(requestedPeriod=period))).accounts[0]
    assert "The date is: the start of the time asked for; no other is given" in lines_of(account)
    entered = told(bundle(PATIENT, booking(requestedPeriod=period, created="2021-07-01")))
    assert str(entered.accounts[0].occurred.start) == "2021-07-01"
    assert "Wanted for: 6 July 2021 to 9 July 2021" in lines_of(entered.accounts[0])


def test_an_answer_to_an_appointment_is_about_its_patient(told):
    answer = {
        "resourceType": "AppointmentResponse",
        "id": "r",
        "appointment": {"reference": "Appointment/a"},
        "start": WHEN,
        "actor": MUM,
        "participantStatus": "declined",
    }
    account = told(bundle(PATIENT, MOTHER, booking(start=WHEN), answer)).accounts[1]
    assert account.subjects[0].name == "Robin Vale"
    assert lines_of(account)[0] == "Answer to an appointment: declined"


@pytest.mark.parametrize("kind", ["message", "searchset"])
def test_the_times_of_a_bundle_and_of_what_supports_it_are_set_apart(told, kind):
    header = {
        "resourceType": "MessageHeader",
        "eventCoding": {"code": "admin-notify"},
        "timestamp": "2021-10-11T15:00:00Z",
    }
    worker = {"resourceType": "Practitioner", "id": "d", "meta": {"lastUpdated": "2016-07-25"}}
    seen = record("Observation")
    found = told(
        bundle(PATIENT, header, worker, seen, type=kind, timestamp="2021-10-12T12:15:10+00:00")
    )
    apart = [text for _, _, text in found.set_apart]
    for written in ("2021-10-12T12:15:10+00:00", "2021-10-11T15:00:00Z", "2016-07-25"):
        assert any(written in text and "no" in text for text in apart)
    assert [str(a.occurred.start) for a in found.accounts] == [WHEN]
    shared = found.accounts[0].shared
    assert (str(shared.start) if shared else "") == ("2021-10-11" if kind == "message" else "")


def test_a_record_whose_wrapper_a_sender_left_away_is_told(told):
    data = bundle(PATIENT, record("Observation"))
    data["entry"][1] = data["entry"][1]["resource"]
    found = told(data)
    assert [str(a.occurred.start) for a in found.accounts] == [WHEN]
    assert not found.left_out


NOTE = {"resourceType": "Provenance", "recorded": "2024-01-01T11:00:00+00:00"}


@pytest.mark.parametrize("is_inside", [True, False])
def test_an_alert_without_a_date_has_that_of_the_note_on_its_making(told, is_inside):
    alert = {"resourceType": "Flag", "id": "f", "subject": ABOUT, "code": {"text": "On a plan"}}
    if is_inside:
        found = told(bundle(PATIENT, {**alert, "contained": [{**NOTE, "id": "n"}]}))
    else:
        found = told(bundle(PATIENT, alert, {**NOTE, "target": [{"reference": "Flag/f"}]}))
    account = found.accounts[0]
    assert str(account.occurred.start) == str(account.recorded.start) == "2024-01-01"
    assert "The date is: that on which it was recorded" in lines_of(account)


SENSE = [
    pytest.param("Condition", {"verificationStatus": {"coding": [{"code": "refuted"}]}},
                 "Condition refuted", "Refuted", id="refuted"),
    pytest.param("MedicationStatement", {"taken": "n"}, "Medication not taken", "Not taken",
                 id="not taken in STU3"),
    pytest.param("MedicationAdministration", {"status": "not-done"}, "Medication not given",
                 "Not given", id="not given"),
    pytest.param("MedicationRequest", {"status": "cancelled"}, "Prescription cancelled",
                 "Cancelled", id="prescription cancelled"),
    pytest.param("ServiceRequest", {"doNotPerform": True}, "Referral or request, not to be done",
                 "Not to be done", id="not to be done"),
    pytest.param("Goal", {"lifecycleStatus": "rejected"}, "Goal rejected", "Rejected",
                 id="goal of R4"),
    pytest.param("DocumentReference", {"status": "superseded", "docStatus": "preliminary"},
                 "Document", "Preliminary, not signed off, replaced by a later version",
                 id="replaced"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "title", "outcome"), SENSE)
def test_a_title_never_says_that_something_was_done_that_was_not(told, kind, said, title, outcome):
    account = told(bundle(PATIENT, record(kind, **said))).accounts[0]
    assert lines_of(account)[0] == title
    assert account.outcome == outcome


SAYS = [
    pytest.param("Observation", {"valueBoolean": False}, "Result: no", id="a no"),
    pytest.param("MedicationStatement", {"taken": "unk"}, "Taken: not known", id="not known"),
    pytest.param("ServiceRequest", {"priority": "urgent"}, "Priority: urgent", id="urgent"),
    pytest.param("ServiceRequest", {"intent": "proposal"}, "Intent: proposal", id="proposal"),
    pytest.param("Communication", {"received": "2019-03-06"}, "Received: 6 March 2019", id="came"),
    pytest.param("Task", {"lastModified": "2019-03-09"}, "Last modified: 9 March 2019",
                 id="last modified"),
    pytest.param("Specimen", {"collection": {"collectedDateTime": WHEN, "collector": DOCTOR}},
                 "Collection: Collector: Dr Ash", id="collector"),
    pytest.param("Immunization", {"manufacturer": {"display": "Invented Drugs"}},
                 "Manufacturer: Invented Drugs", id="a name without its label"),
    pytest.param("Immunization", {"explanation": {"reason": [{"text": "Due"}]}}, "Reason: Due",
                 id="why it was given"),
    pytest.param("List", {"entry": [{"item": {"display": "Nuts"}, "deleted": True}]},
                 "Entries: Nuts (struck out of the list)", id="struck out"),
    pytest.param("DocumentReference",
                 {"content": [{"attachment": {"title": "Letter", "creation": "2019-03-01"}}]},
                 "Attached: Letter, made 1 March 2019", id="made"),
    pytest.param("Observation",
                 {"modifierExtension": [{"url": "x/Ruled-Out", "valueBoolean": True}]},
                 "Ruled out: yes", id="what turns the sense"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "more", "line"), SAYS)
def test_nothing_that_turns_the_sense_is_left_untold(told, kind, more, line):
    assert line in lines_of(told(bundle(PATIENT, record(kind, **more))).accounts[0])


def test_a_vaccine_that_nobody_knows_is_named_by_what_was_done(told):
    code = {"text": "Unknown", "coding": [{"code": "UNK"}]}
    extension = {
        "url": "https://fhir.hl7.org.uk/Extension-CareConnect-VaccinationProcedure-1",
        "valueCodeableConcept": {"text": "First hepatitis A vaccination"},
    }
    given = record("Immunization", vaccineCode=code, extension=[extension])
    account = told(bundle(PATIENT, given)).accounts[0]
    assert lines_of(account)[0] == "Immunisation: First hepatitis A vaccination"


def test_a_number_that_is_the_nhs_number_is_called_that(told):
    patient = {
        "resourceType": "Patient",
        "id": "9990000018",
        "identifier": [
            {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "999 000 0018"},
        ],
    }
    seen = record("Observation", subject={"reference": "Patient/9990000018"})
    mention = told(bundle(patient, seen)).accounts[0].subjects[0]
    assert mention.name == "Child with NHS number 999 000 0018"
    address = "https://x.invalid/personal-demographics/FHIR/R4/Patient/9990000018"
    alone = told(record("Observation", subject={"reference": address})).accounts[0].subjects[0]
    assert [one.kind for one in alone.identifiers] == ["nhs"]


def test_what_withdraws_itself_is_said_once(told):
    found = told(bundle(PATIENT, record("Observation", status="entered-in-error")))
    account = with_withdrawals(found.accounts, found.left_out)[0]
    assert [flag.code for flag in account.flags].count("record-nullified") == 1


def test_a_part_of_another_hour_says_so_in_its_panel(told):
    part = {**record("Observation"), "id": "m", "code": {"text": "Pulse"}, "valueString": "90"}
    part["effectiveDateTime"] = "2019-03-04T12:00:00Z"
    panel = record(
        "Observation",
        effectiveDateTime="2019-03-04T10:00:00Z",
        hasMember=[{"reference": "Observation/m"}],
    )
    account = told(bundle(PATIENT, panel, part)).accounts[0]
    assert "Pulse: 90; Effective: 4 March 2019 12:00" in lines_of(account)


def test_the_results_of_a_panel_inside_a_report_are_told_with_the_report(told):
    result = {"resourceType": "Observation", "id": "r", "subject": ABOUT, "valueString": "142",
              "code": {"text": "Haemoglobin"}}  # fmt: skip
    group = {"resourceType": "Observation", "id": "g", "subject": ABOUT,
             "code": {"text": "Full blood count"},
             "related": [{"target": {"reference": "Observation/r"}}]}  # fmt: skip
    group["hasMember"] = [{"reference": "Observation/g"}]
    report = record("DiagnosticReport", result=[{"reference": "Observation/g"}])
    found = told(bundle(PATIENT, result, group, report))
    assert [str(a.occurred.start) for a in found.accounts] == [WHEN]
    assert {"Full blood count: recorded", "Haemoglobin: 142"} <= set(lines_of(found.accounts[0]))
    assert not found.left_out


def test_a_patient_called_by_the_nhs_number_is_found(told):
    patient = {name: value for name, value in PATIENT.items() if name != "id"}
    seen = record("Observation", subject={"reference": "Patient/9990000018"})
    other = record("Observation", subject={"reference": "Patient/9990000026"})
    found = told(bundle(patient, seen, {**other, "id": "x2"}, type="searchset"))
    names = [account.subjects[0].name for account in found.accounts]
    assert names == ["Robin Vale", "Child ID 9990000026"]


def test_a_message_that_only_announces_is_left_out_with_the_reason(told):
    header = {
        "resourceType": "MessageHeader",
        "reason": {"coding": [{"display": "PDS Change of GP"}]},
    }
    found = told(bundle(header, type="message", timestamp="2021-01-08T15:13:00+00:00"))
    assert "brings no record" in found.left_out[0].reason
    assert any("PDS Change of GP" in cell for cell in found.left_out[0].cells)


def test_a_document_tells_the_end_of_the_time_it_is_about(told):
    about = {"period": {"start": "2019-02-01T06:45:00Z", "end": "2019-02-01T07:00:00Z"}}
    account = told(bundle(PATIENT, record("DocumentReference", context=about))).accounts[0]
    assert str(account.occurred.start) == "2019-02-01"
    assert "Until: 1 February 2019 07:00" in lines_of(account)


def test_yes_and_no_are_said_alike_in_json_and_xml(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(
        '<Observation xmlns="http://hl7.org/fhir"><id value="x1"/><code><text value="true"/></code>'
        '<effectiveDateTime value="2019-03-04"/><valueBoolean value="false"/></Observation>'
    )
    account = extract(read(path)).accounts[0]
    assert lines_of(account) == ["Observation: true", "Result: no"]
    assert ("valueBoolean", "false") in account.raw


def test_a_restricted_part_of_a_panel_is_not_told_with_it(told):
    secret = {"id": "m", "meta": {"security": [{"code": "R"}]}, "code": {"text": "Secret test"}}
    part = {**record("Observation", valueString="positive"), **secret}
    panel = record("Observation", hasMember=[{"reference": "Observation/m"}])
    found = told(bundle(PATIENT, panel, part))
    assert len(found.accounts) == 2
    assert not any("positive" in account.narrative for account in found.accounts)
