import re
from types import SimpleNamespace

import pytest
from marshmallow import ValidationError

from chassis.errors import NotFound
from services.identity.service import steady
from tests.identity.front_door import claims_of, facts, refused


@pytest.mark.feature("F1.1")
@pytest.mark.feature("F1.2")
def test_a_log_in_gives_session_and_token(frame, asked_as, registered_ada, ada):
    answer = asked_as("ada|log-in|1").log_in(" ADA@example.org", "correct horse battery")
    claims = claims_of(answer["token"])
    session_id = answer["session"].partition(".")[0]
    assert (answer["candidate_id"], claims["sub"], claims["roles"], claims["sid"]) == (
        registered_ada,
        registered_ada,
        ["candidate"],
        session_id,
    )
    assert claims["exp"] - claims["iat"] == 600
    assert facts(frame)[-4:] == ["login-succeeded", "account-mapped", "name-changed", "session-started"]


@pytest.mark.feature("F1.2")
def test_a_repeated_log_in_opens_one_session(frame, asked_as, registered_ada):
    first = asked_as("ada|log-in|1").log_in("ada@example.org", "correct horse battery")
    again = asked_as("ada|log-in|1").log_in("ada@example.org", "correct horse battery")
    assert (first["session"], facts(frame).count("session-started")) == (again["session"], 1)


@pytest.mark.feature("F1.2")
def test_wrong_password_and_unknown_e_mail_look_the_same(frame, asked_as, registered_ada):
    wrong = refused("log-in-refused", asked_as().log_in, "ada@example.org", "wrong horse battery")
    unknown = refused("log-in-refused", asked_as().log_in, "grace@example.org", "correct horse battery")
    assert wrong == unknown == {}
    assert facts(frame).count("login-failed") == 1


@pytest.mark.feature("F1.2")
@pytest.mark.parametrize(("email", "worked"), [("ada@example.org", 0.07), ("grace@example.org", 0.05)])
def test_refusals_come_at_full_steps_of_time_however_long_the_work_took(
    asked_as, registered_ada, monkeypatch, email, worked
):
    moments, slept = iter([100.0, 100.0 + worked]), []
    monkeypatch.setattr(steady, "STEP", 0.25)
    monkeypatch.setattr(steady, "time", SimpleNamespace(monotonic=lambda: next(moments), sleep=slept.append))
    refused("log-in-refused", asked_as().log_in, email, "wrong horse battery")
    assert [round(worked + pause, 6) for pause in slept] == [0.25]


@pytest.mark.feature("F1.1")
def test_a_session_gives_new_tokens_until_it_is_closed(asked_as, registered_ada):
    session = asked_as().log_in("ada@example.org", "correct horse battery")["session"]
    renewed = asked_as().refresh(session)
    assert (renewed["candidate_id"], claims_of(renewed["token"])["sub"]) == (registered_ada, registered_ada)
    assert asked_as().log_out(session) == {}
    refused("session-over", asked_as().refresh, session)
    assert asked_as().log_out(session) == {}


@pytest.mark.parametrize("forged", ["", "nonsense", "{id}.", "{id}.wrong", "{id}", "{id}.{secret}x"])
def test_a_forged_session_is_over(asked_as, registered_ada, forged):
    session_id, _, secret = asked_as().log_in("ada@example.org", "correct horse battery")["session"].partition(".")
    refused("session-over", asked_as().refresh, forged.format(id=session_id, secret=secret))


@pytest.mark.rule("R-P1")
def test_erasing_ends_log_in_sessions_and_profile(asked_as, registered_ada):
    session = asked_as().log_in("ada@example.org", "correct horse battery")["session"]
    erased = asked_as("erase").erase(registered_ada)
    assert asked_as("erase").erase(registered_ada) == erased
    refused("session-over", asked_as().refresh, session)
    refused("log-in-refused", asked_as().log_in, "ada@example.org", "correct horse battery")
    with pytest.raises(NotFound):
        asked_as().profile(registered_ada)


@pytest.mark.rule("R-P1")
def test_an_erased_person_may_register_anew_as_somebody_else(asked_as, registered_ada, ada):
    asked_as().erase(registered_ada)
    again = asked_as("ada|register|2").register(**ada)["candidate_id"]
    assert again != registered_ada
    assert asked_as().profile(again)["name"] == "Ada Lovelace"


@pytest.mark.rule("R-P1")
def test_a_late_retry_of_the_sign_up_brings_no_erased_person_back(frame, asked_as, registered_ada, ada):
    asked_as().erase(registered_ada)
    before = facts(frame)
    with pytest.raises(NotFound):
        asked_as("ada|register|1").register(**ada)
    assert facts(frame) == before


def test_operators_and_the_provider_get_tokens_without_a_session(asked_as):
    token = asked_as().issue_token("provider", ["provider"], 3600)["token"]
    claims = claims_of(token)
    assert (claims["sub"], claims["roles"], claims["sid"], claims["exp"] - claims["iat"]) == (
        "provider",
        ["provider"],
        "",
        3600,
    )
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token)


@pytest.mark.parametrize(
    ("subject", "roles", "seconds"),
    [("", ["operator"], 600), ("ops", ["root"], 600), ("ops", [], 600), ("ops", ["operator"], 10**9)],
)
def test_odd_tokens_are_not_issued(asked_as, subject, roles, seconds):
    with pytest.raises(ValidationError):
        asked_as().issue_token(subject, roles, seconds)
