"""Claims of continuing-education credits: begun, handed in, decided, taken back (F5.3 to F5.7)."""

from dataclasses import replace

from chassis.decider import Rejected
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.claim_facts import (
    ClaimLine,
    CreditClaimApproved,
    CreditClaimDrafted,
    CreditClaimRejected,
    CreditClaimRevoked,
    CreditClaimSubmitted,
    CreditClaimWithdrawn,
    CreditEvidenceAttached,
    CreditEvidenceRequested,
    CreditEvidenceSupplied,
    CreditTermsAccepted,
)
from services.certification.domain.commands import (
    AcceptCreditTerms,
    ApproveClaim,
    AttachEvidence,
    Command,
    ConfirmCompletion,
    DraftClaim,
    RejectClaim,
    RequestEvidence,
    RevokeClaim,
    SubmitClaim,
    SupplyEvidence,
    WithdrawClaim,
)
from services.certification.domain.days import days_after
from services.certification.domain.evidence import Credits
from services.certification.domain.facts import CreditsRecorded, Event
from services.certification.domain.fold import fold
from services.certification.domain.state import Claim, State, day_of, evolve, news_of, with_news

MOST_LINES = 20
MOST_FILES = 10


def accept_credit_terms(command: AcceptCreditTerms, state: State) -> list[Event]:
    """Once; a newer version of the terms can be accepted again."""
    if command.version != command.catalogue.credits.terms:
        raise Rejected("credit-terms-unknown", version=command.version)
    if state.credit_terms == command.version:
        return []
    return [CreditTermsAccepted(version=command.version, accepted_on=command.today)]


def draft_claim(command: DraftClaim, state: State) -> list[Event]:
    """Each item has the one value of the catalogue; what can be judged now is refused now."""
    terms_must_be_accepted(command, state)
    claim = state.claims.get(command.claim_id)
    if claim is not None and claim.status != "draft":
        raise Rejected("claim-not-a-draft")
    lines = tuple(_priced(line, command.catalogue) for line in command.lines)
    lines_must_be_distinct(lines)
    for line in lines:
        line_must_be_possible(line, command, state, command.claim_id)
    if claim is not None and claim.lines == lines:
        return []
    return [CreditClaimDrafted(claim_id=command.claim_id, lines=lines, drafted_on=command.today)]


def attach_evidence(command: AttachEvidence, state: State) -> list[Event]:
    """To a claim that is not decided yet; each file once."""
    claim = _claim(command.claim_id, state)
    if command.evidence_id in claim.evidence:
        return []
    if claim.status not in {"draft", "pending"}:
        raise Rejected("claim-already-decided")
    if len(claim.evidence) >= MOST_FILES:
        raise Rejected("too-many-files", most=MOST_FILES)
    return [
        CreditEvidenceAttached(
            claim_id=command.claim_id,
            evidence_id=command.evidence_id,
            content_type=command.content_type,
            size=command.size,
            file_name=command.file_name,
            attached_on=command.today,
        )
    ]


def submit_claim(command: SubmitClaim, state: State) -> list[Event]:
    """Judged as it would be once approved, so that nobody waits for a refusal that is sure (F5.5, F5.6)."""
    claim = _claim(command.claim_id, state)
    if claim.status == "pending":
        return []
    if claim.status != "draft":
        raise Rejected("claim-already-decided")
    for line in claim.lines:
        line_must_be_possible(line, command, state, command.claim_id)
    evidence_must_be_there(claim, command.catalogue)
    return [CreditClaimSubmitted(claim_id=command.claim_id, lines=claim.lines, submitted_on=command.today)]


def withdraw_claim(command: WithdrawClaim, state: State) -> list[Event]:
    """As long as it is not decided."""
    claim = _claim(command.claim_id, state)
    if claim.status == "withdrawn":
        return []
    if claim.status not in {"draft", "pending"}:
        raise Rejected("claim-already-decided")
    return [CreditClaimWithdrawn(claim_id=command.claim_id, withdrawn_on=command.today)]


def request_evidence(command: RequestEvidence, state: State) -> list[Event]:
    """A question about a pending claim."""
    if _pending(command.claim_id, state).asked:
        raise Rejected("evidence-already-requested")
    return [
        CreditEvidenceRequested(
            claim_id=command.claim_id,
            question=command.question,
            reviewer=command.reviewer,
            requested_on=command.today,
        )
    ]


def supply_evidence(command: SupplyEvidence, state: State) -> list[Event]:
    """The candidate says that the files are there."""
    if not _pending(command.claim_id, state).asked:
        return []
    return [CreditEvidenceSupplied(claim_id=command.claim_id, supplied_on=command.today)]


def approve_claim(command: ApproveClaim, state: State) -> list[Event]:
    """The credits count from their completion on, however long the decision took (R-CE6, R-CE7)."""
    claim = _claim(command.claim_id, state)
    if claim.status == "approved":
        return []
    claim = _pending(command.claim_id, state)
    for line in claim.lines:
        refuse_what_can_never_count(line, claim, command, state, command.claim_id)
    approved = CreditClaimApproved(claim_id=command.claim_id, reviewer=command.reviewer, decided_on=command.today)
    return [approved, *_recorded(claim, command, evolve(state, approved), command.claim_id)]


def _recorded(claim: Claim, command: Command, state: State, claim_id: str) -> list[Event]:
    """The lines as evidence, judged together."""
    facts: list[Event] = []
    for line in claim.lines:
        fact = CreditsRecorded(
            item=line.item,
            credits=line.credits,
            completed_on=line.completed_on,
            submitted_on=claim.submitted_on or command.today,
            decided_on=command.today,
            recorded_on=command.today,
            claim_id=claim_id,
        )
        facts.append(fact)
        state = evolve(state, fact)
    return [*facts, *news_of(state, command, "late-evidence")]


def reject_claim(command: RejectClaim, state: State) -> list[Event]:
    """For one of the reasons that candidates can read in the catalogue."""
    if command.reason not in command.catalogue.credits.refusals:
        raise Rejected("refusal-reason-unknown", reason=command.reason)
    if _claim(command.claim_id, state).status == "rejected":
        return []
    _pending(command.claim_id, state)
    return [
        CreditClaimRejected(
            claim_id=command.claim_id, reason=command.reason, reviewer=command.reviewer, decided_on=command.today
        )
    ]


def revoke_claim(command: RevokeClaim, state: State) -> list[Event]:
    """An approved claim was none; everything that rested on it is judged anew (R-X2)."""
    claim = _claim(command.claim_id, state)
    if claim.status == "revoked":
        return []
    if claim.status != "approved":
        raise Rejected("claim-not-approved")
    today = day_of(state, command)
    fact = CreditClaimRevoked(
        claim_id=command.claim_id, reason=command.reason, revoked_on=today, recorded_on=command.today
    )
    return with_news(fact, command, state, "claim-revoked")


def confirm_completion(command: ConfirmCompletion, state: State) -> list[Event]:
    """A feed's line approves the pending claim that holds it alone, or is a claim of its own, approved at once."""
    line = _priced(ClaimLine(item=command.item, credits=0, completed_on=command.completed_on), command.catalogue)
    if _is_credited(line, state):
        return []
    waiting = next((name for name, claim in state.claims.items() if _waits_for(line, claim)), None)
    if waiting is not None:
        return approve_claim(
            ApproveClaim(claim_id=waiting, reviewer=command.provider, today=command.today, catalogue=command.catalogue),
            state,
        )
    line_must_be_possible(line, command, state, command.claim_id)
    submitted = CreditClaimSubmitted(claim_id=command.claim_id, lines=(line,), submitted_on=command.today)
    approval = ApproveClaim(
        claim_id=command.claim_id, reviewer=command.provider, today=command.today, catalogue=command.catalogue
    )
    return [submitted, *approve_claim(approval, evolve(state, submitted))]


def _waits_for(line: ClaimLine, claim: Claim) -> bool:
    return claim.status == "pending" and [(each.item, each.completed_on) for each in claim.lines] == [
        (line.item, line.completed_on)
    ]


def _is_credited(line: ClaimLine, state: State) -> bool:
    return any(
        claim.status == "approved" and (each.item, each.completed_on) == (line.item, line.completed_on)
        for claim in state.claims.values()
        for each in claim.lines
    )


# -- rules, as sentences -----------------------------------------------------------------------------------------------


def terms_must_be_accepted(command: DraftClaim, state: State) -> None:
    """Enrolment comes before the first claim (F5.3)."""
    if command.catalogue.credits.terms and state.credit_terms != command.catalogue.credits.terms:
        raise Rejected("credit-terms-not-accepted")


def lines_must_be_distinct(lines: tuple[ClaimLine, ...]) -> None:
    """The same item twice in one claim is a slip."""
    if not lines:
        raise Rejected("claim-without-items")
    if len(lines) > MOST_LINES:
        raise Rejected("claim-too-long", most=MOST_LINES)
    if len({line.item for line in lines}) < len(lines):
        raise Rejected("repeated-in-cycle", item=lines[0].item)


def line_must_be_possible(line: ClaimLine, command: Command, state: State, claim_id: str) -> None:
    """Completed, handed in within its days, not claimed already, and able to count (R-CE2, R-CE3, R-CE5)."""
    if line.completed_on > command.today:
        raise Rejected("completed-in-future", item=line.item)
    if command.today > days_after(line.completed_on, command.catalogue.credit_rules.claim_days):
        raise Rejected("submitted-late", item=line.item, completed_on=line.completed_on.isoformat())
    for name, other in state.claims.items():
        same = any((each.item, each.completed_on) == (line.item, line.completed_on) for each in other.lines)
        if name != claim_id and same and other.status in {"pending", "approved"}:
            raise Rejected("claimed-already", item=line.item, completed_on=line.completed_on.isoformat())
    refuse_what_can_never_count(line, Claim(status="draft", lines=(line,)), command, state, claim_id)


def refuse_what_can_never_count(line: ClaimLine, claim: Claim, command: Command, state: State, claim_id: str) -> None:
    """The fold says whether the line would count, by the claim's own day of submission."""
    piece = Credits(
        item=line.item,
        credits=line.credits,
        completed_on=line.completed_on,
        submitted_on=claim.submitted_on or command.today,
        known_on=day_of(state, command),
        claim_id=claim_id,
    )
    refused = fold((*state.all_evidence(), piece), command.catalogue, day_of(state, command)).refused
    reason = refused.get((line.item, line.completed_on))
    if reason is not None:
        raise Rejected(reason, item=line.item, completed_on=line.completed_on.isoformat())


def evidence_must_be_there(claim: Claim, catalogue: Catalogue) -> None:
    """Some kinds of items are proved by a document; the others by their provider (F5.5)."""
    for line in claim.lines:
        item = catalogue.credits.items.get(line.item)
        if item is not None and item.kind.evidence == "document_upload" and not claim.evidence:
            raise Rejected("evidence-missing", item=line.item)


def _priced(line: ClaimLine, catalogue: Catalogue) -> ClaimLine:
    item = catalogue.credits.items.get(line.item)
    if item is None:
        raise Rejected("not-in-item-catalogue", item=line.item)
    return replace(line, credits=item.credits)


def _claim(claim_id: str, state: State) -> Claim:
    claim = state.claims.get(claim_id)
    if claim is None:
        raise Rejected("unknown-claim")
    return claim


def _pending(claim_id: str, state: State) -> Claim:
    claim = _claim(claim_id, state)
    if claim.status != "pending":
        raise Rejected("claim-not-pending")
    return claim
