"""The columns of each sheet of the workbook, and what in them needs explaining."""

from chronology.render.sheet import Column

#: Headings that are looked for again when a workbook comes back from review.
SIGNIFICANCE, ANALYSIS, RECORD_IDS = "Significance", "Analysis", "Record ids"
RECORD_A, RECORD_B = "Record A", "Record B"
RECORD_A_ID, RECORD_B_ID = "Record A id", "Record B id"
PAIR, DECISION, INITIALS, DECIDED_ON, NOTE = (
    *("Pair", "Decision", "Your initials", "Date decided", "Note"),
)

#: What happened stands on the left page of paper, where it comes from on the right.
TIMELINE_COLUMNS = (
    Column("Order", 7, is_repeated=True),
    Column("Date", 16, is_repeated=True),
    Column("Time", 7, is_repeated=True),
    Column("Precision", 11, is_repeated=True),
    Column("Agencies", 12, is_repeated=True),
    Column("Child's age", 13, is_repeated=True),
    Column("Who", 17, is_repeated=True),
    Column("Event", 37, is_repeated=True),
    Column("Accounts", 61),
    Column("Outcome", 18),
    Column("Accounts differ", 21, is_notice=True),
    Column("Linked entries", 18),
    Column("Confidence", 12),
    Column("Why merged", 35),
    Column("Also recorded", 50),
    Column("Authors' analysis", 15),
    Column("Doubts", 24),
    Column(SIGNIFICANCE, 40, is_to_fill_in=True),
    Column(ANALYSIS, 40, is_to_fill_in=True),
    Column(RECORD_IDS, 19, is_repeated=True),
)
#: Stands in a timeline where somebody set or decided something: after Precision.
SET_COLUMN = Column("Set by reviewers", 18, is_repeated=True, is_notice=True)
#: How wide the column Confidence is where it tells who ruled what.
RULED_WIDTH = 35

#: The columns that begin a further page of paper; the last is not printed while nobody wrote in it.
PAGES = ("Accounts differ", SIGNIFICANCE)
PAGES_WHERE_MARKED = ("Outcome", "Doubts")

#: As wide together as a page of paper, so that a pair can be read and decided on it.
REVIEW_COLUMNS = (
    Column(PAIR, 5, is_repeated=True),
    Column("How likely", 9, is_repeated=True),
    Column("Entry A", 6, is_repeated=True),
    Column(RECORD_A, 42),
    Column("Entry B", 6, is_repeated=True),
    Column(RECORD_B, 42),
    Column("Reasons for", 26),
    Column("Reasons against", 22),
    Column(
        DECISION,
        10,
        is_to_fill_in=True,
        choices=("same", "different", "not sure"),
    ),
    Column(INITIALS, 8, is_to_fill_in=True),
    Column(DECIDED_ON, 9, is_to_fill_in=True),
    Column(NOTE, 14, is_to_fill_in=True),
    Column(RECORD_A_ID, 19, is_repeated=True, is_hidden=True),
    Column(RECORD_B_ID, 19, is_repeated=True, is_hidden=True),
)

LEFT_OUT_COLUMNS = (
    Column("File", 30, is_repeated=True),
    Column("Sheet", 18, is_repeated=True),
    Column("Row", 8, is_repeated=True),
    Column("Why it was left out", 46, is_repeated=True),
    Column("What the row held", 70),
)

SOURCE_COLUMNS = (
    Column("File", 28, is_repeated=True),
    Column("Kind", 8, is_repeated=True),
    Column("Agency", 13, is_repeated=True),
    Column("Organisation", 26, is_repeated=True),
    Column("Rows read", 8),
    Column("Rows in entries", 9),
    Column("Rows left out", 9),
    Column("Notes", 76),
    Column("What each column was taken for", 62),
    Column("Titles and headings set apart", 50),
    Column("SHA-256 of the file", 36),
)
SOURCE_PAGES = ("What each column was taken for",)

KEY_COLUMNS = (
    Column("Kind", 16, is_repeated=True),
    Column("Term", 28, is_repeated=True),
    Column("Meaning", 40),
    Column("Detail", 100),
)

ABOUT_COLUMNS = (Column("Item", 34), Column("What it says", 100))

#: What needs explaining in a workbook and nowhere else.
EXPLANATIONS: dict[str, str] = {
    "Event": (
        "The kind of event, where one is clear, and the beginning of one record's own words. The"
        " whole of every record stands under Accounts."
    ),
    "Who": "Everybody the entry names, whom it is about first; not only whom it is about.",
    "Significance and Analysis": (
        "For you to write in, apart from the facts; what an author of a record wrote stands under"
        " Authors' analysis. What was written before stands there signed. The command"
        " add-decisions takes what you add, and your answers under To review, into a case file."
    ),
    "Set by reviewers": (
        "What a person set beside the records: a date, a wording, who may see it. What the records"
        " say stays as it is, and an entry keeps the place its own date gives it. Shown only where"
        " somebody set something."
    ),
    "Hidden columns": (
        "Record A id and Record B id, at the right end of To review, are keys by which the command"
        " add-decisions knows the records. They are hidden so that a pair fits on a page; leave"
        " them as they are."
    ),
    "A blank cell": (
        "Time, Child's age and Who are blank where no record gives them. Accounts differ, Linked"
        " entries, Why merged, Also recorded, Authors' analysis and Doubts are blank where there"
        " is nothing to tell."
    ),
    "(1 of 2), (2 of 2)": (
        "A text too long to be seen in one row of a spreadsheet goes on in the row below, which"
        " has the same number and leaves the other cells blank."
    ),
}
