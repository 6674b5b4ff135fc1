"""Vaccination files: national batches, Mavis templates, SystmOne and CarePlus exports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from chronology.account import Agency, Mention, Source
from chronology.dates.standard import read_standard
from chronology.flags import Flag
from chronology.importers.defined.base import (
    Cells,
    Format,
    Found,
    Telling,
    child,
    in_lines,
    why_no_place,
)
from chronology.importers.defined.headed import Headed, headed, hidden, more, without
from chronology.importers.defined.objects import as_day
from chronology.importers.defined.sheets import apart_lines, is_no_real_date, plain, records
from chronology.importers.defined.vaccination_layouts import (
    CAREPLUS,
    COHORT,
    EACH_VACCINE,
    LAYOUTS,
    MAVIS,
    MOVES,
    NATIONAL,
    VACCINES,
    WHO,
    Further,
    Layout,
)
from chronology.reading.grid import Document, Grid, Line
from chronology.vocabulary.codes import told
from chronology.when import When

CODES = "vaccinations"
DELETED = "The sender deletes this vaccination: an earlier record of the same number is void."
PERSON = (
    "It names a child for a vaccination session and tells of no event; the name is used wherever"
    " a file gives the NHS number alone."
)
_NULLIFIED = Flag("record-nullified", "The sender marked the vaccination as deleted.")
_UNKNOWN_ANSWER = "{} '{}' is not one of the answers that the format has."
_UNKNOWN_ACTION = "Action '{}' is not one that the format has (new, update, delete)."
_WITHHELD = Flag("content-withheld", "The row holds an address or another person's details.")
_INSTRUCTION = re.compile(r"(?:required|optional|mandatory|must be|leave blank)\b", re.IGNORECASE)
_PRIVATE = re.compile(r"PARENT|ADDRESS|POSTCODE|EMAIL|PHONE|TOWN|CONTACT", re.IGNORECASE)
#: Backslashes before quotation marks, as some systems write them.
_ESCAPED = re.compile(r"\\(['\"])")
#: Reasons that say the child was not there.
_ABSENT = frozenset(
    {"did not attend", "absent from school", "absent from session", "dna", "absent"}
)
_YES = frozenset({"y", "yes", "true", "1", "attended"})
_NO = frozenset({"n", "no", "false", "0", "not attended", "did not attend"})
#: Layout -> the field that says whether it was given or who came, and what it is called.
_ANSWERS = {
    MAVIS.name: ("VACCINATED", "Vaccinated"),
    CAREPLUS.name: ("Attended", "Attended"),
}


class Vaccinations(Format):
    """Any table with the columns of one of the layouts."""

    name = "vaccinations"
    title = "Vaccination files (national batch, Mavis, SystmOne, CarePlus)"
    agency = Agency.HEALTH
    system = "Vaccination file"
    reads = (
        ("Vaccinations given", "One event each, with vaccine, dose, batch and site."),
        ("Vaccinations not given", "Told as not given, with the reason."),
        ("A child who was not there", "Told as not brought."),
        ("Whether it was given, in words that the format does not have",
         "Told as written and flagged; neither as given nor as not given."),
        ("Action 'delete' of a national batch",
         "Told as withdrawn, and the earlier record of that number is marked so."),
        ("Action 'update'", "Said beside the record."),
        ("Triage, assessment of Gillick competence, death", "Told on their own days."),
        ("Moves to another school (Mavis)", "Told as joining the school."),
        ("Recorded date", "Told as when it was recorded."),
        ("Expiry of a batch", "Told with the vaccination; it is no event."),
        ("Row of instructions under the headings", "Set apart."),
        ("Lists of children for a session", "Name the child wherever the NHS number stands alone."),
        ("Postcode, address, parents, who consented", "Withheld."),
    )  # fmt: skip

    def recognises(self, document: Document) -> bool:
        """Whether a table has the columns of one of the layouts."""
        return any(_layout(grid) for grid in document.grids)

    def read(self, found: Found) -> None:
        """Every row of every table."""
        for grid in found.document.grids:
            known = _layout(grid)
            if known is None:
                apart_lines(found, grid, grid.lines)
                continue
            layout, sheet = known
            meanings = _meanings(layout, sheet)
            for line in records(found, sheet, meanings, _is_instruction):
                if layout is COHORT:
                    _child(found, sheet, line)
                else:
                    _row(found, layout, sheet, line)


def _layout(grid: Grid) -> tuple[Layout, Headed] | None:
    for layout in LAYOUTS:
        sheet = headed(grid, layout.fields, layout.needed)
        if sheet is not None and (
            not layout.one_of or any(plain(name) in sheet.at for name in layout.one_of)
        ):
            return layout, sheet
    return None


def _is_instruction(line: Line) -> bool:
    cells = [cell.strip() for cell in line.cells if cell.strip()]
    return len(cells) > 1 and all(_INSTRUCTION.match(cell) for cell in cells)


def _row(found: Found, layout: Layout, sheet: Headed, line: Line) -> None:
    source, raw = found.source(sheet.grid.sheet, line.number), sheet.raw(line)
    withheld = _withheld(layout, sheet, line)
    action = sheet.said(line, "ACTION_FLAG").casefold() if layout is NATIONAL else ""
    number = sheet.said(line, layout.reference) if layout.reference else ""
    when = as_day(sheet.when(line, layout.date, clock=layout.clock))
    for part, one in enumerate(layout.further, 2):
        there = found.source(sheet.grid.sheet, line.number, part)
        _tell_further(found, layout, sheet, line, there, one)
    if when.is_known and not is_no_real_date(when):
        _tell(found, layout, sheet, line, source, when)
        if action == "delete":
            again = found.source(sheet.grid.sheet, line.number, 1)
            found.leave(again, DELETED, without(raw, withheld), withdraws=number)
        return
    reason = DELETED if action == "delete" else why_no_place(when)
    withdraws = number if action == "delete" else ""
    found.leave(source, reason, without(raw, withheld), withdraws=withdraws)


def _tell(
    found: Found, layout: Layout, sheet: Headed, line: Line, source: Source, when: When
) -> None:
    title, event_type, outcome = _given(layout, sheet, line)
    action = sheet.said(line, "ACTION_FLAG") if layout is NATIONAL else ""
    withheld = _withheld(layout, sheet, line)
    recorded = as_day(sheet.when(line, layout.recorded)) if layout.recorded else None
    flags = (*line.flags, _WITHHELD) if withheld else line.flags
    if action.casefold() == "delete":
        flags = (*flags, _NULLIFIED)
    elif action.casefold() not in ("", "new", "update"):
        flags = (*flags, Flag("code-unknown", _UNKNOWN_ACTION.format(action)))
    unclear = _unclear(layout, sheet, line)
    if unclear:
        flags = (*flags, Flag("code-unknown", _UNKNOWN_ANSWER.format(*unclear)))
    by = " ".join(filter(None, (_said(sheet, line, name) for name in layout.by)))
    other = [("Action", action)] if action and action.casefold() != "new" else []
    telling: Telling = {
        "event_type_written": title,
        "event_type": event_type,
        "reference": sheet.said(line, layout.reference) if layout.reference else "",
        "outcome": outcome,
        "professional": by,
        "location": _said(sheet, line, layout.location) if layout.location else "",
        "recorded": recorded if recorded and recorded.is_known else None,
        "subjects": _about(sheet, line),
        "other": (*other, *_more(sheet, line)),
        "raw": sheet.raw(line),
        "withheld": withheld,
        "flags": flags,
        "facts": ("school-start",) if layout is MOVES else (),
    }
    details = [*([unclear] if unclear else []), *_details(layout, sheet, line)]
    details += _vaccines(layout, sheet, line)
    found.tell(source, when, in_lines(title, details), **telling)


def _tell_further(
    found: Found, layout: Layout, sheet: Headed, line: Line, source: Source, one: Further
) -> None:
    """What a row gives of another day than that of the vaccination."""
    when = as_day(sheet.when(line, one.date))
    if not when.written:
        return
    withheld = _withheld(layout, sheet, line)
    if not when.is_known or is_no_real_date(when):
        reason = f"{one.date}: {why_no_place(when)}"
        found.leave(source, reason, without(sheet.raw(line), withheld))
        return
    telling: Telling = {
        "event_type_written": one.title,
        "event_type": one.event_type,
        "professional": _said(sheet, line, one.by) if one.by else "",
        "subjects": _about(sheet, line),
        "raw": sheet.raw(line),
        "withheld": withheld,
        "flags": (*line.flags, _WITHHELD) if withheld else line.flags,
    }
    if one.fact:
        telling["facts"] = (one.fact,)
    details = [(label, _said(sheet, line, name)) for label, name, _ in one.details]
    found.tell(source, when, in_lines(one.title, details), **telling)


def _unclear(layout: Layout, sheet: Headed, line: Line) -> tuple[str, str] | None:
    """The answer that is neither yes nor no, under what it is called; None where there is none."""
    name, label = _ANSWERS.get(layout.name, ("", ""))
    answer = _said(sheet, line, name) if name else ""
    known = not answer or answer.casefold() in _YES | _NO
    return None if known else (label, answer)


def _given(layout: Layout, sheet: Headed, line: Line) -> tuple[str, str, str]:
    """What happened: its title, event type and outcome."""
    if layout is MOVES:
        return "Joined a school", "EDU.MOVE", ""
    if layout is CAREPLUS:
        reason = sheet.said(line, "Reason Not Attended")
        attended = sheet.said(line, "Attended").casefold()
        if attended in _NO or (not attended and reason):
            return "Not attended for vaccination", "HEALTH.WNB", reason or "Not attended"
        if attended not in _YES and (attended or not any(_vaccines(layout, sheet, line))):
            return "Vaccination: whether the child came is not clear", "HEALTH.IMMUNISATION", reason
        return "Attended for vaccination", "HEALTH.IMMUNISATION", ""
    if layout is MAVIS:
        reason = sheet.said(line, "REASON_NOT_VACCINATED")
        vaccinated = sheet.said(line, "VACCINATED").casefold()
        if vaccinated in _NO or (not vaccinated and reason):
            absent = reason.casefold() in _ABSENT
            event_type = "HEALTH.WNB" if absent else "HEALTH.IMMUNISATION"
            return "Vaccination not given", event_type, reason or "Not vaccinated"
        if vaccinated and vaccinated not in _YES:
            return "Vaccination: whether it was given is not clear", "HEALTH.IMMUNISATION", reason
        if not vaccinated and not _has_any(sheet, line, "VACCINE_GIVEN", "BATCH_NUMBER"):
            return "Vaccination: whether it was given is not said", "HEALTH.IMMUNISATION", ""
    return "Vaccination given", "HEALTH.IMMUNISATION", ""


def _has_any(sheet: Headed, line: Line, *names: str) -> bool:
    return any(sheet.said(line, name) for name in names)


def _details(layout: Layout, sheet: Headed, line: Line) -> Iterator[tuple[str, str]]:
    for label, name, code in layout.details:
        text = _said(sheet, line, name)
        if code.startswith("#"):
            yield label, told(CODES, code[1:], text) if text else ""
        else:
            number = sheet.said(line, code) if code else ""
            alone = told(CODES, "school", number) if code == "SCHOOL_URN" and number else number
            yield label, f"{text} [{number}]" if text and number else text or alone


def _vaccines(layout: Layout, sheet: Headed, line: Line) -> Iterator[tuple[str, str]]:
    """The vaccines of a CarePlus row, each with its dose, site and batch."""
    if layout is not CAREPLUS:
        return
    for number in range(1, VACCINES + 1):
        vaccine = sheet.said(line, f"Vaccine {number}", f"Vaccine Code {number}")
        parts = [vaccine]
        for heading, label, codes in EACH_VACCINE:
            text = sheet.said(line, f"{heading} {number}")
            if text:
                parts.append(f"{label} {told(CODES, codes[1:], text) if codes else text}")
        if any(parts):
            yield f"Vaccine {number}", "; ".join(filter(None, parts))


def _child(found: Found, sheet: Headed, line: Line) -> None:
    """A child in a list for a session: no event, but a name for a number."""
    about = _about(sheet, line)
    keep = about[0] if about and about[0].identifiers else None
    private = tuple(h for h, text in sheet.raw(line) if text and _PRIVATE.search(h))
    source = found.source(sheet.grid.sheet, line.number)
    found.leave(source, PERSON, without(sheet.raw(line), private), person=keep)


def _about(sheet: Headed, line: Line) -> tuple[Mention, ...]:
    number, forename, surname, born = (_said(sheet, line, *names) for names in WHO)
    name = " ".join(filter(None, (forename, surname)))
    local = sheet.said(line, "LOCAL_PATIENT_ID")
    return child(local, name=name, born=born_of(born), nhs=number)


@lru_cache(maxsize=16_384)
def born_of(text: str) -> str:
    """A date of birth as a person reads it; as written where it is no whole date."""
    when = read_standard(text) if text[:8].isdigit() else None
    return str(when.start) if when and when.is_exact else text


def _said(sheet: Headed, line: Line, *names: str) -> str:
    """A cell without the backslashes some systems put before quotation marks."""
    text = sheet.said(line, *names)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _withheld(layout: Layout, sheet: Headed, line: Line) -> tuple[str, ...]:
    extra = (h for h, _ in more(sheet, line) if _PRIVATE.search(h))
    return tuple(dict.fromkeys((*hidden(sheet, line, layout.withheld), *extra)))


def _more(sheet: Headed, line: Line) -> Cells:
    return tuple(cell for cell in more(sheet, line) if not _PRIVATE.search(cell[0]))


def _meanings(layout: Layout, sheet: Headed) -> Mapping[str, str]:
    meant = {plain(layout.date): "occurred"} if layout.date else {}
    fields = ("subject_id", "subject", "subject", "subject_born")
    for names, field in zip(WHO, fields, strict=True):
        meant |= {plain(name): field for name in names}
    for name, field in ((layout.reference, "reference"), (layout.recorded, "recorded")):
        if name:
            meant[plain(name)] = field
    return {plain(sheet.heading.cells[sheet.at[k]]): f for k, f in meant.items() if k in sheet.at}
