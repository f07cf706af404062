"""The press: from words and figures to a PDF, beside the event loop; the same sheet gives the same bytes."""

import asyncio
import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock

import typst
from starlette.responses import Response

from gateway.language import reader

GATEWAY = Path(__file__).parent.parent
PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whom the sheet is about, or who wrote it."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A share of a whole; the words say it once more for those who do not see the bar."""

    name: str
    percent: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on the paper, in the reader's words; sums end with their total."""

    title: str
    subject: str
    made_on: str
    footer: str
    parties: tuple[Party, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    bars_title: str = ""
    bars_hint: str = ""
    bars: tuple[Bar, ...] = ()
    sums: tuple[tuple[str, str], ...] = ()
    total: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Press:
    """One compiler for all sheets: what it has read of fonts and template it keeps; it prints one at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._compiler: typst.Compiler | None = None

    def printed(self, sheet: Sheet, language: str) -> bytes:
        """The sheet as PDF."""
        data = json.dumps({**asdict(sheet), "language": language})
        with self._lock:
            if self._compiler is None:
                self._compiler = typst.Compiler(GATEWAY / "documents" / "sheet.typ", root=GATEWAY)
            made = self._compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1", "a-2a"])
        assert isinstance(made, bytes)
        return made


@cache
def press() -> Press:
    """The press of this process."""
    return Press()


async def pdf(sheet: Sheet, name: str) -> Response:
    """The answer that hands the sheet over under this file name; it belongs to one reader and is stored nowhere."""
    made = await asyncio.to_thread(press().printed, sheet, reader().language)
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(made, media_type=PDF, headers=headers)


def file_name(*parts: str | date) -> str:
    """Parts of a file name that every system takes."""
    plain = ("".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in str(one)) for one in parts)
    return "-".join(plain).lower()
