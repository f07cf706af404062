"""pytest plugin: the judges take their places with the first test that serves pages to a browser."""

from collections.abc import Iterator

import pytest

from tests.judges.panel import AT_WORK, Panel


@pytest.fixture(scope="session")
def judges() -> Iterator[Panel]:
    """All judges of pages; while they sit, `checked` asks them about every page."""
    panel = Panel()
    panel.sit()
    AT_WORK.append(panel)
    yield panel
    AT_WORK.clear()
    panel.rise()
