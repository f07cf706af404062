"""What is known of the person behind an account, as far as decisions look at it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeAlias, assert_never

from services.identity.domain import person_facts as facts

Guardian: TypeAlias = Literal["not-needed", "needed", "asked", "consented", "revoked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All that is neither log-in nor address."""

    company: facts.CompanyChanged | None = None
    company_waits: bool = False
    """Nobody of support has looked at the name, which the person has written."""
    job_title: facts.JobTitleChanged | None = None
    local_script: facts.LocalScriptChanged | None = None
    directory: tuple[str, ...] = ()
    guardian: Guardian = "not-needed"
    guardian_link: str = ""
    """Hash of the secret that the guardian was mailed; it stays good, for withdrawing."""
    guardian_until: datetime | None = None
    """How long the first answer is awaited."""
    erased_on: date | None = None
    """When the person will be forgotten."""
    gives_up_kits: bool = False
    suspended: bool = False


def evolve(person: Person, event: facts.Event) -> Person:  # noqa: C901, PLR0911, PLR0912  a fold names every fact
    """The person after one more fact."""
    match event:
        case facts.CompanyChanged(listed=listed):
            return replace(person, company=event, company_waits=not listed)
        case facts.CompanyReviewed(company=company, listed=listed):
            known = facts.CompanyChanged(company=company, listed=listed)
            return replace(person, company=known, company_waits=False)
        case facts.JobTitleChanged():
            return replace(person, job_title=event)
        case facts.LocalScriptChanged():
            return replace(person, local_script=event)
        case facts.DirectoryOptedIn(shown=shown):
            return replace(person, directory=shown)
        case facts.DirectoryOptedOut():
            return replace(person, directory=())
        case facts.GuardianConsentRequired():
            return replace(person, guardian="needed")
        case facts.GuardianAsked(secret_hash=secret_hash, until=until):
            return replace(person, guardian="asked", guardian_link=secret_hash, guardian_until=until)
        case facts.GuardianConsentRecorded():
            return replace(person, guardian="consented")
        case facts.GuardianConsentTakenBack():
            return replace(person, guardian="revoked")
        case facts.CameOfAge():
            return replace(person, guardian="not-needed", guardian_link="")
        case facts.ErasureRequested(due_on=day, gives_up_kits=gives_up):
            return replace(person, erased_on=day, gives_up_kits=gives_up)
        case facts.ErasureWithdrawn():
            return replace(person, erased_on=None, gives_up_kits=False)
        case facts.AccountSuspended():
            return replace(person, suspended=True)
        case facts.AccountReinstated():
            return replace(person, suspended=False)
        case (
            facts.ProfileReviewRequired()
            | facts.LegalNameCorrected()
            | facts.EmailChanged()
            | facts.BirthDateCorrected()
        ):
            return person
        case _ as unknown:
            assert_never(unknown)
