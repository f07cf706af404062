"""Tokens for programs: people agree, codes and refresh tokens count once, machines show their own secret."""

from base64 import urlsafe_b64encode
from datetime import date
from hashlib import sha256

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey
from marshmallow import ValidationError

from services.identity.adapters import tokens
from services.identity.domain.account import account
from services.identity.domain.merge import MergeAccounts, merge
from services.identity.domain.support_acts import SuspendAccount
from services.identity.service.parts import parts_of
from tests.identity.front_door import claims_of, facts, mailed_link, refused

BACK = "https://app.example/back"
VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
SCOPE = "openid profile email offline_access"


@pytest.fixture
def app(asked_as) -> dict[str, str]:
    """A program that speaks for people: id and secret."""
    return asked_as().clients_add(name="Ada's app", redirect_uris=[BACK], scopes=SCOPE.split(), signed_by="Ed25519")


@pytest.fixture
def session_id(asked_as, registered_ada) -> str:
    return asked_as().log_in("ada@example.org", "correct horse battery")["session"].partition(".")[0]


def request_of(app, **other) -> dict[str, str]:
    return {
        "client_id": app["client_id"], "redirect_uri": BACK, "response_type": "code", "scope": SCOPE, "nonce": "n1",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256", "unknown": "ignored",
    } | other  # fmt: skip


@pytest.fixture
def code(asked_as, app, registered_ada, session_id) -> str:
    return asked_as().authorize(registered_ada, session_id, request_of(app))["code"]


def exchange(asked_as, app, code, /, **other) -> dict:
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return asked_as().oauth_token(app | asked | other)


def refresh(asked_as, app, token) -> dict:
    return asked_as().oauth_token(app | {"grant_type": "refresh_token", "refresh_token": token})


@pytest.mark.feature("F1.14")
def test_a_code_is_exchanged_for_tokens_and_an_id_token_with_nonce_and_way_in(frame, asked_as, app, code):
    told = exchange(asked_as, app, code)
    key = OKPKey.import_key(asked_as().jwks()["keys"][0])
    claims = jwt.decode(told["id_token"], key, algorithms=["Ed25519"]).claims
    known = (claims["iss"], claims["aud"], claims["nonce"], claims["amr"])
    assert known == (frame.settings.public_url, app["client_id"], "n1", ["pwd"])
    access = claims_of(told["access_token"])
    assert access["roles"] == ["scope:openid", "scope:profile", "scope:email", "scope:offline_access"]
    assert asked_as().userinfo(claims["sub"], ["openid", "email"]) == {
        "sub": claims["sub"], "email": "ada@example.org", "email_verified": True
    }  # fmt: skip
    assert asked_as().userinfo(claims["sub"], ["openid"]) == {"sub": claims["sub"]}


def test_a_program_that_says_nothing_else_gets_id_tokens_by_rs256(asked_as, registered_ada, session_id):
    app = asked_as().clients_add(name="Ada's app", redirect_uris=[BACK], scopes=["openid"])
    code = asked_as().authorize(registered_ada, session_id, request_of(app))["code"]
    told = exchange(asked_as, app, code)
    keys = KeySet.import_key_set(asked_as().jwks())
    read = jwt.decode(told["id_token"], keys, algorithms=["RS256"])
    assert (read.header["alg"], read.claims["sub"]) == ("RS256", registered_ada)
    assert jwt.decode(told["access_token"], keys, algorithms=["Ed25519"]).claims["sub"] == registered_ada
    before = {key["kid"] for key in asked_as().jwks()["keys"]}
    asked_as().keys_rotate()
    after = asked_as().jwks()["keys"]
    assert before < {key["kid"] for key in after}
    assert sorted(key["alg"] for key in after) == ["Ed25519", "Ed25519", "RS256", "RS256"]


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"redirect_uri": "https://app.example/other"}, "invalid_grant"),
        ({"code": "nonsense"}, "invalid_grant"),
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_secret": ""}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "unauthorized_client"),
    ],
)
def test_what_does_not_fit_the_code_gets_no_tokens(asked_as, app, code, other, error):
    assert exchange(asked_as, app, code, **other) == {"error": error}


def test_a_code_counts_once_and_a_second_use_ends_what_it_opened(frame, asked_as, app, code):
    first = exchange(asked_as, app, code)
    assert exchange(asked_as, app, code) == {"error": "invalid_grant"}
    assert refresh(asked_as, app, first["refresh_token"]) == {"error": "invalid_grant"}
    assert facts(frame)[-1] == "grant-ended"


def test_a_code_is_too_old_after_a_minute(asked_as, app, code, monkeypatch):
    codes = parts_of(asked_as().desk.frame).codes
    agreed = codes.opened(code, 0)
    assert (codes.opened(code, agreed.ends_at - 1), codes.opened(code, agreed.ends_at)) == (agreed, None)


def test_a_refresh_token_is_replaced_by_each_use_and_a_stolen_one_ends_the_grant(asked_as, app, code):
    first = exchange(asked_as, app, code)["refresh_token"]
    second = refresh(asked_as, app, first)["refresh_token"]
    third = refresh(asked_as, app, second)
    assert claims_of(third["access_token"])["roles"][0] == "scope:openid"
    assert refresh(asked_as, app, first) == {"error": "invalid_grant"}
    assert refresh(asked_as, app, third["refresh_token"]) == {"error": "invalid_grant"}


@pytest.mark.feature("F1.14")
def test_a_person_sees_the_programs_they_allow_and_withdraws_one_at_once(asked_as, app, code, registered_ada):
    told = exchange(asked_as, app, code)
    grant_id = claims_of(told["access_token"])["sid"]
    [program] = asked_as().programs(registered_ada)
    assert (program["name"], program["scopes"]) == ("Ada's app", SCOPE.split())
    assert asked_as().userinfo(registered_ada, ["openid"], grant_id) == {"sub": registered_ada}
    ended = [asked_as().withdraw_program(registered_ada, app["client_id"]) for _ in range(2)]
    assert ended == [{"ended": 1}, {"ended": 0}]
    assert asked_as().programs(registered_ada) == []
    assert refresh(asked_as, app, told["refresh_token"]) == {"error": "invalid_grant"}
    refused("grant-over", asked_as().userinfo, registered_ada, ["openid"], grant_id)


AGAIN = {"error": "consent_required"}


@pytest.mark.feature("F1.14")
def test_what_was_agreed_to_is_not_asked_again_but_more_and_a_wish_to_be_asked_are(
    frame, asked_as, app, registered_ada, session_id
):
    again = asked_as().authorize_again
    assert again(registered_ada, session_id, request_of(app)) == AGAIN
    asked_as().authorize(registered_ada, session_id, request_of(app, scope="openid email"))
    known = again(registered_ada, session_id, request_of(app, scope="openid", prompt="none"))
    assert "id_token" in exchange(asked_as, app, known["code"])
    assert again(registered_ada, session_id, request_of(app, scope="openid", prompt="consent")) == AGAIN
    assert again(registered_ada, session_id, request_of(app, scope="openid profile")) == AGAIN
    asked_as().authorize(registered_ada, session_id, request_of(app, scope="openid profile"))
    assert "code" in again(registered_ada, session_id, request_of(app, scope="openid profile email"))
    assert facts(frame).count("consent-given") == 2
    assert asked_as().programs(registered_ada)[0]["scopes"] == ["openid", "email", "profile"]


@pytest.mark.feature("F1.14")
@pytest.mark.parametrize("act", ["withdrawn", "everywhere"])
def test_a_consent_that_was_taken_back_is_asked_for_again(asked_as, app, registered_ada, session_id, act):
    asked_as().authorize(registered_ada, session_id, request_of(app))
    assert [one["name"] for one in asked_as().programs(registered_ada)] == ["Ada's app"]
    if act == "withdrawn":
        assert asked_as().withdraw_program(registered_ada, app["client_id"]) == {"ended": 0}
    else:
        asked_as().log_out_everywhere(registered_ada)
        session_id = asked_as().log_in("ada@example.org", "correct horse battery")["session"].partition(".")[0]
    assert asked_as().programs(registered_ada) == []
    assert asked_as().authorize_again(registered_ada, session_id, request_of(app)) == AGAIN


def test_a_consent_is_of_one_person_and_one_program(asked_as, app, registered_ada, session_id, signed_up):
    asked_as().authorize(registered_ada, session_id, request_of(app))
    other = asked_as().clients_add(name="Another app", redirect_uris=[BACK], scopes=SCOPE.split())
    assert asked_as().authorize_again(registered_ada, session_id, request_of(other)) == AGAIN
    grace = signed_up("grace", email="grace@example.org")
    hers = asked_as().log_in("grace@example.org", "correct horse battery")["session"].partition(".")[0]
    assert asked_as().authorize_again(grace, hers, request_of(app)) == AGAIN
    refused("session-over", asked_as().authorize_again, registered_ada, hers, request_of(app))


def test_a_program_that_others_could_pass_for_is_asked_for_each_time(asked_as, registered_ada, session_id):
    here = "http://127.0.0.1:7000/back"
    app = asked_as().clients_add(name="Phone app", redirect_uris=[here, BACK], scopes=["openid"], public=True)
    asked_as().authorize(registered_ada, session_id, request_of(app, redirect_uri=here))
    assert asked_as().authorize_again(registered_ada, session_id, request_of(app, redirect_uri=here)) == AGAIN
    assert "code" in asked_as().authorize_again(registered_ada, session_id, request_of(app))


@pytest.mark.feature("F1.14")
def test_nobody_withdraws_for_somebody_else(asked_as, app, code, registered_ada, joined):
    token = exchange(asked_as, app, code)["refresh_token"]
    grace = joined("grace", email="grace@example.org", first_name="Grace", last_name="Hopper")
    assert asked_as().withdraw_program(grace, app["client_id"]) == {"ended": 0}
    assert "access_token" in refresh(asked_as, app, token)


@pytest.mark.feature("F1.14")
@pytest.mark.parametrize("act", ["everywhere", "password", "link"])
def test_who_trusts_nothing_that_is_out_stops_programs_too(frame, asked_as, app, code, registered_ada, act):
    token = exchange(asked_as, app, code)["refresh_token"]
    other = "another horse battery"
    if act == "everywhere":
        asked_as().log_out_everywhere(registered_ada)
    elif act == "password":
        asked_as().change_password(registered_ada, "correct horse battery", other)
    else:
        asked_as().mail_password_link("ada@example.org")
        asked_as().reset_password(mailed_link(frame, "reset-password", registered_ada), other)
    assert refresh(asked_as, app, token) == {"error": "invalid_grant"}
    assert asked_as().programs(registered_ada) == []


def test_a_program_that_was_removed_is_listed_no_more(asked_as, app, code, registered_ada):
    exchange(asked_as, app, code)
    asked_as().clients_remove(app["client_id"])
    assert asked_as().programs(registered_ada) == []


def test_a_refresh_token_is_of_use_to_its_own_client_only(asked_as, app, code):
    token = exchange(asked_as, app, code)["refresh_token"]
    other = asked_as().clients_add(name="Another app", redirect_uris=[BACK], scopes=["openid"])
    assert refresh(asked_as, other, token) == {"error": "invalid_grant"}
    assert asked_as().oauth_revoke(other | {"token": token}) == {}
    assert "access_token" in refresh(asked_as, app, token)


def test_a_revoked_refresh_token_is_void(asked_as, app, code):
    token = exchange(asked_as, app, code)["refresh_token"]
    for _ in range(2):
        assert asked_as().oauth_revoke(app | {"token": token}) == {}
    assert refresh(asked_as, app, token) == {"error": "invalid_grant"}


def test_without_offline_access_there_is_no_refresh_token(asked_as, app, registered_ada, session_id):
    code = asked_as().authorize(registered_ada, session_id, request_of(app, scope="openid"))["code"]
    assert sorted(exchange(asked_as, app, code)) == ["access_token", "expires_in", "id_token", "scope", "token_type"]


@pytest.mark.rule("R-P1")
def test_for_an_erased_person_there_are_no_tokens(asked_as, app, code, registered_ada):
    token = exchange(asked_as, app, code)["refresh_token"]
    asked_as().erase(registered_ada)
    assert refresh(asked_as, app, token) == {"error": "invalid_grant"}


@pytest.mark.feature("F12.2")
def test_for_a_suspended_person_there_are_no_tokens(asked_as, app, code, registered_ada):
    token = exchange(asked_as, app, code)["refresh_token"]
    suspend = SuspendAccount(by=("op-1", "op-2"))
    asked_as().desk.handle(account, registered_ada, suspend, subject=registered_ada)
    assert refresh(asked_as, app, token) == {"error": "invalid_grant"}


@pytest.mark.feature("F1.13")
def test_for_a_record_that_was_merged_into_another_one_there_are_no_tokens(asked_as, app, code, registered_ada):
    token = exchange(asked_as, app, code)["refresh_token"]
    merged = MergeAccounts(absorbed_id=registered_ada, on=date(2026, 11, 20), by=("op-1", "op-2"))
    asked_as().desk.handle(merge, "C-KEPT", merged, subject="C-KEPT")
    assert refresh(asked_as, app, token) == {"error": "invalid_grant"}


def test_a_challenge_in_other_letters_fits_no_verifier(asked_as, app, registered_ada, session_id):
    odd = asked_as().authorize(registered_ada, session_id, request_of(app, code_challenge="ü" * 43))["code"]
    assert exchange(asked_as, app, odd) == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "provider"}, "invalid_scope"),
        ({"prompt": "none consent"}, "invalid_request"),
        ({}, ""),
    ],
)
def test_a_request_that_is_wrong_is_told_to_the_client(asked_as, app, registered_ada, session_id, other, error):
    request = request_of(app, **other)
    assert asked_as().check_authorization(request)["error"] == error
    if error:
        refused("authorization-malformed", asked_as().authorize, registered_ada, session_id, request)


def test_nobody_is_led_to_an_address_that_is_not_registered(asked_as, app):
    refused("redirect-unknown", asked_as().check_authorization, request_of(app, redirect_uri=BACK + "/x"))
    refused("client-unknown", asked_as().check_authorization, request_of(app, client_id="nobody"))


def test_nobody_agrees_with_the_session_of_somebody_else(asked_as, app, session_id, signed_up):
    grace = signed_up("grace|register", email="grace@example.org")
    refused("session-over", asked_as().authorize, grace, session_id, request_of(app))


def test_a_machine_gets_the_scope_of_the_providers_api_by_its_own_secret(asked_as):
    machine = asked_as().clients_add(name="Test provider", redirect_uris=[], scopes=["provider"])
    told = asked_as().oauth_token(machine | {"grant_type": "client_credentials"})
    claims = claims_of(told["access_token"])
    assert (claims["sub"], claims["roles"], told["scope"]) == (machine["client_id"], ["provider"], "provider")
    wrong = machine | {"grant_type": "client_credentials", "scope": "operator"}
    assert asked_as().oauth_token(wrong) == {"error": "invalid_scope"}
    asked_as().clients_remove(machine["client_id"])
    assert asked_as().oauth_token(machine | {"grant_type": "client_credentials"}) == {"error": "invalid_client"}


def test_an_app_that_keeps_no_secret_exchanges_its_code_by_pkce_alone(asked_as, registered_ada, session_id):
    app = asked_as().clients_add(name="Phone app", redirect_uris=[BACK], scopes=["openid"], public=True)
    code = asked_as().authorize(registered_ada, session_id, request_of(app))["code"]
    assert "id_token" in exchange(asked_as, app, code)


def test_clients_ask_for_what_fits_them(asked_as):
    refused("scope-not-for-people", asked_as().clients_add, "App", [BACK], ["provider"])
    refused("scope-not-for-machines", asked_as().clients_add, "Machine", [], ["openid"])
    for unsafe in ("http://app.example/back", "javascript:alert(1)", "https://app.example/#x", "app:/back"):
        with pytest.raises(ValidationError):
            asked_as().clients_add("App", [unsafe], ["openid"])
    refused("client-unknown", asked_as().clients_remove, "nobody")


def test_after_a_rotation_the_new_key_signs_and_the_old_one_is_still_published(asked_as):
    [old] = asked_as().jwks()["keys"]
    kid = asked_as().keys_rotate()["kid"]
    token = asked_as().issue_token(subject="x", roles=["provider"], lifetime_seconds=60)["token"]
    assert [key["kid"] for key in asked_as().jwks()["keys"]] == [kid, old["kid"]]
    key = OKPKey.import_key(asked_as().jwks()["keys"][0])
    assert jwt.decode(token, key, algorithms=["Ed25519"]).header["kid"] == kid


def test_a_key_is_forgotten_when_nothing_it_signed_can_be_good(asked_as, monkeypatch):
    asked_as().jwks()
    monkeypatch.setattr(tokens, "PUBLISHED_SECONDS", -1)
    kid = asked_as().keys_rotate()["kid"]
    assert [key["kid"] for key in asked_as().jwks()["keys"]] == [kid]


def test_a_key_signs_no_longer_than_a_quarter_of_a_year(asked_as, monkeypatch):
    [old] = asked_as().jwks()["keys"]
    asked_as().rotate_old_keys()
    assert len(asked_as().jwks()["keys"]) == 1
    monkeypatch.setattr(tokens, "SIGNS_SECONDS", -1)
    asked_as().rotate_old_keys()
    assert [key["kid"] for key in asked_as().jwks()["keys"]][1:] == [old["kid"]]
