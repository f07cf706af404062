"""Who reads the page that is being made: language, time zone, form of dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from babel import Locale

from chassis.languages import LANGUAGES, SOURCE

OWN_NAMES = {"en": "English", "es": "Español", "ja": "日本語", "ar": "العربية"}
LOCALES = {language: Locale.parse("en_GB" if language == SOURCE else language) for language in LANGUAGES}
"""English dates begin with the day: a programme's readers live everywhere, and 29 May 2027 is read in one way only."""
DATE_FORMS = ("language", "iso", "day-first", "month-first")


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader; nobody in particular reads English, in UTC."""

    language: str = SOURCE
    zone: str = "UTC"
    dates: str = "language"

    @property
    def locale(self) -> Locale:
        """The customs of the language."""
        return LOCALES[self.language]

    @property
    def direction(self) -> str:
        """Where lines begin: `ltr` or `rtl`."""
        return str(self.locale.text_direction)


_READER: ContextVar[Reader] = ContextVar("certtrack_reader", default=Reader())  # noqa: B039 - a reader is frozen


def reader() -> Reader:
    """Whoever reads the answer to this request."""
    return _READER.get()


def address(to: Reader) -> None:
    """From now on this request speaks to that reader; other requests, each in a task of its own, do not notice."""
    _READER.set(to)


@contextmanager
def addressing(to: Reader) -> Iterator[None]:
    """Speak to that reader inside the block."""
    token = _READER.set(to)
    try:
        yield
    finally:
        _READER.reset(token)
