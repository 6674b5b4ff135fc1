"""Makes the small factories beside this file importable from every test."""

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the program is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes what the importers give now as what they must give."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the .golden files")


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are being written instead of compared."""
    return bool(request.config.getoption("--update-golden"))
