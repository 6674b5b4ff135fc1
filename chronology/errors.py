"""What the user can put right, told apart by what they would do next."""


class ChronologyError(Exception):
    """Something the user can put right; the message says what, where and what to do next."""


class UnreadableFileError(ChronologyError):
    """An input that could not be read at all; the other inputs are not touched by it."""


class UnwritableOutputError(ChronologyError):
    """An output that could not be written; nothing half-written is left behind."""


class MappingMismatchError(ChronologyError):
    """A mapping or decision file that does not fit what it is used on."""


class NotACaseFileError(ChronologyError):
    """A file that was to be opened as a case and is none."""


class AlteredCaseError(ChronologyError):
    """A case file that is not as this program wrote it: damaged, or changed by something else."""


class NewerFormatError(ChronologyError):
    """A case file written by a later version of this program."""


class CaseBusyError(ChronologyError):
    """Another program is writing in the case file at this moment."""


class UnknownRecordError(ChronologyError):
    """A decision about a record, a decision or a kept version that the case does not hold."""


class MissingPartError(ChronologyError):
    """A part of the program that was not installed."""
