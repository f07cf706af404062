from dataclasses import replace

import pytest

from chassis.errors import NotFound, Rejected, Unavailable
from services.identity.adapters.broker_management import is_password
from services.identity.adapters.public_logs import PublicLogs
from services.identity.domain.partner import Mark
from services.identity.projections import partners
from services.identity.service.partner_registry import EVENTS


@pytest.fixture
def settings(settings):
    return replace(settings, management_url="http://nobody:nothing@127.0.0.1:1")


@pytest.fixture
def heads(frame):
    """The services answer where their logs stand."""
    sent = {"testing": {"0": 17}, "certification": {"0": 4}}

    def call(service: str, method: str, **_: object) -> dict:
        assert method == "heads"
        return {"epoch": f"epoch of {service}", "heads": {"0": 99}, "sent": sent[service]}

    frame.client.call = call


@pytest.mark.parametrize("spelling", ["ExamPassed", "testing.ExamPassed", "certtrack.testing.ExamPassed.v1"])
def test_an_event_may_be_named_shortly_or_in_full(asked_as, spelling):
    added = asked_as().partners_add("acme", [spelling], "beginning")
    password = added.pop("password")
    assert added == {
        "name": "acme",
        "events": ["testing.ExamPassed"],
        "start": "beginning",
        "queue": "partner.acme",
        "user": "partner-acme",
        "written": None,
    }
    assert len(password) == 64


@pytest.mark.rule("R-P3")
def test_no_sealed_event_has_a_spelling():
    assert {event for event in EVENTS.values() if event.endswith(("NameChanged", "AddressChanged"))} == set()


def test_a_partner_from_now_on_begins_where_the_logs_stood_when_it_asked(frame, heads, asked_as):
    asked_as("ops|1").partners_add("acme", ["ExamPassed", "CertificationEarned"], "now")
    with frame.database.read() as connection:
        assert partners.marks_of(connection, "acme", 1) == [
            Mark(source="certification", partition=0, epoch="epoch of certification", sequence=4),
            Mark(source="testing", partition=0, epoch="epoch of testing", sequence=17),
        ]


def test_a_retry_gives_the_same_password_and_another_request_for_the_same_is_fine(asked_as):
    first = asked_as("ops|1").partners_add("acme", ["ExamPassed"], "beginning")
    assert asked_as("ops|1").partners_add("acme", ["ExamPassed"], "beginning") == first
    assert asked_as("ops|2").partners_add("acme", ["ExamPassed"], "beginning") == first


def test_a_partner_that_was_removed_comes_back_with_another_password(asked_as):
    first = asked_as().partners_add("acme", ["ExamPassed"], "beginning")
    asked_as().partners_remove("acme")
    assert asked_as().partners_list() == []
    assert asked_as().partners_add("acme", ["ExamPassed"], "beginning")["password"] != first["password"]


def test_a_late_retry_does_not_bring_a_removed_partner_back(asked_as):
    asked_as("ops|1").partners_add("acme", ["ExamPassed"], "beginning")
    asked_as("ops|2").partners_remove("acme")
    with pytest.raises(NotFound):
        asked_as("ops|1").partners_add("acme", ["ExamPassed"], "beginning")


def test_the_list_shows_no_password_and_says_when_the_broker_does_not_tell(asked_as):
    asked_as().partners_add("acme", ["ExamPassed"], "beginning")
    assert asked_as().partners_list() == [
        {
            "name": "acme",
            "events": ["testing.ExamPassed"],
            "start": "beginning",
            "queue": "partner.acme",
            "user": "partner-acme",
            "state": "unknown",
        }
    ]


def test_an_unknown_event_is_refused(asked_as):
    with pytest.raises(Rejected) as refusal:
        asked_as().partners_add("acme", ["NameChanged"], "beginning")
    assert (refusal.value.code, refusal.value.details) == ("event-unknown", {"events": ["NameChanged"]})


def test_the_regular_look_survives_a_broker_that_is_away(asked_as):
    asked_as().partners_add("acme", ["ExamPassed"], "beginning")
    asked_as().look_after_partners()


def test_the_registry_reads_logs_as_every_subscriber_does():
    page = {
        "epoch": "E1",
        "head": 2,
        "events": [
            {"id": "identity/E1/0/1", "type": "certtrack.identity.AccountRegistered.v1"},
            {"id": "identity/E1/0/2", "type": "certtrack.identity.NameChanged.v1"},
        ],
        "sealed": [2],
    }
    events = PublicLogs(lambda *_, **__: page).events_after("identity", 0, 0, 500)
    assert [(event.sequence, event.routing_key, event.sealed) for event in events] == [
        (1, "identity.0.AccountRegistered", False),
        (2, "identity.0.NameChanged", True),
    ]


def test_a_password_is_known_by_the_brokers_own_hash():
    """The example of RabbitMQ's documentation: `test12` with the salt 908DC60A."""
    stored = "kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR"
    assert (is_password(stored, "test12"), is_password(stored, "test13"), is_password("", "")) == (True, False, False)


class TestWithoutAManagementApi:
    @pytest.fixture
    def settings(self, settings):
        return replace(settings, management_url="")

    def test_partners_cannot_be_added(self, asked_as):
        with pytest.raises(Unavailable) as trouble:
            asked_as().partners_add("acme", ["ExamPassed"], "beginning")
        assert trouble.value.code == "broker-management-not-set"

    def test_the_regular_look_does_nothing(self, asked_as):
        asked_as().look_after_partners()
