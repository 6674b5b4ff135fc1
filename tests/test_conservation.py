"""Nothing is lost: a word planted in every cell of a messy file is found again in the output."""

import csv
import io
import itertools
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from chronology import case
from chronology.render.contract import document

#: Headings as agencies write them, some that mean nothing, one that is blank.
DATED = ("Date", "Date of event", "Date/time", "Incident date", "Contact Date", "When")
WORDED = ("Description", "Details", "Event", "What happened", "Case note", "Narrative")
OTHERS = (
    *(
        "Child",
        "Name",
        "Time",
        "Type",
        "Outcome",
        "Action taken",
        "Recorded by",
        "Agency",
        "School",
    ),
    *("Location", "DOB", "NHS No", "Seen alone?", "Reference", "No.", "Source", "Date recorded"),
    *("Analysis", "Family members present", "Zzq", "Col 7", "", "Date", "Details"),
)
DATES = (
    *("14/03/2013", "3/4/13", "2013-03-14", "14.03.13 10:15", "March 2013", "w/c 11/03/2013"),
    *(
        "14-16/03/2013",
        "c. 2013",
        "31/02/2013",
        "as above",
        "ditto",
        "?",
        "tbc",
        "Fri 13th",
        "2013",
    ),
    *("see letter", "20133", "41347", "14/03/2013 and 16/03/2013", "", "   "),
)
WORDS = (
    *("Seen at home, all well.", "Y", "No", "Jo EXAMPLE", "EXAMPLE, Jo", "=1+1", "<b>x</b>"),
    *('He said "stop" and left', "two\nlines", "a;b|c\td", "End of report", "Page 1 of 3", "Total"),
    *(
        "Outcome: advice",
        "Seen. Outcome: advice given.",
        "Details",
        "10:30",
        "",
        "",
        "n/a",
        "\u202e",
    ),
    *("Mother (25), father and Gran", "Worker, Team", "999 000 1234", "École", "x" * 50, "-"),
)
#: Rows that are something else than a record.
ODD_ROWS = ("title", "section", "year", "footer", "repeat", "blank", "long words", "date alone")
CODECS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")

Rows = list[list[Any]]


class Plant:
    """Gives every cell that holds anything a word that stands nowhere else."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._days = (date(2012, 1, 1) + timedelta(days=11 * n) for n in itertools.count())
        self.planted: list[str] = []

    def __call__(self, text: str, *, behind: bool = True) -> str:
        if not text.strip():
            return text
        token = f"zq{next(self._numbers):04d}x"
        self.planted.append(token)
        return f"{text} {token}" if behind else f"{token} {text}"

    def day(self) -> date:
        """A day that no other row gives."""
        return next(self._days)


@st.composite
def a_table(draw: st.DrawFn, plant: Plant) -> Rows:
    """Headings and rows, most of them records, in no good order."""
    headings = [draw(st.sampled_from(DATED)), draw(st.sampled_from(WORDED))]
    headings += draw(st.lists(st.sampled_from(OTHERS), max_size=5))
    headings = draw(st.permutations(headings))
    rows: Rows = [headings]
    for _ in range(draw(st.integers(1, 7))):
        odd = draw(st.sampled_from((*[""] * 12, *ODD_ROWS)))
        rows.append(_odd(odd, headings, plant) if odd else _record(draw, headings, plant))
    return rows


def _record(draw: st.DrawFn, headings: list[str], plant: Plant) -> list[Any]:
    row = []
    for heading in headings:
        if heading in DATED or "Date" in heading:
            text = draw(st.sampled_from(DATES))
            row.append(text if draw(st.booleans()) else plant(text, behind=draw(st.booleans())))
        else:
            row.append(plant(draw(st.sampled_from(WORDS)), behind=draw(st.booleans())))
    if draw(st.integers(0, 9)) == 0:
        row.append(plant("beyond the headings"))
    return row


def _odd(kind: str, headings: list[str], plant: Plant) -> list[Any]:
    match kind:
        case "repeat":
            return list(headings)
        case "blank":
            return [" "] * len(headings)
        case "date alone":
            return ["14/03/2013", *[""] * (len(headings) - 1)]
    text = {
        "title": "Child: Jo EXAMPLE",
        "section": "Jamie",
        "year": "2014",
        "footer": "End of report",
        "long words": "Police were called to the address that night and spoke to both parents",
    }[kind]
    return [plant(text), *[""] * (len(headings) - 1)]


@st.composite
def a_sheet(draw: st.DrawFn, plant: Plant) -> Rows:
    """A table below titles, with another below it or beside it now and then."""
    rows: Rows = [
        [plant(title)]
        for title in draw(
            st.lists(
                st.sampled_from(
                    ("Chronology of Jo EXAMPLE", "DOB: 01/02/2010", "14/03/2013 a call came in")
                ),
                max_size=3,
            )
        )
    ]
    table = draw(a_table(plant))
    match draw(st.sampled_from(("", "", "below", "beside", "undated"))):
        case "below":
            table = [*table, [], *draw(a_table(plant))]
        case "beside":
            table = _beside(table, draw(a_table(plant)))
        case "undated":
            table += [[], ["Name", "Concern", "Action"], [plant("Jo"), plant("bruise"), plant("?")]]
    return [*rows, *table]


def _beside(left: Rows, right: Rows) -> Rows:
    width = max(map(len, left)) + 1
    return [
        [*(a or []), *[""] * (width - len(a or [])), *(b or [])]
        for a, b in itertools.zip_longest(left, right)
    ]


@st.composite
def a_csv(draw: st.DrawFn, plant: Plant) -> bytes:
    """Rows as text in one of the delimiters, line ends and encodings in use."""
    stream = io.StringIO()
    writer = csv.writer(
        stream,
        delimiter=draw(st.sampled_from(",;\t|")),
        quoting=draw(st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))),
        lineterminator=draw(st.sampled_from(("\n", "\r\n", "\r"))),
    )
    writer.writerows(draw(a_sheet(plant)))
    return stream.getvalue().encode(draw(st.sampled_from(CODECS)), "replace")


@st.composite
def an_xlsx(draw: st.DrawFn, plant: Plant) -> bytes:
    """One or two sheets with real dates, hidden rows and cells merged downwards."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(draw(st.integers(1, 2))):
        sheet = book.create_sheet(f"S{number}")
        for row in draw(a_sheet(plant)):
            sheet.append([_typed(cell, draw) for cell in row])
        for number in draw(st.lists(st.integers(1, sheet.max_row), max_size=2)):
            sheet.row_dimensions[number].hidden = True
        if draw(st.booleans()):
            book.worksheets[-1].insert_cols(1)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _typed(cell: Any, draw: st.DrawFn) -> Any:
    if cell == "14/03/2013" and draw(st.booleans()):
        return datetime(2013, 3, 14, 10, 15)
    return "'" + cell if isinstance(cell, str) and cell.startswith("=") else cell


def _kept(data: dict[str, Any]) -> str:
    """Every word that the output says was in the files."""
    accounts = [account for entry in data["entries"] for account in entry["accounts"]]
    cells = [text for account in accounts for _, text in account["raw"]]
    cells += [text for row in data["left_out"] for text in row["cells"]]
    titles = [title["text"] for s in data["sources"] for title in s["headings_and_titles"]]
    return "\n".join((*cells, *titles))


def _assert_conserved(path: Path, plant: Plant) -> None:
    chronology = case.build([path])
    data = document(chronology)
    if chronology.refused:
        event("refused")
        assume(False)
    kept = _kept(data)
    assert [token for token in plant.planted if token not in kept] == []
    counts = data["counts"]
    assert counts["rows_read"] == counts["rows_in_entries"] + counts["rows_left_out"]
    assert counts["rows_in_entries"] == sum(len(e["accounts"]) for e in data["entries"])
    assert counts["rows_left_out"] == len(data["left_out"])
    assert all(row["reason"] for row in data["left_out"])
    ids = [a["id"] for e in data["entries"] for a in e["accounts"]]
    assert len(ids) == len(set(ids))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_every_word_of_a_messy_csv_file_is_in_the_output(data, tmp_path_factory):
    plant = Plant()
    path = tmp_path_factory.mktemp("csv") / "export.csv"
    path.write_bytes(data.draw(a_csv(plant)))
    _assert_conserved(path, plant)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_every_word_of_a_messy_workbook_is_in_the_output(data, tmp_path_factory):
    plant = Plant()
    path = tmp_path_factory.mktemp("xlsx") / "export.xlsx"
    path.write_bytes(data.draw(an_xlsx(plant)))
    _assert_conserved(path, plant)


STYLES = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d.%m.%y", "%a %d %b %Y", "%d/%m/%Y %H:%M")


@st.composite
def a_dated_table(draw: st.DrawFn, plant: Plant, days: dict[str, set[date]]) -> Rows:
    """A table each of whose rows gives days of its own, or none: ``days`` has them by word."""
    headings = [draw(st.sampled_from(DATED)), draw(st.sampled_from(WORDED))]
    others = [heading for heading in OTHERS if heading != "DOB"]
    headings += draw(st.lists(st.sampled_from(others), max_size=5, unique=True))
    headings = draw(st.permutations(headings))
    kinds = (*["dated"] * 9, "undated", "section", "footer", "blank", "long words", "title")
    rows: Rows = [headings]
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=7)):
        if kind in ("dated", "undated"):
            rows.append(_dated_record(draw, headings, plant, days, dated=kind == "dated"))
        else:
            rows.append(_odd(kind, headings, plant))
    return rows


def _dated_record(
    draw: st.DrawFn,
    headings: list[str],
    plant: Plant,
    days: dict[str, set[date]],
    *,
    dated: bool,
) -> list[Any]:
    row: list[Any] = []
    own: set[date] = set()
    before = len(plant.planted)
    for heading in headings:
        if heading not in DATED and "Date" not in heading:
            row.append(plant(draw(st.sampled_from(WORDS)), behind=draw(st.booleans())))
        elif dated:
            own.add(day := plant.day())
            row.append(day.strftime(draw(st.sampled_from(STYLES))))
        else:
            row.append(draw(st.sampled_from(("", "see letter", "tbc", "?"))))
    days.update(dict.fromkeys(plant.planted[before:], own))
    return row


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data(), place=st.sampled_from(("alone", "below", "beside")))
def test_no_words_are_given_the_date_of_another_row(data, place, tmp_path_factory):
    plant, days = Plant(), dict[str, set[date]]()
    rows = data.draw(a_dated_table(plant, days))
    if place != "alone":
        more = data.draw(a_dated_table(plant, days))
        rows = [*rows, [], *more] if place == "below" else _beside(rows, more)
    path = tmp_path_factory.mktemp("dated") / "export.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    chronology = case.build([path])
    assume(not chronology.refused)
    for account in chronology.accounts:
        said = f"{account.narrative} {account.outcome}"
        told = [days[word] for word in days if word in said]
        assert account.occurred.start is None or all(account.occurred.start in d for d in told)
