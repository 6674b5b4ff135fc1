"""What an importer is: one agency's headings, words, systems and codes, declared as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from chronology.account import Agency
from chronology.importers.wording import Own


class Importer:
    """One agency's way of writing records; the reading of tables is shared by all."""

    name: ClassVar[str]
    agency: ClassVar[Agency]
    #: What this agency means by a heading that others do not use or use otherwise.
    headings: ClassVar[Own] = ()
    #: Headings that by themselves point to this agency.
    typical: ClassVar[tuple[str, ...]] = ()
    #: Words that, alone in a cell or at the start of a file's name, name this agency.
    tokens: ClassVar[tuple[str, ...]] = ()
    #: Codes in a type column and what they stand for; used to sort events into kinds, never shown
    #: in place of the code.
    codes: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def meaning(self, written: str) -> str:
        """The words to sort an event type by: what a code stands for, else the words themselves."""
        return self.codes.get(written.strip().upper(), written)
