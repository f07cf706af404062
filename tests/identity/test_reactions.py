from datetime import date

import pytest

from contracts import CertificationEarned
from services.identity.reactions import Congratulation, on_certification_earned


def earned(kit: str) -> CertificationEarned:
    return CertificationEarned(
        candidate_id="ada",
        certification="ccna",
        name="CCNA",
        abbreviation="CCNA",
        group="Associate",
        level="associate",
        track="enterprise",
        kit=kit,
        pdf=True,
        active_on=date(2026, 11, 20),
        expires_on=date(2029, 11, 20),
        evidence=("R1",),
        catalogue="2026-11",
    )


@pytest.mark.feature("F8.1")
def test_a_certification_with_a_kit_is_congratulated():
    mail = Congratulation(
        candidate_id="ada", certification="ccna", name="CCNA", kit="certificate", active_on="2026-11-20"
    )
    assert on_certification_earned(earned("certificate")) == [mail]
    assert mail.key == "congratulation/ada/ccna/2026-11-20"


@pytest.mark.feature("F8.1")
def test_a_certification_without_a_kit_is_not():
    assert on_certification_earned(earned("none")) == []


@pytest.mark.feature("F8.1")
def test_the_mail_is_ordered_as_an_effect_that_holds_nothing_personal(told):
    payload = {"certification": "CCNA", "kit": "plaque", "active_on": "2026-11-20"}
    ordered = told("on_certification_earned", earned("plaque"))
    assert ordered == [("mail", "congratulation/ada/ccna/2026-11-20", payload)]
