"""The tables of a case file, described in docs/case-file.md."""

from typing import Final

#: Stands in the header of every case file ('Chro'), so that it is known from any other database.
APPLICATION: Final = 0x4368726F
#: The form of a case, raised with every change to it. Form 2 seals a line of adding file by file; a
#: case of form 1 is read as it is and has form 2 from its next line on.
FORMAT: Final = 2
#: What every SQLite file begins with.
MAGIC: Final = b"SQLite format 3\x00"

#: ``about`` and ``log`` stay in every later format, so that an older program can say what it met.
TABLES: Final = (
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # detail: canonical JSON, or NULL where it was purged; digest: its sha256, which stays. Of a
    # line of adding: 'each:' and the sha256 of it with the sha256 of each file's part in its place.
    """CREATE TABLE log (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
        detail, digest TEXT NOT NULL, tool TEXT NOT NULL, hash TEXT NOT NULL)""",
    # One file added. feed: the number of the first export of its kind.
    """CREATE TABLE source (
        number INTEGER PRIMARY KEY, line INTEGER NOT NULL, feed INTEGER NOT NULL,
        supersedes INTEGER NOT NULL, sha256 TEXT NOT NULL, file NOT NULL, stated NOT NULL)""",
    """CREATE TABLE refused (line INTEGER NOT NULL, place INTEGER NOT NULL, file NOT NULL,
        PRIMARY KEY (line, place)) WITHOUT ROWID""",
    # One state of one record. body: what it says, NULL where the state brought no new wording.
    # source: the file that brought the state; 0 for what was entered by hand.
    """CREATE TABLE version (
        record INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL,
        source INTEGER NOT NULL, line INTEGER NOT NULL, status TEXT NOT NULL, body,
        PRIMARY KEY (record, number))""",
    "CREATE INDEX version_id ON version (id)",
    "CREATE INDEX version_line ON version (line)",
    # Where a record stands now: its last state, and the last that brought a wording.
    """CREATE TABLE record (
        record INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number INTEGER NOT NULL,
        wording INTEGER NOT NULL, status TEXT NOT NULL)""",
    # Every row of every file: which state of which record it tells.
    """CREATE TABLE seen (
        source INTEGER NOT NULL, record INTEGER NOT NULL, wording INTEGER NOT NULL,
        place NOT NULL, PRIMARY KEY (source, record)) WITHOUT ROWID""",
    "CREATE INDEX seen_record ON seen (record)",
    """CREATE TABLE left_out (source INTEGER NOT NULL, place INTEGER NOT NULL, body NOT NULL,
        PRIMARY KEY (source, place)) WITHOUT ROWID""",
    """CREATE TABLE decision (
        seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, body NOT NULL, undone_by INTEGER)""",
    # Which records each decision is about.
    """CREATE TABLE concerns (record INTEGER NOT NULL, seq INTEGER NOT NULL,
        PRIMARY KEY (record, seq)) WITHOUT ROWID""",
    """CREATE TABLE kept (line INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
        contents BLOB NOT NULL)""",
)
