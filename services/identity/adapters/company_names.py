"""The managed list of company names (F2.4): a text file that ships with the service, one name a line."""

from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "companies.txt"


@cache
def names() -> tuple[str, ...]:
    """All names in the order of the list."""
    return tuple(line.strip() for line in LIST.read_text("utf-8").splitlines() if line.strip())


def standard(text: str) -> str | None:
    """The name as the list writes it; None for one that is not on it."""
    wanted = text.casefold()
    return next((name for name in names() if name.casefold() == wanted), None)
