"""A candidate's record: evidence comes in, the fold is made anew, and what came out differently is told."""

from collections.abc import Callable
from typing import Any

from chassis.decider import Decider
from services.certification.domain import claim_decisions as claims
from services.certification.domain import commands, joining
from services.certification.domain import exam_decisions as exams
from services.certification.domain import programme_decisions as programme
from services.certification.domain.commands import Command
from services.certification.domain.facts import Event
from services.certification.domain.state import State, evolve

DECISIONS: dict[type, Callable[[Any, State], list[Event]]] = {
    commands.RecordExam: exams.record_exam,
    commands.RevokeExam: exams.revoke_exam,
    commands.RestoreExam: exams.restore_exam,
    commands.RecordClaim: exams.record_claim,
    commands.GrantEmeritus: exams.grant_emeritus,
    commands.Extend: exams.extend,
    commands.Review: exams.review,
    commands.JoinEvidence: joining.join_evidence,
    commands.PartEvidence: joining.part_evidence,
    commands.RevokeCertification: programme.revoke_certification,
    commands.RestoreCertification: programme.restore_certification,
    commands.HoldCertification: programme.hold_certification,
    commands.LiftHold: programme.lift_hold,
    commands.RecordAgreement: programme.record_agreement,
    commands.ApplyForEmeritus: programme.apply_for_emeritus,
    commands.PayEmeritus: programme.pay_emeritus,
    commands.AcceptCreditTerms: claims.accept_credit_terms,
    commands.DraftClaim: claims.draft_claim,
    commands.AttachEvidence: claims.attach_evidence,
    commands.SubmitClaim: claims.submit_claim,
    commands.WithdrawClaim: claims.withdraw_claim,
    commands.RequestEvidence: claims.request_evidence,
    commands.SupplyEvidence: claims.supply_evidence,
    commands.ApproveClaim: claims.approve_claim,
    commands.RejectClaim: claims.reject_claim,
    commands.RevokeClaim: claims.revoke_claim,
    commands.ConfirmCompletion: claims.confirm_completion,
}
"""Which function decides which command; a test holds it against the union `Command`."""


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    return DECISIONS[type(command)](command, state)


record: Decider[Command, State, Event] = Decider(category="record", initial=State(), evolve=evolve, decide=decide)
"""Streams `record-<candidate id>`."""
