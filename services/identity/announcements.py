"""What the other services and partners hear of accounts; log-ins, sessions and partners stay private."""

import contracts
from chassis.decider import Fact
from services.identity.domain import account_facts as account


def announce(fact: Fact) -> contracts.Event | None:
    """The public event for an own fact; None for a private one."""
    public: contracts.Event | None = None
    match fact.event:
        case account.AccountRegistered(country=country):
            public = contracts.AccountRegistered(candidate_id=fact.subject, country=country)
        case account.NameChanged(name=name):
            public = contracts.NameChanged(candidate_id=fact.subject, name=contracts.Sealed(name))
        case account.AccountMapped():
            public = contracts.AccountMapped(candidate_id=fact.subject)
        case account.AddressChanged(country=country, address=address):
            sealed = contracts.Sealed(address)
            public = contracts.AddressChanged(candidate_id=fact.subject, country=country, address=sealed)
        case account.ProfileCompleted():
            public = contracts.ProfileCompleted(candidate_id=fact.subject)
        case account.AccountErased(erased_on=day):
            public = contracts.AccountErased(candidate_id=fact.subject, erased_on=day)
    return public
