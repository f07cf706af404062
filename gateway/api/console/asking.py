"""What operations of the console have in common: an entry of the audit trail, and what the asker's groups allow."""

from gateway.api.operation import Ask
from gateway.console import trail


async def write_down(ask: Ask, what: str, *, about: str = "", reason: str = "") -> None:
    """An entry of the audit trail about this request."""
    place = ask.request.url.path
    await trail.write_down(ask.caller, ask.candidate_id, what, about=about, place=place, reason=reason)


def permissions(ask: Ask) -> list[str]:
    """What the groups of the asker allow."""
    return sorted(ask.principal.permissions)
