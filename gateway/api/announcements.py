"""Announcements: candidates read them and put them away; staff writes, publishes, changes and withdraws them (F3.3)."""

from typing import Any

from gateway.api import answers, schemas
from gateway.api.console.asking import write_down
from gateway.api.operation import Answer, Ask, Operation

CONSOLE = "/api/console/v1/announcements"
ONE = f"{CONSOLE}/{{announcement_id}}"


async def mine(ask: Ask) -> Answer:
    """What the candidate is shown now."""
    found = await ask.caller.result("identity", "announcements", candidate_id=ask.candidate_id)
    return Answer({"announcements": found, "stale": bool(ask.caller.stale)})


async def dismiss(ask: Ask) -> Answer:
    """Put one away, on every device."""
    announcement_id = ask.path["announcement_id"]
    arguments = {"candidate_id": ask.candidate_id, "announcement_id": announcement_id}
    return Answer(await ask.command("identity", "dismiss_announcement", **arguments))


async def listed(ask: Ask) -> Answer:
    """All of them, the one written last first."""
    found = await ask.caller.result("identity", "announcements_list", **ask.query)
    return Answer({"announcements": found})


async def one(ask: Ask) -> Answer:
    """One of them, with how many candidates it reaches."""
    return Answer(await ask.caller.result("identity", "announcement", announcement_id=ask.path["announcement_id"]))


async def draft(ask: Ask) -> Answer:
    """Write one that nobody sees yet."""
    await write_down(ask, "announcement-drafted")
    return Answer(
        await ask.command("identity", "draft_announcement", by=ask.principal.subject, **written(ask.body)), 201
    )


async def change(ask: Ask) -> Answer:
    """Say something else."""
    return Answer(await _act(ask, "announcement-changed", "change_announcement", **written(ask.body)))


async def publish(ask: Ask) -> Answer:
    """Let its audience see it."""
    return Answer(await _act(ask, "announcement-published", "publish_announcement"))


async def withdraw(ask: Ask) -> Answer:
    """Take it back for good."""
    return Answer(await _act(ask, "announcement-withdrawn", "withdraw_announcement"))


async def _act(ask: Ask, what: str, method: str, **more: Any) -> dict[str, Any]:
    await write_down(ask, what)
    announcement_id = ask.path["announcement_id"]
    return await ask.command("identity", method, announcement_id=announcement_id, by=ask.principal.subject, **more)


def written(body: dict[str, Any]) -> dict[str, Any]:
    """What was written, as it travels."""
    moments = {name: body[name].isoformat() for name in ("shown_from", "shown_until")}
    return {"title": body["title"], "text": body["text"], "audience": body["audience"], **moments}


REFUSED = {409: "It was withdrawn, has ended, or would end before it begins; `code` says which."}

OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me/announcements", summary="Announcements for me", handler=mine,
        answer=answers.Announcements(),
    ),
    Operation(
        method="POST", path="/api/v1/me/announcements/{announcement_id}/dismissal", summary="Put an announcement away",
        handler=dismiss, answer=answers.Dismissed(), writes=True,
        also={409: "The candidate is not shown this announcement."},
    ),
    Operation(
        method="GET", path=CONSOLE, summary="All announcements", handler=listed, query=schemas.Leaf(),
        answer=answers.AnnouncementList(),
    ),
    Operation(
        method="POST", path=CONSOLE, summary="Draft an announcement", handler=draft, status=201,
        body=schemas.WriteAnnouncement(), answer=answers.AnnouncementId(), writes=True, also=REFUSED,
    ),
    Operation(
        method="GET", path=ONE, summary="One announcement and its reach", handler=one,
        answer=answers.WrittenAnnouncement(),
    ),
    Operation(
        method="PUT", path=ONE, summary="Change an announcement", handler=change,
        body=schemas.WriteAnnouncement(), answer=answers.AnnouncementId(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{ONE}/publication", summary="Publish an announcement", handler=publish,
        answer=answers.AnnouncementId(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{ONE}/withdrawal", summary="Withdraw an announcement", handler=withdraw,
        answer=answers.AnnouncementId(), writes=True, also=REFUSED,
    ),
)  # fmt: skip
