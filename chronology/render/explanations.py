"""What a reader may wonder about, for the page that explains an output."""

EXPLANATIONS: dict[str, str] = {
    "A date without a day": (
        "Shown only as exactly as the agency gave it. 'March 2013' is never turned into a day."
    ),
    "A blank time": "The agency gave no time of day.",
    "Not recorded": (
        "The record has nothing under that heading. Its account may still tell of it: read that. It"
        " does not mean that nothing was done."
    ),
    "Child seen": (
        "Shown only where a column of its own answers it with yes or no. Where it is not shown, or"
        " says 'not given as yes or no', read the account: its words may tell."
    ),
    "Date not known": (
        "The record has no date that could be read. Its own words are shown, and the entry stands"
        " at the end."
    ),
    "Merged": (
        "Two or more records tell of the same occurrence and are shown as one entry. Every record"
        " is kept in full with the file and row it stands in, and the reasons are given."
    ),
    "Ruled the same, Ruled different, Left open": (
        "A person decided this; it goes before what the program thought, which stands behind it."
        " Which records it is about, and the reason where one was given, stand in full with the"
        " entry's accounts, and in the workbook on the sheet Decisions."
    ),
    "A date set by a reviewer": (
        "Stands beside the dates the agencies gave, with who set it. Nothing an agency wrote is"
        " changed, and the entry keeps its place."
    ),
    "(unverified)": (
        "The meaning of this abbreviation is general knowledge of the trade and was not found in a"
        " published list. Where much hangs on it, ask the agency."
    ),
    "Accounts differ": (
        "The records of one entry say different things. Every version is shown and none was"
        " corrected. The entry stands at the date of one of them."
    ),
    "To review": (
        "Pairs of records that may tell of the same occurrence. They stand as separate entries"
        " until a person decides."
    ),
    "Linked entries": (
        "Different occurrences that seem to belong to one incident, such as a notification. They"
        " are kept apart so that the delay can be seen. The program proposes a link and says why;"
        " until it says who confirmed it, nobody did. 'Near in time only': nothing in the records'"
        " words speaks for it. The agency named is the one that made the record, which need not be"
        " the one that acted."
    ),
    "Restricted, About a third party": (
        "A person marked the entry so. The mark keeps nobody from reading: the words stand in full,"
        " unless the chronology was made for sharing."
    ),
    "Child's age": (
        "Worked out from the date of birth that most records agree on. Where only a month or a"
        " stretch of days is known, the age on its first and on its last day. It stands where the"
        " entry names the child; where it names none, only if the case has one child alone."
        " 'Unborn' stands in the 40 weeks before birth, whether or not anybody knew of the"
        " pregnancy then."
    ),
    "Facts and opinions": (
        "Facts are in each agency's own words. An author's analysis is kept apart from them."
    ),
    "[U+202E] and the like": (
        "A character that cannot be seen stood here in the record. The mark gives its number."
    ),
}
