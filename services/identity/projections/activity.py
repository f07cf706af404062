"""What the candidate's recent activity tells of the account (F3.4); log-ins have a page of their own."""

from typing import Any

from chassis.activity import Activity, Entry
from services.identity.domain.account_facts import AccountRegistered, AddressChanged
from services.identity.projections import METADATA
from services.identity.projections.merges import MERGES


def entry_of(event: Any) -> Entry | None:
    """The account was made, or the address changed."""
    match event:
        case AccountRegistered():
            return Entry("account-created")
        case AddressChanged():
            return Entry("address-changed")
    return None


ACTIVITY = Activity(METADATA, entry_of, MERGES)
