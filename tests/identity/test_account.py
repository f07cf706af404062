from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as for_any
from hypothesis import strategies

from chassis.decider import Sealed
from chassis.testing import given
from services.identity.domain.account import (
    EraseAccount,
    LapseRegistration,
    MapAccount,
    RefuseMapping,
    RegisterAccount,
    RequestMapping,
    account,
)
from services.identity.domain.account_facts import (
    AccountErased,
    AccountLocked,
    AccountMapped,
    AccountMappingRefused,
    AccountMappingRequested,
    AccountRegistered,
    AccountUnlocked,
    AddressChanged,
    BirthDateGiven,
    Consent,
    EmailVerified,
    LinkIssued,
    LoginFailed,
    LoginSucceeded,
    NameChanged,
    NotificationPreferenceChanged,
    PasswordSet,
    ProfileCompleted,
    RegistrationLapsed,
)
from services.identity.domain.account_state import Absent
from services.identity.domain.log_in import (
    ChangePassword,
    ConfirmEmail,
    IssueLink,
    RecordLogIn,
    ResetPassword,
    UnlockAccount,
)
from services.identity.domain.profile import AnswerNews, ChangeAddress, GiveBirthDate

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
REGISTER_ADA = RegisterAccount(
    email=Sealed("box: ada@example.org"),
    email_taken=False,
    first_name=Sealed("box: Ada"),
    last_name=Sealed("box: Lovelace"),
    password=Sealed("box: $argon2id$"),
    country="GB",
    privacy_version="2026-01",
    terms_version="7",
    link_hash="hash of the first link",
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
PASSWORD_SET = PasswordSet(password=Sealed("box: $argon2id$"))
FIRST_LINK = LinkIssued(
    purpose="confirm-email", secret_hash="hash of the first link", issued_at=NOON, until=NOON + timedelta(hours=24)
)
CONFIRMED = EmailVerified(at=NOON + MINUTE)
MAP = MapAccount(outcome="new-candidate", csco_id="CSCO00000001", name=Sealed("box: Ada Lovelace"))
MAPPED = AccountMapped(outcome="new-candidate", csco_id="CSCO00000001")
NAMED = NameChanged(name=Sealed("box: Ada Lovelace"))
MOVE = ChangeAddress(country="GB", address=Sealed("box: 12 St James's Square"))
MOVED = AddressChanged(country="GB", address=Sealed("box: 12 St James's Square"))
BORN = GiveBirthDate(birth_date=Sealed("box: 1990-12-10"))
BIRTH = BirthDateGiven(birth_date=Sealed("box: 1990-12-10"))
NO_NEWS = NotificationPreferenceChanged(wanted=False)
ERASE = EraseAccount(on=date(2026, 11, 23))
ERASED = AccountErased(erased_on=date(2026, 11, 23))
FAILED = LoginFailed(at=NOON)
LOCKED = AccountLocked(at=NOON)
HERS = (REGISTERED, PASSWORD_SET, FIRST_LINK, CONFIRMED)


def link(purpose: str, secret_hash: str, minutes: int) -> LinkIssued:
    until = NOON + timedelta(minutes=minutes)
    return LinkIssued(purpose=purpose, secret_hash=secret_hash, issued_at=NOON, until=until)


UNLOCK_LINK = link("unlock", "hash of the unlock link", 30)
RESET_LINK = link("reset-password", "hash of the reset link", 30)


@pytest.mark.feature("F1.4")
@pytest.mark.feature("F1.5")
def test_registering_records_the_account_and_both_consents_with_version_and_time():
    given(account).when(REGISTER_ADA).then(REGISTERED, PASSWORD_SET, FIRST_LINK)


@pytest.mark.feature("F1.4")
def test_registering_twice_changes_nothing():
    given(account, *HERS).when(REGISTER_ADA).then_nothing()


@pytest.mark.feature("F1.4")
def test_a_taken_e_mail_is_refused():
    given(account).when(replace(REGISTER_ADA, email_taken=True)).then_rejected("email-taken")


@pytest.mark.feature("F1.6")
def test_the_link_confirms_the_e_mail_once():
    confirm = ConfirmEmail(secret_hash="hash of the first link", at=NOON + MINUTE)
    given(account, REGISTERED, PASSWORD_SET, FIRST_LINK).when(confirm).then(CONFIRMED)
    given(account, *HERS).when(confirm).then_rejected("link-not-valid")


@pytest.mark.feature("F1.6")
@pytest.mark.parametrize(("minutes", "works"), [(24 * 60 - 1, True), (24 * 60, False)])
def test_the_confirmation_link_works_for_a_day(minutes, works):
    confirm = ConfirmEmail(secret_hash="hash of the first link", at=NOON + minutes * MINUTE)
    outcome = given(account, REGISTERED, FIRST_LINK).when(confirm)
    if works:
        outcome.then(EmailVerified(at=NOON + minutes * MINUTE))
    else:
        outcome.then_rejected("link-not-valid")


@pytest.mark.feature("F1.6")
def test_a_newer_link_replaces_the_older_one():
    newer = link("confirm-email", "hash of a newer link", 60)
    older = ConfirmEmail(secret_hash="hash of the first link", at=NOON)
    given(account, REGISTERED, FIRST_LINK, newer).when(older).then_rejected("link-not-valid")


@pytest.mark.feature("F1.6")
def test_a_link_is_good_for_its_own_purpose_only():
    given(account, *HERS, LOCKED, RESET_LINK).when(
        UnlockAccount(secret_hash=RESET_LINK.secret_hash, at=NOON)
    ).then_rejected("link-not-valid")


@pytest.mark.feature("F1.6")
def test_another_link_is_not_mailed_within_a_minute():
    again = IssueLink(purpose="confirm-email", secret_hash="second", at=NOON + timedelta(seconds=59))
    given(account, REGISTERED, FIRST_LINK).when(again).then_nothing()
    later = replace(again, at=NOON + MINUTE)
    issued = LinkIssued(
        purpose="confirm-email", secret_hash="second", issued_at=NOON + MINUTE, until=NOON + 1441 * MINUTE
    )
    given(account, REGISTERED, FIRST_LINK).when(later).then(issued)


@pytest.mark.feature("F1.6")
@pytest.mark.parametrize("purpose", ["confirm-email", "unlock"])
def test_no_link_is_mailed_where_it_would_be_of_no_use(purpose):
    given(account, *HERS).when(IssueLink(purpose=purpose, secret_hash="x", at=NOON)).then_nothing()
    given(account).when(IssueLink(purpose=purpose, secret_hash="x", at=NOON)).then_nothing()


@pytest.mark.feature("F1.6")
def test_an_unconfirmed_registration_lapses_and_a_confirmed_one_does_not():
    lapse = LapseRegistration(on=date(2026, 11, 30))
    lapsed = RegistrationLapsed(lapsed_on=date(2026, 11, 30))
    given(account, REGISTERED, FIRST_LINK).when(lapse).then(lapsed)
    given(account, *HERS).when(lapse).then_nothing()
    given(account, REGISTERED, FIRST_LINK, lapsed).when(REGISTER_ADA).then_nothing()


@pytest.mark.feature("F1.9")
def test_a_confirmed_account_is_mapped_as_a_new_candidate_once():
    given(account, *HERS).when(MAP).then(MAPPED, NAMED)
    given(account, *HERS, MAPPED, NAMED).when(MAP).then_nothing()
    given(account, REGISTERED, FIRST_LINK).when(MAP).then_rejected("email-not-confirmed")


@pytest.mark.feature("F1.2")
def test_log_ins_are_kept_on_the_account():
    given(account, *HERS).when(RecordLogIn(succeeded=True, at=NOON)).then(LoginSucceeded(at=NOON))
    given(account, *HERS).when(RecordLogIn(succeeded=False, at=NOON)).then(FAILED)


@pytest.mark.feature("F1.6")
def test_nobody_logs_in_before_the_e_mail_is_confirmed():
    attempt = RecordLogIn(succeeded=True, at=NOON)
    given(account, REGISTERED, FIRST_LINK).when(attempt).then_rejected("email-not-confirmed")


@pytest.mark.feature("F1.2")
def test_unknown_erased_and_locked_accounts_refuse_a_log_in_alike():
    attempt = RecordLogIn(succeeded=True, at=NOON)
    given(account).when(attempt).then_rejected("log-in-refused")
    given(account, *HERS, ERASED).when(attempt).then_rejected("log-in-refused")
    given(account, *HERS, LOCKED).when(attempt).then_rejected("log-in-refused")


@pytest.mark.feature("F1.7")
def test_the_fifth_failure_in_a_row_locks():
    wrong = RecordLogIn(succeeded=False, at=NOON)
    given(account, *HERS, *[FAILED] * 3).when(wrong).then(FAILED)
    given(account, *HERS, *[FAILED] * 4).when(wrong).then(FAILED, LOCKED)
    given(account, *HERS, *[FAILED] * 4, LoginSucceeded(at=NOON)).when(wrong).then(FAILED)
    given(account, *HERS, *[FAILED] * 5, LOCKED).when(wrong).then_nothing()


@pytest.mark.feature("F1.7")
@pytest.mark.parametrize(("minutes", "works"), [(29, True), (30, False)])
def test_a_mailed_link_unlocks_for_half_an_hour(minutes, works):
    at = NOON + minutes * MINUTE
    outcome = given(account, *HERS, LOCKED, UNLOCK_LINK).when(UnlockAccount(secret_hash=UNLOCK_LINK.secret_hash, at=at))
    if works:
        outcome.then(AccountUnlocked(at=at, by="link"))
    else:
        outcome.then_rejected("link-not-valid")


@pytest.mark.feature("F1.7")
def test_failures_are_counted_anew_after_unlocking():
    unlocked = AccountUnlocked(at=NOON, by="link")
    wrong = RecordLogIn(succeeded=False, at=NOON)
    given(account, *HERS, *[FAILED] * 5, LOCKED, UNLOCK_LINK, unlocked).when(wrong).then(FAILED)


@pytest.mark.feature("F1.7")
def test_a_new_password_by_mail_also_confirms_and_unlocks():
    new = PasswordSet(password=Sealed("box: new"))
    reset = ResetPassword(secret_hash=RESET_LINK.secret_hash, password=Sealed("box: new"), at=NOON)
    given(account, *HERS, RESET_LINK).when(reset).then(new)
    unlocked = AccountUnlocked(at=NOON, by="password-reset")
    given(account, *HERS, LOCKED, RESET_LINK).when(reset).then(new, unlocked)
    given(account, REGISTERED, FIRST_LINK, RESET_LINK).when(reset).then(new, EmailVerified(at=NOON))
    given(account, *HERS, RESET_LINK, new).when(reset).then_rejected("link-not-valid")


def test_a_password_is_changed_on_an_account_only():
    change = ChangePassword(password=Sealed("box: new"))
    given(account, *HERS).when(change).then(PasswordSet(password=Sealed("box: new")))
    given(account).when(change).then_rejected("account-unknown")


@pytest.mark.feature("F1.12")
@pytest.mark.feature("F2.1")
@pytest.mark.feature("F2.3")
def test_the_last_missing_answer_completes_the_profile_whichever_it_is():
    given(account, *HERS, MAPPED, BIRTH, NO_NEWS).when(MOVE).then(MOVED, ProfileCompleted())
    given(account, *HERS, MAPPED, MOVED, NO_NEWS).when(BORN).then(BIRTH, ProfileCompleted())
    given(account, *HERS, MAPPED, MOVED, BIRTH).when(AnswerNews(wanted=False)).then(NO_NEWS, ProfileCompleted())
    given(account, *HERS, MAPPED, BIRTH).when(MOVE).then(MOVED)


@pytest.mark.feature("F2.1")
def test_a_later_address_only_replaces_the_first():
    further = ChangeAddress(country="FR", address=Sealed("box: 1 rue de Rivoli"))
    replaced = AddressChanged(country="FR", address=Sealed("box: 1 rue de Rivoli"))
    given(account, *HERS, MOVED, BIRTH, NO_NEWS, ProfileCompleted()).when(further).then(replaced)


@pytest.mark.feature("F2.1")
@pytest.mark.feature("F2.3")
def test_the_same_answer_again_changes_nothing():
    lived = (*HERS, MOVED, BIRTH, NO_NEWS, ProfileCompleted())
    given(account, *lived).when(MOVE).then_nothing()
    given(account, *lived).when(AnswerNews(wanted=False)).then_nothing()
    given(account, *lived).when(AnswerNews(wanted=True)).then(NotificationPreferenceChanged(wanted=True))


@pytest.mark.feature("F1.15")
def test_the_birth_date_is_given_once():
    given(account, *HERS, MAPPED, BIRTH).when(BORN).then_rejected("birth-date-given")


REQUESTED = AccountMappingRequested(reason="legacy-booking")
MATCHED = MapAccount(outcome="case", csco_id="CSCO00000002", name=Sealed("box: Ada Lovelace"))


@pytest.mark.feature("F1.9")
def test_a_mapping_that_is_not_safe_is_left_to_people_once():
    ask = RequestMapping(reason="legacy-booking")
    given(account, *HERS).when(ask).then(REQUESTED)
    given(account, *HERS, REQUESTED).when(ask).then_nothing()
    given(account, *HERS, MAPPED).when(ask).then_nothing()
    given(account, REGISTERED, FIRST_LINK).when(ask).then_rejected("email-not-confirmed")


@pytest.mark.feature("F1.9")
def test_a_case_joins_or_refuses_and_a_refused_mapping_may_be_asked_again():
    refused = AccountMappingRefused(reason="evidence-failed")
    joined = AccountMapped(outcome="case", csco_id="CSCO00000002")
    given(account, *HERS, REQUESTED).when(MATCHED).then(joined, NAMED)
    given(account, *HERS, REQUESTED).when(RefuseMapping(reason="evidence-failed")).then(refused)
    given(account, *HERS, REQUESTED, refused).when(RequestMapping(reason="legacy-booking")).then(REQUESTED)
    given(account, *HERS).when(RefuseMapping(reason="evidence-failed")).then_rejected("mapping-not-requested")


@pytest.mark.feature("F1.9")
def test_a_new_candidate_may_find_an_older_record_until_the_profile_is_complete():
    older = replace(MATCHED, outcome="by-external-id")
    joined = AccountMapped(outcome="by-external-id", csco_id="CSCO00000002")
    given(account, *HERS, MAPPED).when(older).then(joined, NAMED)
    given(account, *HERS, MAPPED, MOVED, BIRTH, NO_NEWS, ProfileCompleted()).when(older).then_nothing()
    given(account, *HERS, joined).when(older).then_nothing()


def test_an_unknown_account_has_no_address():
    given(account).when(MOVE).then_rejected("account-unknown")


@pytest.mark.rule("R-P1")
def test_an_erased_account_takes_no_address():
    given(account, *HERS, ERASED).when(MOVE).then_rejected("account-erased")


@pytest.mark.rule("R-P1")
def test_erasing_is_told_once():
    given(account, *HERS).when(ERASE).then(ERASED)
    given(account, *HERS, ERASED).when(ERASE).then_nothing()


def test_an_account_that_never_was_cannot_be_erased():
    given(account).when(ERASE).then_rejected("account-unknown")


FACTS = [
    *HERS,
    MAPPED,
    NAMED,
    MOVED,
    BIRTH,
    NO_NEWS,
    REQUESTED,
    AccountMappingRefused(reason="evidence-failed"),
    ProfileCompleted(),
    LoginSucceeded(at=NOON),
    FAILED,
    LOCKED,
    UNLOCK_LINK,
    RESET_LINK,
    AccountUnlocked(at=NOON, by="operator"),
    RegistrationLapsed(lapsed_on=date(2026, 11, 30)),
    ERASED,
]
REPEATABLE = [
    MOVE,
    AnswerNews(wanted=False),
    RequestMapping(reason="legacy-booking"),
    ERASE,
    REGISTER_ADA,
    MAP,
    LapseRegistration(on=date(2026, 11, 30)),
]


@for_any(strategies.lists(strategies.sampled_from(FACTS)))
def test_folding_any_history_never_raises(history):
    state = given(account, *history).state
    beginnings = AccountRegistered | RegistrationLapsed | AccountErased
    if not any(isinstance(fact, beginnings) for fact in history):
        assert state == Absent()


@for_any(strategies.lists(strategies.sampled_from(FACTS)), strategies.sampled_from(REPEATABLE))
def test_the_same_command_twice_changes_nothing_the_second_time(history, command):
    first = given(account, *history).when(command).outcome
    if isinstance(first, list):
        given(account, *history, *first).when(command).then_nothing()
