"""Accommodations: asked for by candidates, granted or not by the house, before an exam is booked (F10.8)."""

from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.service import rpc
from services.testing import schemas
from services.testing.adapters.built_in_provider import built_in_provider
from services.testing.domain.accommodations import DecideAccommodation, RequestAccommodation, accommodations
from services.testing.projections import accommodations as request_list
from services.testing.projections.accommodations import Request
from services.testing.service.desk import AtDesk
from services.testing.service.reading import iso


class Accommodations(AtDesk):
    """Requests and decisions."""

    @rpc
    def accommodations(self, candidate_id: str) -> dict[str, Any]:
        """What can be arranged, and what became of the candidate's requests."""
        schemas.candidate.load({"candidate_id": candidate_id})
        with self.desk.read() as connection:
            found = request_list.of_candidate(connection, candidate_id)
        return {"kinds": list(built_in_provider().accommodations), "requests": [_line(one) for one in found]}

    @rpc
    def request_accommodation(self, candidate_id: str, accommodation: str, statement: str) -> dict[str, Any]:
        """Ask for one."""
        asked = schemas.accommodation_request.load(
            {"candidate_id": candidate_id, "accommodation": accommodation, "statement": statement}
        )
        if asked["accommodation"] not in built_in_provider().accommodations:
            raise Rejected("unknown-accommodation", accommodation=asked["accommodation"])
        command = RequestAccommodation(
            request_id=f"AC-{self.desk.new_id('accommodation')[:20]}",
            accommodation=asked["accommodation"],
            statement=self.desk.seal(candidate_id, asked["statement"]),
            today=self.desk.today(),
        )
        written = self.desk.handle(accommodations, candidate_id, command, subject=candidate_id)
        return {"request_id": command.request_id, "written": written.mark}

    @rpc
    def accommodation_queue(self) -> list[dict[str, Any]]:
        """What waits for a decision, with what the candidates say."""
        with self.desk.read() as connection:
            found = request_list.waiting(connection)
        return [
            {
                **_line(one),
                "candidate_id": one.candidate_id,
                "statement": self.desk.unseal(one.candidate_id, one.statement) or "",
            }
            for one in found
        ]

    @rpc
    def decide_accommodation(
        self, request_id: str, reviewer: str, *, approved: bool, reason: str = ""
    ) -> dict[str, Any]:
        """Grant it or not."""
        asked = schemas.accommodation_decision.load(
            {"request_id": request_id, "reviewer": reviewer, "approved": approved, "reason": reason}
        )
        with self.desk.read() as connection:
            known = request_list.one(connection, request_id)
        if known is None:
            raise NotFound("unknown-accommodation-request")
        command = DecideAccommodation(**asked, today=self.desk.today())
        written = self.desk.handle(accommodations, known.candidate_id, command, subject=known.candidate_id)
        return {"request_id": request_id, "written": written.mark}


def _line(one: Request) -> dict[str, Any]:
    return {
        "request_id": one.request_id,
        "accommodation": one.accommodation,
        "status": one.status,
        "requested_on": one.requested_on.isoformat(),
        "decided_on": iso(one.decided_on),
        "reason": one.reason,
    }
