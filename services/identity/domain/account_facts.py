"""What can be said of one person's account; personal fields are sealed throughout."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from chassis.decider import Sealed
from services.identity.domain import person_facts, sign_in_facts

Purpose: TypeAlias = Literal["confirm-email", "unlock", "reset-password"]
"""What a mailed one-time link is good for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One document accepted in the version that was shown (F1.5)."""

    document: Literal["privacy-statement", "site-terms"]
    version: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRegistered:
    """A person created an account."""

    email: Sealed
    first_name: Sealed
    last_name: Sealed
    country: str
    consents: tuple[Consent, ...]
    registered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIssued:
    """A one-time link was mailed; only the hash of its secret is known, and a newer link replaces it."""

    purpose: Purpose
    secret_hash: str
    issued_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailVerified:
    """The mailed link was used, so the e-mail belongs to the person (F1.6)."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationLapsed:
    """The e-mail was not confirmed in time, so there is no account."""

    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChanged:
    """The full legal name is this one from now on."""

    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet:
    """Log-ins are checked against this hash from now on."""

    password: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMapped:
    """Account and candidate record were joined; a record of bookings gets the person's words under its own key."""

    outcome: Literal["new-candidate", "matched", "by-external-id", "case"]
    csco_id: str = ""
    """The programme number of the record; empty in facts from before there were any."""
    email: Sealed | None = None
    first_name: Sealed | None = None
    last_name: Sealed | None = None
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMappingRequested:
    """No safe match: people must look at it (F1.9)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMappingRefused:
    """The evidence did not show whose record it is."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthDateGiven:
    """Asked at the first completion of the profile, and changed by a case only (F1.15)."""

    birth_date: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationPreferenceChanged:
    """Whether to write about training, offers and events; transactional mail is always sent (F2.3)."""

    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged:
    """The mailing address is this one from now on; `address` is sealed JSON."""

    country: str
    address: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCompleted:
    """Every required personal field is filled (F1.12), or was confirmed in a review (F2.9)."""

    completed_on: date | None = None
    """The day of a review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginSucceeded:
    """The right password was given."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginFailed:
    """A wrong password was given."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLocked:
    """Too many failures in a row: no password opens the account until it is unlocked (F1.7)."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUnlocked:
    """The account may be opened again."""

    at: datetime
    by: Literal["link", "password-reset", "operator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailReminderMailed:
    """Somebody told enough of this person to have the e-mail address of the account mailed to it (F1.8)."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountErased:
    """The candidate's key is destroyed; nothing personal can be read again (R-P1)."""

    erased_on: date


Event: TypeAlias = (
    AccountRegistered
    | LinkIssued
    | EmailVerified
    | RegistrationLapsed
    | NameChanged
    | PasswordSet
    | AccountMapped
    | AccountMappingRequested
    | AccountMappingRefused
    | BirthDateGiven
    | NotificationPreferenceChanged
    | AddressChanged
    | ProfileCompleted
    | LoginSucceeded
    | LoginFailed
    | AccountLocked
    | AccountUnlocked
    | EmailReminderMailed
    | AccountErased
    | person_facts.Event
    | sign_in_facts.Event
)
