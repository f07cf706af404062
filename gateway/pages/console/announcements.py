"""Announcements in the console: written, counted, published, changed, withdrawn (F3.3)."""

from datetime import datetime
from typing import Any

from starlette.responses import Response

from gateway.api import schemas
from gateway.api.announcements import written
from gateway.console.audiences import LEVELS, TRACKS
from gateway.language import reader
from gateway.language.reader import OWN_NAMES
from gateway.language.saying import zone
from gateway.pages.console.visiting import page_number, send, write_down
from gateway.pages.forms import NONE, Trouble, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/announcements"
ONE = f"{LIST}/{{announcement_id}}"
NEW = f"{LIST}/new"
FORM = schemas.WriteAnnouncement()
ENTRIES = ("title", "text", "shown_from", "shown_until", "countries")
TICKS = ("levels", "tracks", "languages")
PAGE_SIZE = 50


async def announcements(visit: Visit) -> Response:
    """All of them, the one written last first."""
    page = page_number(visit.query)
    found = await visit.caller.result("identity", "announcements_list", page=page, page_size=PAGE_SIZE)
    return visit.show("console/announcements", announcements=found, page=page, more=len(found) == PAGE_SIZE)


async def ask_new(visit: Visit) -> Response:
    """The empty form."""
    return _form(visit, NONE, action=NEW)


async def create(visit: Visit) -> Response:
    """Draft one, or count whom it would reach."""
    data, trouble = load(FORM, entered(visit))
    if not trouble and visit.form.get("act") == "count":
        return _form(visit, NONE, action=NEW, reach=await _reach(visit, data["audience"]))
    if not trouble:
        await write_down(visit, "announcement-drafted")
        trouble = await send(visit, "identity", "draft_announcement", by=visit.candidate_id, **written(data))
    return _form(visit, trouble, action=NEW) if trouble else visit.go(LIST, notice="announcement-drafted")


async def one(visit: Visit) -> Response:
    """One of them, to look at and to change."""
    return await _one(visit, NONE)


async def change(visit: Visit) -> Response:
    """Say something else, or count whom that would reach."""
    data, trouble = load(FORM, entered(visit))
    if not trouble and visit.form.get("act") == "count":
        return await _one(visit, NONE, reach=await _reach(visit, data["audience"]))
    if not trouble:
        trouble = await _act(visit, "announcement-changed", "change_announcement", **written(data))
    return await _one(visit, trouble) if trouble else visit.go(_here(visit), notice="announcement-changed")


async def publish(visit: Visit) -> Response:
    """Let its audience see it."""
    trouble = await _act(visit, "announcement-published", "publish_announcement")
    return await _one(visit, trouble) if trouble else visit.go(_here(visit), notice="announcement-published")


async def withdraw(visit: Visit) -> Response:
    """Take it back for good."""
    trouble = await _act(visit, "announcement-withdrawn", "withdraw_announcement")
    return await _one(visit, trouble) if trouble else visit.go(_here(visit), notice="announcement-withdrawn")


async def _act(visit: Visit, what: str, method: str, **more: Any) -> Trouble:
    await write_down(visit, what)
    announcement_id = visit.path["announcement_id"]
    return await send(visit, "identity", method, announcement_id=announcement_id, by=visit.candidate_id, **more)


async def _reach(visit: Visit, audience: dict[str, Any]) -> int:
    return int((await visit.caller.result("identity", "announcement_reach", **audience))["reach"])


async def _one(visit: Visit, trouble: Trouble, *, reach: int | None = None) -> Response:
    found = await visit.caller.result("identity", "announcement", announcement_id=visit.path["announcement_id"])
    counted = found["reach"] if reach is None else reach
    return _form(visit, trouble, action=_here(visit), found=found, reach=counted)


def _form(
    visit: Visit, trouble: Trouble, *, action: str, found: dict[str, Any] | None = None, reach: int | None = None
) -> Response:
    values, ticked = (known(found) if found else ({}, set())) if not visit.form else typed(visit)
    return visit.show(
        "console/announcement", trouble=trouble, action=action, found=found, reach=reach, ticked=ticked,
        values={name: values.get(name, "") for name in ENTRIES}, zone=reader().zone,
        choices={"levels": LEVELS, "tracks": TRACKS, "languages": OWN_NAMES},
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


def entered(visit: Visit) -> dict[str, Any]:
    """The form as the schema reads it: moments with the reader's zone, countries one by one."""
    audience: dict[str, Any] = {name: visit.many(name) for name in TICKS}
    audience["countries"] = visit.form.get("countries", "").replace(",", " ").upper().split()
    words = {name: visit.form.get(name, "").strip() for name in ("title", "text")}
    return {**words, "audience": audience, **{name: _moment(visit, name) for name in ("shown_from", "shown_until")}}


def _moment(visit: Visit, name: str) -> str:
    """What was typed, with its zone; left as it is where it is no moment, for the schema to complain."""
    text = visit.form.get(name, "").strip()
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone(reader().zone)).isoformat()
    except ValueError:
        return text


def typed(visit: Visit) -> tuple[dict[str, str], set[str]]:
    """What came with the form, as it goes back into it."""
    ticked = {f"{name}-{value}" for name in TICKS for value in visit.many(name)}
    return {name: visit.form.get(name, "") for name in ENTRIES}, ticked


def known(found: dict[str, Any]) -> tuple[dict[str, str], set[str]]:
    """An announcement as it stands, as it goes into the form."""
    values = {name: found[name] for name in ("title", "text")}
    for name in ("shown_from", "shown_until"):
        values[name] = datetime.fromisoformat(found[name]).astimezone(zone(reader().zone)).strftime("%Y-%m-%dT%H:%M")
    values["countries"] = " ".join(found["audience"]["countries"])
    return values, {f"{name}-{value}" for name in TICKS for value in found["audience"][name]}


def _here(visit: Visit) -> str:
    return f"{LIST}/{visit.path['announcement_id']}"


PAGES = (
    Page(method="GET", path=LIST, handler=announcements),
    Page(method="GET", path=NEW, handler=ask_new),
    Page(method="POST", path=NEW, handler=create),
    Page(method="GET", path=ONE, handler=one),
    Page(method="POST", path=ONE, handler=change),
    Page(method="POST", path=f"{ONE}/publication", handler=publish),
    Page(method="POST", path=f"{ONE}/withdrawal", handler=withdraw),
)
