"""The audit trail: nothing is shown or done in the console that was not written down first."""

from typing import Any

from gateway.calls import Caller

PERSONAL = "candidates.personal-data"


async def write_down(caller: Caller, by: str, what: str, *, about: str = "", place: str = "", reason: str = "") -> None:
    """Write an entry; whatever is raised here also stops what was about to happen."""
    await caller.result("identity", "record_access", by=by, what=what, about=about, place=place[:200], reason=reason)


async def entries(caller: Caller, asked: dict[str, Any]) -> dict[str, Any]:
    """One page of the trail; `asked` has by, about, what, since, until and page."""
    days = {name: asked[name].isoformat() if asked.get(name) else "" for name in ("since", "until")}
    return dict(await caller.result("identity", "accesses", **{**asked, **days}))
