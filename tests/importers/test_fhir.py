"""FHIR records: each told on its own date, or left out aloud."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronology.importers import Extract, extract
from chronology.importers.defined import recognised
from chronology.importers.defined.fhir_kinds import BILLING, KINDS, SUPPORTING, UNDONE
from chronology.importers.defined.fhir_values import in_words, plain_text, words
from chronology.importers.defined.safeguarding_codes import MEANINGS, damage, meaning_of
from chronology.importers.given import Given
from chronology.reading import read
from chronology.vocabulary import event_types
from chronology.vocabulary.codes import code_list

PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "999 000 0018"}],
    "name": [{"family": "Vale", "given": ["Robin"]}],
    "birthDate": "2012-05-06",
}
ABOUT = {"reference": "Patient/p1"}


def bundle(*records, kind="collection"):
    entries = [{"resource": one} if "resourceType" in one else one for one in records]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def record(kind, **more):
    named = {"FamilyMemberHistory": "patient", "Immunization": "patient", "Task": "for"}
    return {"resourceType": kind, "id": "x1", named.get(kind, "subject"): ABOUT, **more}


@pytest.fixture
def told(tmp_path):
    def teller(data, name="a.json", **given_) -> Extract:
        path = tmp_path / name
        text = data if isinstance(data, str | bytes) else json.dumps(data)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return extract(read(path), given=Given(**given_))

    return teller


def dates_of(found):
    return [(str(a.occurred.start), a.occurred.precision.value) for a in found.accounts]


def codes_of(account):
    return {flag.code for flag in account.flags}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_with_a_date_becomes_an_account(told, kind):
    spec = KINDS[kind]
    name = next(one for one in (*spec.occurred, *spec.recorded) if "." not in one)
    is_period = name in ("period", "collection") or name.endswith("Period")
    date = {"start": "2018-03-04", "collectedDateTime": "2018-03-04"} if is_period else "2018-03-04"
    found = told(bundle(PATIENT, record(kind, **{name: date})))
    assert dates_of(found) == [("2018-03-04", "day")]
    assert found.accounts[0].event_type in event_types()
    assert found.accounts[0].narrative.startswith(spec.title)
    assert found.accounts[0].raw


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_without_a_date_is_left_out_with_all_it_held(told, kind):
    found = told(bundle(PATIENT, record(kind, meta={"lastUpdated": "2019-01-01T00:00:00Z"})))
    assert not found.accounts
    assert "no date" in found.left_out[0].reason
    assert "id: x1" in found.left_out[0].cells


@pytest.mark.parametrize("kind", sorted(SUPPORTING | BILLING | {"SomethingNew"}))
def test_kinds_that_tell_of_nothing_that_happened_are_set_apart_or_left_out(told, kind):
    found = told(bundle(PATIENT, record(kind, created="2018-01-01", name="Named")))
    assert not found.accounts
    assert len(found.left_out) + len(found.set_apart) == 2


ORDER = [
    pytest.param(
        {"effectiveDateTime": "2018-01-01", "issued": "2018-02-02T09:00:00Z"},
        "2018-01-01",
        "2018-02-02",
        False,
        id="effective before issued",
    ),
    pytest.param(
        {"issued": "2018-02-02T09:00:00Z"}, "2018-02-02", "2018-02-02", True, id="issued alone"
    ),
    pytest.param(
        {"effectivePeriod": {"start": "2018-01-01", "end": "2018-01-03"}},
        "2018-01-01",
        None,
        False,
        id="start of a period",
    ),
    pytest.param(
        {"effectivePeriod": {"end": "2018-01-03"}}, "2018-01-03", None, False, id="end alone"
    ),
    pytest.param({"effectiveDateTime": ["2018-01-01"]}, "2018-01-01", None, False, id="in a list"),
    pytest.param(
        {"effectiveDateTime": "1900-01-01", "issued": "2018-02-02"},
        "2018-02-02",
        "2018-02-02",
        True,
        id="not the day that stands for none",
    ),
]


@pytest.mark.parametrize(("dates", "occurred", "recorded", "is_said"), ORDER)
def test_the_date_is_that_of_the_event_and_else_of_the_record(
    told, dates, occurred, recorded, is_said
):
    found = told(bundle(PATIENT, record("Observation", **dates)))
    account = found.accounts[0]
    assert str(account.occurred.start) == occurred
    assert (str(account.recorded.start) if account.recorded else None) == recorded
    assert ("that on which it was recorded" in account.narrative) is is_said


@pytest.mark.parametrize(
    ("written", "day", "precision", "clock"),
    [
        pytest.param("2018", "2018-01-01", "year", None, id="year"),
        pytest.param("2018-06", "2018-06-01", "month", None, id="month"),
        pytest.param("2018-06-01", "2018-06-01", "day", None, id="day"),
        pytest.param("2018-06-01T23:30:00Z", "2018-06-02", "minute", "00:30:00", id="utc summer"),
        pytest.param("2018-01-01T23:30:00Z", "2018-01-01", "minute", "23:30:00", id="utc winter"),
        pytest.param("2018-06-01T23:30:00+01:00", "2018-06-01", "minute", "23:30:00", id="local"),
        pytest.param(
            "2018-06-01T20:00:00.123-05:00", "2018-06-02", "minute", "02:00:00", id="abroad"
        ),
    ],
)
def test_dates_keep_their_precision_and_stand_in_uk_time(told, written, day, precision, clock):
    when = told(bundle(record("Observation", effectiveDateTime=written))).accounts[0].occurred
    assert (str(when.start), when.precision.value) == (day, precision)
    assert (str(when.clock) if when.clock else None) == clock


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p1",
        "urn:uuid:p1",
        "p1",
        "https://x.invalid/fhir/Patient/p1",
        "https://x.invalid/Patient/p1/_history/3",
        "http://full.invalid/abc",
    ],
)
def test_references_of_every_shape_find_the_patient(told, reference):
    patient = {"fullUrl": "http://full.invalid/abc", "resource": PATIENT}
    observed = record("Observation", effectiveDateTime="2018", subject={"reference": reference})
    mention = told(bundle(patient, observed)).accounts[0].subjects[0]
    assert (mention.name, mention.born) == ("Robin Vale", "2012-05-06")
    assert ("nhs", "999 000 0018") in {(one.kind, one.text) for one in mention.identifiers}


def test_a_contained_patient_is_found(told):
    observed = record(
        "Observation", effectiveDateTime="2018", subject={"reference": "#p1"}, contained=[PATIENT]
    )
    assert told(observed).accounts[0].subjects[0].name == "Robin Vale"


def test_several_patients_keep_their_own(told):
    other = {"resourceType": "Patient", "id": "p2", "name": [{"text": "Sam Marsh"}]}
    found = told(
        bundle(
            PATIENT,
            other,
            record("Observation", effectiveDateTime="2018-01-01"),
            record(
                "Observation", effectiveDateTime="2018-01-02", subject={"reference": "Patient/p2"}
            ),
            record(
                "Observation",
                effectiveDateTime="2018-01-03",
                subject={"reference": "Patient/p3", "display": "Not Here"},
            ),
        )
    )
    assert [a.subjects[0].name for a in found.accounts] == ["Robin Vale", "Sam Marsh", "Not Here"]


@pytest.mark.parametrize(
    "system",
    [
        "https://fhir.nhs.uk/Id/nhs-number",
        "http://fhir.nhs.net/Id/nhs-number",
        "https://fhir.nhs.uk/STU3/Id/nhs-number",
        "urn:oid:2.16.840.1.113883.2.1.4.1",
    ],
)
def test_an_nhs_number_is_known_by_every_address(told, system):
    patient = {**PATIENT, "identifier": [{"system": system, "value": "9990000018"}]}
    found = told(bundle(patient, record("Observation", effectiveDateTime="2018")))
    kinds = {one.kind: one.text for one in found.accounts[0].subjects[0].identifiers}
    assert kinds["nhs"] == "9990000018"


def test_a_patient_alone_is_a_person_to_whom_other_files_can_refer(told):
    found = told([PATIENT])
    assert not found.accounts
    assert found.left_out[0].person.name == "Robin Vale"
    assert {one.text for one in found.left_out[0].person.identifiers} == {"p1", "999 000 0018"}


@pytest.mark.parametrize("code", sorted(UNDONE))
def test_what_did_not_happen_is_told_as_such(told, code):
    found = told(
        bundle(
            record(
                "Procedure",
                status=code,
                performedDateTime="2018-01-01",
                statusReason={"text": "Refused"},
            )
        )
    )
    account = found.accounts[0]
    assert UNDONE[code] in account.narrative
    assert account.outcome.endswith(": Refused")


@pytest.mark.parametrize(
    ("born", "event_type"),
    [
        ("2012-05-06", "HEALTH.WNB"),
        ("1980-01-01", "HEALTH.DNA"),
        ("", "CONTACT.MISSED"),
        ("2000-06-02", "HEALTH.WNB"),
        ("2000-06-01", "HEALTH.DNA"),
    ],
)
def test_a_child_was_not_brought_and_a_grown_up_did_not_attend(told, born, event_type):
    patient = {**PATIENT, "birthDate": born}
    missed = {
        "resourceType": "Appointment",
        "id": "a",
        "status": "noshow",
        "start": "2018-06-01T09:00:00+01:00",
        "participant": [{"actor": ABOUT}],
    }
    assert told(bundle(patient, missed)).accounts[0].event_type == event_type


def test_a_cancelled_appointment_is_no_missed_one(told):
    account = told(
        bundle(
            record(
                "Appointment",
                status="cancelled",
                start="2018-06-01T09:00:00Z",
                cancelationReason={"text": "Ward flooded"},
            )
        )
    ).accounts[0]
    assert account.event_type == "CONTACT.CANCELLED"
    assert account.outcome == "Cancelled: Ward flooded"


@pytest.mark.parametrize("status", ["preliminary", "registered"])
def test_what_is_not_signed_off_is_a_draft(told, status):
    account = told(bundle(record("Observation", status=status, effectiveDateTime="2018"))).accounts[
        0
    ]
    assert "record-draft" in codes_of(account)


@pytest.mark.parametrize(
    "more",
    [
        {"status": "entered-in-error"},
        {"verificationStatus": "entered-in-error"},
        {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}},
    ],
)
def test_entered_in_error_is_shown_and_withdraws_earlier_copies(told, more):
    found = told(bundle(record("Condition", onsetDateTime="2018-01-01", **more)))
    assert "record-nullified" in codes_of(found.accounts[0])
    assert found.left_out[0].withdraws == "FHIR|x1"
    assert found.accounts[0].reference == "x1"


def test_a_deletion_withdraws_by_number(told):
    deletion = {"request": {"method": "DELETE", "url": "Observation/o9"}}
    found = told(bundle(record("Observation", effectiveDateTime="2018"), deletion))
    assert found.left_out[0].withdraws == "FHIR|o9"


def test_a_panel_is_told_once_with_its_parts(told):
    parts = [
        record(
            "Observation",
            id=f"m{n}",
            effectiveDateTime="2018-01-01",
            code={"text": f"Part {n}"},
            valueQuantity={"value": n, "unit": "kg"},
        )
        for n in range(50)
    ]
    panel = record(
        "Observation",
        effectiveDateTime="2018-01-01T10:00:00Z",
        code={"text": "Panel"},
        hasMember=[{"reference": f"Observation/m{n}"} for n in range(50)],
        component=[{"code": {"text": "Inner"}, "valueString": "well"}],
    )
    found = told(bundle(PATIENT, panel, *parts))
    assert len(found.accounts) == 1
    for line in ("Inner: well", "Part 0: 0 kg", "Part 49: 49 kg"):
        assert line in found.accounts[0].narrative.split("\n")
    assert sum("told with 'Panel'" in text for _, _, text in found.set_apart) == 50


def test_a_part_of_another_day_is_told_on_its_own(told):
    part = record("Observation", id="m1", effectiveDateTime="2018-01-09", code={"text": "Late"})
    panel = record(
        "DiagnosticReport", effectiveDateTime="2018-01-01", result=[{"reference": "Observation/m1"}]
    )
    assert len(told(bundle(panel, part)).accounts) == 2


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (name, code)
        for name in ("snomed", "read")
        for code in code_list("safeguarding", name).values()
    ],
    ids=lambda one: getattr(one, "code", one),
)
def test_every_safeguarding_code_is_told_by_its_meaning(told, table, row):
    coded = {"coding": [{"system": table, "code": row.code}]}
    found = told(bundle(PATIENT, record("Observation", code=coded, effectiveDateTime="2018")))
    meaning = MEANINGS[row.meaning]
    account = found.accounts[0]
    assert account.event_type == meaning.event_type
    assert ("code-family-member" in codes_of(account)) is bool(meaning.of)
    assert (f"{meaning.of}, not of the patient" in account.narrative) is bool(meaning.of)


@pytest.mark.parametrize("row", code_list("safeguarding", "rubric").values(), ids=lambda r: r.code)
@pytest.mark.parametrize("code", ["3.42191E+14", "1.06431E+15", ""])
def test_a_code_that_a_spreadsheet_spoilt_is_read_by_its_words(row, code):
    written = [(code, f"{row.code.capitalize()} (finding)")]
    assert meaning_of(written) is MEANINGS[row.meaning]
    assert (damage(written) is not None) is bool(code)


def test_a_code_cut_to_fifteen_figures_is_read_by_its_words():
    written = [("1064311000000100", "Child protection plan")]
    assert meaning_of(written).words == "child protection plan"
    assert damage(written).code == "identifier-damaged"
    assert damage([("764841000000100", "Looked after child")]) is None


def test_words_decide_nothing_that_only_sounds_alike():
    assert meaning_of([("1", "Child in need of spectacles")]) is None
    assert meaning_of([("2", "Family history of asthma")]).of == "a member of the family"


def test_an_observation_on_a_relative_is_not_a_fact_about_the_patient(told):
    mother = {
        "resourceType": "RelatedPerson",
        "id": "r1",
        "patient": ABOUT,
        "relationship": [{"text": "mother"}],
        "name": [{"text": "Kim Vale"}],
    }
    seen = record(
        "Observation",
        effectiveDateTime="2018",
        code={"text": "Smokes"},
        focus=[{"reference": "RelatedPerson/r1"}],
    )
    account = told(bundle(PATIENT, mother, seen)).accounts[0]
    assert "Kim Vale (mother), not of the patient" in account.narrative
    assert "code-family-member" in codes_of(account)


def test_a_plan_that_states_its_start_is_the_fact_other_returns_have(told):
    coded = {"coding": [{"code": "1064311000000109", "display": "Child protection plan"}]}
    plan = record(
        "Observation", code=coded, effectivePeriod={"start": "2018-02-01", "end": "2018-09-01"}
    )
    found = told(bundle(PATIENT, plan))
    assert [a.facts for a in found.accounts] == [("cp-plan-start",), ("cp-plan-end",)]
    merely_coded = record("Observation", code=coded, effectiveDateTime="2018-02-01")
    assert told(bundle(PATIENT, merely_coded)).accounts[0].facts == ()


def test_the_end_of_a_stay_is_a_discharge_and_of_a_visit_a_detail(told):
    period = {"start": "2018-01-01T10:00:00Z", "end": "2018-01-04T09:00:00Z"}
    stay = record("Encounter", period=period, **{"class": {"code": "IMP"}})
    visit = record("Encounter", period=period, **{"class": {"code": "AMB"}})
    types = [a.event_type for a in told(bundle(PATIENT, stay, visit)).accounts]
    assert types == ["HEALTH.ADMISSION", "HEALTH.DISCHARGE", "HEALTH.OUTPATIENT"]


def test_a_deadline_is_a_detail_and_no_event(told):
    task = record("Task", authoredOn="2018-01-01", restriction={"period": {"end": "2018-01-08"}})
    asked = record("ServiceRequest", authoredOn="2018-01-01", occurrenceDateTime="2018-02-01")
    found = told(bundle(PATIENT, task, asked))
    assert dates_of(found) == [("2018-01-01", "day")] * 2
    assert "To be done by: 8 January 2018" in found.accounts[0].narrative
    assert "Wanted for: 1 February 2018" in found.accounts[1].narrative


def test_two_dates_of_birth_are_doubted(told):
    patient = {
        **PATIENT,
        "_birthDate": {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                    "valueDateTime": "2017-10-02T12:00:00Z",
                }
            ]
        },
    }
    found = told(bundle(patient, record("Observation", effectiveDateTime="2018")))
    assert all("born-conflict" in codes_of(account) for account in found.accounts)


SECRETS = ("Invented Row", "ZZ99 3WZ", "01632 960123")


@pytest.mark.parametrize("is_restricted", [False, True])
def test_addresses_are_told_nowhere(told, is_restricted):
    patient = {
        **PATIENT,
        "address": [{"line": ["1 Invented Row"], "postalCode": "ZZ99 3WZ"}],
        "telecom": [{"value": "01632 960123"}],
        "deceasedDateTime": "2020-01-01",
    }
    if is_restricted:
        patient["meta"] = {"security": [{"code": "R"}]}
    home = {
        "resourceType": "Location",
        "id": "l1",
        "name": "1 Invented Row",
        "physicalType": {"coding": [{"code": "ho"}]},
    }
    visit = record(
        "Encounter",
        period={"start": "2018-01-01"},
        location=[{"location": {"reference": "Location/l1"}}],
    )
    found = told(bundle(patient, home, visit))
    for account in found.accounts:
        shown = [t for n, t in (*account.raw, *account.other) if n not in account.withheld]
        shown += [account.narrative, account.location, account.organisation, account.outcome]
        assert not any(secret in text for secret in SECRETS for text in shown)
    assert not any(secret in text for secret in SECRETS for _, _, text in found.set_apart)
    assert found.accounts[1].location == ("" if is_restricted else "at home")


def test_a_restricted_patient_is_not_placed(told):
    patient = {**PATIENT, "meta": {"security": [{"code": "R", "display": "restricted"}]}}
    visit = record(
        "Encounter",
        period={"start": "2018-01-01"},
        location=[{"location": {"display": "Seaside Ward"}}],
        serviceProvider={"reference": "Organization/1", "display": "Seaside Trust"},
    )
    account = told(bundle(patient, visit)).accounts[0]
    assert (account.location, account.organisation) == ("", "")
    assert account.other == (("Place", "Seaside Ward; Seaside Trust"),)
    assert "Place" in account.withheld
    assert "content-withheld" in codes_of(account)


def test_a_restricted_record_says_only_that_it_is_there(told):
    secret = record(
        "Encounter",
        meta={"security": [{"code": "V"}]},
        period={"start": "2018-01-01"},
        type=[{"text": "Sexual health clinic"}],
        reasonCode=[{"text": "Pregnant"}],
    )
    account = told(bundle(PATIENT, secret)).accounts[0]
    assert "Sexual" not in account.narrative + account.event_type_written
    assert "Pregnant" not in account.narrative
    assert {name for name, _ in account.raw} <= set(account.withheld)


def test_hostile_text_stays_text(told):
    text = '=HYPERLINK("http://x") <script>alert(1)</script>\u202e'
    seen = record("Communication", sent="2018-01-01", payload=[{"contentString": text}])
    assert text in told(bundle(PATIENT, seen)).accounts[0].narrative


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "text",
        7,
        [],
        {},
        {"resource": None},
        {"resource": []},
        {"resource": {"id": "x"}},
        {"resource": {"resourceType": 5}},
    ],
)
def test_what_is_no_record_is_left_out_and_the_rest_is_told(told, odd):
    data = bundle(PATIENT, record("Observation", effectiveDateTime="2018"))
    data["entry"].insert(1, odd)
    found = told(data)
    assert len(found.accounts) == 1
    assert len(found.left_out) == 1


ODD = st.recursive(
    st.none() | st.booleans() | st.text("aR/#-0123456789:TZ", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "reference",
                    "coding",
                    "code",
                    "display",
                    "value",
                    "start",
                    "end",
                    "actor",
                    "text",
                    "system",
                    "extension",
                    "url",
                    "item",
                    "answer",
                    "attachment",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    "subject patient code status period effectiveDateTime issued valueQuantity component hasMember"
    " item performer participant location name identifier meta contained extension birthDate"
    " _birthDate class note payload content section entry verificationStatus related".split()
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*sorted(KINDS), "Patient", "Location"]),
            st.dictionaries(NAMES, ODD, max_size=6),
        ),
        max_size=6,
    )
)
def test_whatever_stands_in_a_record_each_is_accounted_for(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("odd") / "a.json"
    made = [{"resourceType": kind, **more} for kind, more in records]
    path.write_text(json.dumps(bundle(PATIENT, *made)))
    found = extract(read(path))
    told_rows = {a.source.row for a in found.accounts} | {r.source.row for r in found.left_out}
    told_rows |= {row for _, row, _ in found.set_apart}
    assert told_rows == set(range(1, len(made) + 2))
    assert found.rows_read == len(found.accounts) + len(found.left_out)


@pytest.mark.parametrize(
    ("kind", "inner"),
    [("DocumentReference", "context"), ("Composition", "event")],
)
def test_a_document_is_dated_by_what_it_is_about_before_its_making(told, kind, inner):
    about = {inner: {"period": {"start": "2018-01-01", "end": "2018-01-05"}}}
    account = told(bundle(PATIENT, record(kind, date="2018-02-01", **about))).accounts[0]
    assert str(account.occurred.start) == "2018-01-01"
    assert str(account.recorded.start) == "2018-02-01"


def test_an_attached_file_is_named_and_a_text_told(told):
    text = {"contentType": "text/plain", "data": "U2VlbiBhdCBob21lLg=="}
    scan = {"contentType": "application/pdf", "title": "Scan", "data": "A" * 50_000}
    content = [{"attachment": text}, {"attachment": scan}]
    account = told(
        bundle(record("DocumentReference", date="2018-02-01", content=content))
    ).accounts[0]
    assert "Text: Seen at home." in account.narrative
    assert "Attached: Scan application/pdf" in account.narrative
    assert max(len(cell) for _, cell in account.raw) < 5000


def test_json_and_xml_of_one_record_tell_the_same(told):
    data = record(
        "Observation",
        status="final",
        code={"text": "Weight"},
        effectiveDateTime="2018-01-01",
        valueQuantity={"value": "12.50", "unit": "kg"},
    )
    xml = (
        '<Observation{}><id value="x1"/><status value="final"/>'
        '<code><text value="Weight"/></code><subject><reference value="Patient/p1"/></subject>'
        '<effectiveDateTime value="2018-01-01"/><valueQuantity><value value="12.50"/>'
        '<unit value="kg"/></valueQuantity></Observation>'
    )
    first = told(data)
    for space in (' xmlns="http://hl7.org/fhir"', "", ' xmlns="urn:wrong"'):
        second = told(xml.format(space), "a.xml")
        assert second.importer == first.importer == "fhir"
        assert second.accounts[0].narrative == first.accounts[0].narrative
        assert second.accounts[0].id == first.accounts[0].id
        assert second.accounts[0].source.unit == "line"


def test_a_kind_that_nobody_knows_does_not_hide_the_others(told):
    strange = {"resourceType": "Novelty", "id": "n1"}
    found = told([PATIENT, strange, record("Observation", effectiveDateTime="2018")])
    assert found.importer == "fhir"
    assert len(found.accounts) == 1
    assert "'Novelty'" in found.left_out[1].reason


def test_a_bundle_in_a_bundle_is_opened(told):
    inner = bundle(PATIENT, record("Observation", effectiveDateTime="2018"))
    assert len(told(bundle(inner)).accounts) == 1


def test_the_subject_that_the_user_states_stands_in(told):
    alone = {"resourceType": "Observation", "effectiveDateTime": "2018"}
    assert told(alone, subject="Robin Vale").accounts[0].subjects[0].name == "Robin Vale"
    assert "subject-missing" in codes_of(told(alone).accounts[0])


NOT_FHIR = [
    pytest.param(b'{"resourceType": "Invoice lines", "rows": []}', "a.json", id="another word"),
    pytest.param(b'[{"date": "2018-01-01", "note": "seen"}]', "a.json", id="rows"),
    pytest.param(b'{"Children": [{"la_child_id": "1"}]}', "a.json", id="another payload"),
    pytest.param(b"<Children><Child/></Children>", "a.xml", id="census"),
    pytest.param(b"<List/>", "a.xml", id="a word of FHIR without any of its shape"),
    pytest.param(b"Date,Resource type,Note\n01/02/2018,Observation,seen\n", "a.csv", id="table"),
]


@pytest.mark.parametrize(("data", "name"), NOT_FHIR)
def test_other_files_are_not_taken_for_fhir(tmp_path: Path, data, name):
    (tmp_path / name).write_bytes(data)
    one = recognised(read(tmp_path / name))
    assert one is None or one.name not in ("fhir", "child_health")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(
            {"text": "Fell", "coding": [{"code": "1", "display": "Fall"}]},
            "Fell [1]",
            id="words before display",
        ),
        pytest.param({"coding": {"code": "1", "display": "Fall"}}, "Fall [1]", id="not in a list"),
        pytest.param({"coding": [{"code": "1"}]}, "1", id="a code alone"),
        pytest.param(
            {"value": "12.50", "unit": "kg", "comparator": "<"}, "<12.50 kg", id="measure"
        ),
        pytest.param(
            {"start": "2018-01-01", "end": "2018-02-01"},
            "1 January 2018 to 1 February 2018",
            id="period",
        ),
        pytest.param({"end": "2018-02"}, "until 2018-02", id="end"),
        pytest.param([True, False], "yes; no", id="yes and no"),
        pytest.param({"line": ["1 Invented Row"], "postalCode": "ZZ99"}, "", id="address"),
        pytest.param("2018-06-01T23:30:00Z", "2 June 2018 00:30", id="moment"),
        pytest.param("2018", "2018", id="a number stays one"),
        pytest.param("13-14-15", "13-14-15", id="no date"),
    ],
)
def test_values_in_words(value, text):
    assert words(value, lambda node: node.get("display", "")) == text


def test_markup_becomes_text_without_losing_a_word():
    markup = (
        "<div><h1>Plan</h1><table><tr><th>Date</th><td>12-Feb-2015&#160;07:00</td></tr></table>"
    )
    assert plain_text(markup + "<p>A &amp; B<br/>C &lt;5</p></div>") == (
        "Plan\nDate | 12-Feb-2015 07:00\nA & B\nC <5"
    )


def test_a_day_in_words_is_never_raised_on():
    assert in_words("2018-02-31") == "2018-02-31"
    assert in_words("") == ""
