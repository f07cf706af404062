"""pytest plugin: registers the marks `feature` and `rule`, and refuses claims that docs/features.md does not know."""

import pytest

from tests.features.rows import KINDS, PAGE, Claim, complaints, rows


def pytest_configure(config: pytest.Config) -> None:
    """Make the marks known."""
    for kind, beginning in KINDS.items():
        config.addinivalue_line("markers", f"{kind}(id): the test shows row {beginning}... of docs/features.md")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse to run while a test claims an unknown row, or too many."""
    known = rows(PAGE.read_text("utf-8"))
    wrong = [f"{item.nodeid}: {complaint}" for item in items for complaint in complaints(claims_of(item), known)]
    if wrong:
        raise pytest.UsageError("\n".join(wrong))


def claims_of(item: pytest.Item) -> list[Claim]:
    """List the claims of a test, its class and its module."""
    return [Claim(mark.name, mark.args) for mark in item.iter_markers() if mark.name in KINDS]
