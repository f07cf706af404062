from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_any
from hypothesis import strategies

from chassis.decider import Sealed
from chassis.testing import given
from services.identity.domain.account import (
    Absent,
    AccountErased,
    AccountMapped,
    AccountRegistered,
    AddressChanged,
    ChangeAddress,
    Consent,
    EraseAccount,
    LoginFailed,
    LoginSucceeded,
    NameChanged,
    PasswordSet,
    ProfileCompleted,
    RecordLogIn,
    RegisterAccount,
    account,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
REGISTER_ADA = RegisterAccount(
    email=Sealed("box: ada@example.org"),
    email_taken=False,
    first_name=Sealed("box: Ada"),
    last_name=Sealed("box: Lovelace"),
    name=Sealed("box: Ada Lovelace"),
    password=Sealed("box: $argon2id$"),
    country="GB",
    privacy_version="2026-01",
    terms_version="7",
    at=NOON,
)
REGISTERED = AccountRegistered(
    email=Sealed("box: ada@example.org"),
    first_name=Sealed("box: Ada"),
    last_name=Sealed("box: Lovelace"),
    country="GB",
    consents=(
        Consent(document="privacy-statement", version="2026-01", given_at=NOON),
        Consent(document="site-terms", version="7", given_at=NOON),
    ),
    registered_at=NOON,
)
NAMED = NameChanged(name=Sealed("box: Ada Lovelace"))
PASSWORD_SET = PasswordSet(password=Sealed("box: $argon2id$"))
MAPPED = AccountMapped(outcome="new-candidate")
MOVE = ChangeAddress(country="GB", address=Sealed("box: 12 St James's Square"))
MOVED = AddressChanged(country="GB", address=Sealed("box: 12 St James's Square"))
ERASE = EraseAccount(on=date(2026, 11, 23))
ERASED = AccountErased(erased_on=date(2026, 11, 23))


@pytest.mark.feature("F1.4")
@pytest.mark.feature("F1.5")
def test_registering_records_the_account_and_both_consents_with_version_and_time():
    given(account).when(REGISTER_ADA).then(REGISTERED, NAMED, PASSWORD_SET, MAPPED)


@pytest.mark.feature("F1.9")
def test_a_new_account_is_mapped_as_a_new_candidate():
    facts = given(account).when(REGISTER_ADA).outcome
    assert facts[-1] == AccountMapped(outcome="new-candidate")


@pytest.mark.feature("F1.4")
def test_registering_twice_changes_nothing():
    given(account, REGISTERED, NAMED, PASSWORD_SET, MAPPED).when(REGISTER_ADA).then_nothing()


@pytest.mark.feature("F1.4")
def test_a_taken_e_mail_is_refused():
    taken = RegisterAccount(
        **{name: getattr(REGISTER_ADA, name) for name in REGISTER_ADA.__slots__} | {"email_taken": True}
    )
    given(account).when(taken).then_rejected("email-taken")


@pytest.mark.feature("F1.12")
@pytest.mark.feature("F2.1")
def test_the_first_address_completes_the_profile():
    given(account, REGISTERED, MAPPED).when(MOVE).then(MOVED, ProfileCompleted())


@pytest.mark.feature("F2.1")
def test_a_later_address_only_replaces_the_first():
    further = ChangeAddress(country="FR", address=Sealed("box: 1 rue de Rivoli"))
    replaced = AddressChanged(country="FR", address=Sealed("box: 1 rue de Rivoli"))
    given(account, REGISTERED, MOVED, ProfileCompleted()).when(further).then(replaced)


@pytest.mark.feature("F2.1")
def test_the_same_address_command_again_changes_nothing():
    given(account, REGISTERED, MOVED, ProfileCompleted()).when(MOVE).then_nothing()


def test_an_unknown_account_has_no_address():
    given(account).when(MOVE).then_rejected("account-unknown")


@pytest.mark.rule("R-P1")
def test_an_erased_account_takes_no_address():
    given(account, REGISTERED, ERASED).when(MOVE).then_rejected("account-erased")


@pytest.mark.rule("R-P1")
def test_erasing_is_told_once():
    given(account, REGISTERED).when(ERASE).then(ERASED)
    given(account, REGISTERED, ERASED).when(ERASE).then_nothing()


def test_an_account_that_never_was_cannot_be_erased():
    given(account).when(ERASE).then_rejected("account-unknown")


@pytest.mark.feature("F1.2")
def test_log_ins_are_kept_on_the_account():
    given(account, REGISTERED).when(RecordLogIn(succeeded=True, at=NOON)).then(LoginSucceeded(at=NOON))
    given(account, REGISTERED).when(RecordLogIn(succeeded=False, at=NOON)).then(LoginFailed(at=NOON))


@pytest.mark.feature("F1.2")
def test_unknown_and_erased_accounts_refuse_a_log_in_alike():
    attempt = RecordLogIn(succeeded=True, at=NOON)
    given(account).when(attempt).then_rejected("log-in-refused")
    given(account, REGISTERED, ERASED).when(attempt).then_rejected("log-in-refused")


FACTS = [
    REGISTERED,
    NAMED,
    PASSWORD_SET,
    MAPPED,
    MOVED,
    ProfileCompleted(),
    LoginSucceeded(at=NOON),
    LoginFailed(at=NOON),
    ERASED,
]


@for_any(strategies.lists(strategies.sampled_from(FACTS)))
def test_folding_any_history_never_raises(history):
    state = given(account, *history).state
    if not any(isinstance(fact, AccountRegistered | AccountErased) for fact in history):
        assert state == Absent()


@for_any(strategies.lists(strategies.sampled_from(FACTS)), strategies.sampled_from([MOVE, ERASE, REGISTER_ADA]))
def test_the_same_command_twice_changes_nothing_the_second_time(history, command):
    first = given(account, *history).when(command).outcome
    if isinstance(first, list):
        given(account, *history, *first).when(command).then_nothing()
