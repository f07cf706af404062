"""Challenges under review: taken by one reviewer, decided by another, with what an upheld one brings (R-H4)."""

from typing import Any

from chassis.command_handling import Order
from chassis.service import rpc
from services.testing import schemas
from services.testing.domain.appointments import appointments
from services.testing.domain.booking_commands import GrantFreeRetake
from services.testing.domain.challenge_commands import DecideChallenge, ProposeRuling, RequestEvidence, StartReview
from services.testing.domain.challenges import challenges
from services.testing.domain.objections import Ruling
from services.testing.domain.result_commands import CorrectResult, RestoreResult
from services.testing.domain.sanctions import LiftSanction, sanctions
from services.testing.domain.sittings import sittings
from services.testing.projections import challenges as challenge_list
from services.testing.projections import history
from services.testing.projections import sanctions as sanction_list
from services.testing.projections.challenges import Challenge
from services.testing.service.dossier import Dossier, line_of

UPHELD = "challenge-upheld"


class Reviewing(Dossier):
    """Reviewers."""

    @rpc
    def challenge_queue(self) -> list[dict[str, Any]]:
        """What waits for a reviewer or for a second one, the nearest promise first."""
        with self.desk.read() as connection:
            found = challenge_list.queue(connection)
        return [{**line_of(one), "candidate_id": one.candidate_id, "reviewer": one.reviewer} for one in found]

    @rpc
    def review(self, challenge_id: str) -> dict[str, Any]:
        """One challenge as its reviewers see it."""
        known = self._known_challenge(challenge_id)
        proposal = {
            "proposed_upheld": known.proposed_upheld,
            "proposed_remedy": known.proposed_remedy,
            "proposed_outcome": known.proposed_outcome,
            "proposed_score": known.proposed_score,
        }
        return {**self._shown(known), **proposal, "candidate_id": known.candidate_id, "reviewer": known.reviewer}

    @rpc
    def start_review(self, challenge_id: str, reviewer: str) -> dict[str, Any]:
        """Take a challenge."""
        asked = schemas.reviewer.load({"challenge_id": challenge_id, "reviewer": reviewer})
        return self._reviewed(challenge_id, StartReview(**asked, at=self.desk.now()))

    @rpc
    def request_evidence(self, challenge_id: str, reviewer: str, question: str) -> dict[str, Any]:
        """Ask the candidate for something."""
        asked = schemas.evidence_request.load(
            {"challenge_id": challenge_id, "reviewer": reviewer, "question": question}
        )
        asked["question"] = self.desk.seal(self._known_challenge(challenge_id).candidate_id, asked["question"])
        return self._reviewed(challenge_id, RequestEvidence(**asked, at=self.desk.now()))

    @rpc
    def propose_ruling(self, challenge_id: str, reviewer: str, **more: Any) -> dict[str, Any]:
        """Say how a challenge should end; somebody else decides."""
        asked = schemas.proposed_ruling.load({"challenge_id": challenge_id, "reviewer": reviewer, **more})
        ruling = Ruling(remedy=asked.pop("remedy"), outcome=asked.pop("outcome"), score=asked.pop("score"))
        return self._reviewed(challenge_id, ProposeRuling(**asked, ruling=ruling, at=self.desk.now()))

    @rpc
    def decide_challenge(self, challenge_id: str, reviewer: str, *, agrees: bool, reason: str = "") -> dict[str, Any]:
        """Agree, or send it back; what an upheld challenge brings stands in the same transaction (R-H4)."""
        asked = schemas.decision.load(
            {"challenge_id": challenge_id, "reviewer": reviewer, "agrees": agrees, "reason": reason}
        )
        known = self._known_challenge(challenge_id)
        mine = known.candidate_id
        command = DecideChallenge(**asked, at=self.desk.now())
        orders = [self.desk.order(challenges, mine, command, subject=mine)]
        if agrees and known.status == "proposed" and known.proposed_upheld:
            orders += self._remedies(known)
        written = self.desk.handle_together(orders)
        marks = [one.mark for one in written if one.mark]
        return {"challenge_id": challenge_id, "written": max(marks, key=lambda mark: mark[-1], default=None)}

    def _remedies(self, known: Challenge) -> list[Order]:
        mine, today = known.candidate_id, self.desk.today()
        match known.proposed_remedy:
            case "correct":
                outcome: Any = known.proposed_outcome
                correct = CorrectResult(
                    result_id=known.matter_id,
                    outcome=outcome,
                    score=known.proposed_score,
                    reason=UPHELD,
                    corrected_on=today,
                )
                return [self.desk.order(sittings, mine, correct, subject=mine)]
            case "retake":
                grant = GrantFreeRetake(challenge_id=known.challenge_id, exam=known.exam or "", granted_on=today)
                return [self.desk.order(appointments, mine, grant, subject=mine)]
            case "restore" | "lift" if known.matter_kind == "sanction":
                return self._lifted(known)
            case "restore":
                restore = RestoreResult(result_id=known.matter_id, reason=UPHELD, restored_on=today)
                return [self.desk.order(sittings, mine, restore, subject=mine)]
        return []

    def _lifted(self, known: Challenge) -> list[Order]:
        """The sanction goes, and with it what it did to a result."""
        mine, today = known.candidate_id, self.desk.today()
        with self.desk.read() as connection:
            sanction = sanction_list.one(connection, known.matter_id)
            line = history.one(connection, sanction.result_id) if sanction and sanction.result_id else None
        lift = LiftSanction(sanction_id=known.matter_id, today=today, reason=UPHELD)
        orders = [self.desk.order(sanctions, mine, lift, subject=mine)]
        if line is not None and line.outcome == "invalidated":
            restore = RestoreResult(result_id=line.result_id, reason=UPHELD, restored_on=today)
            orders.append(self.desk.order(sittings, mine, restore, subject=mine))
        return orders

    def _reviewed(self, challenge_id: str, command: object) -> dict[str, Any]:
        return self._told(self._known_challenge(challenge_id).candidate_id, challenge_id, command)
