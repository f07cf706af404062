"""Lists that readers sort and leaf through: by plain links, of which htmx swaps only the part."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How a list is shown at the moment, and the addresses of its other views."""

    path: str
    by: str
    falling: bool
    columns: tuple[str, ...]
    """The code that each column sorts by; nothing where it does not."""
    page: int = 1
    pages: int = 1
    kept: Mapping[str, str] = field(default_factory=dict)
    """Other parameters of the address that stay, such as a filter."""
    falling_first: frozenset[str] = frozenset()
    """Columns that begin with the newest or highest."""

    def code(self, index: int) -> str:
        """What a column sorts by."""
        return self.columns[index] if index < len(self.columns) else ""

    def sorted_by(self, code: str) -> str:
        """The address that sorts by a column; the other way round where it does already."""
        falling = not self.falling if code == self.by else code in self.falling_first
        return self._address(code, falling=falling)

    def numbered(self, page: int) -> str:
        """The address of another page in the same order."""
        return self._address(self.by, falling=self.falling, page=page)

    def _address(self, by: str, *, falling: bool, page: int = 1) -> str:
        asked = {**self.kept, "sort": by, "order": "desc" if falling else "asc"}
        return f"{self.path}?{urlencode(asked | ({'page': str(page)} if page > 1 else {}))}"
