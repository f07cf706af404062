"""What everybody tells who creates an account, however they will log in (F1.5, F1.6). Pure rules of the account."""

from dataclasses import dataclass
from datetime import datetime

from chassis.decider import Rejected, Sealed
from services.identity.domain.account_facts import AccountRegistered, Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The form, sealed where it is about the person; `email_taken` by another account."""

    email: Sealed
    email_taken: bool
    first_name: Sealed
    last_name: Sealed
    country: str
    privacy_version: str
    terms_version: str
    at: datetime


def registered(form: Registration) -> AccountRegistered:
    """The fact, with both consents; raises Rejected `email-taken`."""
    if form.email_taken:
        raise Rejected("email-taken")
    return AccountRegistered(
        email=form.email,
        first_name=form.first_name,
        last_name=form.last_name,
        country=form.country,
        consents=(
            Consent(document="privacy-statement", version=form.privacy_version, given_at=form.at),
            Consent(document="site-terms", version=form.terms_version, given_at=form.at),
        ),
        registered_at=form.at,
    )
