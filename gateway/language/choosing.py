"""Which language a browser is answered in: what was chosen on a page, else what the browser asks for, else English."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from starlette.types import Scope

from chassis.languages import LANGUAGES, SOURCE
from gateway.language.reader import DATE_FORMS, Reader
from gateway.language.zones import UNIVERSAL, is_zone

COOKIE = "language"
PARAMETER = "language"
COOKIE_SECONDS = 365 * 86_400
_CHOSEN = re.compile(rb"(?:^|;)\s*language=([a-z]{2})\s*(?:;|$)")
LONGEST_HEADER = 256
"""Nobody reads more languages than fit in here."""


def chosen_by(scope: Scope) -> str:
    """The language that cookie and headers of a request ask for."""
    cookie = accept = b""
    for name, value in scope["headers"]:
        if name == b"accept-language":
            accept = value
        elif name == b"cookie":
            cookie = value
    return known(cookie) or accepted(accept[:LONGEST_HEADER])


def known(cookie: bytes) -> str:
    """The language kept in a cookie header, if it is one of ours."""
    found = _CHOSEN.search(cookie) if cookie else None
    language = found[1].decode() if found else ""
    return language if language in LANGUAGES else ""


@lru_cache(maxsize=512)
def accepted(header: bytes) -> str:
    """The best of our languages by Accept-Language (RFC 9110, 12.5.4); English where none is wanted."""
    wanted = sorted(filter(None, map(_range, header.decode("latin-1").split(","))), key=lambda one: -one[0])
    for _, language in wanted:
        if language in LANGUAGES:
            return language
    return SOURCE


def _range(part: str) -> tuple[float, str] | None:
    """Quality and primary subtag: `es-MX;q=0.8` is (0.8, "es"); None for what is not wanted or not understood."""
    tag, _, parameter = part.strip().partition(";")
    quality = re.fullmatch(r"\s*q\s*=\s*(1(?:\.0{0,3})?|0(?:\.\d{0,3})?)\s*", parameter) if parameter else None
    if parameter and quality is None:
        return None
    weight = float(quality[1]) if quality else 1.0
    return (weight, tag.strip().partition("-")[0].lower()) if weight else None


def reader_of(saved: Mapping[str, Any], language: str, *, insists: bool = False) -> Reader:
    """The reader with these saved preferences; `language` is spoken where none was saved, or if he insists on it."""
    spoken = language if insists or saved["language"] not in LANGUAGES else saved["language"]
    zone = saved["time_zone"] if is_zone(saved["time_zone"] or "") else UNIVERSAL
    return Reader(spoken, zone, saved["date_format"] or DATE_FORMS[0])
