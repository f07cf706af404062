from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from chassis.decider import Sealed
from chassis.testing import given
from services.fulfillment.domain.kits import (
    ClaimKit,
    CloseOffers,
    KitClaimed,
    KitOffered,
    KitOfferWithdrawn,
    OfferKit,
    OffersClosed,
    Profile,
    Standing,
    WithdrawOffers,
    kit_id_of,
    kits,
)

EARNED_ON = date(2026, 4, 20)
KIT = kit_id_of("C-ADA", "ccna", EARNED_ON)
OFFER = OfferKit(
    kit_id=KIT, certification="ccna", name="Certified Associate", kind="certificate", offered_on=date(2026, 4, 21)
)
OFFERED = KitOffered(
    kit_id=KIT, certification="ccna", name="Certified Associate", kind="certificate", offered_on=date(2026, 4, 21)
)
CLAIM = ClaimKit(
    kit_id=KIT,
    order_number="ORD-1",
    today=date(2026, 5, 4),
    confirmed_name="ada lovelace",
    printed_name=Sealed("<ada lovelace>"),
    profile=Profile(name="Ada Lovelace", address=Sealed("<12 St James's Square>")),
    standing=Standing(active=True, expires_on=date(2029, 4, 20)),
)
CLAIMED = KitClaimed(
    kit_id=KIT,
    certification="ccna",
    kind="certificate",
    order_number="ORD-1",
    claimed_on=date(2026, 5, 4),
    promise_from=date(2026, 7, 27),
    promise_until=date(2026, 8, 24),
    printed_name=Sealed("<ada lovelace>"),
    address=Sealed("<12 St James's Square>"),
)
WITHDRAW = WithdrawOffers(certification="ccna", reason="certification-revoked")
WITHDRAWN = KitOfferWithdrawn(kit_id=KIT, certification="ccna", reason="certification-revoked")
CLOSE = CloseOffers(closed_on=date(2026, 6, 1))
CLOSED = OffersClosed(closed_on=date(2026, 6, 1))
ERASED = replace(WITHDRAWN, reason="account-erased")


@pytest.mark.rule("R-G1")
def test_an_earning_brings_one_kit():
    given(kits).when(OFFER).then(OFFERED)
    given(kits, OFFERED).when(OFFER).then_nothing()


@pytest.mark.rule("R-G1")
def test_earning_again_after_expiry_is_another_kit():
    again = replace(OFFER, kit_id=kit_id_of("C-ADA", "ccna", date(2029, 9, 1)))
    given(kits, OFFERED, CLAIMED).when(again).then(replace(OFFERED, kit_id=again.kit_id))


@pytest.mark.feature("F8.2")
@pytest.mark.feature("F8.3")
@pytest.mark.rule("R-G3")
def test_a_pending_kit_is_ordered_with_name_and_address_frozen_and_a_promise_of_12_to_16_weeks():
    given(kits, OFFERED).when(CLAIM).then(CLAIMED)
    assert CLAIMED.promise_from - CLAIMED.claimed_on == timedelta(weeks=12)
    assert CLAIMED.promise_until - CLAIMED.claimed_on == timedelta(weeks=16)


@pytest.mark.rule("R-G2")
@pytest.mark.parametrize(
    "standing",
    [
        None,
        Standing(active=False, expires_on=date(2029, 4, 20)),
        Standing(active=True, expires_on=date(2026, 5, 3)),
    ],
)
def test_a_claim_needs_an_active_certification(standing):
    given(kits, OFFERED).when(replace(CLAIM, standing=standing)).then_rejected("certification-not-active")


@pytest.mark.rule("R-V2")
@pytest.mark.parametrize("expires_on", [date(2026, 5, 4), None])
def test_the_last_day_of_validity_is_still_active(expires_on):
    given(kits, OFFERED).when(replace(CLAIM, standing=Standing(active=True, expires_on=expires_on))).then(CLAIMED)


@pytest.mark.rule("R-G2")
def test_a_claim_needs_a_complete_profile():
    given(kits, OFFERED).when(replace(CLAIM, profile=None)).then_rejected("profile-incomplete")


@pytest.mark.rule("R-G2")
@pytest.mark.feature("F8.4")
def test_a_claim_needs_the_name_on_the_profile():
    given(kits, OFFERED).when(replace(CLAIM, confirmed_name="Ada King")).then_rejected("printed-name-differs")


@pytest.mark.rule("R-G2")
def test_a_kit_is_claimed_at_most_once():
    given(kits, OFFERED, CLAIMED).when(replace(CLAIM, order_number="ORD-2")).then_rejected("kit-already-ordered")


def test_a_withdrawn_or_unknown_kit_cannot_be_claimed():
    given(kits, OFFERED, WITHDRAWN).when(CLAIM).then_rejected("kit-withdrawn")
    given(kits).when(CLAIM).then_rejected("unknown-kit")


@pytest.mark.rule("R-X1")
def test_revoking_the_certification_takes_back_what_is_pending():
    given(kits, OFFERED).when(WITHDRAW).then(WITHDRAWN)
    given(kits, OFFERED, CLAIMED).when(WITHDRAW).then_nothing()
    given(kits, OFFERED).when(replace(WITHDRAW, certification="ccnp-enterprise")).then_nothing()


@pytest.mark.rule("R-P1")
def test_erasing_the_account_takes_back_what_is_pending():
    given(kits, OFFERED).when(CLOSE).then(ERASED, CLOSED)
    given(kits, OFFERED, ERASED, CLOSED).when(CLOSE).then_nothing()


@pytest.mark.rule("R-P1")
def test_an_offer_after_the_erasure_ends_where_it_began():
    given(kits, CLOSED).when(OFFER).then(OFFERED, ERASED)


def final_state(commands):
    state = kits.initial
    for command in commands:
        for fact in kits.decide(command, state):
            state = kits.evolve(state, fact)
    return {kit.kit_id: kit.status for kit in state.all}, state.closed


CERTIFICATION = st.lists(st.sampled_from([OFFER, replace(OFFER, kit_id="K-2"), WITHDRAW]), max_size=5)


@pytest.mark.rule("R-P1")
@for_all(CERTIFICATION, st.integers(0, 5))
def test_whichever_service_is_heard_first_no_offer_is_left_after_an_erasure(certification, when):
    mixed = [*certification[:when], CLOSE, *certification[when:]]
    assert final_state(mixed) == final_state([*certification, CLOSE])
    assert final_state([*mixed, *mixed]) == final_state(mixed)
