"""Work, local script, directory and the review of the profile (F2.4, F2.5, F2.8, F2.9, F2.10)."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from chassis.decider import Rejected, Sealed
from services.identity.domain.account_facts import Event, ProfileCompleted
from services.identity.domain.account_state import State, only_registered_accounts_change
from services.identity.domain.person_facts import (
    CompanyChanged,
    CompanyReviewed,
    DirectoryOptedIn,
    DirectoryOptedOut,
    JobTitleChanged,
    LocalScriptChanged,
    ProfileReviewRequired,
)

DIRECTORY_FIELDS = ("certifications", "city", "country", "company")
"""What a holder may choose to show besides the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCompany:
    """Say for whom one works."""

    company: Sealed
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCompany:
    """Say of the name that the person has written which company it is; the same box lets it stand."""

    written: Sealed
    company: Sealed
    listed: bool
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeJobTitle:
    """Say what one does at work."""

    job_title: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLocalScript:
    """Give name and address lines in the country's script."""

    written: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseDirectory:
    """Choose what the public directory shows; nothing leaves it."""

    listed: bool
    shown: tuple[str, ...]
    of_age: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequireReview:
    """Have the person look at the profile again."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmProfile:
    """Say that everything is still right."""

    on: date


Command: TypeAlias = (
    ChangeCompany
    | ReviewCompany
    | ChangeJobTitle
    | ChangeLocalScript
    | ChooseDirectory
    | RequireReview
    | ConfirmProfile
)


def review_company(command: ReviewCompany, state: State) -> list[Event]:
    """Only the very name that was looked at, and once."""
    person = only_registered_accounts_change(state).person
    if not person.company_waits or person.company is None or person.company.company != command.written:
        raise Rejected("company-not-waiting")
    return [CompanyReviewed(company=command.company, listed=command.listed, by=command.by)]


def choose_directory(command: ChooseDirectory, state: State) -> list[Event]:
    """Minors are in no directory (R-M1); the same choice again changes nothing."""
    person = only_registered_accounts_change(state).person
    if not command.listed:
        return [DirectoryOptedOut()] if person.directory else []
    if not command.of_age:
        raise Rejected("minors-are-not-listed")
    shown = ("name", *(field for field in DIRECTORY_FIELDS if field in command.shown))
    return [] if person.directory == shown else [DirectoryOptedIn(shown=shown)]


def require_review(command: RequireReview, state: State) -> list[Event]:
    """Only a complete profile is reviewed."""
    account = only_registered_accounts_change(state)
    return [ProfileReviewRequired(required_on=command.on)] if account.complete else []


def confirm_profile(command: ConfirmProfile, state: State) -> list[Event]:
    """Confirming completes a profile whose review was due; what is missing must be given first."""
    account = only_registered_accounts_change(state)
    if account.complete:
        return []
    if account.lacks_something:
        raise Rejected("profile-first")
    return [ProfileCompleted(completed_on=command.on)]


def decide(command: Command, state: State) -> list[Event]:  # noqa: PLR0911  one line per command
    """The facts that one of these commands adds."""
    person = only_registered_accounts_change(state).person
    match command:
        case ChangeCompany(company=company, listed=listed):
            changed = CompanyChanged(company=company, listed=listed)
            return [] if person.company == changed else [changed]
        case ReviewCompany():
            return review_company(command, state)
        case ChangeJobTitle(job_title=job_title):
            titled = JobTitleChanged(job_title=job_title)
            return [] if person.job_title == titled else [titled]
        case ChangeLocalScript(written=written):
            local = LocalScriptChanged(written=written)
            return [] if person.local_script == local else [local]
        case ChooseDirectory():
            return choose_directory(command, state)
        case RequireReview():
            return require_review(command, state)
        case ConfirmProfile():
            return confirm_profile(command, state)
        case _ as unknown:
            assert_never(unknown)
