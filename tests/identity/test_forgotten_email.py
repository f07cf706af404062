"""Whoever forgot the e-mail address tells a few facts, and is answered alike whether or not they match (F1.8)."""

from types import SimpleNamespace

import pytest
from marshmallow import ValidationError

from services.identity.adapters import mailbox
from services.identity.adapters.letters import masked
from services.identity.service import steady
from tests.identity.front_door import facts, mailed

ADA = {"name": "Lovelace, Ada", "country": "GB"}


@pytest.fixture
def joined_ada(frame, joined, monkeypatch) -> dict[str, str]:
    """Ada's ids; she sat an exam on 20 November 2026."""
    candidate_id = joined("ada|register|1")

    def examined_on(_service, _method, *, candidate_ids, taken_on, timeout):
        return candidate_ids if taken_on == "2026-11-20" and timeout < 1.5 else []

    monkeypatch.setattr(frame.client, "call", examined_on)
    with frame.database.read() as connection:
        number = connection.exec_driver_sql("SELECT csco_id FROM csco_ids").scalar_one()
    return {"candidate_id": candidate_id, "csco_id": number}


def reminders(frame) -> list[dict]:
    return [told for told in mailed(frame) if told.get("letter") == "forgotten-email"]


@pytest.mark.feature("F1.8")
def test_name_country_and_an_external_id_bring_a_mail(frame, asked_as, joined_ada):
    assert asked_as().remind_of_email(**ADA, external_id=joined_ada["csco_id"].lower()) == {"sent": "if-known"}
    assert (len(reminders(frame)), facts(frame)[-1]) == (1, "email-reminder-mailed")


@pytest.mark.feature("F1.8")
def test_name_country_and_the_day_of_an_exam_bring_a_mail(frame, asked_as, joined_ada):
    asked_as().remind_of_email(**ADA, exam_on="2026-11-20")
    assert len(reminders(frame)) == 1


@pytest.mark.feature("F1.8")
@pytest.mark.parametrize(
    "told",
    [
        {**ADA, "name": "Ada King", "exam_on": "2026-11-20"},
        {**ADA, "name": "Ada", "exam_on": "2026-11-20"},
        {**ADA, "country": "US", "exam_on": "2026-11-20"},
        {**ADA, "exam_on": "2026-11-21"},
        {**ADA, "external_id": "CSCO00000000"},
    ],
)
def test_what_does_not_match_is_answered_alike_and_brings_no_mail(frame, asked_as, joined_ada, told):
    assert asked_as().remind_of_email(**told) == {"sent": "if-known"}
    assert reminders(frame) == []


@pytest.mark.feature("F1.8")
def test_an_id_and_a_day_must_both_match(frame, asked_as, joined_ada):
    asked_as().remind_of_email(**ADA, external_id=joined_ada["csco_id"], exam_on="2026-11-21")
    assert reminders(frame) == []


@pytest.mark.feature("F1.8")
@pytest.mark.parametrize(("day", "worked"), [("2026-11-20", 0.31), ("2026-11-21", 0.02)])
def test_match_and_no_match_are_answered_at_the_same_moment(asked_as, joined_ada, monkeypatch, day, worked):
    moments, slept = iter([100.0, 100.0 + worked]), []
    monkeypatch.setattr(steady, "STEP", 0.25)
    monkeypatch.setattr(steady, "time", SimpleNamespace(monotonic=lambda: next(moments), sleep=slept.append))
    asked_as().remind_of_email(**ADA, exam_on=day)
    assert [round(worked + pause, 6) for pause in slept] == [0.5]


@pytest.mark.feature("F1.8")
def test_a_second_reminder_within_a_minute_is_not_mailed(frame, asked_as, joined_ada):
    for _ in range(2):
        asked_as().remind_of_email(**ADA, exam_on="2026-11-20")
    assert len(reminders(frame)) == 1


@pytest.mark.feature("F1.8")
def test_neither_id_nor_day_is_not_enough(asked_as, joined_ada):
    with pytest.raises(ValidationError):
        asked_as().remind_of_email(**ADA)


@pytest.mark.feature("F1.8")
def test_the_mail_goes_to_the_address_itself_and_shows_it_masked(frame, asked_as, joined_ada):
    asked_as().remind_of_email(**ADA, exam_on="2026-11-20")
    subject = joined_ada["candidate_id"]
    asked_as().send_mail(SimpleNamespace(key="k1", subject=subject, payload={"letter": "forgotten-email"}))
    [mail] = mailbox.newest(frame.settings.data / "mailbox", to="ada@example.org")
    assert "to which this mail was sent, a\u2022\u2022\u2022@e\u2022\u2022\u2022.org." in mail.text
    assert masked("x@y.example.com") == "x\u2022\u2022\u2022@y\u2022\u2022\u2022.com"
