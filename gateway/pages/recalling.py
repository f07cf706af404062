"""What the candidate prefers, remembered by the browser so that not every page has to ask."""

from typing import Any

from chassis.errors import Unavailable
from chassis.languages import LANGUAGES
from gateway.language import choosing
from gateway.language.reader import address, reader
from gateway.pages import cookies
from gateway.pages.visit import Visit

FIELDS = ("language", "time_zone", "date_format")


async def recall(visit: Visit) -> None:
    """Ask identity for what the candidate has saved, every ten minutes; while it is silent, the browser decides."""
    saved = visit.saved
    if saved is not None and saved["candidate_id"] == visit.candidate_id:
        return
    try:
        found = await visit.caller.result("identity", "preferences", candidate_id=visit.candidate_id)
    except Unavailable:
        return
    remember(visit, found)
    insists = visit.query.get(choosing.PARAMETER) in LANGUAGES
    address(choosing.reader_of(found, reader().language, insists=insists))
    if found["language"]:
        visit.put(choosing.COOKIE, found["language"], choosing.COOKIE_SECONDS)


def remember(visit: Visit, chosen: dict[str, Any]) -> None:
    """Keep the choice in the browser for a while."""
    value = {"candidate_id": visit.candidate_id, **{name: chosen[name] for name in FIELDS}}
    visit.put(cookies.PREFERENCES, cookies.signed(visit.house, cookies.PREFERENCES, value), cookies.PREFERENCES_SECONDS)
