"""A safeguarding log on its way to accounts: incidents, and the actions that followed each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chronology.account import Agency, Mention, Source
from chronology.flags import Flag
from chronology.importers.defined.base import (
    UNDER,
    Cells,
    Found,
    Telling,
    child,
)
from chronology.importers.defined.safeguarding_log_columns import ACTION_KINDS, Log
from chronology.importers.defined.safeguarding_log_dates import (
    ONLY_ADDED,
    clocked,
    dates_of,
    no_date,
    when_at,
)
from chronology.importers.defined.sheets import (
    apart_lines,
    cell_text,
    is_no_real_date,
    plain,
    show,
)
from chronology.importers.titles import about
from chronology.names import mentions
from chronology.reading.grid import Line
from chronology.vocabulary import classify
from chronology.when import When

REPEATED = "It repeats incident {} of row {} and tells of no action."
RESTRICTED = Flag(
    "content-withheld", "The school restricted the record: its words are kept, not repeated."
)
LINKED = "linked student"
_WITHDRAWN = frozenset({"deleted", "withdrawn", "voided", "void", "removed", "entered in error"})
_YES = frozenset({"yes", "y", "true", "1", "restricted", "confidential", "sensitive"})
_MEANINGS = {
    **dict.fromkeys(("id", "parent"), "reference"),
    **dict.fromkeys(("name", "forename", "surname"), "subject"),
    **dict.fromkeys(("upn", "number"), "subject_id"),
    "born": "subject_born",
    "occurred": "occurred",
    "recorded": "recorded",
    "author": "professional",
    "categories": "event_type",
    "text": "narrative",
    "linked": "people",
    "outcome": "outcome",
    "location": "location",
}
#: Told among the other facts of a record, under these labels.
_OTHER = (("alerted", "Staff alerted"), ("status", "Status"), ("due", "Due"))


@dataclass(slots=True)
class _Incident:
    """An incident met before: its row, what its cells said, and how many actions it has."""

    row: int
    said: tuple[str, ...]
    label: str
    who: tuple[Mention, ...]
    people: tuple[Mention, ...]
    restricted: bool
    actions: int = 0


#: What makes a row another incident of the same id: its text, its day or its student.
_OWN = ("text", "occurred", "recorded", "name", "forename", "surname", "upn", "number")


class Reading:
    """A log on its way to accounts."""

    def __init__(self, found: Found, log: Log) -> None:
        self.found, self.log, self.sheet = found, log, log.sheet
        number = self.sheet.heading.number
        self.above = [line for line in self.sheet.grid.lines if line.number < number]
        self.titles = about(self.above, self.sheet.grid.above)
        self.incidents: dict[str, list[_Incident]] = {}
        self.last = ""
        self.part = 0

    def read(self) -> None:
        """Every row; titles set apart."""
        grid = self.sheet.grid
        apart_lines(self.found, grid, self.above)
        show(self.found, self.sheet, self._meanings())
        if self.titles.system and not self.found.given.system:
            self.found.system = self.titles.system
        self.found.organisation = self.found.organisation or self.titles.organisation
        for line in self.sheet.rows:
            if line.cells == self.sheet.heading.cells:
                apart_lines(self.found, grid, [line])
                continue
            self.part = 0
            number = self.log.text(line, "parent") or self.log.text(line, "id")
            if self.log.by_kind:
                self._by_kind(line, number)
            else:
                self._row(line, number or self.last)
                self.last = number or self.last

    def _by_kind(self, line: Line, number: str) -> None:
        """A row that says of itself what it is."""
        kind = plain(self.log.text(line, "kind"))
        if not ACTION_KINDS.fullmatch(kind):
            own = self.log.text(line, "id") or number
            self._incident(line, own)
            self.last = own
            return
        number = number or self.last
        fields = {name: columns[0] for name, columns in self.log.at.items()}
        fields["date"] = fields.get("occurred", -1)
        parent = self.log.text(line, "parent")
        fields = {name: column for name, column in fields.items() if column >= 0}
        if not parent:
            fields.pop("id", None)
        self._action(line, number, fields)

    def _row(self, line: Line, number: str) -> None:
        """A row with the columns of an incident, and of actions beside them."""
        told = self._of_incident(line, number)
        if not told:
            self._incident(line, number)
        for fields in self.log.actions:
            if self._has_action(line, fields) and self._is_separate(line, fields, told=told):
                self._action(line, number, fields)
        if not self.part:
            known = self.incidents.get(number, [])
            row = known[-1].row if known else line.number
            reason = REPEATED.format(number or "(no id)", row)
            self.found.leave(self._source(line), reason, self._left(line))

    def _of_incident(self, line: Line, number: str) -> bool:
        """Whether a row belongs to an incident that was told: its cells say nothing else."""
        said = self._said(line)
        for one in self.incidents.get(number, ()):
            if all(not text or text == before for text, before in zip(said, one.said, strict=True)):
                return True
        return False

    def _said(self, line: Line) -> tuple[str, ...]:
        return tuple(self.log.text(line, field) for field in _OWN)

    def _incident(self, line: Line, number: str) -> None:
        log = self.log
        text, categories = log.text(line, "text"), log.text(line, "categories")
        people = tuple(replace(m, role=LINKED) for m in mentions(log.text(line, "linked")))
        label = categories.replace("\n", "; ") or text.split("\n")[0][:60]
        restricted = self._is_restricted(line)
        who = self._who(line)
        known = self.incidents.setdefault(number, [])
        known.append(_Incident(line.number, self._said(line), label, who, people, restricted))
        occurred, recorded, doubts, reason = dates_of(log, line)
        if occurred is None:
            self.found.leave(self._source(line), reason, self._left(line))
            return
        told = self._telling(line, recorded, restricted=restricted)
        written = categories.replace("\n", "; ")
        told["subjects"], told["people"] = who, people
        told["event_type_written"] = written
        told["event_type"] = classify(written, "" if restricted else text, Agency.EDUCATION)
        told["reference"] = number
        told["professional"] = log.text(line, "author").replace("\n", "; ")
        told["location"] = log.text(line, "location").replace("\n", "; ")
        told["child_voice"] = "" if restricted else log.text(line, "voice")
        told["outcome"] = "" if restricted else self._outcome(line)
        told["flags"] = (*told.get("flags", ()), *doubts)
        undated = [one for one in log.actions if not self._has_date(line, one)]
        told["other"] = (
            *self._named_others(line),
            *(
                (log.heading(c).strip(), text)
                for one in undated
                for name, c in one.items()
                if name != "text" and (text := cell_text(line.cells[c]))
            ),
        )
        words = text or written
        narrative = RESTRICTED.text if restricted else words
        self.found.tell(self._source(line), occurred, narrative, **told)

    def _action(self, line: Line, number: str, columns: Mapping[str, int]) -> None:
        cell = {name: cell_text(line.cells[column]) for name, column in columns.items()}
        incident = self._incident_of(line, number)
        nth = 1
        if incident is not None:
            incident.actions += 1
            nth = incident.actions
        written = cell.get("date", "")
        when = when_at(self.log, line, columns["date"]) if "date" in columns else None
        when = clocked(self.log, line, when) if when is not None and self.log.by_kind else when
        recorded = when_at(self.log, line, columns["recorded"]) if cell.get("recorded") else None
        doubts: tuple[Flag, ...] = ()
        if (when is None or not written) and recorded is not None and recorded.is_known:
            when, written, doubts = recorded, cell["recorded"], (ONLY_ADDED,)
        if when is None or not when.is_known or is_no_real_date(when):
            self.found.leave(self._source(line), no_date(written, when), self._left(line))
            return
        restricted = self._is_restricted(line) or bool(incident and incident.restricted)
        told = self._telling(line, recorded, restricted=restricted)
        told["flags"] = (*told.get("flags", ()), *doubts)
        who = self._who(line) if incident is None else incident.who
        told["subjects"], told["people"] = who, incident.people if incident else ()
        kind = self.log.text(line, "kind") if self.log.by_kind else ""
        told["event_type_written"] = kind or "Follow-up action"
        told["reference"] = UNDER.join(filter(None, (number, cell.get("id") or f"action {nth}")))
        told["professional"] = cell.get("author", "")
        about_it = f"incident {number}" if number else "the incident above"
        label = f" ({incident.label})" if incident and incident.label and not restricted else ""
        is_own_row = incident is None or incident.row != line.number
        shared = (("assigned", "Assigned to"), ("status", "Status of the action"), ("due", "Due"))
        told["other"] = (
            ("Follow-up to", about_it + label),
            *((name, cell[key]) for key, name in shared if cell.get(key)),
            *(self._named_others(line) if is_own_row else ()),
        )
        words = cell.get("text", "") or told["event_type_written"]
        self.found.tell(self._source(line), when, RESTRICTED.text if restricted else words, **told)

    def _telling(self, line: Line, recorded: When | None, *, restricted: bool) -> Telling:
        raw = self.sheet.raw(line)
        flags = list(line.flags)
        status = plain(self.log.text(line, "status"))
        if status in _WITHDRAWN:
            flags.append(Flag("record-nullified", f"The school marked the record as {status}."))
        if status == "draft":
            flags.append(Flag("record-draft", "The school had not finished the record."))
        said: Telling = {"raw": raw, "recorded": recorded, "flags": tuple(flags)}
        if restricted:
            said["withheld"] = tuple(n for n, text in raw if text and self._is_words(n))
            said["flags"] = (*flags, RESTRICTED)
        return said

    def _is_words(self, heading: str) -> bool:
        """Whether a column holds what a restricted record says."""
        named = {
            self.log.heading(c).strip()
            for field in ("text", "outcome", "voice", "linked")
            for c in self.log.at.get(field, ())
        }
        named |= {self.log.heading(c).strip() for a in self.log.actions for c in a.values()}
        return heading in named

    def _is_restricted(self, line: Line) -> bool:
        return plain(self.log.text(line, "restricted")) in _YES

    def _who(self, line: Line) -> tuple[Mention, ...]:
        log = self.log
        name = log.text(line, "name").replace("\n", " ")
        parts = (log.text(line, "forename"), log.text(line, "surname"))
        who = child(
            log.text(line, "number"),
            name=name or " ".join(filter(None, parts)),
            born=log.text(line, "born"),
            upn=log.text(line, "upn"),
        )
        stated = self.found.given
        titled = child(self.titles.number, name=self.titles.subject, born=self.titles.born)
        known = titled if self.titles.subject else ()
        return who or known or child(name=stated.subject, born=stated.subject_born)

    def _outcome(self, line: Line) -> str:
        """What was done, where the log gives it no day of its own."""
        undated = (one for one in self.log.actions if not self._has_date(line, one))
        said = (cell_text(line.cells[one["text"]]) for one in undated)
        return "\n".join(filter(None, (self.log.text(line, "outcome"), *said)))

    def _named_others(self, line: Line) -> Cells:
        kept = [(label, self.log.text(line, field)) for field, label in _OTHER]
        known = {c for columns in self.log.at.values() for c in columns}
        known |= {c for fields in self.log.actions for c in fields.values()}
        more = [
            (heading.strip(), text.strip())
            for c, (heading, text) in enumerate(
                zip(self.sheet.heading.cells, line.cells, strict=True)
            )
            if c not in known and text.strip()
        ]
        return tuple(one for one in (*kept, *more) if one[1])

    def _has_action(self, line: Line, columns: Mapping[str, int]) -> bool:
        return any(cell_text(line.cells[c]) for n, c in columns.items() if n in ("text", "date"))

    def _has_date(self, line: Line, columns: Mapping[str, int]) -> bool:
        return any(cell_text(line.cells[columns[n]]) for n in ("date", "recorded") if n in columns)

    def _is_separate(self, line: Line, columns: Mapping[str, int], *, told: bool) -> bool:
        """Whether an action is told apart: without a date beside its incident it is not."""
        return told or self._has_date(line, columns)

    def _incident_of(self, line: Line, number: str) -> _Incident | None:
        """The incident an action belongs to: of its id, and of its student where it names one."""
        known = self.incidents.get(number, [])
        said = self._said(line)
        for one in known:
            if all(
                not text or text == before
                for text, before in zip(said[3:], one.said[3:], strict=True)
            ):
                return one
        return known[0] if known and not any(said[3:]) else None

    def _source(self, line: Line) -> Source:
        part = self.part
        self.part += 1
        return self.found.source(self.sheet.grid.sheet, line.number, part)

    def _left(self, line: Line) -> Cells:
        """The cells of a row that is left out; what a school restricted is not repeated."""
        raw = self.sheet.raw(line)
        if not self._is_restricted(line):
            return tuple(cell for cell in raw if cell[1])
        return tuple((n, "(withheld)" if self._is_words(n) else text) for n, text in raw if text)

    def _meanings(self) -> dict[str, str]:
        meant = {
            plain(self.log.heading(c)): _MEANINGS[field]
            for field, columns in self.log.at.items()
            if field in _MEANINGS
            for c in columns
        }
        for fields in self.log.actions:
            meant[plain(self.log.heading(fields["date"]))] = "occurred"
            meant[plain(self.log.heading(fields["text"]))] = "narrative"
        return meant
