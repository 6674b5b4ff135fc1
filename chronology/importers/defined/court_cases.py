"""A case file of the family courts: whom it is about, its own dates, then its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from chronology.account import Mention
from chronology.importers.defined.base import (
    NO_DATE,
    UNDER,
    Cells,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.court_records import (
    AHEAD,
    ITS_HEARING,
    LISTED,
    Case,
    is_to_come,
    tell_case_data,
)
from chronology.importers.defined.court_words import private, repeatable
from chronology.importers.defined.objects import (
    ADDRESS,
    Keys,
    Place,
    cells_of,
    in_words,
    keyed,
    moment,
    said,
    text_of,
)
from chronology.importers.defined.sheets import is_no_real_date
from chronology.when import When

#: Keys that only a public law case has; so many of them make a case of any object.
PUBLIC_LAW_KEYS = frozenset(
    {
        *("children1", "respondents1", "others1", "sealedcmos", "standarddirectionorder"),
        *("familymancasenumber", "caselocalauthority", "noticeofproceedingsbundle"),
        *("draftuploadedcmos", "ordercollection", "allocatedjudge", "hearingdetails"),
        *("allpartiescustom", "localauthoritydirections", "cafcassdirections"),
    }
)
ENOUGH = 2
#: Names of the jurisdiction and the type of case, and the court service's number of it.
_PUBLIC = frozenset({"PUBLICLAW", "CARE_SUPERVISION_EPO", "ABA3"})
_PRIVATE_LAW = frozenset({"PRIVATELAW", "PRLAPPS", "ABA5"})
_SUBMITTED = "Application submitted to the court"
#: The dates of the case itself; of keys told together only one is told where they agree.
_OWN_DATES = (
    (("createddate",), "Case opened on the court's system"),
    (("dateandtimesubmitted", "datesubmitted", "datesubmittedfield"), _SUBMITTED),
    (("issuedate", "dateofissue"), "Application issued by the court"),
)
_CHILDREN = ("newchilddetails", "children1", "children", "childdetails")
_ADULTS = (
    ("applicants", "applicant"), ("applicantsfl401", "applicant"), ("respondents", "respondent"),
    ("respondents1", "respondent"), ("respondentsfl401", "respondent"), ("others1", "other party"),
    ("otherpartyinthecaserevised", "other party"), ("otherpeopleinthecasetable", "other party"),
)  # fmt: skip


def is_public_law(keys: Keys) -> bool:
    """Whether an object holds, or is, the data of a care or other public law case."""
    data = keyed(keys.get("casedata"))
    if not data:
        return len(PUBLIC_LAW_KEYS & keys.keys()) >= ENOUGH or _is_head(keys, _PUBLIC)
    kinds = {said(keys, "jurisdiction"), said(keys, "casetypeid")}
    return not kinds & _PRIVATE_LAW and (
        bool(kinds & _PUBLIC) or len(PUBLIC_LAW_KEYS & data.keys()) >= ENOUGH
    )


def is_private_law(keys: Keys) -> bool:
    """Whether an object is a case between parents and others about a child."""
    data = keyed(keys.get("casedata"))
    if not data or is_public_law(keys):
        return _is_head(keys, _PRIVATE_LAW)
    if {said(keys, "jurisdiction"), said(keys, "casetypeid")} & _PRIVATE_LAW:
        return True
    is_stamped = "createddate" in keys or "lastmodified" in keys
    known = {"datesubmitted", "casetypeofapplication", "hearingdata"}
    return is_stamped and bool(known & data.keys())


def _is_head(keys: Keys, kinds: frozenset[str]) -> bool:
    """Whether an object is a case of a kind without its data, or the list of its hearings."""
    if "casedata" in keys:
        return False
    if "caseref" in keys and said(keys, "hmctsservicecode") in kinds:
        return True
    if not {"jurisdiction", "createddate"} <= keys.keys():
        return False
    return bool({said(keys, "jurisdiction"), said(keys, "casetypeid")} & kinds)


#: A day and clock time.
_Mark = tuple[date | None, time | None]


@dataclass(frozen=True, slots=True)
class _Own:
    """One of the case's own dates, as its key and value stand."""

    key: str
    title: str
    when: When
    written: str


def tell_case(found: Found, place: Place) -> None:
    """A case, its own dates first; all that it says besides stands with them."""
    inner = _case_data(place.data)
    data = keyed(inner)
    number = said(place.keys, "id", "caseid", "caseref") or said(data, "id", "familymancasenumber")
    people = tuple(who for key, role in _ADULTS for who in named(data.get(key), role))
    children = next((who for key in _CHILDREN if (who := named(data.get(key), "child"))), ())
    court = said(data, "courtname") or said(keyed(data.get("court")), "name")
    keys = {**data, **place.keys}
    case = Case(found, number, court, children, people, moment(keys.get("lastmodified")))
    here = f"{place.path}[{place.item}]" if place.path else f"case {place.item}"
    before = len(found.accounts)
    rest = tell_case_data(case, inner, here)
    hearings = {
        (account.occurred.start, account.occurred.clock)
        for account in found.accounts[before:]
        if account.event_type_written.startswith("Court hearing")
    }
    outer = place.data if isinstance(place.data, dict) and inner is not place.data else {}
    head = cells_of({k: v for k, v in outer.items() if v is not inner})
    own = [*_own_dates(keys), *_hearing_dates(data)]
    _tell_own(case, place, own, keys, (*head, *rest), hearings)


def _own_dates(keys: Keys) -> Iterator[_Own]:
    for names, title in _OWN_DATES:
        met: set[object] = set()
        for name in names:
            written = text_of(keys.get(name))
            when = moment(keys.get(name))
            if written and (not when.is_known or when.start not in met):
                met.add(when.start)
                yield _Own(name, title, when, when.written or written)


def _hearing_dates(keys: Keys) -> Iterator[_Own]:
    """Dates of hearings that stand in the case itself, beside the directions they belong to."""
    for name, value in keys.items():
        if name.endswith("hearingdate") and not name.startswith("next") and text_of(value):
            yield _Own(name, "Court hearing", moment(value), text_of(value))


def _tell_own(
    case: Case, place: Place, own: Sequence[_Own], keys: Keys, cells: Cells, hearings: set[_Mark]
) -> None:
    withheld, shown = private(cells), repeatable(cells) or ("(nothing)",)
    for part, one in enumerate(own):
        source = case.found.source(place.path, place.item, part, unit="item")
        mark = (one.when.start, one.when.clock)
        if not one.when.is_known or is_no_real_date(one.when):
            case.found.leave(source, f"{one.title}: {why_no_place(one.when, one.written)}", shown)
        elif one.title == "Court hearing" and mark in hearings:
            case.found.leave(source, ITS_HEARING, (one.written,))
        else:
            title = one.title
            if title == "Court hearing":
                hearings.add(mark)
                title = LISTED if is_to_come(one.when, case.changed) else title
            details = (
                ("Type", said(keys, "casetypeofapplication")),
                ("Orders applied for", _orders(keys)),
            )
            telling: Telling = {
                "organisation": case.organisation,
                "event_type_written": title,
                "event_type": "LEGAL.HEARING",
                "reference": UNDER.join(filter(None, (case.number, one.key))),
                "subjects": case.subjects,
                "people": case.people,
                "other": (*_beside(keys), *((AHEAD,) if title == LISTED else ())),
                "raw": cells,
                "withheld": withheld,
                "flags": (ADDRESS,) if withheld else (),
            }
            case.found.tell(source, one.when, in_lines(title, details), **telling)
    if not own:
        source = case.found.source(place.path, place.item, unit="item")
        case.found.leave(source, NO_DATE, shown)


def _beside(keys: Keys) -> Iterator[tuple[str, str]]:
    for label, name in (("Case", "casename"), ("Court number", "familymancasenumber")):
        if said(keys, name):
            yield label, said(keys, name)
    if said(keys, "state"):
        yield "State of the case", said(keys, "state")
    changed = moment(keys.get("lastmodified"))
    if changed.is_known:
        clock = f" {changed.clock:%H:%M}" if changed.clock else ""
        yield "Last changed", f"{changed.start:%d/%m/%Y}{clock}"


def _orders(keys: Keys) -> str:
    value = keys.get("ordersapplyingfor") or keyed(keys.get("orders")).get("ordertype")
    listed = value if isinstance(value, list) else [value]
    texts = (text.lower() if text.isupper() else text for text in map(text_of, listed))
    return "; ".join(in_words(text) for text in texts if text)


def _case_data(data: object) -> Mapping[str, object]:
    """The data of a case: inside it or, where it is bare, the object itself."""
    if not isinstance(data, dict):
        return {}
    for key, value in data.items():
        if key.casefold().replace("_", "") == "casedata" and isinstance(value, dict):
            return value
    return data


def named(value: object, role: str) -> tuple[Mention, ...]:
    """The persons in a list of parties, by name and date of birth alone."""
    listed = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    told = []
    for one in listed:
        keys = keyed(one)
        inner = keyed(keys.get("value")) or keys
        party = keyed(inner.get("party")) or inner
        parts = (said(party, "firstname"), said(party, "lastname", "surname"))
        name = " ".join(filter(None, parts)) or said(party, "organisationname", "fullname")
        if name:
            told.append(Mention(name, role, said(party, "dateofbirth")))
    return tuple(told)
