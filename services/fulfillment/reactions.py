"""What fulfillment does when others' facts concern kits: it offers them, and takes offers back."""

from datetime import date

import contracts
from services.fulfillment.domain.kits import CloseOffers, OfferKit, WithdrawOffers, kit_id_of


def on_certification_earned(event: contracts.CertificationEarned, today: date) -> list[tuple[str, OfferKit]]:
    """A newly earned certification that has a kit brings one (R-G1)."""
    if event.kit == "none":
        return []
    offer = OfferKit(
        kit_id=kit_id_of(event.candidate_id, event.certification, event.active_on),
        certification=event.certification,
        name=event.name,
        kind=event.kit,
        offered_on=today,
    )
    return [(event.candidate_id, offer)]


def on_certification_revoked(event: contracts.CertificationRevoked) -> list[tuple[str, WithdrawOffers]]:
    """What was not claimed yet of a revoked certification is taken back; a merge that is undone takes back nothing."""
    if event.reason == contracts.MERGE_UNDONE:
        return []
    return [
        (event.candidate_id, WithdrawOffers(certification=event.certification, reason="certification-revoked")),
    ]


def on_account_erased(event: contracts.AccountErased) -> list[tuple[str, CloseOffers]]:
    """An erased candidate can claim nothing any more (R-P1)."""
    return [(event.candidate_id, CloseOffers(closed_on=event.erased_on))]
