"""Mail about what happened elsewhere: one letter per event, in the reader's language, once."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest

import contracts
from chassis.service import Effect
from services.identity.adapters.letters import LETTERS, all_words, letter

BOOKED = {
    "candidate_id": "ADA", "appointment_id": "A1", "exam": "200-301", "starts_at": datetime(2026, 12, 1, 8, tzinfo=UTC),
    "time_zone": "Europe/Amsterdam", "delivery": "centre", "site": "Amsterdam",
}  # fmt: skip
EVENTS = {
    "appointment-booked": contracts.AppointmentBooked(
        **BOOKED, title="CCNA", role="associate", booked_at=datetime(2026, 11, 1, tzinfo=UTC), channel="portal",
        payment_due_on=None,
    ),
    "appointment-moved": contracts.AppointmentRescheduled(**BOOKED),
    "appointment-cancelled": contracts.AppointmentCancelled(
        candidate_id="ADA", appointment_id="A1", exam="200-301", refunded=True
    ),
    "claim-approved": contracts.CreditClaimApproved(candidate_id="ADA", claim_id="K1", decided_on=date(2026, 11, 1)),
    "claim-rejected": contracts.CreditClaimRejected(
        candidate_id="ADA", claim_id="K1", reason="no-proof", decided_on=date(2026, 11, 1)
    ),
    "claim-revoked": contracts.CreditClaimRevoked(
        candidate_id="ADA", claim_id="K1", reason="fraud", revoked_on=date(2026, 11, 1)
    ),
    "claim-evidence": contracts.CreditEvidenceRequested(
        candidate_id="ADA", claim_id="K1", requested_on=date(2026, 11, 1)
    ),
    "sanction-imposed": contracts.SanctionImposed(
        candidate_id="ADA", sanction_id="S1", kind="ban", reason="misconduct", imposed_on=date(2026, 11, 1),
        appeal_until=date(2026, 11, 15), result_id=None, banned_until=date(2027, 11, 1),
    ),
}  # fmt: skip


def reminder(stage: int) -> contracts.ExpiryReminderDue:
    return contracts.ExpiryReminderDue(
        candidate_id="ADA", certification="ccna", name="CCNA", expires_on=date(2027, 5, 29), stage=stage,
        days_left=stage,
    )  # fmt: skip


def handler_of(event: contracts.Event) -> str:
    return "on_" + "".join(f"_{c.lower()}" if c.isupper() else c for c in event.event_name).lstrip("_")


@pytest.mark.parametrize("name", EVENTS)
def test_each_event_has_its_letter(told, name):
    [(kind, key, payload)] = told(handler_of(EVENTS[name]), EVENTS[name])
    assert (kind, payload["letter"], LETTERS[name].event) == ("mail", name, EVENTS[name].event_name)
    assert key.startswith(f"{name}/")


@pytest.mark.feature("F12.4")
def test_a_reminder_for_each_stage_and_one_for_the_last_day(told):
    stages = [180, 90, 60, 30, 7, 0]
    mails = [told("on_expiry_reminder_due", reminder(stage))[0] for stage in stages]
    assert [payload["letter"] for _, _, payload in mails] == ["expiry-reminder"] * 5 + ["expiry-today"]
    assert len({key for _, key, _ in mails}) == len(stages)


@pytest.mark.feature("F12.4")
def test_a_reminder_as_ada_reads_it(frame, told, asked_as, registered_ada, settings):
    [(_, key, payload)] = told("on_expiry_reminder_due", reminder(30))
    asked_as().send_mail(Effect(key, "mail", registered_ada, payload, frame.clock.now()))
    [mail] = asked_as().mailbox("ada@example.org")
    assert mail["subject"] == "CCNA is valid until 29 May 2027"
    assert "http://127.0.0.1:8080/certifications/renewal" in mail["text"]


def test_an_appointment_is_told_in_the_time_of_its_place(frame, told, asked_as, registered_ada, settings):
    [(_, key, payload)] = told("on_appointment_booked", EVENTS["appointment-booked"])
    asked_as().send_mail(Effect(key, "mail", registered_ada, payload, frame.clock.now()))
    [mail] = asked_as().mailbox("ada@example.org")
    assert "1 December 2026, 09:00 (Europe/Amsterdam)" in mail["text"]


def test_the_language_is_the_one_that_the_candidate_has_chosen(frame, told, asked_as, registered_ada, settings):
    asked_as().change_language(registered_ada, "ar")
    [(_, key, payload)] = told("on_expiry_reminder_due", reminder(30))
    asked_as().send_mail(Effect(key, "mail", registered_ada, payload, frame.clock.now()))
    [mail] = asked_as().mailbox("ada@example.org")
    assert "2027" in mail["text"] or "٢٠٢٧" in mail["text"]
    [file] = (settings.data / "mailbox").glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert 'lang="ar" dir="rtl"' in message.get_body(("html",)).get_content()


def test_translators_are_asked_for_every_word_of_every_letter():
    words = all_words()
    for name, draft in LETTERS.items():
        assert {draft.subject, *draft.paragraphs} - {"$promise"} <= words, name


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_can_be_written(name):
    blanks = ("name", "certification", "kit", "day", "promise", "moment", "exam", "site", "candidate", "hint")
    written = letter(name, dict.fromkeys(blanks, "<&>"), link="http://127.0.0.1/x")
    assert "$" not in written.text
    assert "<&>" not in written.html
