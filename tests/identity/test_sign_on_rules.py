"""What an outside provider may open and what stays the last way in: rules on facts alone."""

from datetime import UTC, datetime

import pytest

from chassis.decider import Sealed
from chassis.testing import given
from services.identity.domain.account import account
from services.identity.domain.account_facts import AccountRegistered, EmailVerified, LoginSucceeded, PasswordSet
from services.identity.domain.passkey import RemovePasskey
from services.identity.domain.sign_in_facts import (
    PasskeyRegistered,
    PasskeyRemoved,
    SignOnConnected,
    SignOnDisconnected,
)
from services.identity.domain.sign_on import ConnectSignOn, DisconnectSignOn, LogInBySignOn

pytestmark = pytest.mark.feature("F1.14")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BOX = Sealed("box")
REGISTERED = AccountRegistered(email=BOX, first_name=BOX, last_name=BOX, country="GB", consents=(), registered_at=NOON)
NEW = (REGISTERED, EmailVerified(at=NOON))
CONNECTED = SignOnConnected(issuer="https://id.example", subject=BOX, at=NOON)
PASSWORD = PasswordSet(password=BOX)
PASSKEY = PasskeyRegistered(passkey_id="PK1", public_key="K", sign_count=0, name=BOX, at=NOON)
CONNECT = ConnectSignOn(issuer="https://id.example", subject=BOX, at=NOON)
DISCONNECT = DisconnectSignOn(at=NOON)
REMOVE = RemovePasskey(passkey_id="PK1", at=NOON)


def test_a_connected_account_opens_and_another_does_not():
    given(account, *NEW, CONNECTED).when(LogInBySignOn(at=NOON)).then(LoginSucceeded(at=NOON))
    given(account, *NEW, PASSWORD).when(LogInBySignOn(at=NOON)).then_rejected("sign-on-unknown")


def test_an_account_opens_by_one_log_in_at_the_provider():
    given(account, *NEW, PASSWORD).when(CONNECT).then(CONNECTED)
    given(account, *NEW, PASSWORD, CONNECTED).when(CONNECT).then_rejected("sign-on-connected")


@pytest.mark.parametrize("other", [PASSWORD, PASSKEY])
def test_it_is_disconnected_where_there_is_another_way_in(other):
    given(account, *NEW, CONNECTED, other).when(DISCONNECT).then(SignOnDisconnected(at=NOON))
    given(account, *NEW, other).when(DISCONNECT).then()


def test_the_last_way_in_stays_whichever_it_is():
    given(account, *NEW, CONNECTED).when(DISCONNECT).then_rejected("last-way-in")
    alone = (*NEW, CONNECTED, PASSKEY, SignOnDisconnected(at=NOON))
    given(account, *alone).when(REMOVE).then_rejected("last-way-in")
    given(account, *NEW, CONNECTED, PASSKEY).when(REMOVE).then(PasskeyRemoved(passkey_id="PK1", at=NOON))
