"""Opening an account: attempts, locks, one-time links, passwords. Pure rules of the account's decider."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never

from chassis.decider import Rejected, Sealed
from services.identity.domain.account_facts import (
    AccountLocked,
    AccountUnlocked,
    EmailReminderMailed,
    EmailVerified,
    Event,
    LinkIssued,
    LoginFailed,
    LoginSucceeded,
    PasswordSet,
    Purpose,
)
from services.identity.domain.account_state import Link, Registered, State, only_registered_accounts_change

MOST_FAILURES = 5
"""Wrong passwords in a row that lock an account (F1.7)."""
LIFETIMES: dict[Purpose, timedelta] = {
    "confirm-email": timedelta(hours=24),
    "unlock": timedelta(minutes=30),
    "reset-password": timedelta(minutes=30),
}
REPEATED_AFTER = timedelta(minutes=1)
"""A second link within this time is not mailed, so that nobody can fill another's mailbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLogIn:
    """Note a log-in attempt and how it ended."""

    succeeded: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLink:
    """Mail a one-time link whose secret has this hash."""

    purpose: Purpose
    secret_hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfEmail:
    """Mail the person the address with which they log in."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmEmail:
    """Use the link that came after signing up."""

    secret_hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockAccount:
    """Use the link that came when the account was locked."""

    secret_hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """Choose a new password by the link that came for it."""

    secret_hash: str
    password: Sealed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """Choose a new password; the service has checked the old one."""

    password: Sealed


Command: TypeAlias = (
    RecordLogIn | IssueLink | RemindOfEmail | ConfirmEmail | UnlockAccount | ResetPassword | ChangePassword
)


def record_log_in(command: RecordLogIn, state: State) -> list[Event]:
    """Attempts are kept on the account; one that is unknown, erased or locked refuses like a wrong password (F1.2)."""
    if not isinstance(state, Registered):
        raise Rejected("log-in-refused")
    if not command.succeeded:
        return _failed(command.at, state)
    if state.locked:
        raise Rejected("log-in-refused")
    if not state.confirmed:
        raise Rejected("email-not-confirmed")
    if state.person.suspended:
        raise Rejected("account-suspended")
    return [LoginSucceeded(at=command.at)]


def _failed(at: datetime, account: Registered) -> list[Event]:
    """The last failure that is allowed also locks; a locked account counts no further ones."""
    if account.locked:
        return []
    failed = LoginFailed(at=at)
    return [failed, AccountLocked(at=at)] if account.failures + 1 >= MOST_FAILURES else [failed]


def issue_link(command: IssueLink, state: State) -> list[Event]:
    """A link is mailed where it is of use, and not twice within a minute."""
    if not isinstance(state, Registered) or not _is_of_use(command.purpose, state):
        return []
    last = state.links.get(command.purpose)
    if last is not None and command.at < last.issued_at + REPEATED_AFTER:
        return []
    return [link(command.purpose, command.secret_hash, command.at)]


def link(purpose: Purpose, secret_hash: str, at: datetime) -> LinkIssued:
    """A link that lives as long as its purpose allows."""
    return LinkIssued(purpose=purpose, secret_hash=secret_hash, issued_at=at, until=at + LIFETIMES[purpose])


def _is_of_use(purpose: Purpose, account: Registered) -> bool:
    match purpose:
        case "confirm-email":
            return not account.confirmed
        case "unlock":
            return account.locked
        case "reset-password":
            return True
        case _ as unknown:
            assert_never(unknown)


def remind_of_email(command: RemindOfEmail, state: State) -> list[Event]:
    """The reminder goes to the address itself, and not twice within a minute (F1.8)."""
    if not isinstance(state, Registered):
        return []
    if state.reminded_at is not None and command.at < state.reminded_at + REPEATED_AFTER:
        return []
    return [EmailReminderMailed(at=command.at)]


def confirm_email(command: ConfirmEmail, state: State) -> list[Event]:
    """The link counts once and for a day (F1.6)."""
    only_a_fresh_link(state, "confirm-email", command.secret_hash, command.at)
    return [EmailVerified(at=command.at)]


def unlock_account(command: UnlockAccount, state: State) -> list[Event]:
    """The link counts once and for half an hour (F1.7)."""
    only_a_fresh_link(state, "unlock", command.secret_hash, command.at)
    return [AccountUnlocked(at=command.at, by="link")]


def reset_password(command: ResetPassword, state: State) -> list[Event]:
    """Whoever reads the mailbox may choose the password, which shows the address to be theirs and unlocks, too."""
    account = only_a_fresh_link(state, "reset-password", command.secret_hash, command.at)
    events: list[Event] = [PasswordSet(password=command.password)]
    if not account.confirmed:
        events.append(EmailVerified(at=command.at))
    if account.locked:
        events.append(AccountUnlocked(at=command.at, by="password-reset"))
    return events


def change_password(command: ChangePassword, state: State) -> list[Event]:
    """The new password replaces the old one."""
    only_registered_accounts_change(state)
    return [PasswordSet(password=command.password)]


def only_a_fresh_link(state: State, purpose: Purpose, secret_hash: str, at: datetime) -> Registered:
    """The account whose open link this is; one that is used, replaced, too old or forged is all the same."""
    if isinstance(state, Registered) and _is_fresh(state.links.get(purpose), secret_hash, at):
        return state
    raise Rejected("link-not-valid")


def _is_fresh(known: Link | None, secret_hash: str, at: datetime) -> bool:
    return known is not None and known.secret_hash == secret_hash and at < known.until


def decide(command: Command, state: State) -> list[Event]:  # noqa: PLR0911  a table of contents
    """The facts that one of these commands adds."""
    match command:
        case RecordLogIn():
            return record_log_in(command, state)
        case IssueLink():
            return issue_link(command, state)
        case RemindOfEmail():
            return remind_of_email(command, state)
        case ConfirmEmail():
            return confirm_email(command, state)
        case UnlockAccount():
            return unlock_account(command, state)
        case ResetPassword():
            return reset_password(command, state)
        case ChangePassword():
            return change_password(command, state)
        case _ as unknown:
            assert_never(unknown)
