"""Whoever accepted an older agreement accepts the newer one before booking; minors book with a guardian's consent."""

from datetime import date

import pytest

import contracts
from chassis.errors import Rejected
from services.testing.domain.agreements import AgreementVersion, in_force, is_outdated
from tests.testing.test_bookings_front_door import WISH, book, result

OLD, NEW = (AgreementVersion(version=f"{year}-11-01", starts_on=date(year, 11, 1)) for year in (2025, 2026))


def accepted(version):
    return contracts.AgreementAccepted(
        candidate_id="C-ADA", agreement_version=version, accepted_on=date.fromisoformat(version)
    )


def refusal(door, **otherwise):
    with pytest.raises(Rejected) as refused:
        book(door, **otherwise)
    return refused.value.code


def test_the_version_of_a_day_is_the_last_that_began():
    found = [in_force((OLD, NEW), date.fromisoformat(day)) for day in ("2020-01-01", "2026-10-31", "2026-11-01")]
    assert found == [OLD, OLD, NEW]


@pytest.mark.rule("R-N3")
@pytest.mark.parametrize(
    ("accepted", "last_sat_on", "outdated"),
    [
        ((), None, False),
        (("2025-11-01",), None, True),
        ((), date(2026, 10, 31), True),
        ((), date(2026, 11, 1), False),
        (("2025-11-01", "2026-11-01"), date(2026, 1, 1), False),
    ],
)
def test_only_somebody_who_accepted_no_more_than_older_versions_is_outdated(accepted, last_sat_on, outdated):
    assert is_outdated(NEW, accepted, last_sat_on) is outdated


@pytest.mark.rule("R-N3")
@pytest.mark.feature("F10.6")
def test_a_newer_agreement_is_accepted_before_the_next_booking(known):
    result(known, "350-401", "2026-10-01", "pass")
    assert refusal(known) == "agreement-missing"
    known.tell(accepted("2025-11-01"))
    assert refusal(known) == "agreement-missing"
    known.tell(accepted("2026-11-01"))
    book(known)


@pytest.mark.rule("R-N3")
def test_an_exam_begins_with_the_agreement_of_its_day(known):
    one = book(known)
    known.tell(accepted("2025-11-01"))
    for happening in ("check-in", "start"):
        known.asked_as().note_at_centre(one, happening)
    book(known, exam="350-401")


@pytest.mark.rule("R-M1")
@pytest.mark.feature("F10.6")
def test_minors_book_with_their_guardians_consent_only(known):
    known.tell(contracts.GuardianConsentNeeded(candidate_id="C-ADA"))
    assert refusal(known) == "guardian-consent-missing"
    known.tell(contracts.GuardianConsentGiven(candidate_id="C-ADA", consented_on=date(2026, 11, 20)))
    one = book(known)
    known.asked_as().cancel("C-ADA", one)
    known.tell(contracts.GuardianConsentWithdrawn(candidate_id="C-ADA", revoked_on=date(2026, 11, 20)))
    assert refusal(known) == "guardian-consent-missing"
    assert book(known, candidate_id="C-GRACE", confirmed_name="Grace Hopper")
    known.tell(contracts.CandidateCameOfAge(candidate_id="C-ADA"))
    book(known)


@pytest.mark.rule("R-M1")
def test_an_erased_account_needs_nobodys_consent(known, frame):
    known.tell(contracts.GuardianConsentNeeded(candidate_id="C-ADA"))
    known.tell(contracts.AccountErased(candidate_id="C-ADA", erased_on=date(2026, 11, 20)))
    assert refusal(known, **{**WISH, "confirmed_name": "Ada"}) == "name-not-confirmed"
