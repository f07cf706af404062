"""The outside provider is set as a whole or not at all, and only at an address that nobody else reads."""

import pytest

from chassis.sign_on import SignOn

WHOLE = {
    "CERTTRACK_SIGN_ON_ISSUER": "https://id.example",
    "CERTTRACK_SIGN_ON_CLIENT_ID": "certtrack",
    "CERTTRACK_SIGN_ON_CLIENT_SECRET": "a secret",
}


def test_nothing_set_is_no_provider():
    assert SignOn.from_environment({"CERTTRACK_SIGN_ON_SCOPES": "openid"}) is None


def test_the_whole_is_a_provider_with_the_usual_scopes_and_the_accounts_own_second_factor():
    assert SignOn.from_environment(WHOLE) == SignOn(
        issuer="https://id.example",
        client_id="certtrack",
        client_secret="a secret",
        scopes="openid email profile",
        second_factor=True,
    )


def test_the_secret_is_never_shown():
    assert "a secret" not in repr(SignOn.from_environment(WHOLE))


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"CERTTRACK_SIGN_ON_CLIENT_SECRET": ""}, "CLIENT_SECRET must be set"),
        ({"CERTTRACK_SIGN_ON_ISSUER": "http://id.example"}, "must be an https address"),
        ({"CERTTRACK_SIGN_ON_SCOPES": "email"}, "must name openid"),
        ({"CERTTRACK_SIGN_ON_SECOND_FACTOR": "yes"}, "must be on or off"),
    ],
)
def test_half_a_provider_or_an_unsafe_one_stops_the_service(other, says):
    with pytest.raises(ValueError, match=says):
        SignOn.from_environment(WHOLE | other)
