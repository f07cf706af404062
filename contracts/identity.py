"""What the identity service tells about accounts and announcements; names and addresses travel sealed."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.envelope import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRegistered:
    """A person created an account."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AccountRegistered"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMapped:
    """The account and the candidate's record were joined."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AccountMapped"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsMerged:
    """Two records were of one person: what is told of the absorbed one belongs to the candidate from now on."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AccountsMerged"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    absorbed_id: str
    merged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsSeparated:
    """A merge was undone: what is told of the absorbed record belongs to nobody else any more."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AccountsSeparated"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    absorbed_id: str
    separated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCompleted:
    """All required personal fields are filled for the first time."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "ProfileCompleted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountErased:
    """The candidate's key was destroyed; personal fields can never be read again."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AccountErased"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    erased_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChanged:
    """The candidate's legal name was set or changed."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "NameChanged"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = True

    candidate_id: str
    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged:
    """The candidate's mailing address was set or changed."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AddressChanged"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = True

    candidate_id: str
    country: str
    address: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianConsentNeeded:
    """The candidate is under 18: no exam is booked until a guardian has consented."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "GuardianConsentNeeded"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianConsentGiven:
    """A guardian has consented: the candidate may book exams."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "GuardianConsentGiven"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    consented_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianConsentWithdrawn:
    """The guardian has taken the consent back: no further exam may be booked."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "GuardianConsentWithdrawn"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    revoked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCameOfAge:
    """The candidate is 18: consent of a guardian is needed no more."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "CandidateCameOfAge"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryOptedIn:
    """The candidate wants to be found in the public directory, with these fields."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "DirectoryOptedIn"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryOptedOut:
    """The candidate is found in the public directory no more."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "DirectoryOptedOut"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementPublished:
    """An announcement may be seen by its audience from its first moment on."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AnnouncementPublished"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    announcement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementChanged:
    """An announcement says something else, at another time or to others; a draft may change too."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AnnouncementChanged"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    announcement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementWithdrawn:
    """Nobody sees the announcement any more."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AnnouncementWithdrawn"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    announcement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementDismissed:
    """The candidate has put an announcement away."""

    source: ClassVar[str] = "identity"
    event_name: ClassVar[str] = "AnnouncementDismissed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    announcement_id: str
