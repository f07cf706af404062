"""Ada adds a passkey, logs out, and comes back by it alone; Chromium's virtual authenticator is her device."""

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.system import System, candidate

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(window: Visitor) -> None:
    """A device that knows its user."""
    devtools = window.page.context.new_cdp_session(window.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


@pytest.mark.feature("F1.14")
def test_a_passkey_is_added_and_logs_in_without_a_password(portal: System, visitor: Callable[..., Visitor]) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    window = visitor(host="localhost")
    give_device(window)
    window.log_in(ada.email)
    window.open("/security")
    window.follow("Add a passkey")
    window.arrives("Add a passkey")
    window.fill("Name", "My laptop")
    window.press("Add the passkey")
    window.arrives("Security")
    window.sees("The passkey was added.")
    window.press("Log out everywhere")
    window.sees("You have logged out.")

    window.follow("Log in with a passkey")
    window.arrives("Log in with a passkey")
    window.press("Use a passkey")
    window.page.wait_for_url("**/home")
    window.open("/security")
    window.sees("My laptop")
    opened = [one["opened_by"] for one in portal.call("identity", "sessions", candidate_id=ada.candidate_id)]
    assert opened[0] == "passkey"


@pytest.mark.feature("F1.14")
def test_without_scripts_the_page_says_what_else_to_do(portal: System, visitor: Callable[..., Visitor]) -> None:
    window = visitor(host="localhost", scripts=False)
    window.open("/login/passkey")
    window.sees("Passkeys need scripts, a browser that knows them, and an address with a name")
    window.follow("Log in with a password")
    window.arrives("Log in")
