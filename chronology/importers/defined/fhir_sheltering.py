"""What of a FHIR record is not repeated: addresses, and what the sender marks as restricted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Final

from chronology.flags import Flag
from chronology.importers.defined.base import Cells, Telling
from chronology.importers.defined.fhir_cells import cells_of
from chronology.importers.defined.fhir_elements import PRIVATE_SECTIONS
from chronology.importers.defined.fhir_parties import PARTIES
from chronology.importers.defined.fhir_values import PRIVATE, Node, nodes, said

RESTRICTED: Final = "The sender marks this record as restricted; its content is withheld."
WITHHELD: Final = Flag(
    "content-withheld", "It holds an address or other content that outputs do not repeat."
)
#: What a system wrote by itself about a whole record, addresses and all.
_NARRATIVE: Final = "text.div"
_WHERE: Final = PARTIES | {"location", "locationReference", "generalPractitioner"}
_TAKING_PART: Final = "Who took part"


@lru_cache(maxsize=65_536)
def is_private(name: str) -> bool:
    """Whether a path of names leads to where somebody lives or can be reached."""
    if "." not in name:
        return _lead(name) in PRIVATE
    return any(_lead(step) in PRIVATE for step in name.split("."))


def private_names(cells: Cells) -> list[str]:
    """The names of cells that lead there; asked of every record, most of which have none."""
    names = "\n".join(map(itemgetter(0), cells))
    for sign in PRIVATE:
        if sign in names:
            return [name for name, _ in cells if is_private(name)]
    return []


def is_personal(name: str) -> bool:
    """The same for a person's record, whose text by the system may hold an address too."""
    return name == _NARRATIVE or is_private(name)


def sheltered(node: Node) -> tuple[str, ...]:
    """What a person's record holds, addresses and numbers to reach them withheld."""
    return tuple(
        f"{name}: withheld" if is_personal(name) else f"{name}: {text}"
        for name, text in cells_of(node)
    )


def tells_where(name: str) -> bool:
    """Whether a path of names leads to a place or a body."""
    return _lead(name) in _WHERE


def _lead(name: str) -> str:
    return name.partition(".")[0].partition("[")[0]


def private_sections(node: Node, names: Iterable[str]) -> list[str]:
    """The names of values that stand in sections of addresses of a document."""
    sections = nodes(node.get("section"))
    leads = tuple(
        f"section[{number}]." if len(sections) > 1 else "section."
        for number, section in enumerate(sections, start=1)
        if (said(section, "title") or "").casefold() in PRIVATE_SECTIONS
    )
    titles = frozenset(f"{lead}title" for lead in leads)
    return [
        name
        for name in names
        if name == _NARRATIVE or (name.startswith(leads) and name not in titles)
    ]


def hide_place(
    telling: Telling, withheld: list[str], others: Iterable[tuple[str, str]] = ()
) -> None:
    """For a restricted patient, where they were seen and by whom is not told."""
    where = "; ".join(filter(None, (telling["location"], telling["organisation"])))
    if where:
        telling["other"] = (("Place", where),)
        withheld.append("Place")
    told = "; ".join(f"{what}: {who}" for what, who in others)
    if told:
        telling["other"] = (*telling.get("other", ()), (_TAKING_PART, told))
        withheld.append(_TAKING_PART)
    telling["location"] = telling["organisation"] = ""


def withhold(telling: Telling) -> None:
    """Of a restricted record nothing is told but that there is one."""
    telling["withheld"] = tuple(dict.fromkeys(name for name, _ in telling["raw"]))
    telling["flags"] = tuple(dict.fromkeys((*telling["flags"], WITHHELD)))
    telling["outcome"] = telling["location"] = telling["professional"] = ""
    telling["people"] = ()
