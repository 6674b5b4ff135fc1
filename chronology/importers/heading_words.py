"""The words that headings are made of, and what those words together say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

#: Words (singular) that say the same thing in a heading.
GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        name: frozenset(words.split())
        for name, words in {
            "date": "date dated day dt datetime dttm when dyddiad",
            "time": "time hour hr clock hhmm amser",
            "start": "start started from begin began opened commenced",
            "what": "what",
            "whose": "who whom",
            "relate": "relate relating refer",
            "did": "did do done",
            "taken": "taken agreed required arising",
            "end": "end ended until finish finished discharge departure closed ceased to left",
            "record": """recorded recording record entered entry created creation added logged
                input inputted written writing typed keyed completed saved updated modified amended
                timestamp uploaded documented filed""",
            "known": """notified notification reported report received receipt informed aware known
                told alerted learnt learned""",
            "share": "shared sent disclosed forwarded submitted",
            "birth": "dob birth born birthday birthdate edd",
            "who": """child children pupil student learner patient client person people subject
                nominal yp cyp tenant resident offender prisoner customer baby infant individual
                member plentyn""",
            "kin": """mother father parent carer sibling guardian partner mum dad victim suspect
                perpetrator accused aggrieved household relative""",
            "name": "name forename surname",
            "first": "forename first given christian",
            "last": "surname last family",
            "staff": """worker staff practitioner clinician officer professional author teacher
                nurse hcp doctor consultant signature recorder manager operator caseworker
                completing recording reporting""",
            "by": "by signed",
            "number": "id number no ref reference urn identifier",
            "org": """agency organisation service team department school trust practice provider
                establishment""",
            "text": """narrative description describe detail summary note text circumstance account
                information comment content happened log body said history synopsis precis gist
                wording""",
            "act": """outcome action result plan follow step disposal decision response done next
                disposition""",
            "kind": "type category classification nature kind class code reason method mode",
            "place": "location place venue address site where postcode room premise whereabout",
            "present": """present involved attended attendance attendee attending linked associated
                other witness participant else spoken spoke there""",
            "role": "role title designation relationship rank grade position post",
            "seen": "seen sighted",
            "alone": "alone own",
            "voice": "voice wishe feeling view say",
            "judge": "analysis significance impact opinion reflection risk learning lesson rag",
        }.items()
    }
)

#: Words as exports shorten them.
SHORT: Mapping[str, str] = MappingProxyType(
    {
        short: word
        for word, shorts in {
            "number": "no nos num nbr nr nmbr",
            "received": "recvd rcvd recd",
            "recorded": "rec recrd",
            "patient": "pt pat",
            "housing": "hsg",
            "incident": "inc incid",
            "description": "desc descr descrip",
            "narrative": "narr",
            "text": "txt",
            "address": "addr",
            "location": "loc locn",
            "date": "dte dat",
            "time": "tm tme",
            "date time": "dttm datetime dt_tm",
            "event": "evt evnt",
            "type": "typ tp",
            "category": "cat categ",
            "professional": "prof",
            "practitioner": "pract practnr",
            "response": "resp",
            "comment": "cmt cmnt",
            "occurred": "occ occd",
            "young person": "yp",
            "service user": "su",
            "department": "dept",
            "worker": "wkr wrkr",
            "client": "clnt",
            "timestamp": "ts",
            "forename": "fname fore",
            "surname": "sname lname",
            "name": "nm nme",
            "reference": "ref refno",
            "detail": "dtl dtls",
            "organisation": "orgn",
            "practice": "prac",
            "outcome": "outc otcm",
            "result": "res",
            "notified": "notif",
            "appointment": "appt apt",
            "gender": "gndr",
            "officer": "offr off ofcr",
        }.items()
        for short in shorts.split()
    }
)

#: Words of a heading over something that is none of the fields, whatever the cells look like: a
#: date that is due is no event, and a telephone number is no reference.
BARRED = frozenset(
    """due target deadline planned scheduled ethnicity religion language phone telephone mobile
    email disability fax nationality duration length latitude longitude easting northing attachment
    status consent lsoa death deceased expiry expire review height weight centile dose
    sensitive restricted""".split()
)


class Rule(NamedTuple):
    """A field whose heading has a word of each group and none of the others."""

    field: str
    needs: str
    without: str
    score: float


RULES: tuple[Rule, ...] = tuple(
    Rule(*rule)
    for rule in (
        ("subject_born", "birth", "staff time", 0.9),
        ("recorded", "date record", "by staff birth", 0.85),
        ("occurred", "date relate", "known share", 0.9),
        ("recorded", "record", "date time by staff kind act number place who whose name", 0.55),
        ("recorded", "record text", "date time by staff kind act place who whose name", 0.5),
        ("recorded_time", "time record", "date by staff", 0.85),
        ("known", "date known", "staff birth record", 0.85),
        ("known_time", "time known", "date by staff record", 0.85),
        ("shared", "date share", "by staff birth", 0.85),
        ("occurred_end", "date end", "record known share birth by", 0.8),
        ("occurred_end_time", "time end", "date record known by", 0.8),
        ("occurred", "date", "birth record known share end by text act", 0.75),
        (
            "occurred",
            "start",
            "end time date record known share birth by text act kind number place who staff org",
            0.7,
        ),
        (
            "occurred_end",
            "end",
            "start time date record known share birth by text act kind number place who staff org",
            0.65,
        ),
        ("occurred_time", "time", "date birth record known share end by text act", 0.75),
        ("subject_forename", "first name", "staff kin last", 0.85),
        ("subject_surname", "last name", "staff kin first", 0.85),
        ("subject_id", "who number", "staff", 0.85),
        ("subject_id", "number", "staff org kin date text act", 0.65),
        ("reference", "number", "who staff org kin date", 0.7),
        ("subject", "who name", "staff number first last", 0.9),
        (
            "subject",
            "who",
            "number text act seen voice present judge role kind date time by staff org birth kin",
            0.7,
        ),
        ("people", "present who", "number date text", 0.8),
        ("people", "present kin", "number date text", 0.8),
        ("people", "kin", "number text act birth voice date by judge role", 0.7),
        ("people", "present whose", "date time number", 0.85),
        ("professional", "record whose", "date time", 0.85),
        ("subject", "whose", "present record date time number text act what", 0.6),
        ("people", "present", "date time number text act org place staff kind record", 0.6),
        ("professional", "by", "date time", 0.75),
        ("professional", "record by", "date time", 0.9),
        ("professional", "staff name", "role", 0.9),
        ("professional", "staff name role", "", 0.9),
        ("professional", "staff", "number role date time act text kind judge birth org", 0.8),
        ("professional", "staff text", "number role date time act kind judge who org", 0.7),
        ("professional_role", "staff role", "name", 0.85),
        ("subject_role", "who role", "", 0.8),
        ("organisation", "org", "number date time act text staff kind who", 0.75),
        ("organisation", "org name", "number", 0.85),
        ("event_type", "kind", "staff who date time place org number", 0.75),
        ("outcome", "act", "date time by kind voice judge number", 0.75),
        ("outcome", "act taken", "date time number", 0.85),
        ("outcome", "what did", "voice seen present date time", 0.75),
        ("outcome", "act kind", "date time by who staff", 0.7),
        ("narrative", "what", "voice act date time seen kind present judge", 0.75),
        ("narrative", "text", "voice judge act number date time by staff kind", 0.75),
        ("location", "place", "number date time text", 0.75),
        ("child_seen", "who seen", "alone by date time staff place", 0.85),
        ("child_alone", "alone", "date", 0.85),
        ("child_voice", "voice", "staff", 0.85),
        ("child_voice", "who text", "staff judge kin org number date", 0.5),
        ("analysis", "judge", "date number by", 0.8),
    )
)

#: 'Author of case note', 'Time of visit': what the word before 'of' says by itself.
HEADS: Mapping[str, str] = MappingProxyType(
    {
        "staff": "professional",
        "time": "occurred_time",
        "kind": "event_type",
        "place": "location",
    }
)
