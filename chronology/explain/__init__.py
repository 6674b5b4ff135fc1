"""What a comparison saw, in sentences with the words of the records that count."""

from chronology.explain.entry import entry_reasons
from chronology.explain.pair import MOST_SAID, reasons
from chronology.explain.topics import SENTENCES, STANDING_SENTENCES

__all__ = ["MOST_SAID", "SENTENCES", "STANDING_SENTENCES", "entry_reasons", "reasons"]
