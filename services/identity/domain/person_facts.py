"""What else can be said of the person behind an account: work, guardian, farewell, and acts of support."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from chassis.decider import Sealed

# -- profile -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyChanged:
    """The person works for this company from now on (F2.4); `listed` if its name came from the managed list."""

    company: Sealed
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyReviewed:
    """Support has looked at a name that the person wrote: it is one of the managed list, or stands as it is (F2.4)."""

    company: Sealed
    listed: bool
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTitleChanged:
    """What the person does at work (F2.5)."""

    job_title: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalScriptChanged:
    """Name and address lines in the script of the country, for the carrier (F2.8); sealed JSON."""

    written: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryOptedIn:
    """The person wants to be found in the public directory, with these fields (F2.10)."""

    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryOptedOut:
    """The person is found no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileReviewRequired:
    """The personal data was last looked at too long ago (F2.9)."""

    required_on: date


# -- guardian (R-M1) ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianConsentRequired:
    """The person is under 18; `of_age_on` is sealed, for it tells the birthday."""

    of_age_on: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianAsked:
    """A link was mailed to the guardian; who that is stands in no fact, so that it can be deleted (RET-8)."""

    secret_hash: str
    asked_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianConsentRecorded:
    """The guardian has consented, by the mailed link."""

    consented_at: datetime
    consented_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianConsentTakenBack:
    """The guardian has refused, or withdrawn the consent."""

    revoked_at: datetime
    revoked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOfAge:
    """Consent is needed no more."""

    came_on: date


# -- farewell (R-P1) ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequested:
    """The person wants to be forgotten; it happens on that day unless they think better of it."""

    requested_at: datetime
    due_on: date
    gives_up_kits: bool = False
    """Whether nothing that is on its way is waited for (R-P1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureWithdrawn:
    """The person stays."""

    withdrawn_at: datetime


# -- acts of support ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalNameCorrected:
    """Support changed the legal name by a case (F2.7)."""

    first_name: Sealed
    last_name: Sealed
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailChanged:
    """Support changed the log-in by a case (F1.10)."""

    email: Sealed
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthDateCorrected:
    """Support corrected the birth date by a case (F1.15)."""

    birth_date: Sealed
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSuspended:
    """Nobody logs in until the suspension is lifted."""

    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReinstated:
    """The suspension is over."""

    by: tuple[str, ...]


Event: TypeAlias = (
    CompanyChanged
    | CompanyReviewed
    | JobTitleChanged
    | LocalScriptChanged
    | DirectoryOptedIn
    | DirectoryOptedOut
    | ProfileReviewRequired
    | GuardianConsentRequired
    | GuardianAsked
    | GuardianConsentRecorded
    | GuardianConsentTakenBack
    | CameOfAge
    | ErasureRequested
    | ErasureWithdrawn
    | LegalNameCorrected
    | EmailChanged
    | BirthDateCorrected
    | AccountSuspended
    | AccountReinstated
)
