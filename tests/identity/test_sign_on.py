"""Log-in by an outside OpenID provider: the certified `oidc-provider` says who comes, and sometimes says it wrongly."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import text

from chassis.sign_on import SignOn
from services.identity.adapters import openid_client
from services.identity.adapters.openid_client import OpenIdClient
from services.identity.domain.account import account
from services.identity.domain.support_acts import SuspendAccount
from tests.identity.front_door import claims_of, facts, mailed, mailed_link, refused
from tests.outside_provider import CLIENT_ID, SECRET, log_in_there, outside_provider, refuse_there
from tests.outside_provider import ada as known_there

pytestmark = [pytest.mark.feature("F1.14"), pytest.mark.server]
URL = "http://127.0.0.1:8080"
PASSWORD = "correct horse battery"
FORM = {
    "first_name": "Ada", "last_name": "Lovelace", "country": "GB",
    "privacy_version": "2026-01", "terms_version": "2026-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with outside_provider(f"{URL}/login/sign-on/back") as issuer:
        yield issuer


@pytest.fixture
def database_url(tmp_path) -> str:
    """One kind of database: what is asked here is what the provider says; the look-up's SQL is every table's."""
    return f"sqlite:///{tmp_path / 'service.sqlite'}"


@pytest.fixture
def settings(settings, issuer):
    return replace(settings, sign_on=SignOn(issuer=issuer, client_id=CLIENT_ID, client_secret=SECRET), public_url=URL)


@pytest.fixture
def came_back(asked_as):
    """What a browser brings back from the provider."""

    def come(**claims: str) -> tuple[str, dict[str, str]]:
        begun = asked_as().begin_sign_on()
        told = log_in_there(begun["address"], known_there(**claims))
        return begun["pending"], {name: told[name] for name in ("code", "state", "iss")}

    return come


@pytest.fixture
def ticket(asked_as, came_back) -> str:
    """The provider has seen Ada, whom nobody here knows."""
    return asked_as().log_in_by_sign_on(*came_back())["ticket"]


@pytest.fixture
def connected(asked_as, registered_ada, ticket) -> str:
    """Ada's own account, which the provider opens too; gives the candidate id."""
    asked_as().connect_sign_on(registered_ada, ticket)
    return registered_ada


@pytest.mark.feature("F1.4")
@pytest.mark.feature("F1.5")
def test_whom_nobody_knows_creates_an_account_without_a_password(frame, asked_as, came_back):
    told = asked_as().log_in_by_sign_on(*came_back())
    assert (told["known"], told["email"], told["first_name"]) == (False, "ada@example.org", "Ada")
    opened = asked_as("form").register_by_sign_on(told["ticket"], **FORM, device="Firefox on Linux")
    assert claims_of(opened["token"])["sub"] == opened["candidate_id"]
    assert facts(frame)[:4] == ["account-registered", "email-verified", "sign-on-connected", "login-succeeded"]
    again = asked_as().log_in_by_sign_on(*came_back())
    assert again["candidate_id"] == opened["candidate_id"]
    assert {one["opened_by"] for one in asked_as().sessions(again["candidate_id"])} == {"provider"}
    assert asked_as().log_in_history(again["candidate_id"])[0]["what"] == "by-provider"


def test_the_same_form_again_makes_no_second_account(frame, asked_as, ticket):
    first, again = (asked_as("form").register_by_sign_on(ticket, **FORM) for _ in range(2))
    assert first["candidate_id"] == again["candidate_id"]
    assert facts(frame).count("account-registered") == 1


def test_an_account_with_that_e_mail_is_connected_by_whoever_logs_in_to_it(asked_as, registered_ada, came_back):
    told = asked_as().log_in_by_sign_on(*came_back())
    assert told["known"] is True
    refused("email-taken", asked_as().register_by_sign_on, told["ticket"], **FORM)
    assert asked_as().sign_on(registered_ada) == {"offered": True, "since": None, "password": True}
    assert asked_as().connect_sign_on(registered_ada, told["ticket"])["since"] is not None
    assert asked_as().log_in_by_sign_on(*came_back())["candidate_id"] == registered_ada


def test_an_e_mail_that_the_provider_has_not_confirmed_opens_and_makes_nothing(asked_as, registered_ada, came_back):
    for claims in ({"email_verified": "false"}, {"email": "", "email_verified": "true"}, {"email": "no address"}):
        refused("sign-on-email-not-confirmed", asked_as().log_in_by_sign_on, *came_back(**claims))


@pytest.mark.parametrize("fault", ["nonce", "audience", "issuer", "expired", "signature", "unsigned"])
def test_a_token_that_is_not_right_opens_nothing(asked_as, connected, came_back, fault):
    refused("sign-on-failed", asked_as().log_in_by_sign_on, *came_back(fault=fault))


def test_the_clock_of_the_provider_may_be_half_a_minute_ahead(asked_as, came_back):
    assert asked_as().log_in_by_sign_on(*came_back(fault="skew"))["known"] is False


def test_an_answer_counts_once_and_with_its_own_state_issuer_and_code(asked_as, came_back):
    pending, answer = came_back()
    refused("sign-on-over", asked_as().log_in_by_sign_on, pending, answer | {"state": "another"})
    refused("sign-on-over", asked_as().log_in_by_sign_on, "forged", answer)
    assert "ticket" in asked_as().log_in_by_sign_on(pending, answer)
    refused("sign-on-over", asked_as().log_in_by_sign_on, pending, answer)
    pending, answer = came_back()
    refused("sign-on-failed", asked_as().log_in_by_sign_on, pending, answer | {"iss": "https://another.example"})
    pending, answer = came_back()
    refused("sign-on-failed", asked_as().log_in_by_sign_on, pending, answer | {"code": "forged"})


def test_who_turns_back_at_the_provider_is_told_so(asked_as):
    begun = asked_as().begin_sign_on()
    told = refuse_there(begun["address"])
    answer = {name: told[name] for name in ("error", "state", "iss")}
    refused("sign-on-refused", asked_as().log_in_by_sign_on, begun["pending"], answer)


def test_log_ins_and_tickets_are_good_for_ten_minutes(asked_as, came_back, ticket, monkeypatch):
    pending, answer = came_back()
    now = openid_client.time.time
    monkeypatch.setattr(openid_client.time, "time", lambda: now() + 601)
    refused("sign-on-over", asked_as().log_in_by_sign_on, pending, answer)
    refused("sign-on-over", asked_as().register_by_sign_on, ticket, **FORM)


def test_a_provider_that_is_away_or_silent_is_told_within_seconds(frame, monkeypatch):
    monkeypatch.setattr(openid_client, "PATIENCE", (0.2, 0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        asked = SignOn(issuer=f"http://127.0.0.1:{port}", client_id=CLIENT_ID, client_secret=SECRET)
        provider = OpenIdClient(frame.settings.master_key, asked, URL)
        told = [failure_of(provider), failure_of(provider)]
    monkeypatch.setattr(openid_client.time, "monotonic", lambda now=openid_client.time.monotonic: now() + 3)
    told.append(failure_of(provider))
    assert told == [
        ("sign-on-away", "ReadTimeout"), ("sign-on-away", "at rest or busy"), ("sign-on-away", "ConnectionError")
    ]  # fmt: skip


def failure_of(provider: OpenIdClient) -> tuple[str, str]:
    with pytest.raises(openid_client.SignOnFailed) as failed:
        provider.begin()
    return failed.value.code, failed.value.why


def test_the_accounts_own_second_factor_is_asked_for(frame, asked_as, connected, came_back, second_factor_of):
    app = second_factor_of(connected)
    pending = asked_as().log_in_by_sign_on(*came_back())
    assert list(pending) == ["second_factor"]
    refused("code-wrong", asked_as().prove_log_in, pending["second_factor"], "000000")
    opened = asked_as().prove_log_in(pending["second_factor"], app())
    [session] = [one for one in asked_as().sessions(connected) if opened["session"].startswith(one["session_id"])]
    assert session["opened_by"] == "provider-code"
    assert asked_as().log_in_history(connected)[0]["what"] == "by-provider"


def test_a_deployment_may_leave_the_second_factor_to_the_provider(
    frame, asked_as, connected, came_back, second_factor_of, monkeypatch
):
    second_factor_of(connected)
    trusting = replace(frame.settings.sign_on, second_factor=False)
    monkeypatch.setattr(frame, "settings", replace(frame.settings, sign_on=trusting))
    assert asked_as().log_in_by_sign_on(*came_back())["candidate_id"] == connected


@pytest.fixture
def second_factor_of(asked_as):
    """Turn on an authenticator; gives its recovery codes one by one."""

    def turn_on(candidate_id: str):
        secret = asked_as().new_authenticator(candidate_id, "S1")["secret"]
        told = asked_as().turn_on_authenticator(candidate_id, "S1", pyotp.TOTP(secret).now())
        return iter(told["recovery_codes"]).__next__

    return turn_on


def test_one_log_in_at_the_provider_opens_one_account_and_one_account_opens_by_one(
    asked_as, connected, joined, came_back
):
    grace = joined("grace", email="grace@example.org", first_name="Grace", last_name="Hopper")
    refused("sign-on-taken", asked_as().log_in_by_sign_on, *came_back(), candidate_id=grace)
    assert asked_as().log_in_by_sign_on(*came_back(), candidate_id=connected) == {"connected": True}
    other = asked_as().log_in_by_sign_on(*came_back(email="ada@work.example"), candidate_id=connected)
    refused("sign-on-connected", asked_as().connect_sign_on, connected, other["ticket"])


def test_two_accounts_that_connect_the_same_log_in_are_not_both_opened_by_it(asked_as, registered_ada, joined, ticket):
    grace = joined("grace", email="grace@example.org", first_name="Grace", last_name="Hopper")
    asked_as().connect_sign_on(grace, ticket)
    refused("sign-on-taken", asked_as().connect_sign_on, registered_ada, ticket)


def test_what_is_disconnected_opens_nothing_and_may_be_connected_again(frame, asked_as, connected, came_back):
    for _ in range(2):
        asked_as().disconnect_sign_on(connected)
    assert facts(frame).count("sign-on-disconnected") == 1
    told = asked_as().log_in_by_sign_on(*came_back())
    assert told["known"] is True
    assert asked_as().connect_sign_on(connected, told["ticket"])["since"] is not None


def test_each_change_is_told_by_one_mail(frame, asked_as, connected):
    for _ in range(2):
        asked_as().disconnect_sign_on(connected)
    letters = [letter["letter"] for letter in mailed(frame, connected)]
    assert [letter for letter in letters if letter.startswith("sign-on")] == ["sign-on-added", "sign-on-removed"]


def test_the_last_way_in_stays_until_there_is_a_password(frame, asked_as, ticket):
    mine = asked_as().register_by_sign_on(ticket, **FORM)["candidate_id"]
    assert asked_as().sign_on(mine)["password"] is False
    refused("last-way-in", asked_as().disconnect_sign_on, mine)
    asked_as().mail_password_link("ada@example.org")
    asked_as().reset_password(mailed_link(frame, "reset-password", mine), PASSWORD)
    asked_as().disconnect_sign_on(mine)
    assert asked_as().log_in("ada@example.org", PASSWORD)["candidate_id"] == mine


@pytest.mark.feature("F1.7")
def test_a_locked_account_opens_by_the_provider_neither(asked_as, connected, came_back):
    for _ in range(5):
        refused("log-in-refused", asked_as().log_in, "ada@example.org", "wrong")
    refused("account-locked", asked_as().log_in_by_sign_on, *came_back())


def test_a_suspended_account_is_told_so(frame, asked_as, connected, came_back):
    suspend = SuspendAccount(by=("VERA", "OMAR"))
    asked_as().desk.handle(account, connected, suspend, subject=connected)
    refused("account-suspended", asked_as().log_in_by_sign_on, *came_back())


@pytest.mark.feature("F1.10")
def test_another_log_in_by_a_case_is_opened_by_no_provider(asked_as, connected, came_back):
    case_id = asked_as().open_case("change-cisco-id", "Please change it.", candidate_id=connected)["case_id"]
    allowed = ["names.change", "cases.work"]
    values = {"email": "ada@lovelace.example"}
    proposal = asked_as().propose_by_case(case_id, "email-change", "Seen.", "VERA", allowed, values=values)
    asked_as().approve(proposal["proposal_id"], "OMAR", allowed)
    assert asked_as().log_in_by_sign_on(*came_back())["known"] is False
    told = asked_as().log_in_by_sign_on(*came_back(email="ada@lovelace.example"))
    assert asked_as().connect_sign_on(connected, told["ticket"])["since"] is not None


@pytest.mark.rule("R-P1")
def test_erasing_forgets_whom_the_provider_means_and_no_table_shows_it_before(frame, asked_as, connected, came_back):
    with frame.database.read() as connection:
        names = ("events", "effects", "sign_ons", "used_challenges", "commands_seen", "log_ins")
        content = "".join(repr(connection.execute(text(f"SELECT * FROM {name}")).all()) for name in names)
    assert "email=ada%40example.org" not in content
    asked_as().erase(connected)
    assert asked_as().log_in_by_sign_on(*came_back())["known"] is False
    with frame.database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM sign_ons")).scalar_one() == 0


def test_without_a_provider_there_is_no_such_log_in(frame, asked_as, registered_ada, monkeypatch):
    monkeypatch.setattr(frame, "settings", replace(frame.settings, sign_on=None))
    assert asked_as().sign_on(registered_ada) == {"offered": False, "since": None, "password": True}
