"""Consent of a guardian for people of 13 to 17 (R-M1)."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest
from sqlalchemy import update

from chassis.clock import Clock
from chassis.decider import Rejected
from chassis.service import Effect
from services.identity.domain.account_state import Registered
from services.identity.domain.guardian import AWAITED, AnswerAsGuardian, decide
from services.identity.domain.person_facts import GuardianConsentRecorded
from services.identity.domain.person_state import Person
from services.identity.projections import guardians, people
from tests.identity.front_door import facts, mailed, mailed_link, refused

pytestmark = pytest.mark.rule("R-M1")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOTHER = {"guardian_name": "Anne Lovelace", "guardian_email": "anne@example.org"}


@pytest.fixture
def young_ada(frame, asked_as, joined) -> str:
    ada_id = joined("ada")
    asked_as().give_birth_date(ada_id, f"{frame.clock.today().year - 15}-01-01")
    return ada_id


@pytest.fixture
def link(frame, asked_as, young_ada) -> str:
    asked_as("ask").ask_guardian(young_ada, **MOTHER)
    return mailed_link(frame, "guardian", young_ada)


def public(frame) -> list[str]:
    """Which events the others hear, in order."""
    envelopes = orjson.loads(orjson.dumps(frame.events_after(0, 0, 100)["events"]))
    return [envelope["type"].split(".")[2] for envelope in envelopes]


def test_a_minor_needs_consent_and_the_others_hear_of_it(frame, asked_as, young_ada):
    assert asked_as().profile(young_ada)["guardian"] == "needed"
    assert "guardian-consent-required" in facts(frame)
    assert "GuardianConsentNeeded" in public(frame)


def test_the_guardian_consents_and_withdraws_by_the_same_link(frame, asked_as, young_ada, link):
    assert asked_as().guardian_question(link) == {"name": "Ada Lovelace", "state": "asked"}
    assert asked_as().answer_as_guardian(link, True)["state"] == "consented"
    assert asked_as().profile(young_ada)["guardian"] == "consented"
    asked_as().answer_as_guardian(link, False)
    asked_as().answer_as_guardian(link, False)
    assert asked_as().profile(young_ada)["guardian"] == "revoked"
    assert facts(frame).count("guardian-consent-taken-back") == 1
    assert {"GuardianConsentGiven", "GuardianConsentWithdrawn"} <= set(public(frame))


def test_the_mail_goes_to_the_guardian(frame, asked_as, young_ada, link, settings):
    [told] = [one for one in mailed(frame) if one.get("letter") == "guardian"]
    asked_as().send_mail(Effect("k", "mail", young_ada, told, frame.clock.now()))
    [mail] = asked_as().mailbox("anne@example.org")
    assert mail["subject"] == "Ada Lovelace asks for your consent"
    assert link in mail["text"]


def test_who_has_not_answered_in_time_is_told_of_it_and_may_be_asked_again(frame, asked_as, young_ada, link):
    assert (asked_as().profile(young_ada)["guardian"], AWAITED.days) == ("asked", 14)
    with frame.database.write() as connection:
        connection.execute(update(people.table).values(guardian_since=datetime.now(UTC) - AWAITED))
    assert asked_as().profile(young_ada)["guardian"] == "expired"
    refused("link-not-valid", asked_as().guardian_question, link)
    asked_as("again").ask_guardian(young_ada, **MOTHER)
    newer = mailed_link(frame, "guardian", young_ada)
    assert asked_as().answer_as_guardian(newer, True)["state"] == "consented"
    refused("guardian-consented", asked_as().ask_guardian, young_ada, **MOTHER)


def test_a_first_answer_counts_for_fourteen_days_and_a_change_of_mind_for_ever():
    until = NOON + AWAITED

    def answered(state: str, at: datetime) -> list:
        known = Person(guardian=state, guardian_link="h1", guardian_until=until)
        command = AnswerAsGuardian(consents=True, secret_hash="h1", at=at, on=at.date())
        return decide(command, Registered(person=known))

    in_time, late = until - timedelta(seconds=1), until
    assert answered("asked", in_time) == [GuardianConsentRecorded(consented_at=in_time, consented_on=in_time.date())]
    assert answered("revoked", late) == [GuardianConsentRecorded(consented_at=late, consented_on=late.date())]
    with pytest.raises(Rejected) as refusal:
        answered("asked", late)
    assert refusal.value.code == "link-not-valid"


def test_a_link_that_is_wrong_or_replaced_answers_nothing(frame, asked_as, young_ada, link):
    refused("link-not-valid", asked_as().answer_as_guardian, f"{young_ada}.wrong", True)
    refused("link-not-valid", asked_as().answer_as_guardian, "nonsense", True)
    asked_as("again").ask_guardian(young_ada, **MOTHER)
    refused("link-not-valid", asked_as().answer_as_guardian, link, True)
    refused("link-not-valid", asked_as().guardian_question, link)


def test_nobody_is_their_own_guardian_and_grown_ups_need_none(asked_as, young_ada, joined):
    refused("guardian-is-candidate", asked_as().ask_guardian, young_ada, "Ada", "ADA@example.org")
    grown = joined("grace", email="grace@example.org")
    refused("guardian-not-needed", asked_as().ask_guardian, grown, **MOTHER)


def test_on_the_eighteenth_birthday_consent_is_needed_no_more(frame, asked_as, young_ada, monkeypatch):
    monkeypatch.setattr(frame, "clock", Clock(offset_days=365 * 5, mode="test"))
    asked_as().daily()
    assert asked_as().profile(young_ada)["guardian"] == "not-needed"
    assert facts(frame).count("came-of-age") == 1
    assert "CandidateCameOfAge" in public(frame)


@pytest.mark.rule("R-P2")
def test_five_years_later_the_guardian_is_forgotten(frame, asked_as, young_ada, link, monkeypatch):
    with frame.database.read() as connection:
        assert guardians.of_candidate(connection, young_ada) is not None
    monkeypatch.setattr(frame, "clock", Clock(offset_days=365 * 6, mode="test"))
    asked_as().daily()
    with frame.database.read() as connection:
        assert guardians.of_candidate(connection, young_ada) is not None
    monkeypatch.setattr(frame, "clock", Clock(offset_days=366 * 9, mode="test"))
    asked_as().daily()
    with frame.database.read() as connection:
        assert guardians.of_candidate(connection, young_ada) is None
