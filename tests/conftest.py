"""Makes the small factories beside this file importable from every test."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes what the importers give now as what they must give."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the .golden files")


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are being written instead of compared."""
    return bool(request.config.getoption("--update-golden"))
