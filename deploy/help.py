"""Help pages of the operators' command, set by rich."""

import argparse
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table


class Parser(argparse.ArgumentParser):
    """An argument parser whose help is a page with tables; refusals are one sentence."""

    def print_help(self, file: Any = None) -> None:
        """Show the page."""
        console = Console(file=file, highlight=False)
        console.print(f"[bold]{escape(self.prog)}[/bold]  {escape(self.description or '')}")
        console.print(escape(self.format_usage().strip()), style="dim")
        for title, rows in self._sections():
            table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_header=False)
            table.add_column(style="cyan", no_wrap=True)
            table.add_column()
            for name, words in rows:
                table.add_row(escape(name), escape(words))
            console.print(table)

    def error(self, message: str) -> None:  # type: ignore[override]  # exit() does not return either
        """Refuse a command line."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")

    def _sections(self) -> list[tuple[str, list[tuple[str, str]]]]:
        commands: list[tuple[str, str]] = []
        words: list[tuple[str, str]] = []
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse shows them nowhere else
                commands += [(choice.dest, choice.help or "") for choice in action._choices_actions]  # noqa: SLF001 - see above
            else:
                words.append((_spelling(action), action.help or ""))
        return [(title, rows) for title, rows in (("Commands", commands), ("Arguments", words)) if rows]


def _spelling(action: argparse.Action) -> str:
    """How an argument is written: its place, or its option with what that takes."""
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    takes = "" if action.nargs == 0 else f" {value}"
    return f"{', '.join(action.option_strings)}{takes}" if action.option_strings else action.dest.upper()
