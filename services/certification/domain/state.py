"""What a record knows when it decides: its evidence, what was told about it, and what people have under way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never

from services.certification.domain import claim_facts as claims
from services.certification.domain import programme_facts as programme
from services.certification.domain.agreement import Accepted, accepted_by, is_enough
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.commands import Command
from services.certification.domain.differences import news
from services.certification.domain.evidence import (
    ClaimVoided,
    Credits,
    EmeritusGrant,
    Evidence,
    Extension,
    Hold,
    HoldLifted,
    Revocation,
    RevocationLifted,
    Sanction,
    SanctionLifted,
    Sitting,
)
from services.certification.domain.facts import (
    CreditsRecorded,
    EmeritusRecorded,
    Event,
    EvidenceFact,
    ExamEvidenceRecorded,
    ExamEvidenceRevoked,
    ExtensionRecorded,
)
from services.certification.domain.join_facts import EvidenceJoined, EvidenceParted, JoinFact
from services.certification.domain.milestones import Anniversary, expert_days
from services.certification.domain.remembered import remembered_fold
from services.certification.domain.scribe import Cause, Scribe
from services.certification.domain.standing import Record
from services.certification.domain.told import Told, after
from services.certification.domain.withholding import without_new_earnings

ClaimStatus: TypeAlias = Literal["draft", "pending", "approved", "rejected", "withdrawn", "revoked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim of credits as its facts left it."""

    status: ClaimStatus
    lines: tuple[claims.ClaimLine, ...]
    submitted_on: date | None = None
    evidence: tuple[str, ...] = ()
    asked: bool = False
    """Whoever decides waits for more evidence."""


@dataclass(frozen=True, slots=True)
class State:
    """The evidence known, what was told about it, and what is under way."""

    evidence: tuple[Evidence, ...] = ()
    told: Told = field(default_factory=Told)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    credit_terms: str | None = None
    agreements: tuple[Accepted, ...] = ()
    application: programme.EmeritusApplied | None = None
    """Applied for and not paid yet."""
    paid: frozenset[str] = frozenset()
    """Applications that were paid."""
    eligibility_told: date | None = None
    """The first expert day whose eligibility for emeritus was told."""
    anniversary: Anniversary = None
    joined: Mapping[str, EvidenceJoined] = field(default_factory=dict)
    """What absorbed records rest on, by their ids."""

    def all_evidence(self) -> tuple[Evidence, ...]:
        """The own evidence, and that of the records for which this one stands."""
        return (*self.evidence, *(piece for one in self.joined.values() for piece in one.evidence()))


def evolve(state: State, event: Event) -> State:
    """Append evidence, apply news, follow what is under way; never raises."""
    match event:
        case (
            ExamEvidenceRecorded()
            | ExamEvidenceRevoked()
            | programme.ExamEvidenceRestored()
            | CreditsRecorded()
            | ExtensionRecorded()
            | EmeritusRecorded()
            | programme.SanctionRecorded()
            | programme.SanctionLifted()
            | programme.CertificationHeld()
            | programme.CertificationHoldLifted()
        ):
            return replace(state, evidence=(*state.evidence, _evidence(event)))
        case claims.CreditClaimRevoked(claim_id=claim_id):
            return _with_claim(replace(state, evidence=(*state.evidence, _evidence(event))), claim_id, "revoked")
        case (
            claims.CreditTermsAccepted()
            | claims.CreditClaimDrafted()
            | claims.CreditEvidenceAttached()
            | claims.CreditClaimSubmitted()
            | claims.CreditEvidenceRequested()
            | claims.CreditEvidenceSupplied()
            | claims.CreditClaimApproved()
            | claims.CreditClaimRejected()
            | claims.CreditClaimWithdrawn()
        ):
            return _claimed(state, event)
        case (
            programme.AgreementRecorded()
            | programme.EmeritusApplied()
            | programme.EmeritusPaid()
            | programme.EmeritusEligibilityReached()
            | programme.ExpertAnniversaryReached()
            | programme.ExpertAnniversaryMissed()
        ):
            return _programme(state, event)
        case EvidenceJoined() | EvidenceParted():
            return _joined(state, event)
        case news_told:
            return replace(state, told=after(state.told, (news_told,)))


def _joined(state: State, event: JoinFact) -> State:
    others = {each: one for each, one in state.joined.items() if each != event.absorbed_id}
    if isinstance(event, EvidenceJoined):
        others[event.absorbed_id] = event
    return replace(state, joined=others)


def _evidence(event: EvidenceFact) -> Evidence:  # noqa: C901, PLR0911  one short case per kind of evidence
    known_on = event.recorded_on
    match event:
        case ExamEvidenceRecorded(result_id=result_id, exam=exam, taken_on=day, passed=passed):
            return Sitting(result_id=result_id, exam=exam, taken_on=day, passed=passed, known_on=known_on)
        case ExamEvidenceRevoked(result_id=result_id, revoked_on=day, reason=reason):
            return Revocation(result_id=result_id, revoked_on=day, reason=reason, known_on=known_on)
        case programme.ExamEvidenceRestored(result_id=result_id, restored_on=day):
            return RevocationLifted(result_id=result_id, lifted_on=day, known_on=known_on)
        case CreditsRecorded():
            return _credits(event)
        case claims.CreditClaimRevoked(claim_id=claim_id, revoked_on=day):
            return ClaimVoided(claim_id=claim_id, voided_on=day, known_on=known_on)
        case ExtensionRecorded(days=days, extended_on=day):
            return Extension(days=days, extended_on=day, known_on=known_on)
        case EmeritusRecorded(granted_on=day):
            return EmeritusGrant(granted_on=day, known_on=known_on)
        case programme.SanctionRecorded():
            return _sanction(event)
        case programme.SanctionLifted(sanction_id=sanction_id, lifted_on=day):
            return SanctionLifted(sanction_id=sanction_id, lifted_on=day, known_on=known_on)
        case programme.CertificationHeld(hold_id=hold_id, heading=heading, held_on=day):
            return Hold(hold_id=hold_id, certification=heading.certification, held_on=day, known_on=known_on)
        case programme.CertificationHoldLifted(hold_id=hold_id, lifted_on=day):
            return HoldLifted(hold_id=hold_id, lifted_on=day, known_on=known_on)
        case _ as unknown:
            assert_never(unknown)


def _credits(fact: CreditsRecorded) -> Credits:
    return Credits(
        item=fact.item,
        credits=fact.credits,
        completed_on=fact.completed_on,
        submitted_on=fact.submitted_on,
        known_on=fact.recorded_on,
        claim_id=fact.claim_id,
    )


def _sanction(fact: programme.SanctionRecorded) -> Sanction:
    return Sanction(
        sanction_id=fact.sanction_id,
        certification=fact.certification,
        revoked_on=fact.revoked_on,
        reason=fact.reason,
        known_on=fact.recorded_on,
    )


def _claimed(state: State, event: claims.ClaimFact) -> State:  # noqa: PLR0911  one case per fact
    match event:
        case claims.CreditTermsAccepted(version=version):
            return replace(state, credit_terms=version)
        case claims.CreditClaimDrafted(claim_id=claim_id, lines=lines):
            before = state.claims.get(claim_id, Claim(status="draft", lines=()))
            return _keeping(state, claim_id, replace(before, lines=lines))
        case claims.CreditEvidenceAttached(claim_id=claim_id, evidence_id=evidence_id):
            claim = state.claims[claim_id]
            return _keeping(state, claim_id, replace(claim, evidence=(*claim.evidence, evidence_id)))
        case claims.CreditClaimSubmitted(claim_id=claim_id, lines=lines, submitted_on=day):
            before = state.claims.get(claim_id, Claim(status="draft", lines=()))
            return _keeping(state, claim_id, replace(before, status="pending", lines=lines, submitted_on=day))
        case claims.CreditEvidenceRequested(claim_id=claim_id):
            return _keeping(state, claim_id, replace(state.claims[claim_id], asked=True))
        case claims.CreditEvidenceSupplied(claim_id=claim_id):
            return _keeping(state, claim_id, replace(state.claims[claim_id], asked=False))
        case claims.CreditClaimApproved(claim_id=claim_id):
            return _with_claim(state, claim_id, "approved")
        case claims.CreditClaimRejected(claim_id=claim_id):
            return _with_claim(state, claim_id, "rejected")
        case claims.CreditClaimWithdrawn(claim_id=claim_id):
            return _with_claim(state, claim_id, "withdrawn")
        case _ as unknown:
            assert_never(unknown)


def _with_claim(state: State, claim_id: str, status: ClaimStatus) -> State:
    return _keeping(state, claim_id, replace(state.claims[claim_id], status=status, asked=False))


def _keeping(state: State, claim_id: str, claim: Claim) -> State:
    return replace(state, claims={**state.claims, claim_id: claim})


def _programme(state: State, event: programme.ProgrammeFact) -> State:
    match event:
        case programme.AgreementRecorded(version=version, accepted_on=day, place=place):
            return replace(state, agreements=(*state.agreements, Accepted(version, day, place)))
        case programme.EmeritusApplied():
            return replace(state, application=event)
        case programme.EmeritusPaid(application_id=application_id):
            return replace(state, application=None, paid=state.paid | {application_id})
        case programme.EmeritusEligibilityReached(first_expert_on=day):
            return replace(state, eligibility_told=day)
        case programme.ExpertAnniversaryReached():
            return replace(state, anniversary="reached")
        case programme.ExpertAnniversaryMissed():
            return replace(state, anniversary="missed")
        case _ as unknown:
            assert_never(unknown)


# -- what every decision uses ------------------------------------------------------------------------------------------


def with_news(fact: EvidenceFact, command: Command, state: State, cause: Cause) -> list[Event]:
    """A piece of evidence and all that comes of it."""
    return [fact, *news_of(evolve(state, fact), command, cause)]


def news_of(state: State, command: Command, cause: Cause) -> list[Event]:
    """What the record says otherwise than was told; new earnings wait for the agreement (R-Q1)."""
    scribe = Scribe(command.catalogue, day_of(state, command), cause)
    record = folded(state, command)
    if not agreement_stands(state, command.catalogue, scribe.today):
        record = without_new_earnings(record, state.told, scribe.today)
    told = news(state.told, record, scribe)
    days = expert_days(state.told.after(*told), record, scribe, state.eligibility_told, state.anniversary)
    return [*told, *days]


def folded(state: State, command: Command) -> Record:
    """The record of the day."""
    return remembered_fold(state.all_evidence(), command.catalogue, day_of(state, command))


def day_of(state: State, command: Command) -> date:
    """The programme day, but no day before the last evidence: a clock that goes back makes nothing unknown."""
    return max(command.today, *(piece.known_on for piece in state.all_evidence()), date.min)


def is_known(fact: EvidenceFact, state: State) -> bool:
    """Whether the same was recorded before, on whatever day."""
    piece = _evidence(fact)
    return any(
        type(known) is type(piece) and replace(known, known_on=piece.known_on) == piece for known in state.evidence
    )


def acceptances(state: State, catalogue: Catalogue) -> list[Accepted]:
    """Every acceptance, oldest first."""
    sat_on = {piece.taken_on for piece in state.all_evidence() if isinstance(piece, Sitting)}
    return accepted_by(state.agreements, sat_on, catalogue)


def agreement_stands(state: State, catalogue: Catalogue, today: date) -> bool:
    """Whether new earnings may be told (R-Q1)."""
    return is_enough(acceptances(state, catalogue), catalogue, today)
