"""What certification tells the others about its facts."""

import json

import contracts
from chassis.decider import Fact
from services.certification.domain import catalogue_change, claim_facts, expert_numbers, facts, programme_facts


def announce(fact: Fact) -> contracts.Event | None:
    """The public event of an own fact; None for a private one."""
    match fact.event:
        case facts.CertificationEarned():
            return _earned(fact.subject, fact.event)
        case facts.CertificationProgressed(heading=heading):
            return contracts.CertificationProgressed(
                candidate_id=fact.subject, certification=heading.certification, name=heading.name
            )
        case facts.CertificationProgressLapsed(heading=heading):
            return contracts.CertificationProgressLapsed(
                candidate_id=fact.subject, certification=heading.certification, name=heading.name
            )
        case (
            facts.CertificationRecertified()
            | facts.CertificationExtended()
            | facts.CertificationExpiryCorrected()
            | facts.CertificationReinstated()
            | facts.CertificationReactivated()
            | facts.CertificationRestored() as moved
        ):
            return _moved(fact.subject, moved)
        case (
            facts.CertificationExpired()
            | facts.CertificationRevoked()
            | facts.EmeritusGranted()
            | facts.LifetimeEmeritusGranted()
            | facts.EmeritusLapsed() as ended
        ):
            return _ended(fact.subject, ended)
    return _of_people(fact) or _of_credits(fact) or _of_the_programme(fact)


def _of_the_programme(fact: Fact) -> contracts.Event | None:
    """Other rules, whole: whoever keeps some of them needs no question."""
    match fact.event:
        case catalogue_change.CatalogueActivated() as activated:
            return contracts.CatalogueActivated(
                catalogue=activated.version,
                activated_on=activated.activated_on,
                changed=activated.changed,
                tables=json.dumps(activated.tables),
            )
    return None


def _of_people(fact: Fact) -> contracts.Event | None:  # noqa: PLR0911  one case per fact
    """What concerns holds, expert status and dates to come."""
    candidate_id = fact.subject
    match fact.event:
        case programme_facts.CertificationHeld(heading=heading, held_on=day, reason=reason):
            return contracts.CertificationHeld(
                candidate_id=candidate_id, certification=heading.certification, held_on=day, reason=reason
            )
        case programme_facts.AgreementRecorded(version=version, accepted_on=day):
            return contracts.AgreementAccepted(candidate_id=candidate_id, agreement_version=version, accepted_on=day)
        case programme_facts.CertificationHoldLifted(heading=heading, lifted_on=day):
            return contracts.CertificationHoldLifted(
                candidate_id=candidate_id, certification=heading.certification, lifted_on=day
            )
        case expert_numbers.ExpertNumberAssigned(series=series, number=number, assigned_on=day):
            return contracts.ExpertNumberAssigned(
                candidate_id=candidate_id, series=series, number=number, assigned_on=day
            )
        case programme_facts.EmeritusEligibilityReached(eligible_on=day):
            return contracts.EmeritusEligibilityReached(candidate_id=candidate_id, eligible_on=day)
        case programme_facts.ExpertAnniversaryReached(first_expert_on=first, years=years, reached_on=day):
            return contracts.ExpertAnniversaryReached(
                candidate_id=candidate_id, years=years, first_expert_on=first, reached_on=day
            )
        case programme_facts.ExpiryReminderDue() as due:
            return contracts.ExpiryReminderDue(
                candidate_id=candidate_id,
                certification=due.heading.certification,
                name=due.heading.name,
                expires_on=due.expires_on,
                stage=due.stage,
                days_left=due.days_left,
            )
    return None


def _of_credits(fact: Fact) -> contracts.Event | None:
    """What became of claims and of their credits; nobody outside needs the reviewers' names and questions."""
    candidate_id = fact.subject
    match fact.event:
        case claim_facts.CreditsRedeemed(item=item, completed_on=completed_on, redeemed_on=day):
            return contracts.CreditsRedeemed(
                candidate_id=candidate_id, item=item, completed_on=completed_on, redeemed_on=day
            )
        case claim_facts.CreditsExpired(item=item, completed_on=completed_on, expired_on=day):
            return contracts.CreditsExpired(
                candidate_id=candidate_id, item=item, completed_on=completed_on, expired_on=day
            )
        case claim_facts.CreditClaimRejected(claim_id=claim_id, reason=reason, decided_on=day):
            return contracts.CreditClaimRejected(
                candidate_id=candidate_id, claim_id=claim_id, reason=reason, decided_on=day
            )
        case claim_facts.CreditClaimRevoked(claim_id=claim_id, reason=reason, revoked_on=day):
            return contracts.CreditClaimRevoked(
                candidate_id=candidate_id, claim_id=claim_id, reason=reason, revoked_on=day
            )
    return _of_claims(fact)


def _of_claims(fact: Fact) -> contracts.Event | None:
    candidate_id = fact.subject
    match fact.event:
        case claim_facts.CreditClaimSubmitted(claim_id=claim_id, submitted_on=day):
            return contracts.CreditClaimSubmitted(candidate_id=candidate_id, claim_id=claim_id, submitted_on=day)
        case claim_facts.CreditEvidenceRequested(claim_id=claim_id, requested_on=day):
            return contracts.CreditEvidenceRequested(candidate_id=candidate_id, claim_id=claim_id, requested_on=day)
        case claim_facts.CreditEvidenceSupplied(claim_id=claim_id, supplied_on=day):
            return contracts.CreditEvidenceSupplied(candidate_id=candidate_id, claim_id=claim_id, supplied_on=day)
        case claim_facts.CreditClaimApproved(claim_id=claim_id, decided_on=day):
            return contracts.CreditClaimApproved(candidate_id=candidate_id, claim_id=claim_id, decided_on=day)
        case claim_facts.CreditClaimWithdrawn(claim_id=claim_id, withdrawn_on=day):
            return contracts.CreditClaimWithdrawn(candidate_id=candidate_id, claim_id=claim_id, withdrawn_on=day)
    return None


def _earned(candidate_id: str, earned: facts.CertificationEarned) -> contracts.Event:
    return contracts.CertificationEarned(
        candidate_id=candidate_id,
        certification=earned.heading.certification,
        name=earned.heading.name,
        abbreviation=earned.heading.abbreviation,
        group=earned.heading.group,
        level=earned.heading.level,
        track=earned.heading.track,
        kit=earned.kit,
        pdf=earned.pdf,
        active_on=earned.active_on,
        expires_on=earned.expires_on,
        evidence=earned.evidence,
        catalogue=earned.catalogue,
    )


def _moved(
    candidate_id: str,
    moved: facts.CertificationRecertified
    | facts.CertificationExtended
    | facts.CertificationExpiryCorrected
    | facts.CertificationReinstated
    | facts.CertificationReactivated
    | facts.CertificationRestored,
) -> contracts.Event:
    certification = moved.heading.certification
    match moved:
        case facts.CertificationRecertified():
            return contracts.CertificationRecertified(
                candidate_id=candidate_id,
                certification=certification,
                old_expires_on=moved.old_expires_on,
                expires_on=moved.expires_on,
                renewed_on=moved.renewed_on,
                option=moved.option,
            )
        case facts.CertificationExtended():
            return contracts.CertificationExtended(
                candidate_id=candidate_id,
                certification=certification,
                old_expires_on=moved.old_expires_on,
                expires_on=moved.expires_on,
                reason=moved.reason,
            )
        case facts.CertificationExpiryCorrected():
            return contracts.CertificationExpiryCorrected(
                candidate_id=candidate_id,
                certification=certification,
                old_expires_on=moved.old_expires_on,
                expires_on=moved.expires_on,
                reason=moved.reason,
            )
        case facts.CertificationReinstated(expires_on=expires_on):
            return contracts.CertificationReinstated(
                candidate_id=candidate_id, certification=certification, expires_on=expires_on
            )
        case facts.CertificationReactivated():
            return contracts.CertificationReactivated(
                candidate_id=candidate_id,
                certification=certification,
                old_expires_on=moved.old_expires_on,
                expires_on=moved.expires_on,
                reactivated_on=moved.reactivated_on,
            )
        case facts.CertificationRestored():
            return contracts.CertificationRestored(
                candidate_id=candidate_id,
                certification=certification,
                active_on=moved.active_on,
                expires_on=moved.expires_on,
                restored_on=moved.restored_on,
            )


def _ended(
    candidate_id: str,
    ended: facts.CertificationExpired
    | facts.CertificationRevoked
    | facts.EmeritusGranted
    | facts.LifetimeEmeritusGranted
    | facts.EmeritusLapsed,
) -> contracts.Event:
    certification = ended.heading.certification
    match ended:
        case facts.CertificationExpired(expires_on=expires_on):
            return contracts.CertificationExpired(
                candidate_id=candidate_id, certification=certification, expires_on=expires_on
            )
        case facts.CertificationRevoked(revoked_on=revoked_on, reason=reason):
            return contracts.CertificationRevoked(
                candidate_id=candidate_id, certification=certification, revoked_on=revoked_on, reason=reason
            )
        case facts.EmeritusGranted(until=until):
            return contracts.EmeritusGranted(candidate_id=candidate_id, certification=certification, until=until)
        case facts.LifetimeEmeritusGranted(granted_on=day):
            return contracts.LifetimeEmeritusGranted(
                candidate_id=candidate_id, certification=certification, granted_on=day
            )
        case facts.EmeritusLapsed():
            return contracts.EmeritusLapsed(candidate_id=candidate_id, certification=certification)
