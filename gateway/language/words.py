"""Words for people, said in the reader's language at the moment they are shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from chassis.languages import Catalogues
from gateway.language.reader import reader

CATALOGUES = Catalogues(Path(__file__).parent / "catalogues", "portal")
_VALUE = re.compile(r"%\(\w+\)s|\{\w+\}")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence that waits for its reader: `str()`, templates and f-strings say it in the reader's language."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        said = gettext(self.text)
        return said % self.values if self.values else said

    def __html__(self) -> Markup:
        return escape(str(self))


def words(text: str, **values: Any) -> Words:
    """Mark words in tables and other places that are read before a reader is known; `%(name)s` takes a value."""
    return Words(text, values)


def say(text: str, **values: Any) -> str:
    """Say it at once to the reader of this request."""
    return str(Words(text, values))


def counted(one: str, many: str, number: int, **values: Any) -> str:
    """Say it with the plural that the number needs; `%(num)s` is the number."""
    return ngettext(one, many, number) % {"num": number, **values}


def gettext(text: str) -> str:
    """The text in the reader's language."""
    return _isolated(CATALOGUES.of(reader().language).gettext(text))


def ngettext(one: str, many: str, number: int) -> str:
    """The plural form in the reader's language."""
    return _isolated(CATALOGUES.of(reader().language).ngettext(one, many, number))


def pgettext(context: str, text: str) -> str:
    """The text as it is meant in this context, in the reader's language."""
    return _isolated(CATALOGUES.of(reader().language).pgettext(context, text))


def npgettext(context: str, one: str, many: str, number: int) -> str:
    """The plural form in this context, in the reader's language."""
    return _isolated(CATALOGUES.of(reader().language).npgettext(context, one, many, number))


def _isolated(said: str) -> str:
    """Values keep their own direction in a sentence from right to left: an exam 200-301 must not become 301-200."""
    has_values = "%(" in said or "{" in said
    return _around_values(said) if has_values and reader().direction == "rtl" else said


@lru_cache(maxsize=4096)
def _around_values(said: str) -> str:
    return _VALUE.sub("\u2068\\g<0>\u2069", said)
