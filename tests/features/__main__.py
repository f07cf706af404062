"""Prints `ID  number-of-tests  title` per row and last `covered N of M`; of all tests, or of the paths given."""

import contextlib
import io
import sys
from collections import Counter

import pytest

from tests.features.plugin import claims_of
from tests.features.rows import PAGE, Row, rows

QUIET = [
    *("--collect-only", "--quiet", "-p", "no:pytest_nameko", "-p", "no:cacheprovider", "-p", "tests.features.plugin"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # this process has imported the plugin before pytest could
]


class Tally:
    """Counts the tests of each row, as pytest counts them: every set of parameters is a test."""

    def __init__(self) -> None:
        self.tests: Counter[str] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Count before anything is deselected."""
        for item in items:
            self.tests.update({str(row) for claim in claims_of(item) for row in claim.ids})


def collect(paths: list[str]) -> Counter[str]:
    """Collect the tests; leaves with pytest's own words when it cannot."""
    tally, said = Tally(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = pytest.main([*QUIET, *paths], plugins=[tally])
    if code != pytest.ExitCode.OK:
        sys.exit(said.getvalue())
    return tally.tests


def report(known: list[Row], tests: Counter[str]) -> str:
    """Compose the lines."""
    covered = sum(1 for row in known if tests[row.id])
    lines = [f"{row.id}  {tests[row.id]}  {row.title}" for row in known]
    return "\n".join([*lines, f"covered {covered} of {len(known)}"]) + "\n"


if __name__ == "__main__":
    everything = rows(PAGE.read_text("utf-8"))
    sys.stdout.write(report(everything, collect(sys.argv[1:] or ["tests"])))
