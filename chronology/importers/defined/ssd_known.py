"""What the tables of one file say of each other: whose a row is, who a worker is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chronology.account import Identifier, Mention
from chronology.importers.defined.base import child
from chronology.importers.defined.sheets import plain
from chronology.importers.defined.ssd_plan import Plan, Row, said_in
from chronology.importers.defined.ssd_tables import TABLES, Table

PERSONS = next(table for table in TABLES if table.prefix == "pers")
#: What a kind of linked identifier says -> the kind of number it is here.
_KINDS = {"nhs": "nhs", "upn": "upn", "unique pupil": "upn"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables of one file say of each other: whose a record is, who a worker is."""

    whose: Mapping[tuple[str, str], str]
    workers: Mapping[str, str]
    teams: Mapping[str, str]
    factors: Mapping[str, str]
    pointing: tuple[tuple[str, str, str], ...]

    @staticmethod
    def of(plans: Sequence[Plan], pointing: tuple[tuple[str, str, str], ...]) -> Known:
        """What the sheets of a file hold together."""
        whose: dict[tuple[str, str], str] = {}
        for _, key, person in dict.fromkeys(pointing):
            for pair in _pairs(plans, key, person):
                whose.setdefault((key, pair[0]), pair[1])
        return Known(
            whose,
            dict(_pairs(plans, "prof_professional_id", "prof_professional_name")),
            dict(_pairs(plans, "dept_team_id", "dept_team_name")),
            dict(_pairs(plans, "cinf_assessment_id", "cinf_assessment_factors_json")),
            pointing,
        )

    def person(self, table: Table, row: Row) -> str:
        """The number of the person whose row it is; "" where no table of the file says it."""
        own = row.get(table.person)
        if own:
            return own
        for column, beside in row.items():
            if column.endswith("_person_id"):
                return beside
        for pointer, key, person in self.pointing:
            number = row.get(pointer)
            if number and (found := self._led(key, number, person)):
                return found
        return ""

    def _led(self, key: str, number: str, column: str) -> str:
        """Follows a number from table to table until it is a person's."""
        value = self.whose.get((key, number), "")
        if not value or column.endswith("_person_id"):
            return value
        for pointer, further, person in self.pointing:
            if pointer == column:
                return self._led(further, value, person)
        return ""

    def worker(self, written: str) -> str:
        """A worker by name where the file lists the number, else as the record names them."""
        if not written:
            return ""
        name = self.workers.get(written)
        if name:
            return f"{name} [{written}]"
        return f"Worker ID {written}" if any(ch.isdigit() for ch in written) else written


def about_whom(row: Row, number: str) -> tuple[Mention, ...]:
    """Whose row it is; by name where the columns of persons stand beside the others."""
    named = person_of(PERSONS, {**row, PERSONS.person: number}) if number else None
    return (named,) if named is not None else child(number)


def mother_and_child(row: Row) -> tuple[Mention, ...]:
    number, born = row.get("moth_childs_person_id", ""), row.get("moth_childs_dob", "")
    return (
        *child(number, born=born, role="child"),
        *child(row.get("moth_person_id", ""), role="mother"),
    )


def person_of(table: Table, row: Row) -> Mention | None:
    """Whom a row of persons or of identifiers names by a number."""
    number = row.get(table.person)
    mention: tuple[Mention, ...] = ()
    if table.prefix == "pers" and number:
        name = f"{row.get('pers_forename', '')} {row.get('pers_surname', '')}".strip()
        born = row.get("pers_dob", "")
        upn, nhs = row.get("pers_upn", ""), _nhs(row.get("pers_single_unique_id", ""))
        if name or born or upn or nhs:
            mention = child(number, name=name, born=born, upn=upn, nhs=nhs)
    if table.prefix == "send" and number and (upn := row.get("send_upn", "")):
        mention = child(number, upn=upn)
    if table.prefix == "link" and number and (value := row.get("link_identifier_value")):
        said = plain(row.get("link_identifier_type", ""))
        kind = next((kind for word, kind in _KINDS.items() if word in said), "")
        mention = child(number, others=(Identifier(kind, value),)) if kind else ()
    return mention[0] if mention else None


def _nhs(written: str) -> str:
    """The common number of a child where it is an NHS number; "" where it is another."""
    digits = sum(char.isdigit() for char in written)
    return written if digits == 10 and not any(char.isalpha() for char in written) else ""


def _pairs(plans: Sequence[Plan], key: str, value: str) -> Iterable[tuple[str, str]]:
    for plan in plans:
        if key in plan.sheet.at and value in plan.sheet.at:
            places = plan.sheet.at[key], plan.sheet.at[value]
            for line in plan.sheet.rows:
                pair = said_in(line.cells[places[0]]), said_in(line.cells[places[1]])
                if all(pair):
                    yield pair
