"""Reads samples that the tests make."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chronology.reading import Document, read


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[[bytes, str], Document]:
    """Reads bytes as a file of the given name."""

    def reader(data: bytes, name: str) -> Document:
        path = tmp_path / name
        path.write_bytes(data)
        return read(path)

    return reader
