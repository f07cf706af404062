from datetime import date

import pytest

import contracts
from services.fulfillment import reactions
from services.fulfillment.domain.kits import CloseOffers, OfferKit, WithdrawOffers, kit_id_of

EARNED = {
    "candidate_id": "C-ADA",
    "certification": "ccna",
    "name": "Certified Associate",
    "abbreviation": "CCNA",
    "group": "Associate",
    "level": "associate",
    "track": "networking",
    "pdf": True,
    "active_on": date(2026, 4, 20),
    "expires_on": date(2029, 4, 20),
    "evidence": ("R-1",),
    "catalogue": "2026-11",
}


@pytest.mark.rule("R-G1")
@pytest.mark.parametrize("kind", ["certificate", "plaque"])
def test_a_certification_with_a_kit_brings_an_offer(kind):
    earned = contracts.CertificationEarned(**EARNED, kit=kind)
    assert reactions.on_certification_earned(earned, date(2026, 4, 21)) == [
        (
            "C-ADA",
            OfferKit(
                kit_id=kit_id_of("C-ADA", "ccna", date(2026, 4, 20)),
                certification="ccna",
                name="Certified Associate",
                kind=kind,
                offered_on=date(2026, 4, 21),
            ),
        )
    ]


@pytest.mark.rule("R-G1")
def test_a_certification_without_a_kit_brings_none():
    earned = contracts.CertificationEarned(**EARNED, kit="none")
    assert reactions.on_certification_earned(earned, date(2026, 4, 21)) == []


def test_a_revocation_withdraws_the_offers_of_that_certification():
    revoked = contracts.CertificationRevoked(
        candidate_id="C-ADA", certification="ccna", revoked_on=date(2026, 5, 1), reason="result-revoked"
    )
    assert reactions.on_certification_revoked(revoked) == [
        ("C-ADA", WithdrawOffers(certification="ccna", reason="certification-revoked"))
    ]


@pytest.mark.rule("R-P1")
def test_an_erasure_closes_the_offers():
    erased = contracts.AccountErased(candidate_id="C-ADA", erased_on=date(2026, 6, 1))
    assert reactions.on_account_erased(erased) == [("C-ADA", CloseOffers(closed_on=date(2026, 6, 1)))]
