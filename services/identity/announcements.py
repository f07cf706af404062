"""What the others hear of accounts and announcements; log-ins, sessions and partners stay private."""

import contracts
from chassis.decider import Fact
from services.identity.domain import account_facts as account
from services.identity.domain import announcement, dismissals, merge
from services.identity.domain import person_facts as person


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
        case _:
            public = _of_people(fact) or _of_merges(fact) or _of_announcements(fact)
    return public


def _of_people(fact: Fact) -> contracts.Event | None:  # noqa: PLR0911  one case per fact
    """Whether a minor may book exams (R-M1), and who wants to be found (F2.10)."""
    match fact.event:
        case person.GuardianConsentRequired():
            return contracts.GuardianConsentNeeded(candidate_id=fact.subject)
        case person.GuardianConsentRecorded(consented_on=day):
            return contracts.GuardianConsentGiven(candidate_id=fact.subject, consented_on=day)
        case person.GuardianConsentTakenBack(revoked_on=day):
            return contracts.GuardianConsentWithdrawn(candidate_id=fact.subject, revoked_on=day)
        case person.CameOfAge():
            return contracts.CandidateCameOfAge(candidate_id=fact.subject)
        case person.DirectoryOptedIn(shown=shown):
            return contracts.DirectoryOptedIn(candidate_id=fact.subject, shown=shown)
        case person.DirectoryOptedOut():
            return contracts.DirectoryOptedOut(candidate_id=fact.subject)
        case _:
            return None


def _of_merges(fact: Fact) -> contracts.Event | None:
    """Which record stands for which; the absorbed one's own facts say the same and stay private."""
    match fact.event:
        case merge.AccountsMerged(absorbed_id=absorbed_id, merged_on=day):
            return contracts.AccountsMerged(candidate_id=fact.subject, absorbed_id=absorbed_id, merged_on=day)
        case merge.AccountsSeparated(absorbed_id=absorbed_id, separated_on=day):
            return contracts.AccountsSeparated(candidate_id=fact.subject, absorbed_id=absorbed_id, separated_on=day)
        case _:
            return None


def _of_announcements(fact: Fact) -> contracts.Event | None:
    """What the gateways hear, so that no dashboard shows what is no longer so."""
    public: contracts.Event | None = None
    match fact.event:
        case announcement.AnnouncementPublished():
            public = contracts.AnnouncementPublished(announcement_id=_announcement(fact))
        case announcement.AnnouncementChanged():
            public = contracts.AnnouncementChanged(announcement_id=_announcement(fact))
        case announcement.AnnouncementWithdrawn():
            public = contracts.AnnouncementWithdrawn(announcement_id=_announcement(fact))
        case dismissals.AnnouncementDismissed(announcement_id=announcement_id):
            public = contracts.AnnouncementDismissed(candidate_id=fact.subject, announcement_id=announcement_id)
    return public


def _announcement(fact: Fact) -> str:
    """Facts of an announcement know it by their stream."""
    return fact.stream.partition("-")[2]
