"""Small invented timelines as an output gets them, for the tests of what is drawn from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from chronology.render.shown import (
    AccountView,
    ConflictView,
    EntryView,
    LeftOutView,
    LinkView,
    MarkView,
    PersonView,
    QuestionView,
    Shade,
    SourceView,
    TimelineView,
)

LABELS = {
    "health": "Health",
    "social_care": "Social care",
    "police": "Police",
    "education": "Education",
}
SHADES = {
    "health": Shade("#1A746C", "#D9F0ED", "square"),
    "social_care": Shade("#12436D", "#DCE8F2", "circle"),
    "police": Shade("#801650", "#F5DCE8", "diamond"),
    "education": Shade("#B4480C", "#FDE6D8", "triangle"),
}
TYPES = {"home_visit": "Home visit", "incident": "Incident", "phone_call": "Phone call"}
WORDS = (
    "Unannounced visit to the flat. Nobody came to the door, though a radio could be heard.",
    "Neighbour reports shouting at the address. Officers attend, both parties calm on arrival.",
    "Robin tired and hungry at registration. Says there was no tea. Breakfast given.",
    "Rang the duty desk to share concern about missed clinics. Call back promised.",
)

AN_ACCOUNT = AccountView(
    id="0000000000000001",
    agency="police",
    agency_label="Police",
    organisation="Fellshire Police",
    place="police.csv, row 5",
    system="Niche",
    when="Thursday 14 March 2013, 23:30",
    when_written="14/03/13 2330",
    recorded="Friday 15 March 2013",
    known="",
    shared="",
    event_type="Incident",
    event_type_written="Domestic, verbal",
    reference="FS/1/13",
    narrative=WORDS[1],
    outcome="No further action",
    professional="PC Vale",
    location="4 Larch Court",
    subjects=("Robin EXAMPLE (born 02/02/2009)",),
    people=("Kim Example (mother)",),
    child_seen="Not recorded",
    child_voice="",
    analysis="",
    other=(("Beat", "K2"),),
    flags=(),
)

AN_ENTRY = EntryView(
    number=1,
    id="0000000000000001",
    iso_start="2013-03-14",
    iso_end="2013-03-14",
    is_exact=True,
    date_text="14 March 2013",
    weekday="Thu",
    time_text="23:30",
    precision="day and time",
    written="14/03/13 2330",
    month_key="2013-03",
    agencies=("police",),
    agency_labels=("Police",),
    organisations=("Fellshire Police",),
    age="4 years 1 month",
    who=("Robin Example",),
    person_ids=("p1",),
    type="incident",
    type_label="Incident",
    summary=WORDS[1],
    outcome="No further action",
    status="single",
    confidence="Single account",
    reasons=(),
    conflicts=(),
    links=(),
    questions=0,
    accounts=(AN_ACCOUNT,),
    flags=(),
)

ROBIN = PersonView(
    "p1",
    "Robin Example",
    ("R. Example",),
    "2 February 2009",
    ("NHS number ending 017",),
    ("child",),
    ("The same date of birth in 12 records.",),
    1,
)
KIM = PersonView("p2", "Kim Example", (), "", (), ("mother", "MO"), (), 1)

#: One of each thing a reviewer can set beside an entry.
MARKS = tuple(
    MarkView(code, label, text, "A. Worker on 3 May 2024", reason)
    for code, label, text, reason in (
        ("date", "Date set by a reviewer", "5 January 2014", "The visit was the evening before."),
        ("wording", "Wording set by a reviewer", "Seen at the flat by a neighbour.", ""),
        ("significant", "Significant", "", ""),
        ("analysis", "Analysis", "Nobody spoke with Zoë.\n\nA pattern by now.", ""),
        ("third_party", "About a third party", "", "Names the neighbour."),
        ("restricted", "Restricted", "", "Police: not to be shared with the family."),
    )
)

EMPTY = TimelineView(
    title="Multi-agency chronology",
    marking="OFFICIAL-SENSITIVE",
    prepared="3 October 2026",
    version="1.0",
    period="No dates known",
    counts=(("Rows read", "0"), ("Entries", "0")),
    entries=(),
    questions=(),
    left_out=(),
    sources=(),
    people=(),
    shades=SHADES,
    agency_labels=LABELS,
    glossary=(),
    explanations=(("A blank time", "The source gave none."),),
)


def an_entry(
    number: int, day: str = "2013-03-14", agency: str = "police", **more: object
) -> EntryView:
    """A single account on one day."""
    known = date.fromisoformat(day)
    account = replace(
        AN_ACCOUNT,
        id=f"{number:016x}",
        agency=agency,
        agency_label=LABELS[agency],
        place=f"{agency}.csv, row {number}",
    )
    entry = replace(
        AN_ENTRY,
        number=number,
        id=account.id,
        iso_start=day,
        iso_end=day,
        date_text=f"{known.day} {known:%B %Y}",
        weekday=f"{known:%a}",
        month_key=day[:7],
        agencies=(agency,),
        agency_labels=(LABELS[agency],),
        accounts=(account,),
    )
    return replace(entry, **more)  # type: ignore[arg-type]


def a_merged_entry(number: int, day: str = "2013-03-15") -> EntryView:
    """Two agencies tell of one visit and differ on its date."""
    entry = an_entry(number, day, "health")
    theirs = replace(
        AN_ACCOUNT,
        id="00000000000000ff",
        agency="social_care",
        agency_label="Social care",
        place="care.docx, table 1, row 7",
        narrative="Visit with HV. Bruise 2 cm on left arm.",
    )
    ours = replace(entry.accounts[0], narrative="Visit with SW. Bruise 3 cm on left arm.")
    return replace(
        entry,
        type="home_visit",
        type_label="Home visit",
        agencies=("social_care", "health"),
        agency_labels=("Social care", "Health"),
        status="conflicting",
        confidence="Merged: sure",
        reasons=("Both are dated 15 March 2013.", "Both are about Robin Example."),
        conflicts=(
            ConflictView("date", (("Health", "15 March 2013"), ("Social care", "16 March 2013"))),
        ),
        links=(LinkView(1, "0000000000000001", "Notification by Police 1 day before"),),
        person_ids=("p1", "p2"),
        accounts=(ours, theirs),
    )


def an_undated_entry(number: int) -> EntryView:
    """A record whose date cell cannot be read."""
    return an_entry(
        number,
        iso_start="",
        iso_end="",
        is_exact=False,
        month_key="",
        weekday="",
        time_text="",
        date_text="Date not known: 'spring?'",
        precision="not known",
        written="spring?",
        flags=("The words in the date cell are not a date.",),
    )


def a_month_entry(number: int) -> EntryView:
    """A record that knows the month only."""
    return an_entry(
        number,
        "2013-05-01",
        "education",
        iso_end="2013-05-31",
        is_exact=False,
        weekday="",
        date_text="May 2013",
        precision="month only",
        written="May 13",
        time_text="",
    )


def a_small_timeline() -> TimelineView:
    """Every kind of thing a page can hold, once or twice."""
    entries = (
        an_entry(1),
        a_merged_entry(2),
        a_month_entry(3),
        an_entry(
            4, "2013-11-20", "education", questions=1, type="phone_call", type_label="Phone call"
        ),
        an_entry(
            5,
            "2014-01-06",
            summary="Zoë seen at the flat, safe and well.",
            questions=1,
            decided=("Left open whether the same as police.csv, row 4 by A. Worker",),
            marks=MARKS,
        ),
        an_undated_entry(6),
    )
    question = QuestionView(
        1,
        4,
        5,
        entries[3].accounts[0],
        entries[4].accounts[0],
        "May be the same",
        0.6,
        ("Both are about Robin Example.",),
        ("47 days lie between them.",),
    )
    police = SourceView(
        "police.csv",
        "CSV",
        "police",
        "Police",
        "Fellshire Police",
        "ab" * 32,
        4,
        3,
        1,
        ("Dates are day first.",),
        (("", "Date of event", "occurred", "sure"),),
        "",
        (("", 1, "Extract of records"),),
    )
    refused = SourceView(
        "letters.pdf", "", "", "", "", "", 0, 0, 0, (), (), "It is a PDF. Ask for Word."
    )
    return replace(
        EMPTY,
        title="Robin: multi-agency chronology",
        period="14 March 2013 to 6 January 2014",
        counts=(("Rows read", "8"), ("Entries", "6")),
        entries=entries,
        questions=(question,),
        left_out=(
            LeftOutView(
                "police.csv", "", 9, "The row holds no date and no words.", "PNC check | n/a"
            ),
        ),
        sources=(police, refused),
        people=(ROBIN, KIM),
        glossary=(("HV", "Health visitor", "Health"),),
    )


def a_large_timeline(count: int) -> TimelineView:
    """So many entries over ten years, a fifth of them told by two agencies."""
    agencies, types = tuple(LABELS), tuple(TYPES.items())
    first = date(2010, 1, 1)
    entries = []
    for number in range(1, count + 1):
        day = (first + timedelta(days=number * 3650 // count)).isoformat()
        entry = (
            a_merged_entry(number, day)
            if number % 5 == 0
            else an_entry(number, day, agencies[number % 4])
        )
        code, label = types[number % 3]
        words = f"{WORDS[number % 4]} Note {number} of the worker on the day."
        told = tuple(
            replace(account, narrative=f"{words} {WORDS[place]} {WORDS[number % 3]}")
            for place, account in enumerate(entry.accounts)
        )
        entries.append(replace(entry, type=code, type_label=label, summary=words, accounts=told))
    return replace(a_small_timeline(), entries=tuple(entries), questions=())
