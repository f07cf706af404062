"""Days, moments, numbers and countries as the reader writes them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from gateway.countries import CODES
from gateway.language.reader import LOCALES, Reader, reader

PATTERNS = {"iso": "yyyy-MM-dd", "day-first": "dd/MM/yyyy", "month-first": "MM/dd/yyyy"}
NOTHING = Markup('<span class="none">&ndash;</span>')
A_DAY = len("2026-01-01")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?")
LIST_COMMAS = {"ja": "\u3001", "ar": "\u060c "}
COMMAS = {"ja": " ", "ar": "، "}


def day(value: date | str | None) -> Markup:
    """A date in words that machines can read, too; a dash where there is none.

    The programme's days are days on the calendar: no time zone moves them.
    """
    if not value:
        return NOTHING
    written = value[:A_DAY] if isinstance(value, str) else value.isoformat()[:A_DAY]
    return _time(written, day_in_words(written, reader()))


def clock(value: datetime | str | None) -> Markup:
    """A moment in the reader's time zone, which is named; a plain day stays a day."""
    if not value:
        return Markup("")
    if isinstance(value, str) and len(value) == A_DAY:
        return day(value)
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _time(moment.isoformat(timespec="seconds"), moment_in_words(moment, reader()))  # HTML knows no microseconds


def stored(value: Any) -> Any:
    """A stored value as people read it: fields instead of a text that holds them, days and moments in words."""
    if not isinstance(value, str):
        return value
    try:
        if value.startswith("{"):
            return orjson.loads(value)
        return clock(value) if MOMENT.fullmatch(value) else value
    except ValueError:  # it only looks like one
        return value


def _time(value: str, words: str) -> Markup:
    """Words for people with the value for machines; among words from right to left they keep their own direction."""
    apart = Markup(' dir="auto"') if reader().direction == "rtl" else ""
    return Markup('<time datetime="{}"{}>{}</time>').format(value, apart, words)


@lru_cache(maxsize=4096)
def day_in_words(written: str, to: Reader) -> str:
    """A day for this reader: 21 May 2028."""
    return format_date(date.fromisoformat(written), PATTERNS.get(to.dates, "long"), locale=to.locale)


def moment_in_words(moment: datetime, to: Reader) -> str:
    """A moment for this reader: 21 May 2028, 14:05 UTC+9."""
    local = moment.astimezone(zone(to.zone))
    day_there = day_in_words(local.date().isoformat(), to)
    return f"{day_there}{COMMAS.get(to.language, ', ')}{local:%H:%M} {zone_in_words(local)}"


def moment_there(moment: datetime, place: str, to: Reader) -> str:
    """The clock on the wall of a place in that time zone, with the day where it is another one than the reader's."""
    local, mine = moment.astimezone(zone(place)), moment.astimezone(zone(to.zone))
    if local.date() != mine.date():
        return moment_in_words(moment, replace(to, zone=place))
    return f"{local:%H:%M} {zone_in_words(local)}"


def zone_in_words(local: datetime) -> str:
    """How far the clock there is from UTC at that moment, the same in every language: UTC, UTC+9, UTC-3:30."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "-"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    return ZoneInfo(name)


def listed(parts: Iterable[str]) -> str:
    """Parts one after another: a, b, c."""
    return LIST_COMMAS.get(reader().language, ", ").join(parts)


def number(value: float) -> str:
    """A number with the reader's separators."""
    return format_decimal(value, locale=reader().locale)


def country(code: str) -> str:
    """A country or region by its name; a code that nobody knows stays a code."""
    return countries_in(reader().language).get(code, code)


class Countries(Mapping[str, str]):
    """All countries and regions by code, in the order in which the reader looks for them."""

    def __getitem__(self, code: str) -> str:
        return countries_in(reader().language)[code]

    def __iter__(self) -> Iterator[str]:
        return iter(countries_in(reader().language))

    def __len__(self) -> int:
        return len(CODES)


@cache
def countries_in(language: str) -> dict[str, str]:
    """The list in one language."""
    names = LOCALES[language].territories
    return dict(sorted(((code, names[code]) for code in CODES), key=lambda pair: _order(pair[1])))


def _order(name: str) -> str:
    """Letters without their marks, so that Åland stands beside Albania."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
