"""An authenticator's code after the password, recovery codes for its loss (F1.14)."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import text

from services.identity.adapters import authenticators
from services.identity.service import second_factor
from tests.identity.front_door import claims_of, facts, mailed, refused

PASSWORD = "correct horse battery"
EMAIL = "ada@example.org"


class Now:
    """A clock for codes that only tests move; `datetime.now` asks it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 27, 12, tzinfo=UTC)

    def now(self, _zone) -> datetime:
        return self.at

    def pass_seconds(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch) -> Now:
    now = Now()
    monkeypatch.setattr(second_factor, "datetime", now)
    return now


@pytest.fixture
def app(asked_as, registered_ada, clock) -> pyotp.TOTP:
    """Ada's authenticator, turned on half a minute ago."""
    secret = asked_as().new_authenticator(registered_ada, "S1")["secret"]
    made = pyotp.TOTP(secret)
    asked_as().turn_on_authenticator(registered_ada, "S1", made.at(clock.at))
    clock.pass_seconds(30)
    return made


def half_open(asked_as) -> str:
    """The password was right: what the code must come with."""
    answer = asked_as().log_in(EMAIL, PASSWORD)
    assert list(answer) == ["second_factor"]
    return answer["second_factor"]


@pytest.mark.feature("F1.14")
def test_the_secret_is_the_same_until_it_is_turned_on_and_another_in_another_session(asked_as, registered_ada, clock):
    first, again = (asked_as().new_authenticator(registered_ada, "S1") for _ in range(2))
    other = asked_as().new_authenticator(registered_ada, "S2")
    assert (first == again, first["secret"] == other["secret"]) == (True, False)
    assert first["address"] == (f"otpauth://totp/Certtrack:ada%40example.org?secret={first['secret']}&issuer=Certtrack")


@pytest.mark.feature("F1.14")
def test_turning_on_takes_a_code_tells_ten_recovery_codes_and_is_told_by_mail(frame, asked_as, registered_ada, clock):
    secret = asked_as().new_authenticator(registered_ada, "S1")["secret"]
    refused("code-wrong", asked_as().turn_on_authenticator, registered_ada, "S1", "000000")
    code = pyotp.TOTP(secret).at(clock.at)
    told = asked_as("on").turn_on_authenticator(registered_ada, "S1", code)["recovery_codes"]
    assert (len(set(told)), {len(one) for one in told}) == (10, {11})
    assert asked_as("on").turn_on_authenticator(registered_ada, "S1", code)["recovery_codes"] == told
    known = asked_as().second_factor(registered_ada)
    assert known == {"authenticator": True, "recovery_codes_left": 10, "passkeys": []}
    assert mailed(frame, registered_ada)[-1]["letter"] == "authenticator-on"
    refused("authenticator-on", asked_as().new_authenticator, registered_ada, "S1")


@pytest.mark.feature("F1.14")
def test_neither_the_secret_nor_recovery_codes_stand_in_any_table(frame, asked_as, registered_ada, clock):
    secret = asked_as().new_authenticator(registered_ada, "S1")["secret"]
    [code, *_] = asked_as().turn_on_authenticator(registered_ada, "S1", pyotp.TOTP(secret).at(clock.at))[
        "recovery_codes"
    ]
    with frame.database.read() as connection:
        names = ("events", "effects", "authenticators", "commands_seen")
        content = "".join(repr(connection.execute(text(f"SELECT * FROM {name}")).all()) for name in names)
    assert (secret in content, code in content) == (False, False)


@pytest.mark.feature("F1.14")
def test_a_log_in_needs_the_code_after_the_password(frame, asked_as, registered_ada, app, clock):
    pending = half_open(asked_as)
    assert "login-succeeded" not in facts(frame)
    opened = asked_as().prove_log_in(pending, app.at(clock.at), "", "Firefox on Linux")
    assert claims_of(opened["token"])["sub"] == registered_ada
    [session] = asked_as().sessions(registered_ada)
    assert (session["device"], session["opened_by"]) == ("Firefox on Linux", "code")


@pytest.mark.feature("F1.14")
def test_a_code_opens_once_and_older_ones_never(asked_as, registered_ada, app, clock):
    code, older = app.at(clock.at), app.at(clock.at - timedelta(seconds=30))
    asked_as().prove_log_in(half_open(asked_as), code)
    refused("code-wrong", asked_as().prove_log_in, half_open(asked_as), code)
    refused("code-wrong", asked_as().prove_log_in, half_open(asked_as), older)


@pytest.mark.feature("F1.14")
@pytest.mark.parametrize(("seconds", "opens"), [(-30, True), (30, True), (-60, False), (60, False)])
def test_a_clock_may_be_wrong_by_half_a_minute(asked_as, registered_ada, app, clock, seconds, opens):
    clock.pass_seconds(120)
    code, pending = app.at(clock.at + timedelta(seconds=seconds)), half_open(asked_as)
    if opens:
        assert asked_as().prove_log_in(pending, code)["candidate_id"] == registered_ada
    else:
        refused("code-wrong", asked_as().prove_log_in, pending, code)


@pytest.mark.feature("F1.14")
@pytest.mark.feature("F1.7")
def test_five_wrong_codes_lock_the_account_and_right_passwords_between_do_not_help(frame, asked_as, app, clock):
    for _ in range(5):
        refused("code-wrong", asked_as().prove_log_in, half_open(asked_as), "000000")
    assert facts(frame)[-2:] == ["account-locked", "link-issued"]
    refused("log-in-refused", asked_as().log_in, EMAIL, PASSWORD)


@pytest.mark.feature("F1.7")
def test_a_locked_account_opens_for_no_right_code_either(asked_as, app, clock):
    pending = half_open(asked_as)
    for _ in range(5):
        refused("log-in-refused", asked_as().log_in, EMAIL, "wrong horse battery")
    refused("log-in-refused", asked_as().prove_log_in, pending, app.at(clock.at))


@pytest.mark.feature("F1.14")
@pytest.mark.parametrize("forged", ["", "nonsense", "{id}.9999999999.x.y", "..."])
def test_no_code_counts_without_the_password(asked_as, registered_ada, app, clock, forged):
    code = app.at(clock.at)
    refused("second-factor-over", asked_as().prove_log_in, forged.format(id=registered_ada), code)


@pytest.mark.feature("F1.14")
def test_the_code_must_come_within_five_minutes(asked_as, app, clock, monkeypatch):
    pending = half_open(asked_as)
    clock.at = datetime.now(UTC) + timedelta(minutes=5)
    refused("second-factor-over", asked_as().prove_log_in, pending, app.at(clock.at))


@pytest.mark.feature("F1.14")
def test_a_recovery_code_opens_once_however_it_is_typed(asked_as, registered_ada, app, clock):
    codes = asked_as().renew_recovery_codes(registered_ada, app.at(clock.at))["recovery_codes"]
    opened = asked_as().prove_log_in(half_open(asked_as), codes[0].upper().replace("-", " "))
    assert opened["candidate_id"] == registered_ada
    refused("code-wrong", asked_as().prove_log_in, half_open(asked_as), codes[0])
    assert asked_as().second_factor(registered_ada)["recovery_codes_left"] == 9
    assert [one["opened_by"] for one in asked_as().sessions(registered_ada)] == ["recovery-code"]


@pytest.mark.feature("F1.14")
def test_new_recovery_codes_void_the_old_ones(asked_as, registered_ada, app, clock):
    [old, *_] = asked_as().renew_recovery_codes(registered_ada, app.at(clock.at))["recovery_codes"]
    clock.pass_seconds(30)
    asked_as().renew_recovery_codes(registered_ada, app.at(clock.at))
    refused("code-wrong", asked_as().prove_log_in, half_open(asked_as), old)


@pytest.mark.feature("F1.14")
def test_it_is_turned_off_by_password_and_code_and_the_next_one_has_another_secret(
    frame, asked_as, registered_ada, app, clock
):
    code = app.at(clock.at)
    refused("password-wrong", asked_as().turn_off_authenticator, registered_ada, "wrong horse battery", code)
    refused("code-wrong", asked_as().turn_off_authenticator, registered_ada, PASSWORD, "000000")
    asked_as().turn_off_authenticator(registered_ada, PASSWORD, code)
    assert asked_as().log_in(EMAIL, PASSWORD)["candidate_id"] == registered_ada
    assert mailed(frame, registered_ada)[-1]["letter"] == "authenticator-off"
    assert asked_as().new_authenticator(registered_ada, "S1")["secret"] != app.secret
    refused("authenticator-off", asked_as().turn_off_authenticator, registered_ada, PASSWORD, code)


@pytest.mark.feature("F1.14")
def test_the_history_tells_of_codes(asked_as, registered_ada, app, clock):
    refused("code-wrong", asked_as().prove_log_in, half_open(asked_as), "000000")
    asked_as().prove_log_in(half_open(asked_as), app.at(clock.at))
    told = {one["what"] for one in asked_as().log_in_history(registered_ada)}
    assert told == {"second-factor-on", "code-wrong", "succeeded"}


@pytest.mark.rule("R-P1")
def test_erasing_takes_the_authenticator_along(frame, asked_as, registered_ada, app, clock):
    asked_as().erase(registered_ada)
    with frame.database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM authenticators")).scalar_one() == 0


@pytest.mark.feature("F1.14")
def test_staff_without_a_second_factor_may_do_nothing_where_one_is_required(
    asked_as, registered_ada, app, clock, frame
):
    asked_as().staff_add(EMAIL, "support")
    object.__setattr__(frame.settings, "staff_second_factor", True)
    asked_as().turn_off_authenticator(registered_ada, PASSWORD, app.at(clock.at))
    weak = asked_as().log_in(EMAIL, PASSWORD)
    assert claims_of(weak["token"])["roles"] == ["candidate"]
    secret = asked_as().new_authenticator(registered_ada, "S1")["secret"]
    asked_as().turn_on_authenticator(registered_ada, "S1", pyotp.TOTP(secret).at(clock.at))
    clock.pass_seconds(30)
    strong = asked_as().prove_log_in(half_open(asked_as), pyotp.TOTP(secret).at(clock.at))
    assert claims_of(strong["token"])["roles"] == ["candidate", "staff"]
    assert claims_of(asked_as().refresh(strong["session"])["token"])["roles"] == ["candidate", "staff"]
    assert claims_of(asked_as().refresh(weak["session"])["token"])["roles"] == ["candidate"]


def test_codes_are_those_of_rfc_6238():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    at = datetime.fromtimestamp(59, UTC)
    assert (authenticators.step_of(secret, "287082", at), authenticators.step_of(secret, "081804", at)) == (1, None)
