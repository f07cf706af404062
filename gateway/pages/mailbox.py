"""The embedded mailbox, for demonstrations and tests only: what the portal would have mailed."""

import re
from datetime import UTC, datetime

from starlette.responses import Response

from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

LINK = re.compile(r"(https?://\S+)")
EMPTY_LINE = re.compile(r"\r?\n\s*\n")


async def show(visit: Visit) -> Response:
    """The last mails, newest first; not there where people live."""
    if visit.house.settings.mode == "production":
        raise Problem(404, "not-found")
    mails = await visit.caller.result("identity", "mailbox", to=visit.query.get("to", ""))
    return visit.show("mailbox", mails=[_shown(mail) for mail in mails])


def _shown(mail: dict[str, object]) -> dict[str, object]:
    """Paragraphs, in which links can be followed."""
    sent_at = datetime.fromtimestamp(float(str(mail["sent_at"])), UTC).isoformat()
    paragraphs = [LINK.split(paragraph) for paragraph in EMPTY_LINE.split(str(mail["text"]).strip())]
    return {**mail, "sent_at": sent_at, "paragraphs": paragraphs}


PAGES = (Page(method="GET", path="/mailbox", handler=show),)
