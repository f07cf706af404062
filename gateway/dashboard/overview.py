"""What the five services say about one candidate, each in one answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from gateway.calls import Caller, Part

SERVICES = ("identity", "certification", "testing", "fulfillment", "verification")
OVERVIEW = "overview"


@dataclass(frozen=True, slots=True)
class Overview:
    """Each service's part; a silent one has what is remembered of it, or nothing."""

    parts: dict[str, Part]

    def of(self, service: str, name: str) -> Any:
        """One thing that a service told; None where nothing is known."""
        result = self.parts[service].result
        return None if result is None else result[name]

    @property
    def silent(self) -> list[str]:
        """Services that do not answer."""
        return [service for service, part in self.parts.items() if part.silent]

    @property
    def unknown(self) -> list[str]:
        """Silent services of which nothing is remembered."""
        return [service for service, part in self.parts.items() if part.result is None]

    @property
    def behind(self) -> list[str]:
        """Services whose answers may miss what the caller has just written."""
        return [service for service, part in self.parts.items() if part.behind]

    @property
    def known_at(self) -> dict[str, float]:
        """The moments (unix seconds) of data that is not of now."""
        return {service: part.known_at for service, part in self.parts.items() if part.known_at is not None}


async def overview(caller: Caller, candidate_id: str, language: str = "") -> Overview:
    """Ask every service at once."""
    asked: dict[str, tuple[str, dict[str, Any]]] = {service: (OVERVIEW, {}) for service in SERVICES}
    asked["identity"] = (OVERVIEW, {"language": language})
    return Overview(await caller.parts(candidate_id, asked))


def programme_day(found: Overview) -> date:
    """Today by the installation's clock, which services know; the real day while certification is unknown."""
    standing = found.of("certification", "status")
    return date.fromisoformat(standing["as_of"]) if standing else datetime.now(UTC).date()
