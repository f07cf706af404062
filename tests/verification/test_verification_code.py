from dataclasses import replace
from datetime import date

import pytest

import contracts
from chassis.decider import Sealed
from chassis.testing import given
from services.verification import reactions
from services.verification.domain.secret_code import SecretCode
from services.verification.domain.transcripts import CloseTranscripts
from services.verification.domain.verification_code import CodeMinted, MintCode, code_id_of, verification_code

CODE = SecretCode(hash="h1", box=Sealed("<ABCD>"))
MINT = MintCode(certification="ccna", code=CODE, today=date(2026, 4, 21))
MINTED = CodeMinted(certification="ccna", code_hash="h1", code=Sealed("<ABCD>"), minted_on=date(2026, 4, 21))
EARNED = contracts.CertificationEarned(
    candidate_id="C-ADA",
    certification="ccna",
    name="Certified Associate",
    abbreviation="CCNA",
    group="Associate",
    level="associate",
    track="networking",
    kit="certificate",
    pdf=True,
    active_on=date(2026, 4, 20),
    expires_on=date(2029, 4, 20),
    evidence=("R-1",),
    catalogue="2026-11",
)


@pytest.mark.rule("R-G4")
def test_a_certification_gets_a_code_when_it_is_first_earned():
    given(verification_code).when(MINT).then(MINTED)


@pytest.mark.rule("R-G4")
def test_earning_it_again_keeps_the_code():
    other = replace(MINT, code=SecretCode(hash="h2", box=Sealed("<EFGH>")))
    given(verification_code, MINTED).when(other).then_nothing()


@pytest.mark.rule("R-G4")
def test_an_earned_certification_orders_a_code_of_its_own():
    assert reactions.on_certification_earned(EARNED, CODE, date(2026, 4, 21)) == [("C-ADA.ccna", MINT)]
    assert code_id_of("C-ADA", "ccna") == "C-ADA.ccna"


@pytest.mark.rule("R-P1")
def test_an_erasure_closes_the_transcripts():
    erased = contracts.AccountErased(candidate_id="C-ADA", erased_on=date(2026, 6, 1))
    assert reactions.on_account_erased(erased) == [("C-ADA", CloseTranscripts(closed_on=date(2026, 6, 1)))]
