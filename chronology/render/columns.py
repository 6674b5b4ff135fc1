"""The columns of each sheet of the workbook, and what in them needs explaining."""

from chronology.render.sheet import Column

#: Headings that are looked for again when a workbook comes back from review.
SIGNIFICANCE, ANALYSIS, RECORD_IDS = "Significance", "Analysis", "Record ids"
RECORD_A, RECORD_B = "Record A", "Record B"
RECORD_A_ID, RECORD_B_ID = "Record A id", "Record B id"
PAIR, DECISION, INITIALS, DECIDED_ON, NOTE = (
    *("Pair", "Decision", "Your initials", "Date decided", "Note"),
)

#: What a page of paper shows of the timeline, with what reviewers set; all on one page wide.
PRINTED_COLUMNS = (
    Column("Order", 8, is_repeated=True, says_continued=True),
    Column("Date", 15, is_repeated=True),
    Column("Time", 6, is_repeated=True),
    Column("Agencies", 10, is_repeated=True),
    Column("Child's age", 10, is_repeated=True),
    Column("Who", 12, is_repeated=True),
    Column("Event", 25, is_repeated=True),
    Column("Accounts", 46),
    Column("Outcome", 14),
    Column("Accounts differ", 15, is_notice=True),
    Column("Linked entries", 15),
    Column("Doubts", 14),
    Column("Confidence", 11),
)
#: What stands to the right of it, for the screen alone.
SCREEN_COLUMNS = (
    Column("Precision", 11),
    Column("Links in full", 60),
    Column("Why merged", 60),
    Column("Also recorded", 100),
    Column(RECORD_IDS, 19, is_repeated=True),
)
#: Printed where an entry has anything in them, at this width; else on the screen, wide enough to
#: write in.
OPINION_COLUMNS = (
    Column("Authors' analysis", 30),
    Column(SIGNIFICANCE, 40, is_to_fill_in=True),
    Column(ANALYSIS, 40, is_to_fill_in=True),
)
PRINTED_WIDTH = 15
#: Stands in a timeline where somebody set or decided something: after Time.
SET_COLUMN = Column("Set by reviewers", 14, is_repeated=True, is_notice=True)
#: How wide the column Confidence is where it tells who ruled what.
RULED_WIDTH = 13

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

DECISION_COLUMNS = (
    Column("Number", 8, is_repeated=True),
    Column("When", 16, is_repeated=True),
    Column("Who", 20, is_repeated=True),
    Column("What was decided", 20, is_repeated=True),
    Column("Entries", 9, is_repeated=True),
    Column("About which records", 62),
    Column("What was set", 26),
    Column("Reason given", 26),
)

LEFT_OUT_COLUMNS = (
    Column("File", 30, is_repeated=True),
    Column("Sheet", 18, is_repeated=True),
    Column("Row", 8, is_repeated=True),
    Column("Why it was left out", 46, is_repeated=True),
    Column("What the row held", 70),
)

SOURCE_COLUMNS = (
    Column("File", 22, is_repeated=True),
    Column("Kind", 7, is_repeated=True),
    Column("Agency", 11, is_repeated=True),
    Column("Organisation", 18, is_repeated=True),
    Column("Rows read", 8),
    Column("Rows in entries", 9),
    Column("Rows left out", 9),
    Column("Notes", 50),
    Column("What each column was taken for", 38),
    Column("SHA-256 of the file", 20),
    Column("Titles and headings set apart", 60),
)
#: How many of them are printed; the last is for the screen alone.
SOURCES_PRINTED = len(SOURCE_COLUMNS) - 1

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
        "The agency's own words for the kind of event, where it gave any; what this program read it"
        " as; and the beginning of the record that tells most of that day. The whole of every"
        " record stands under Accounts."
    ),
    "Who": "Everybody the entry names, whom it is about first; not only whom it is about.",
    "Significance and Analysis": (
        "For you to write in, apart from the facts; what an author of a record wrote stands under"
        " Authors' analysis. What was written before stands there signed. The command"
        " add-decisions takes what you add, and your answers under To review, into a case file."
    ),
    "Set by reviewers": (
        "What a person set beside the records: a date, a wording, a mark. What the records"
        " say stays as it is, and an entry keeps the place its own date gives it. Shown only where"
        " somebody set something."
    ),
    "Printing": (
        "Every sheet prints one page wide, with its title and headings on each page. Of Timeline"
        " the columns from Precision on are for the screen and are not printed, nor is the last of"
        " Sources; the page chronology.html prints every account in full. A cell for the screen"
        " that holds more than its row shows is whole nonetheless: make the row higher."
    ),
    "Hidden columns": (
        "Record A id and Record B id, at the right end of To review, are keys by which the command"
        " add-decisions knows the records. They are hidden so that a pair fits on a page; leave"
        " them as they are."
    ),
    "A blank cell": (
        "Time and Who are blank where no record gives them, Child's age also where the entry names"
        " none of several children. Accounts differ, Linked entries, Links in full, Why merged,"
        " Also recorded, Authors' analysis and Doubts are blank where there is nothing to tell."
    ),
    "(1 of 2), (2 of 2), continued": (
        "A text too long to be seen in one row of a spreadsheet goes on in the row below, which"
        " has the same number, says 'continued' beside it and leaves the other cells blank."
    ),
    "Decisions": (
        "Of what people ruled the timeline says under Confidence only how many records it is about,"
        " who ruled it and when. The sheet Decisions, there where anybody decided anything, names"
        " the records and gives the reasons. Those on who is who, and those taken back, are in the"
        " log of the case."
    ),
}
