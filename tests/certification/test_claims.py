"""Claims of continuing-education credits, from the draft to what becomes of the credits."""

import pytest

from services.certification.domain.claim_facts import ClaimLine
from services.certification.domain.commands import (
    AcceptCreditTerms,
    ApproveClaim,
    AttachEvidence,
    ConfirmCompletion,
    DraftClaim,
    RejectClaim,
    RequestEvidence,
    RevokeClaim,
    SubmitClaim,
    SupplyEvidence,
    WithdrawClaim,
)
from tests.certification.examples import CATALOGUE, day
from tests.certification.test_record import after, news, reviews, revokes, takes

CCNA = (takes("200-301", "2025-06-30"),)
TERMS = CATALOGUE.credits.terms


def at(on):
    return {"today": day(on), "catalogue": CATALOGUE}


def enrols(on="2026-01-01"):
    return AcceptCreditTerms(version=TERMS, **at(on))


def drafts(*lines, on="2026-06-25", claim="K1"):
    wanted = tuple(ClaimLine(item=item, credits=0, completed_on=day(completed)) for item, completed in lines)
    return DraftClaim(claim_id=claim, lines=wanted, **at(on))


def submits(on="2026-06-25", claim="K1"):
    return SubmitClaim(claim_id=claim, **at(on))


def approves(on="2026-07-01", claim="K1"):
    return ApproveClaim(claim_id=claim, reviewer="grace", **at(on))


LAB = ("DL-CCNA", "2026-06-20")
PENDING = (*CCNA, enrols(), drafts(LAB), submits())


@pytest.mark.feature("F5.3")
def test_terms_are_accepted_once_and_before_the_first_claim():
    after(*CCNA).when(drafts(LAB)).then_rejected("credit-terms-not-accepted")
    assert news(after(*CCNA), enrols()) == ["CreditTermsAccepted"]
    after(*CCNA, enrols()).when(enrols("2026-02-01")).then_nothing()


@pytest.mark.feature("F5.5")
@pytest.mark.rule("R-CE3")
def test_day_90_is_in_time_and_day_91_is_not():
    draft = after(*CCNA, enrols(), drafts(LAB))
    assert news(draft, submits("2026-09-18")) == ["CreditClaimSubmitted"]
    draft.when(submits("2026-09-19")).then_rejected("submitted-late", item="DL-CCNA", completed_on="2026-06-20")


@pytest.mark.feature("F5.4")
def test_an_item_has_the_one_value_of_the_catalogue_and_others_are_no_items():
    drafted = after(*CCNA, enrols(), drafts(LAB, ("LIVE-8H", "2026-06-01")))
    assert [line.credits for line in drafted.state.claims["K1"].lines] == [30, 8]
    after(*CCNA, enrols()).when(drafts(("LITE", "2026-06-01"))).then_rejected("not-in-item-catalogue", item="LITE")


@pytest.mark.rule("R-CE2")
@pytest.mark.rule("R-CE5")
@pytest.mark.feature("F5.6")
def test_what_can_never_count_is_refused_before_anybody_waits_for_it():
    enrolled = after(*CCNA, enrols())
    too_early = drafts(("DL-CCNA", "2025-06-29"), on="2025-07-01")
    enrolled.when(too_early).then_rejected("completed-without-active-certification")
    enrolled.when(drafts(("DL-CCNA", "2026-06-26"))).then_rejected("completed-in-future", item="DL-CCNA")
    after(*PENDING).when(drafts(LAB, claim="K2")).then_rejected("claimed-already")
    enrolled.when(drafts()).then_rejected("claim-without-items")
    enrolled.when(drafts(LAB, ("DL-CCNA", "2026-06-21"))).then_rejected("repeated-in-cycle")


@pytest.mark.feature("F5.5")
def test_a_kind_that_is_proved_by_a_document_needs_one():
    drafted = after(*CCNA, enrols(), drafts(("OTHER-16", "2026-06-20")))
    drafted.when(submits()).then_rejected("evidence-missing", item="OTHER-16")
    file = AttachEvidence(
        claim_id="K1", evidence_id="F1", content_type="application/pdf", size=25_000_000, file_name="sealed",
        **at("2026-06-25"),
    )  # fmt: skip
    assert news(drafted, file) == ["CreditEvidenceAttached"]
    complete = after(*CCNA, enrols(), drafts(("OTHER-16", "2026-06-20")), file)
    complete.when(file).then_nothing()
    assert news(complete, submits()) == ["CreditClaimSubmitted"]


@pytest.mark.rule("R-CE7")
@pytest.mark.rule("R-CE6")
def test_a_claim_that_was_pending_at_expiry_reinstates_once_approved():
    old = (takes("200-301", "2023-06-30"), enrols(), drafts(LAB), submits(), reviews("2026-07-10"))
    assert news(after(*old), approves("2026-07-20")) == [
        "CreditClaimApproved",
        "CreditsRecorded 30",
        "CertificationReinstated ccna 2023-06-30 2026-06-30 2029-06-20 late-evidence",
        "CreditsRedeemed",
    ]


@pytest.mark.feature("F5.7")
def test_several_items_of_one_claim_are_judged_together():
    both = after(*CCNA, enrols(), drafts(LAB, ("LIVE-8H", "2026-06-01")), submits())
    assert news(both, approves()) == [
        "CreditClaimApproved",
        "CreditsRecorded 30",
        "CreditsRecorded 8",
        "CertificationRecertified ccna 2025-06-30 2028-06-30 2029-06-20 credits",
        "CreditsRedeemed",
        "CreditsRedeemed",
    ]


@pytest.mark.feature("F5.7")
@pytest.mark.rule("R-CE9")
def test_a_refusal_has_one_of_the_catalogues_reasons():
    refuse = {"claim_id": "K1", "reviewer": "grace", **at("2026-07-01")}
    after(*PENDING).when(RejectClaim(reason="no-mood", **refuse)).then_rejected("refusal-reason-unknown")
    rejected = RejectClaim(reason="unauthorised-delivery", **refuse)
    assert news(after(*PENDING), rejected) == ["CreditClaimRejected unauthorised-delivery"]
    after(*PENDING, rejected).when(approves()).then_rejected("claim-not-pending")
    after(*PENDING, rejected).when(rejected).then_nothing()


@pytest.mark.feature("F5.7")
def test_more_evidence_is_asked_for_and_supplied():
    asks = RequestEvidence(claim_id="K1", question="sealed", reviewer="grace", **at("2026-06-28"))
    gives = SupplyEvidence(claim_id="K1", **at("2026-06-29"))
    after(*PENDING).when(gives).then_nothing()
    assert news(after(*PENDING), asks) == ["CreditEvidenceRequested"]
    after(*PENDING, asks).when(asks).then_rejected("evidence-already-requested")
    assert news(after(*PENDING, asks), gives) == ["CreditEvidenceSupplied"]


def test_a_claim_is_withdrawn_until_it_is_decided():
    withdraw = WithdrawClaim(claim_id="K1", **at("2026-06-28"))
    assert news(after(*PENDING), withdraw) == ["CreditClaimWithdrawn"]
    after(*PENDING, withdraw).when(withdraw).then_nothing()
    after(*PENDING, approves()).when(withdraw).then_rejected("claim-already-decided")
    after(*CCNA).when(withdraw).then_rejected("unknown-claim")


@pytest.mark.rule("R-X2")
def test_a_revoked_claim_takes_back_what_rested_on_it():
    fraud = RevokeClaim(claim_id="K1", reason="fraud", **at("2026-09-01"))
    assert news(after(*PENDING, approves()), fraud) == [
        "CreditClaimRevoked fraud",
        "CertificationExpiryCorrected ccna 2025-06-30 2029-06-20 2028-06-30 claim-revoked",
    ]
    after(*PENDING).when(fraud).then_rejected("claim-not-approved")


@pytest.mark.feature("F5.7")
def test_a_feed_approves_the_pending_claim_or_is_one_of_its_own_and_counts_once():
    confirms = ConfirmCompletion(
        claim_id="FEED-1", item="DL-CCNA", completed_on=day("2026-06-20"), provider="acme", **at("2026-07-01")
    )
    assert news(after(*PENDING), confirms)[:2] == ["CreditClaimApproved", "CreditsRecorded 30"]
    assert news(after(*CCNA), confirms)[:3] == ["CreditClaimSubmitted", "CreditClaimApproved", "CreditsRecorded 30"]
    after(*CCNA, confirms).when(confirms).then_nothing()
    after().when(confirms).then_rejected("completed-without-active-certification")


@pytest.mark.rule("R-CE4")
def test_credits_that_another_renewal_leaves_over_are_lost():
    with_credits = after(*CCNA, enrols(), drafts(("LIVE-8H", "2026-06-01")), submits(), approves())
    assert news(with_credits, takes("200-901", "2026-08-01"))[-2:] == ["CreditBalanceChanged 0", "CreditsExpired"]


@pytest.mark.rule("R-X2")
def test_credits_count_again_when_what_used_them_was_void():
    renewed = after(
        *CCNA, enrols(), drafts(("LIVE-8H", "2026-06-01")), submits(), approves(),
        takes("200-901", "2026-08-01", ref="void"),
    )  # fmt: skip
    assert news(renewed, revokes("void", "2026-09-01"))[-2:] == ["CreditBalanceChanged 8", "CreditsCountAgain"]
