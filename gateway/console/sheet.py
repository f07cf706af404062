"""CSV that a spreadsheet opens without running anything: RFC 4180, UTF-8 with a mark, cells that are no formulas."""

from collections.abc import Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Also as full-width signs, which some spreadsheets read alike."""
NEEDS_QUOTES = frozenset('",\r\n')

Cell = str | int | float | None


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula; an apostrophe says that it is text."""
    return f"'{text}" if text.lstrip(" ").startswith(STARTS_A_FORMULA) or text.startswith(STARTS_A_FORMULA) else text


def line(cells: Sequence[Cell]) -> str:
    """One record; numbers stay numbers."""
    return ",".join(_written(cell) for cell in cells) + "\r\n"


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    text = neutral(cell) if isinstance(cell, str) else str(cell)
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if NEEDS_QUOTES & set(text) else text
