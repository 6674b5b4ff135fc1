"""Code lists of the defined formats: what a code says, with the raw code always kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from chronology.vocabulary.tables import rows


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list, with what it means and until when it was in use ("" if it still is)."""

    code: str
    meaning: str
    retired: str = ""
    is_verified: bool = True


@cache
def code_list(table: str, name: str) -> Mapping[str, Code]:
    """One list of ``chronology/data/codes/<table>.csv`` by its codes in capitals."""
    return {
        row["code"].upper(): Code(
            row["code"], row["meaning"], row["retired"], row["verified"] != "no"
        )
        for row in rows(f"codes/{table}")
        if row["list"] == name
    }


@lru_cache(maxsize=8192)
def told(table: str, name: str, written: str) -> str:
    """A code as it is shown: ``abuse or neglect [N1]``; as written where it is not in the list.

    A cell that holds words, or words and a code together, is shown as it stands.
    """
    text = written.strip()
    code = code_list(table, name).get(text.upper())
    if code is None:
        return text
    doubt = "" if code.is_verified else ", unverified"
    return f"{code.meaning} [{text}{doubt}]"


def is_known(table: str, name: str, written: str) -> bool:
    """Whether a code is in a list."""
    return written.strip().upper() in code_list(table, name)
