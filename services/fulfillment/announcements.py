"""What fulfillment tells the others about its facts; printed names and addresses stay inside."""

import contracts
from chassis.decider import Fact
from services.fulfillment.domain.kits import KitClaimed, KitOffered, KitOfferWithdrawn


def announce(fact: Fact) -> contracts.Event | None:
    """The public event of an own fact; None for a private one."""
    match fact.event:
        case KitOffered() as offered:
            return contracts.KitOffered(
                candidate_id=fact.subject,
                kit_id=offered.kit_id,
                certification=offered.certification,
                kind=offered.kind,
            )
        case KitClaimed() as claimed:
            return contracts.KitClaimed(
                candidate_id=fact.subject,
                kit_id=claimed.kit_id,
                certification=claimed.certification,
                kind=claimed.kind,
                order_number=claimed.order_number,
                claimed_on=claimed.claimed_on,
            )
        case KitOfferWithdrawn() as withdrawn:
            return contracts.KitOfferWithdrawn(
                candidate_id=fact.subject,
                kit_id=withdrawn.kit_id,
                certification=withdrawn.certification,
                reason=withdrawn.reason,
            )
    return None
