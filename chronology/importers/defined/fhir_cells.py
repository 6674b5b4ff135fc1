"""The values of a FHIR record as cells, each under the path of names that leads to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from chronology.importers.defined.fhir_values import Node

#: Longest attached file, in the characters it is packed in, that the cells of a record repeat.
MOST_DATA: Final = 4000


def cells_of(node: Node) -> tuple[tuple[str, str], ...]:
    """Every value of a record under the path of names that leads to it."""
    cells: list[tuple[str, str]] = []
    _flatten(node, "", cells.append)
    return tuple(cells)


def _flatten(node: Node, path: str, add: Callable[[tuple[str, str]], None]) -> None:
    for name, value in node.items():
        kind = type(value)
        if kind is str:
            if name == "data" and len(value) > MOST_DATA:
                value = f"(an attached file of {len(value)} characters)"
            add((path + name, value))
        elif kind is dict:
            _flatten(value, f"{path}{name}.", add)
        elif kind is list:
            if len(value) == 1 and type(value[0]) is dict:
                _flatten(value[0], f"{path}{name}.", add)
            else:
                _flatten_list(value, path + name, add)
        elif value is not None:
            add((path + name, "true" if value else "false"))


def _flatten_list(values: list[Any], path: str, add: Callable[[tuple[str, str]], None]) -> None:
    alone = len(values) == 1
    for number, value in enumerate(values, start=1):
        here = path if alone else f"{path}[{number}]"
        if type(value) is dict:
            _flatten(value, here + ".", add)
        elif type(value) is list:
            _flatten_list(value, here, add)
        elif value is not None:
            add((here, value if type(value) is str else "true" if value else "false"))
