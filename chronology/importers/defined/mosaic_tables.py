"""The tables of Mosaic: their columns under every name that systems give them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chronology.importers.defined.headed import Fields, Headed, headed
from chronology.importers.defined.sheets import plain
from chronology.reading.grid import Grid

WHO: Fields = {
    "person_id": ("mosaicid", "personid", "mosaicpersonid", "residentid", "clientid"),
    "person_name": ("personfullname", "fullname", "name", "residentname"),
    "first_name": ("firstname", "forename", "forenames"),
    "last_name": ("lastname", "surname"),
    "date_of_birth": ("dob", "birthdate"),
    "nhs_number": ("nhsno", "nhs"),
}
NOTES: Fields = {
    **WHO,
    "id": ("casenoteid", "noteid", "recordid"),
    "note_type": ("casenotetype", "notetypecode", "formname"),
    "note_type_description": ("notetypedesc",),
    "title": ("casenotetitle", "notetitle"),
    "created_on": ("createdon", "datecreated", "createdat", "caseformtimestamp"),
    "created_by": ("createdbyname", "createdbyemail", "officeremail", "createdbyworker"),
    "last_updated_by": ("lastupdatedby", "updatedby"),
    "last_updated_on": ("lastupdatedon", "updatedon"),
    "contact_date": ("dateofevent", "dateofcontact", "eventdate", "contactdatetime"),
    "status": ("notestatus", "casenotestatus"),
    "significant_event": ("significanteventflag", "issignificantevent", "significant"),
    "note": ("casenotecontent", "casenotetext", "notetext", "content"),
}
VISITS: Fields = {
    **WHO,
    "visit_id": (),
    "visit_type": ("visittypedescription",),
    "planned_datetime": ("planneddate", "plannedvisitdate"),
    "actual_datetime": ("actualdate", "actualvisitdate"),
    "reason_not_planned": (),
    "reason_visit_not_made": (),
    "seen_alone_flag": ("seenalone",),
    "completed_flag": ("completed",),
    "worker_id": (),
    "worker_name": ("createdbyname", "workerfullname", "createdbyemail"),
    "org_id": (),
    "cp_registration_id": (),
    "cp_visit_schedule_step_id": (),
    "cp_visit_schedule_days": (),
    "cp_visit_on_time": (),
}
TYPES: Fields = {"note_type": ("type", "code"), "description": ("notetypedescription", "desc")}
#: A table of notes needs these, in a system's spelling: an ordinary list may have them too.
_NOTE = ("person_id", "note_type", "created_on", "note")
#: A list of notes without their words needs these.
_LISTED = ("person_id", "contact_date", "case_form_timestamp")
_TELLING = ("id", "title", "created_by", "last_updated_by")
_VISIT = ("person_id", "visit_type", "planned_datetime", "actual_datetime")
_MACHINE = re.compile(
    r"[a-z]+_[a-z_]+|[a-z]+(?:[A-Z][a-z]+)+|[A-Z]+_[A-Z_]+|(?:[A-Z][a-z]+){2,}|id|ID"
)


def notes_in(grid: Grid) -> Headed | None:
    """The table of case notes on a sheet; None where it has none of Mosaic's."""
    sheet = headed(grid, NOTES, _NOTE)
    if sheet is None:
        return headed(grid, {**NOTES, "case_form_timestamp": ()}, _LISTED)
    there = [name for name in _TELLING if plain(name) in sheet.at]
    machine = sum(bool(_MACHINE.fullmatch(cell.strip())) for cell in sheet.heading.cells)
    is_system = machine >= len(_NOTE) - 1
    return sheet if there and (is_system or len(there) == len(_TELLING)) else None


def visits_in(grid: Grid) -> Headed | None:
    """The table of visits on a sheet."""
    return headed(grid, VISITS, _VISIT)


def meanings(sheet: Headed) -> Mapping[str, str]:
    """What each column was taken for."""
    meant = {
        "person_id": "subject_id", "person_name": "subject", "first_name": "subject",
        "last_name": "subject", "date_of_birth": "subject_born", "note_type": "event_type",
        "visit_type": "event_type", "title": "title", "created_on": "recorded",
        "contact_date": "occurred", "created_by": "professional", "note": "narrative",
        "actual_datetime": "occurred", "worker_id": "professional",
        "seen_alone_flag": "child_alone", "id": "reference", "visit_id": "reference",
    }  # fmt: skip
    cells, at = sheet.heading.cells, sheet.at
    return {plain(cells[at[plain(k)]]): field for k, field in meant.items() if plain(k) in at}


#: What a JSON file must have to be put into tables.
KNOWN = ((NOTES, _NOTE), (VISITS, _VISIT), ({**NOTES, "case_form_timestamp": ()}, _LISTED))
