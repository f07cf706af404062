"""Reviewers decide claims; providers confirm completions in bulk (F5.7)."""

from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.commands import (
    ApproveClaim,
    ConfirmCompletion,
    RejectClaim,
    RequestEvidence,
)
from services.certification.projections import claims, evidence_files
from services.certification.projections.claims import Claim
from services.certification.service.credit_claims import CreditClaims


class Reviewing(CreditClaims):
    """The programme's side of claims."""

    @rpc
    def claim_queue(self, after: str = "", limit: int = 25) -> dict[str, Any]:
        """Claims that wait for a decision, the longest waiting first; go on after `next` until it is null."""
        asked = schemas.queue.load({"after": after, "limit": limit})
        with self.desk.read() as connection:
            page = claims.queue(connection, after=asked["after"], limit=asked["limit"])
            waiting = claims.how_many_wait(connection)
        last = page[-1] if len(page) == asked["limit"] else None
        return {
            "claims": [{"candidate_id": each.candidate_id, **self._claim_line(each, {})} for each in page],
            "waiting": waiting,
            "next": None if last is None or last.submitted_on is None else f"{last.submitted_on}|{last.claim_id}",
        }

    @rpc
    def claim(self, claim_id: str) -> dict[str, Any]:
        """One claim with its files and the reasons that it can be refused for."""
        found = self._found(claim_id)
        with self.desk.read() as connection:
            files = evidence_files.of_claims(connection, [claim_id])
            fates = claims.fates_of(connection, found.candidate_id)
        return {
            "candidate_id": found.candidate_id,
            **self._claim_line(found, fates),
            "files": [self._file_line(file) for file in files],
            "refusals": [{"reason": key, "words": words} for key, words in self.catalogue.credits.refusals.items()],
        }

    @rpc
    def approve_claim(self, claim_id: str, by: str) -> dict[str, Any]:
        """Let the credits count; refused where the rules say that they never can."""
        found = self._found(claim_id)
        command = ApproveClaim(claim_id=claim_id, reviewer=by, today=self.desk.today(), catalogue=self.catalogue)
        return self._handle(found.candidate_id, command)

    @rpc
    def reject_claim(self, claim_id: str, reason: str, by: str) -> dict[str, Any]:
        """Refuse it for one of the catalogue's reasons."""
        found = self._found(claim_id)
        command = RejectClaim(
            claim_id=claim_id, reason=reason, reviewer=by, today=self.desk.today(), catalogue=self.catalogue
        )
        return self._handle(found.candidate_id, command)

    @rpc
    def request_evidence(self, claim_id: str, question: str, by: str) -> dict[str, Any]:
        """Ask the candidate; the question is kept sealed."""
        asked = schemas.question.load({"question": question})
        found = self._found(claim_id)
        command = RequestEvidence(
            claim_id=claim_id,
            question=self.desk.seal(found.candidate_id, asked["question"]),
            reviewer=by,
            today=self.desk.today(),
            catalogue=self.catalogue,
        )
        return self._handle(found.candidate_id, command)

    @rpc
    def credit_feed(self, provider: str, completions: list[dict[str, str]]) -> dict[str, Any]:
        """A provider's list of completions; each line has its own outcome, and a line sent again changes nothing."""
        asked = schemas.credit_feed.load({"provider": provider, "completions": completions})
        return {"outcomes": [self._confirmed(asked["provider"], line) for line in asked["completions"]]}

    def _confirmed(self, provider: str, line: dict[str, Any]) -> dict[str, Any]:
        candidate_id = line["candidate_id"]
        claim_id = self.desk.new_id(f"feed|{candidate_id}|{line['item']}|{line['completed_on']}")
        command = ConfirmCompletion(
            claim_id="CE-" + claim_id[:12].upper(),
            item=line["item"],
            completed_on=line["completed_on"],
            provider=provider,
            today=self.desk.today(),
            catalogue=self.catalogue,
        )
        outcome = {"candidate_id": candidate_id, "item": line["item"], "completed_on": line["completed_on"].isoformat()}
        try:
            self._handle(candidate_id, command)
        except Rejected as refusal:
            return {**outcome, "counts": False, "reason": refusal.code}
        return {**outcome, "counts": True, "reason": None}

    def _found(self, claim_id: str) -> Claim:
        with self.desk.read() as connection:
            found = claims.one(connection, claim_id)
        if found is None:
            raise NotFound("unknown-claim")
        return found
