"""Case notes as Liquidlogic's reporting tables hold them (FACT_CASENOTES)."""

from __future__ import annotations

from collections.abc import Mapping

from chronology.account import Agency, Said
from chronology.flags import Flag
from chronology.importers.defined.base import (
    Format,
    Found,
    Telling,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.coding import code_doubts
from chronology.importers.defined.headed import Fields, Headed, headed, more, tables
from chronology.importers.defined.objects import as_day, person
from chronology.importers.defined.sheets import apart_lines, is_no_real_date, plain, records
from chronology.importers.defined.stripping import plain_words
from chronology.reading.grid import Document, Line
from chronology.vocabulary.codes import told
from chronology.vocabulary.event_types import classify
from chronology.vocabulary.facts import fact

FIELDS: Fields = {
    "fact_casenote_id": ("casenoteid",),
    "dim_person_id": ("personid",),
    "type": (
        *("dimlookupcasnttypeidcode", "casnttypeidcode", "dimlookupcasenotetypeidcode"),
        *("dimlookupcasnttypecode",),
    ),
    "type_words": (
        *("dimlookupcasnttypeiddesc", "dimlookupcasnttypedesc", "casnttypeiddesc"),
        *("dimlookupcasnttypeiddescription",),
    ),
    "event_dttm": ("eventdate", "eventdttm"),
    "created_dttm": ("createddttm", "createddate", "dttmcreated", "createdat"),
    "seen_flag": (),
    "seen_alone_flag": (),
    "seen_bedroom_flag": (),
    "title": ("casenotetitle", "subject", "casnttitle"),
    "note": ("casenote", "casenotetext", "notes", "notetext", "casntnote", "text", "casenotenote"),
    "worker": ("createdby", "dimworkername", "workername", "createdbyname", "fullworkername"),
    "dim_worker_id": ("workerid", "dimcreatedbyworkerid", "factworkerid"),
    "outcome": ("outcomedesc", "outcomecode"),
    "name": ("fullname", "personname", "childname"),
    "first_name": ("forename", "firstname"),
    "last_name": ("surname", "lastname"),
    "date_of_birth": ("birthdttm", "dob", "dateofbirth"),
    "nhs_number": ("nhsno", "nhsnumber"),
    "upn": (),
    "deleted": ("deletedflag", "isdeleted", "recorddeleted"),
}
_NEEDED = ("fact_casenote_id", "dim_person_id", "event_dttm")
#: Code -> (the fact it is, or ""; event type).
_KINDS: Mapping[str, tuple[str, str]] = {
    "STVC": ("cp-visit", ""), "STVCPCOVID": ("cp-visit", ""),
    "STVL": ("cla-visit", ""), "STVLCOVID": ("cla-visit", ""), "IRO": ("iro-visit", ""),
    "CNSTAT": ("", "CARE.VISIT"), "CNSTATCOVID": ("", "CARE.VISIT"), "STAT": ("", "CARE.VISIT"),
    "HVIS": ("", "CONTACT.VISIT"), "DRCT": ("", "VOICE.DIRECT_WORK"),
    "SUPERCONT": ("", "CARE.FAMILY_TIME"),
}  # fmt: skip
_DELETED = Flag("record-nullified", "The system marked the case note as deleted.")
_SEEN = ("", "_alone", "_bedroom")
_YES = frozenset({"y", "yes", "1", "true"})
_NO = frozenset({"n", "no", "0", "false"})


class Liquidlogic(Format):
    """Any table with the key of a case note, of a person, and the time of the event."""

    name = "liquidlogic"
    title = "Liquidlogic case notes (FACT_CASENOTES)"
    agency = Agency.SOCIAL_CARE
    system = "Liquidlogic"
    reads = (
        ("Case notes", "One event each, at the time of the event (EVENT_DTTM)."),
        ("Type", "In words with its code; visits that other returns tell of are told alike."),
        ("Seen, seen alone, bedroom seen", "Told with the visit."),
        ("The note", "In its own words, without the marks of rich text."),
        ("Notes marked as deleted", "Told as withdrawn."),
        ("Rows without a time of the event", "Left out."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """Whether a table has the columns of FACT_CASENOTES."""
        return any(headed(grid, FIELDS, _NEEDED) for grid in tables(document, (FIELDS, _NEEDED)))

    def read(self, found: Found) -> None:
        """Every row of every such table."""
        for grid in tables(found.document, (FIELDS, _NEEDED)):
            sheet = headed(grid, FIELDS, _NEEDED)
            if sheet is None:
                apart_lines(found, grid, grid.lines)
                continue
            shown = _meanings(sheet) if found.document.data is None else None
            for line in records(found, sheet, shown):
                _note(found, sheet, line)


def _note(found: Found, sheet: Headed, line: Line) -> None:
    is_item = found.document.data is not None
    row, unit = (line.number - 1, "item") if is_item else (line.number, "row")
    source, raw = found.source(sheet.grid.sheet, row, unit=unit), sheet.raw(line)
    when = as_day(sheet.when(line, "event_dttm"))
    if not when.is_known or is_no_real_date(when):
        cells = tuple((heading, text) for heading, text in raw if text)
        found.leave(source, why_no_place(when), cells)
        return
    code, words = sheet.said(line, "type"), sheet.said(line, "type_words")
    code_of, event_type = _KINDS.get(code.upper(), ("", ""))
    shown = told("liquidlogic", "casenote", code) if code else ""
    if words and shown == code:
        shown = f"{words} [{code}]" if code else words
    seen, alone, bedroom = (_said(sheet.said(line, f"seen{n}_flag")) for n in _SEEN)
    text = plain_words(sheet.said(line, "note"))
    details = [("Type of case note", shown), ("Title", sheet.said(line, "title"))]
    details += [
        (label, said.value)
        for label, said in (("Seen", seen), ("Seen alone", alone), ("Bedroom seen", bedroom))
        if said is not Said.NOT_RECORDED
    ]
    title = fact(code_of).title if code_of else (shown.partition(" [")[0] or "Case note")
    title = title[:1].upper() + title[1:]
    worker = sheet.said(line, "dim_worker_id")
    created = as_day(sheet.when(line, "created_dttm"))
    parts = (sheet.said(line, "first_name"), sheet.said(line, "last_name"))
    flags = (*line.flags, *code_doubts("liquidlogic", (("Type", "casenote", code),), when))
    if sheet.said(line, "deleted").casefold() in _YES:
        flags = (*flags, _DELETED)
    telling: Telling = {
        "event_type_written": shown or "Case note",
        "event_type": (fact(code_of).event_type if code_of else event_type)
        or classify(words or code, text, found.agency),
        "facts": (code_of,) if code_of else (),
        "reference": sheet.said(line, "fact_casenote_id"),
        "outcome": sheet.said(line, "outcome"),
        "recorded": created if created.is_known else None,
        "professional": sheet.said(line, "worker") or (f"Worker ID {worker}" if worker else ""),
        "subjects": person(
            sheet.said(line, "dim_person_id"),
            "ID",
            name=sheet.said(line, "name") or " ".join(filter(None, parts)),
            born=sheet.said(line, "date_of_birth"),
            nhs=sheet.said(line, "nhs_number"),
        ),
        "child_seen": Said.YES if seen is Said.NOT_RECORDED and alone is Said.YES else seen,
        "child_alone": alone,
        "other": tuple(more(sheet, line)),
        "raw": raw,
        "flags": flags,
    }
    body = in_lines(title, details)
    found.tell(source, when, f"{body}\n{text}" if text else body, **telling)


def _said(flag: str) -> Said:
    text = flag.casefold()
    return Said.YES if text in _YES else Said.NO if text in _NO else Said.NOT_RECORDED


def _meanings(sheet: Headed) -> Mapping[str, str]:
    meant = {
        "fact_casenote_id": "reference", "dim_person_id": "subject_id", "type": "event_type",
        "event_dttm": "occurred", "created_dttm": "recorded", "seen_flag": "child_seen",
        "seen_alone_flag": "child_alone", "note": "narrative", "worker": "professional",
        "name": "subject", "date_of_birth": "subject_born", "title": "title",
    }  # fmt: skip
    cells, at = sheet.heading.cells, sheet.at
    return {plain(cells[at[plain(k)]]): field for k, field in meant.items() if plain(k) in at}
