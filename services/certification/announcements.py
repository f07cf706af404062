"""What certification tells the others about its facts."""

import contracts
from chassis.decider import Fact
from services.certification.domain import facts


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
            | facts.CertificationReinstated() as moved
        ):
            return _moved(fact.subject, moved)
        case (
            facts.CertificationExpired()
            | facts.CertificationRevoked()
            | facts.EmeritusGranted()
            | facts.EmeritusLapsed() as ended
        ):
            return _ended(fact.subject, ended)
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
    | facts.CertificationReinstated,
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


def _ended(
    candidate_id: str,
    ended: facts.CertificationExpired | facts.CertificationRevoked | facts.EmeritusGranted | facts.EmeritusLapsed,
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
        case facts.EmeritusLapsed():
            return contracts.EmeritusLapsed(candidate_id=candidate_id, certification=certification)
