"""Where somebody is logged in, what was tried, and another password."""

import pytest

from chassis.errors import NotFound
from tests.identity.front_door import facts, mailed, refused

PASSWORD = "correct horse battery"
NEW = "another horse battery"


@pytest.fixture
def two_devices(asked_as, registered_ada) -> list[str]:
    """Secrets of Ada's sessions."""
    devices = ("Firefox on Linux", "Safari on iPhone")
    return [asked_as().log_in("ada@example.org", PASSWORD, "", device)["session"] for device in devices]


def id_of(session: str) -> str:
    return session.partition(".")[0]


@pytest.mark.feature("F1.14")
def test_sessions_are_listed_newest_first_with_their_device(asked_as, registered_ada, two_devices):
    shown = asked_as().sessions(registered_ada)
    assert [one["device"] for one in shown] == ["Safari on iPhone", "Firefox on Linux"]
    assert [one["session_id"] for one in shown] == [id_of(one) for one in reversed(two_devices)]


@pytest.mark.feature("F1.14")
def test_one_device_is_logged_out(asked_as, registered_ada, two_devices):
    asked_as().end_session(registered_ada, id_of(two_devices[0]))
    refused("session-over", asked_as().refresh, two_devices[0])
    assert asked_as().refresh(two_devices[1])["candidate_id"] == registered_ada


@pytest.mark.feature("F1.14")
def test_nobody_ends_the_session_of_somebody_else(frame, asked_as, two_devices):
    before = facts(frame)
    asked_as().end_session("grace", id_of(two_devices[0]))
    assert facts(frame) == before


@pytest.mark.feature("F1.14")
def test_log_out_everywhere_ends_all_sessions(asked_as, registered_ada, two_devices):
    assert asked_as().log_out_everywhere(registered_ada) == {"ended": 2}
    for session in two_devices:
        refused("session-over", asked_as().refresh, session)
    assert asked_as().sessions(registered_ada) == []


@pytest.mark.feature("F1.14")
def test_the_history_tells_what_was_tried_and_with_which_device(asked_as, registered_ada, two_devices):
    refused("log-in-refused", asked_as().log_in, "ada@example.org", "wrong horse battery", "", "Chrome on Windows")
    told = [(one["what"], one["device"]) for one in asked_as().log_in_history(registered_ada)]
    assert told == [
        ("failed", "Chrome on Windows"),
        ("succeeded", "Safari on iPhone"),
        ("succeeded", "Firefox on Linux"),
    ]
    with pytest.raises(NotFound):
        asked_as().log_in_history("nobody")


@pytest.mark.feature("F1.14")
def test_a_changed_password_ends_the_other_sessions_and_is_told_by_mail(frame, asked_as, registered_ada, two_devices):
    asked_as().change_password(registered_ada, PASSWORD, NEW, id_of(two_devices[0]))
    assert [one["session_id"] for one in asked_as().sessions(registered_ada)] == [id_of(two_devices[0])]
    assert asked_as().log_in("ada@example.org", NEW)["candidate_id"] == registered_ada
    refused("log-in-refused", asked_as().log_in, "ada@example.org", PASSWORD)
    assert mailed(frame, registered_ada)[-1]["letter"] == "password-changed"


@pytest.mark.feature("F1.14")
@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        ("wrong horse battery", NEW, "password-wrong"),
        (PASSWORD, "short", "password-too-short"),
        (PASSWORD, "password1234", "password-known"),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(asked_as, registered_ada, current, new, code):
    refused(code, asked_as().change_password, registered_ada, current, new)
    assert asked_as().log_in("ada@example.org", PASSWORD)["candidate_id"] == registered_ada
