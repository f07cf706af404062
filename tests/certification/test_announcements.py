"""What certification tells the others."""

from datetime import UTC, date, datetime

import pytest

import contracts
from chassis.decider import Fact
from services.certification.announcements import announce
from services.certification.domain import (
    catalogue_change,
    claim_facts,
    expert_numbers,
    extension,
    facts,
    join_facts,
    programme_facts,
)
from services.certification.domain.record import record
from services.certification.vocabulary import VOCABULARY
from tests.certification.test_record import CCNA, VERSION, after, takes

ADA = "CAND0000ADA"
EARNED, EXPIRES, RENEWED = date(2024, 5, 29), date(2027, 5, 29), date(2029, 1, 14)


def announced(event: object) -> contracts.Event | None:
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    return announce(Fact(event=event, source="certification", subject=ADA, number=1, recorded_at=moment))


def test_an_earning_is_told_with_everything_the_others_need():
    earned = facts.CertificationEarned(
        heading=CCNA,
        kit="certificate",
        pdf=True,
        active_on=EARNED,
        expires_on=EXPIRES,
        evidence=("r1",),
        catalogue=VERSION,
    )
    assert announced(earned) == contracts.CertificationEarned(
        candidate_id=ADA,
        certification="ccna",
        name="Cisco Certified Network Associate",
        abbreviation="CCNA",
        group="Associate",
        level="associate",
        track="networking",
        kit="certificate",
        pdf=True,
        active_on=EARNED,
        expires_on=EXPIRES,
        evidence=("r1",),
        catalogue=VERSION,
    )


@pytest.mark.parametrize(
    ("fact", "event"),
    [
        (
            facts.CertificationProgressed(heading=CCNA, since=EARNED, until=EXPIRES, catalogue=VERSION),
            contracts.CertificationProgressed(candidate_id=ADA, certification="ccna", name=CCNA.name),
        ),
        (
            facts.CertificationProgressLapsed(heading=CCNA, lapsed_on=EXPIRES, catalogue=VERSION),
            contracts.CertificationProgressLapsed(candidate_id=ADA, certification="ccna", name=CCNA.name),
        ),
        (
            facts.CertificationRecertified(
                heading=CCNA,
                active_on=EARNED,
                old_expires_on=EXPIRES,
                expires_on=RENEWED,
                renewed_on=date(2026, 1, 14),
                option="exam",
                catalogue=VERSION,
            ),
            contracts.CertificationRecertified(
                candidate_id=ADA,
                certification="ccna",
                old_expires_on=EXPIRES,
                expires_on=RENEWED,
                renewed_on=date(2026, 1, 14),
                option="exam",
            ),
        ),
        (
            facts.CertificationExtended(
                heading=CCNA,
                active_on=EARNED,
                old_expires_on=EXPIRES,
                expires_on=RENEWED,
                extended_on=EARNED,
                reason="blanket-extension",
                catalogue=VERSION,
            ),
            contracts.CertificationExtended(
                candidate_id=ADA,
                certification="ccna",
                old_expires_on=EXPIRES,
                expires_on=RENEWED,
                reason="blanket-extension",
            ),
        ),
        (
            facts.CertificationExpiryCorrected(
                heading=CCNA,
                active_on=EARNED,
                old_expires_on=RENEWED,
                expires_on=EXPIRES,
                corrected_on=EARNED,
                reason="result-revoked",
                catalogue=VERSION,
            ),
            contracts.CertificationExpiryCorrected(
                candidate_id=ADA,
                certification="ccna",
                old_expires_on=RENEWED,
                expires_on=EXPIRES,
                reason="result-revoked",
            ),
        ),
        (
            facts.CertificationReinstated(
                heading=CCNA,
                active_on=EARNED,
                old_expires_on=EXPIRES,
                expires_on=RENEWED,
                reinstated_on=EARNED,
                reason="late-evidence",
                catalogue=VERSION,
            ),
            contracts.CertificationReinstated(candidate_id=ADA, certification="ccna", expires_on=RENEWED),
        ),
        (
            facts.CertificationExpired(
                heading=CCNA, active_on=EARNED, expires_on=EXPIRES, expired_on=RENEWED, catalogue=VERSION
            ),
            contracts.CertificationExpired(candidate_id=ADA, certification="ccna", expires_on=EXPIRES),
        ),
        (
            facts.CertificationRevoked(
                heading=CCNA,
                active_on=EARNED,
                expires_on=EXPIRES,
                revoked_on=RENEWED,
                reason="misconduct",
                catalogue=VERSION,
            ),
            contracts.CertificationRevoked(
                candidate_id=ADA, certification="ccna", revoked_on=RENEWED, reason="misconduct"
            ),
        ),
        (
            facts.EmeritusGranted(
                heading=CCNA,
                active_on=EARNED,
                expires_on=EXPIRES,
                until=RENEWED,
                granted_on=EARNED,
                catalogue=VERSION,
            ),
            contracts.EmeritusGranted(candidate_id=ADA, certification="ccna", until=RENEWED),
        ),
        (
            facts.EmeritusLapsed(
                heading=CCNA, active_on=EARNED, expires_on=EXPIRES, lapsed_on=RENEWED, catalogue=VERSION
            ),
            contracts.EmeritusLapsed(candidate_id=ADA, certification="ccna"),
        ),
    ],
)
def test_each_change_is_told_in_its_own_event(fact, event):
    assert announced(fact) == event


def test_evidence_balances_and_foreseen_progress_are_nobodys_business():
    private = (
        facts.ExamEvidenceRecorded(result_id="r1", exam="200-301", taken_on=EARNED, passed=True, recorded_on=EARNED),
        facts.CreditBalanceChanged(on=EARNED, credits=8, later=(), catalogue=VERSION),
        facts.CertificationProgressForeseen(heading=CCNA, since=EARNED, until=EXPIRES, catalogue=VERSION),
        facts.EmeritusForeseen(heading=CCNA, active_on=EARNED, expires_on=EXPIRES, until=RENEWED, catalogue=VERSION),
        facts.CertificationProgressMoved(heading=CCNA, until=EXPIRES, catalogue=VERSION),
    )
    assert [announced(fact) for fact in private] == [None] * 5


def test_every_fact_has_a_stored_name():
    modules = (facts, claim_facts, programme_facts, expert_numbers, extension, catalogue_change, join_facts)
    kinds = {
        kind for module in modules for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    }  # fmt: skip
    no_facts = {
        claim_facts.ClaimLine, expert_numbers.AssignExpertNumber, expert_numbers.Numbers, extension.DecideExtension,
        extension.Decided, catalogue_change.HandInCatalogue, catalogue_change.ActivateCatalogue,
        catalogue_change.Change, catalogue_change.State,
        join_facts.Earning,
    }  # fmt: skip
    assert set(VOCABULARY.values()) == kinds - no_facts


def test_every_public_event_of_certification_is_announced_by_some_fact():
    names = {event.__name__ for event in contracts.ALL if event.source == "certification"}
    facts = {kind.__name__ for kind in VOCABULARY.values()}
    assert names - facts == {"AgreementAccepted"}


def test_an_accepted_agreement_is_told_without_its_place():
    fact = programme_facts.AgreementRecorded(version="2026-11-01", accepted_on=date(2026, 11, 20), place="portal")
    assert announced(fact) == contracts.AgreementAccepted(
        candidate_id=ADA, agreement_version="2026-11-01", accepted_on=date(2026, 11, 20)
    )


def test_a_first_pass_is_told_as_one_public_event():
    told = after(takes("200-301", "2024-05-29")).facts
    public = [event for event in map(announced, told) if event is not None]
    assert [type(event).__name__ for event in public] == ["CertificationEarned"]
    assert record.category == "record"
