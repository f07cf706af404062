"""All challenges of one candidate: windows, one per matter, and a decision that takes two reviewers (R-H1 to R-H4)."""

from datetime import datetime, timedelta
from typing import Any, assert_never

from chassis.decider import Decider, Rejected
from services.testing.domain.challenge_commands import (
    Command,
    DecideChallenge,
    OpenChallenge,
    ProposeRuling,
    RecordSkillChallenge,
    RequestEvidence,
    StartReview,
    SupplyEvidence,
    WithdrawChallenge,
)
from services.testing.domain.challenge_states import Challenge, State, evolve, known_in, only_while
from services.testing.domain.objections import (
    ChallengeDenied,
    ChallengeEvidenceRequested,
    ChallengeEvidenceSupplied,
    ChallengeFeeRefunded,
    ChallengeOpened,
    ChallengeReviewStarted,
    ChallengeRulingProposed,
    ChallengeRulingReturned,
    ChallengeUpheld,
    ChallengeWithdrawn,
    Event,
    Matter,
    Ruling,
    SkillChallengeRecorded,
)


def open_challenge(command: OpenChallenge, state: State) -> list[Event]:
    """Inside its window, by whom it is for, about one thing, once, and paid."""
    if command.challenge_id in state.all:
        return []
    _the_window_is_open(command)
    _it_is_for_this_result(command)
    _nobody_objected_before(command, state)
    if command.terms.fee_cents and command.order_number is None:
        raise Rejected("challenge-fee-unpaid", fee_cents=command.terms.fee_cents)
    return [
        ChallengeOpened(
            challenge_id=command.challenge_id,
            kind=command.terms.kind,
            matter=command.matter,
            question=command.question,
            statement=command.statement,
            opened_at=command.opened_at,
            answer_until=command.today + timedelta(days=command.terms.sla_days),
            fee_cents=command.terms.fee_cents,
            order_number=command.order_number,
        )
    ]


def _the_window_is_open(command: OpenChallenge) -> None:
    opens_on, closes_on = command.terms.opens_on(command.matter.since), command.terms.closes_on(command.matter.since)
    if command.today < opens_on:
        raise Rejected("challenge-too-early", opens_on=opens_on.isoformat())
    if command.today > closes_on:
        raise Rejected("challenge-too-late", closes_on=closes_on.isoformat())


def _it_is_for_this_result(command: OpenChallenge) -> None:
    terms, matter = command.terms, command.matter
    if terms.who == "sanctioned" and matter.kind != "sanction":
        raise Rejected("challenge-is-for-sanctions")
    if terms.who == "failed" and matter.outcome != "fail":
        raise Rejected("challenge-is-for-failed-exams")
    if terms.who == "failed_or_passed" and matter.outcome not in {"pass", "fail"}:
        raise Rejected("challenge-needs-a-result")
    if terms.kind == "lab_rescore" and matter.role != "expert_lab":
        raise Rejected("challenge-is-for-labs")
    if terms.kind == "exam_item" and command.question is None:
        raise Rejected("challenge-names-one-question")


def _nobody_objected_before(command: OpenChallenge, state: State) -> None:
    for known in state.all.values():
        before = known.opened
        same = (before.kind, before.matter.id) == (command.terms.kind, command.matter.id)
        same &= before.question == command.question or command.terms.once_per_attempt
        if same and (known.status != "withdrawn" or command.terms.once_per_attempt):
            raise Rejected("challenge-made-before", challenge_id=before.challenge_id)


def start_review(command: StartReview, state: State) -> list[Event]:
    """A challenge is taken once; a second reviewer comes in when it is decided."""
    known = known_in(state, command.challenge_id)
    if known.status != "opened":
        return []
    return [ChallengeReviewStarted(**_about(known), reviewer=command.reviewer, at=command.at)]


def request_evidence(command: RequestEvidence, state: State) -> list[Event]:
    """While it is under review."""
    known = known_in(state, command.challenge_id)
    only_while(known, "under-review")
    return [
        ChallengeEvidenceRequested(
            **_about(known),
            reviewer=command.reviewer,
            question=command.question,
            at=command.at,
        )
    ]


def supply_evidence(command: SupplyEvidence, state: State) -> list[Event]:
    """Until a ruling is proposed."""
    known = known_in(state, command.challenge_id)
    only_while(known, "opened", "under-review", "waiting")
    return [
        ChallengeEvidenceSupplied(
            challenge_id=command.challenge_id,
            answer=command.answer,
            files=command.files,
            at=command.at,
            was_awaited=known.status == "waiting",
        )
    ]


def propose_ruling(command: ProposeRuling, state: State) -> list[Event]:
    """A remedy fits what was challenged; whoever imposed a sanction does not judge its appeal (R-X3)."""
    known = known_in(state, command.challenge_id)
    only_while(known, "under-review")
    _another_person(command.reviewer, known.opened.matter.decided_by)
    if command.upheld:
        _the_remedy_fits(command.ruling, known.opened.matter)
    return [
        ChallengeRulingProposed(
            challenge_id=command.challenge_id,
            reviewer=command.reviewer,
            upheld=command.upheld,
            reason=command.reason,
            ruling=command.ruling if command.upheld else Ruling(remedy="none"),
            at=command.at,
        )
    ]


def _the_remedy_fits(ruling: Ruling, matter: Matter) -> None:
    fits = {"result": {"correct", "restore", "retake", "none"}, "appointment": {"retake", "none"}}
    if ruling.remedy not in fits.get(matter.kind, {"lift", "restore", "none"}):
        raise Rejected("remedy-does-not-fit", remedy=ruling.remedy)
    if ruling.remedy == "correct" and ruling.outcome is None:
        raise Rejected("correction-names-the-result")


def decide_challenge(command: DecideChallenge, state: State) -> list[Event]:
    """By somebody else than who proposed it; the fee of an upheld one goes back where the terms say so."""
    known = known_in(state, command.challenge_id)
    if known.status in {"upheld", "denied"}:
        return []
    only_while(known, "proposed")
    proposal = known.proposal
    assert proposal is not None
    _another_person(command.reviewer, proposal.reviewer)
    _another_person(command.reviewer, known.opened.matter.decided_by)
    one, by, at = command.challenge_id, command.reviewer, command.at
    if not command.agrees:
        return [ChallengeRulingReturned(challenge_id=one, reviewer=by, reason=command.reason, at=at)]
    if not proposal.upheld:
        return [ChallengeDenied(**_about(known), reviewer=by, reason=proposal.reason, at=at)]
    upheld = ChallengeUpheld(**_about(known), reviewer=by, reason=proposal.reason, ruling=proposal.ruling, at=at)
    return [upheld, *_refund(known, at)]


def _refund(known: Challenge, at: datetime) -> list[Event]:
    opened = known.opened
    if not opened.fee_cents or opened.order_number is None:
        return []
    return [
        ChallengeFeeRefunded(
            challenge_id=opened.challenge_id, order_number=opened.order_number, amount_cents=opened.fee_cents, at=at
        )
    ]


def withdraw_challenge(command: WithdrawChallenge, state: State) -> list[Event]:
    """Until a ruling is proposed."""
    known = known_in(state, command.challenge_id)
    if known.status == "withdrawn":
        return []
    only_while(known, "opened", "under-review", "waiting")
    return [ChallengeWithdrawn(**_about(known), at=command.at)]


def record_skill_challenge(command: RecordSkillChallenge, state: State) -> list[Event]:
    """The same record again is no news, another one under its id is refused."""
    recorded = SkillChallengeRecorded(
        challenge_id=command.challenge_id, name=command.name, taken_on=command.taken_on, result=command.result
    )
    known = state.skills.get(command.challenge_id)
    if known is None:
        return [recorded]
    if known != recorded:
        raise Rejected("provider-record-contradicts", challenge_id=command.challenge_id)
    return []


def _about(known: Challenge) -> dict[str, Any]:
    opened = known.opened
    return {"challenge_id": opened.challenge_id, "kind": opened.kind, "exam": opened.matter.exam}


def _another_person(reviewer: str, other: str | None) -> None:
    if reviewer == other:
        raise Rejected("second-person-needed")


def decide(command: Command, state: State) -> list[Event]:  # noqa: PLR0911 - one line per command
    """The facts that a command adds; raises Rejected."""
    match command:
        case OpenChallenge():
            return open_challenge(command, state)
        case StartReview():
            return start_review(command, state)
        case RequestEvidence():
            return request_evidence(command, state)
        case SupplyEvidence():
            return supply_evidence(command, state)
        case ProposeRuling():
            return propose_ruling(command, state)
        case DecideChallenge():
            return decide_challenge(command, state)
        case WithdrawChallenge():
            return withdraw_challenge(command, state)
        case RecordSkillChallenge():
            return record_skill_challenge(command, state)
        case _ as unknown:
            assert_never(unknown)


challenges: Decider[Command, State, Event] = Decider(
    category="challenges", initial=State(), evolve=evolve, decide=decide
)
"""Streams `challenges-<candidate id>`."""
