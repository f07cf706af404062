"""Continuing education as candidates see it: terms, items, claims, balance (F5.1 to F5.6)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.catalogue import CreditItem
from services.certification.domain.claim_facts import ClaimLine
from services.certification.domain.commands import (
    AcceptCreditTerms,
    DraftClaim,
    SubmitClaim,
    SupplyEvidence,
    WithdrawClaim,
)
from services.certification.domain.days import days_after
from services.certification.projections import balance, claims, evidence_files, status
from services.certification.projections.claims import Claim
from services.certification.service.parts import Records, iso

EXAMS_THAT_ADD = ("concentration", "core", "expert_written")
"""What the balance bar compares with: the roles whose passes renew more than an associate."""


class CreditClaims(Records):
    """A candidate's continuing education."""

    @rpc
    def credits(self, candidate_id: str) -> dict[str, Any]:
        """Everything on the page: enrolment, balance against the requirement, claims with what became of each item."""
        schemas.candidate.load({"candidate_id": candidate_id})
        today = self.desk.today()
        with self.desk.read() as connection:
            found = claims.of_candidate(connection, candidate_id)
            fates = claims.fates_of(connection, candidate_id)
            enrolment = claims.enrolment_of(connection, candidate_id)
            in_hand = balance.on_day(connection, candidate_id, today)
            files = evidence_files.of_claims(connection, [claim.claim_id for claim in found])
            held = status.of_candidate(connection, candidate_id, today).held
        pending = sum(line[1] for claim in found if claim.status == "pending" for line in claim.lines)
        return {
            "terms": self.catalogue.credits.terms,
            "accepted": None if enrolment is None else enrolment.version,
            "accepted_on": None if enrolment is None else iso(enrolment.accepted_on),
            "balance": self._balance(held, in_hand, pending),
            "claims": [
                {
                    **self._claim_line(claim, fates),
                    "files": [self._file_line(file) for file in files if file.claim_id == claim.claim_id],
                }
                for claim in found
            ],
            "as_of": today.isoformat(),
        }

    def _balance(self, held: Sequence[status.Line], in_hand: int, pending: int) -> dict[str, Any]:
        """Against the requirement of the highest active level (R-CE1); nothing where nothing can be renewed."""
        levels = {level.id: level for level in self.catalogue.levels}
        active = [line for line in held if line.status == "active" and line.level in levels]
        high = max((levels[line.level] for line in active), key=lambda level: level.rank, default=None)
        if high is None or not high.earns_credits:
            return {"approved": in_hand, "pending": pending, "required": None, "level": None, "cycle_ends_on": None,
                    "exam_adds": []}  # fmt: skip
        ends = [line.expires_on for line in active if line.level == high.id and line.expires_on is not None]
        return {
            "approved": in_hand,
            "pending": pending,
            "required": high.points_required,
            "level": high.id,
            "cycle_ends_on": iso(max(ends, default=None)),
            "exam_adds": [{"role": role, "points": points} for role, points in self._added_by_exams(high.rank)],
        }

    def _added_by_exams(self, rank: int) -> list[tuple[str, int]]:
        worth = {exam.role: exam.points[rank] for exam in self.catalogue.exams.values()}
        return [(role, worth[role]) for role in EXAMS_THAT_ADD if worth.get(role)]

    def _claim_line(self, claim: Claim, fates: dict[tuple[str, date], tuple[str, date]]) -> dict[str, Any]:
        question = None if claim.question is None else self.desk.unseal(claim.candidate_id, claim.question)
        return {
            "claim_id": claim.claim_id,
            "status": claim.status,
            "submitted_on": iso(claim.submitted_on),
            "decided_on": iso(claim.decided_on),
            "reason": claim.reason,
            "refusal": self.catalogue.credits.refusals.get(claim.reason or ""),
            "question": question,
            "asked_on": iso(claim.asked_on),
            "credits": sum(line[1] for line in claim.lines),
            "lines": [self._item_line(claim.status, line, fates) for line in claim.lines],
        }

    def _item_line(
        self, claim_status: str, line: list[Any], fates: dict[tuple[str, date], tuple[str, date]]
    ) -> dict[str, Any]:
        code, amount, completed = line
        completed_on = date.fromisoformat(completed)
        fate, fate_on = fates.get((code, completed_on), (None, None)) if claim_status == "approved" else (None, None)
        claim_days = self.catalogue.credit_rules.claim_days
        return {
            **self._item(self.catalogue.credits.items.get(code), code),
            "credits": amount,
            "completed_on": completed,
            "claim_until": iso(days_after(completed_on, claim_days)),
            "fate": fate,
            "fate_on": iso(fate_on),
        }

    @staticmethod
    def _item(item: CreditItem | None, code: str) -> dict[str, Any]:
        if item is None:
            return {"item": code, "title": code, "kind": None, "provider": None, "evidence": None}
        return {
            "item": code,
            "title": item.title,
            "kind": item.kind.label,
            "provider": item.provider,
            "evidence": item.kind.evidence,
        }

    def _file_line(self, file: evidence_files.File) -> dict[str, Any]:
        name = self.desk.unseal(file.candidate_id, file.file_name)
        return {
            "evidence_id": file.evidence_id,
            "file_name": name,
            "content_type": file.content_type,
            "size": file.size,
            "pieces": file.pieces,
            "attached_on": iso(file.attached_on),
        }

    @rpc
    def credit_items(self, words: str = "", page: int = 1, page_size: int = 25) -> dict[str, Any]:
        """Search the items that earn credits; every word must stand in code, title, kind or provider (F5.4)."""
        asked = schemas.credit_items.load({"words": words, "page": page, "page_size": page_size})
        wanted = asked["words"].casefold().split()
        found = [item for item in self.catalogue.credits.items.values() if all(word in _text(item) for word in wanted)]
        found.sort(key=lambda item: (item.title, item.code))
        first = (asked["page"] - 1) * asked["page_size"]
        return {
            "items": [
                {**self._item(item, item.code), "credits": item.credits}
                for item in found[first : first + asked["page_size"]]
            ],
            "total": len(found),
        }

    @rpc
    def accept_credit_terms(self, candidate_id: str, version: str) -> dict[str, Any]:
        """Enrol (F5.3)."""
        asked = schemas.version.load({"candidate_id": candidate_id, "version": version})
        command = AcceptCreditTerms(version=asked["version"], today=self.desk.today(), catalogue=self.catalogue)
        return self._handle(candidate_id, command)

    @rpc
    def draft_claim(
        self, candidate_id: str, lines: list[dict[str, str]], claim_id: str | None = None
    ) -> dict[str, Any]:
        """Begin a claim of one or several items, or change its draft."""
        asked = schemas.draft_claim.load({"candidate_id": candidate_id, "lines": lines, "claim_id": claim_id})
        known = asked["claim_id"] or "CE-" + self.desk.new_id("claim")[:12].upper()
        wanted = tuple(ClaimLine(credits=0, **each) for each in asked["lines"])
        command = DraftClaim(claim_id=known, lines=wanted, today=self.desk.today(), catalogue=self.catalogue)
        return {"claim_id": known, **self._handle(candidate_id, command)}

    @rpc
    def submit_claim(self, candidate_id: str, claim_id: str) -> dict[str, Any]:
        """Hand a draft in (F5.5)."""
        asked = schemas.claim.load({"candidate_id": candidate_id, "claim_id": claim_id})
        command = SubmitClaim(claim_id=asked["claim_id"], today=self.desk.today(), catalogue=self.catalogue)
        return {"claim_id": claim_id, **self._handle(candidate_id, command)}

    @rpc
    def withdraw_claim(self, candidate_id: str, claim_id: str) -> dict[str, Any]:
        """Take a draft or a pending claim back."""
        asked = schemas.claim.load({"candidate_id": candidate_id, "claim_id": claim_id})
        command = WithdrawClaim(claim_id=asked["claim_id"], today=self.desk.today(), catalogue=self.catalogue)
        return {"claim_id": claim_id, **self._handle(candidate_id, command)}

    @rpc
    def supply_evidence(self, candidate_id: str, claim_id: str) -> dict[str, Any]:
        """Say that the files that were asked for are there."""
        asked = schemas.claim.load({"candidate_id": candidate_id, "claim_id": claim_id})
        command = SupplyEvidence(claim_id=asked["claim_id"], today=self.desk.today(), catalogue=self.catalogue)
        return {"claim_id": claim_id, **self._handle(candidate_id, command)}


def _text(item: CreditItem) -> str:
    return f"{item.code} {item.title} {item.kind.label} {item.provider}".casefold()
