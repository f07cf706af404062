from datetime import UTC, date, datetime

import pytest

import contracts
from chassis.decider import Fact, Sealed
from services.fulfillment.announcements import announce
from services.fulfillment.domain.kits import KitClaimed, KitOffered, KitOfferWithdrawn, OffersClosed


def announced(event):
    at = datetime(2026, 4, 21, tzinfo=UTC)
    return announce(Fact(event=event, source="fulfillment", subject="C-ADA", number=1, recorded_at=at))


@pytest.mark.feature("F13.1")
def test_an_offer_is_told():
    offered = KitOffered(
        kit_id="K-1", certification="ccna", name="Certified", kind="plaque", offered_on=date(2026, 4, 21)
    )
    assert announced(offered) == contracts.KitOffered(
        candidate_id="C-ADA", kit_id="K-1", certification="ccna", kind="plaque"
    )


@pytest.mark.feature("F13.1")
def test_an_order_is_told_without_name_and_address():
    claimed = KitClaimed(
        kit_id="K-1",
        certification="ccna",
        kind="certificate",
        order_number="ORD-1",
        claimed_on=date(2026, 5, 4),
        promise_from=date(2026, 7, 27),
        promise_until=date(2026, 8, 24),
        printed_name=Sealed("<Ada>"),
        address=Sealed("<12 St James's Square>"),
    )
    assert announced(claimed) == contracts.KitClaimed(
        candidate_id="C-ADA",
        kit_id="K-1",
        certification="ccna",
        kind="certificate",
        order_number="ORD-1",
        claimed_on=date(2026, 5, 4),
    )


def test_a_withdrawal_is_told_with_its_reason():
    assert announced(
        KitOfferWithdrawn(kit_id="K-1", certification="ccna", reason="certification-revoked")
    ) == contracts.KitOfferWithdrawn(
        candidate_id="C-ADA", kit_id="K-1", certification="ccna", reason="certification-revoked"
    )


def test_that_offers_are_closed_is_private():
    assert announced(OffersClosed(closed_on=date(2026, 6, 1))) is None
