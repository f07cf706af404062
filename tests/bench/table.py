"""The table on the terminal, and the same in docs/benchmarks.md."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.bench.measuring import Figure

HEADINGS = ("benchmark", "value", "unit", "CPU ms", "x limit", "x peer", "goal")
VERDICTS = {True: "yes", False: "NO", None: "not measured"}
MARK = {"ours": "", "limit": "  raw limit: ", "peer": "  peer: "}


def show(console: Console, figures: Sequence[Figure]) -> None:
    """Print one line per figure; limits and peers stand dimmed below ours."""
    table = Table(*HEADINGS, box=None, pad_edge=False)
    for heading in HEADINGS[1:6]:
        table.columns[HEADINGS.index(heading)].justify = "left" if heading == "unit" else "right"
    for figure in figures:
        table.add_row(*cells(figure), style="" if figure.kind == "ours" else "dim")
    console.print(table)


def cells(figure: Figure) -> tuple[str, ...]:
    """The seven words of one line."""
    goal = figure.goal and f"{figure.goal}: {VERDICTS[figure.met]}"
    return (
        MARK[figure.kind] + figure.name,
        number(figure.value),
        figure.unit,
        number(figure.cpu_ms),
        number(figure.of_limit),
        number(figure.of_peer),
        goal,
    )


def number(value: float | None) -> str:
    """Three digits that mean something."""
    if value is None:
        return ""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def markdown(figures: Sequence[Figure]) -> str:
    """The table for people who read files."""
    lines = ["| " + " | ".join(HEADINGS) + " |", "|---|--:|---|--:|--:|--:|---|"]
    for figure in figures:
        words = list(cells(figure))
        words[0] = f"**{figure.name}**" if figure.kind == "ours" else f"{MARK[figure.kind].strip()} {figure.name}"
        lines.append("| " + " | ".join(words) + " |")
    return "\n".join(lines) + "\n"
