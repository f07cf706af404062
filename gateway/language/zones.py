"""Time zones to choose from: one per place that keeps a time of its own, named in the reader's language."""

from datetime import UTC, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfoNotFoundError

from babel.dates import get_timezone_location

from gateway.language.reader import LOCALES, reader
from gateway.language.saying import zone, zone_in_words
from gateway.language.words import words

REGIONS = {
    "Africa": words("Africa"), "America": words("America"), "Antarctica": words("Antarctica"),
    "Arctic": words("Arctic"), "Asia": words("Asia"), "Atlantic": words("Atlantic Ocean"),
    "Australia": words("Australia"), "Europe": words("Europe"), "Indian": words("Indian Ocean"),
    "Pacific": words("Pacific Ocean"),
}  # fmt: skip
UNIVERSAL = "UTC"


def choices(chosen: str = "", at: datetime | None = None) -> dict[str, dict[str, str]]:
    """By region, the zones with their offset of today; one that was chosen long ago under an older name stays."""
    moment = at or datetime.now(UTC)
    found: dict[str, dict[str, str]] = {}
    for name, city in cities(reader().language).items():
        region = str(REGIONS[name.partition("/")[0]])
        found.setdefault(region, {})[name] = f"{city} ({zone_in_words(moment.astimezone(zone(name)))})"
    known = {UNIVERSAL: UNIVERSAL} | ({chosen: chosen} if chosen and chosen not in names() else {})
    return {UNIVERSAL: known, **found}


def is_zone(name: str) -> bool:
    """Whether this machine knows the time there."""
    try:
        return bool(zone(name))
    except (ValueError, ZoneInfoNotFoundError):
        return False


@cache
def names() -> tuple[str, ...]:
    """The names in the time zone database's table of places."""
    table = (resources.files("tzdata.zoneinfo") / "zone.tab").read_text("utf-8")
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    return tuple(sorted(line.split("\t")[2] for line in lines))


@cache
def cities(language: str) -> dict[str, str]:
    """The city of each zone as this language calls it."""
    locale = LOCALES[language]
    return {name: get_timezone_location(zone(name), locale=locale, return_city=True) for name in names()}
