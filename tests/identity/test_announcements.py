from datetime import UTC, date, datetime

import pytest

import contracts
from chassis.decider import Fact, Sealed
from services.identity.announcements import announce
from services.identity.domain import account_facts as account
from services.identity.domain import (
    announcement,
    case,
    client,
    consent,
    dismissals,
    grant,
    group,
    merge,
    partner,
    person_facts,
    preferences,
    session,
    shell,
)
from services.identity.vocabulary import VOCABULARY

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NOTICE = announcement.Notice(
    title="Hello", text="World", shown_from=NOON, shown_until=NOON, audience=announcement.Audience()
)


def public(event: object) -> object:
    return announce(
        Fact(event=event, source="identity", subject="ada", number=1, recorded_at=NOON, stream="announcement-A1")
    )


def test_registering_is_public_without_anything_personal():
    registered = account.AccountRegistered(
        email=Sealed("box"),
        first_name=Sealed("box"),
        last_name=Sealed("box"),
        country="GB",
        consents=(),
        registered_at=NOON,
    )
    assert public(registered) == contracts.AccountRegistered(candidate_id="ada", country="GB")


def test_names_and_addresses_travel_sealed():
    named = account.NameChanged(name=Sealed("name box"))
    moved = account.AddressChanged(country="GB", address=Sealed("address box"))
    assert public(named) == contracts.NameChanged(candidate_id="ada", name=contracts.Sealed("name box"))
    assert public(moved) == contracts.AddressChanged(
        candidate_id="ada", country="GB", address=contracts.Sealed("address box")
    )


def test_what_changes_dashboards_is_public_and_says_no_more_than_which_announcement():
    dismissed = dismissals.AnnouncementDismissed(announcement_id="A1", at=NOON)
    changed = announcement.AnnouncementChanged(notice=NOTICE, by="op")
    assert public(announcement.AnnouncementPublished(by="op")) == contracts.AnnouncementPublished(announcement_id="A1")
    assert public(changed) == contracts.AnnouncementChanged(announcement_id="A1")
    assert public(announcement.AnnouncementWithdrawn(by="op")) == contracts.AnnouncementWithdrawn(announcement_id="A1")
    assert public(dismissed) == contracts.AnnouncementDismissed(candidate_id="ada", announcement_id="A1")


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F1.12")
@pytest.mark.rule("R-P1")
def test_mapping_completion_and_erasure_are_public():
    erased = account.AccountErased(erased_on=date(2026, 11, 23))
    assert public(account.AccountMapped(outcome="new-candidate", csco_id="CSCO00000001")) == contracts.AccountMapped(
        candidate_id="ada"
    )
    assert public(account.ProfileCompleted()) == contracts.ProfileCompleted(candidate_id="ada")
    assert public(erased) == contracts.AccountErased(candidate_id="ada", erased_on=date(2026, 11, 23))


PRIVATE = [
    account.PasswordSet(password=Sealed("box")),
    account.LoginSucceeded(at=NOON),
    account.LoginFailed(at=NOON),
    session.SessionStarted(secret_hash="abc", started_at=NOON, until=NOON),
    session.SessionExtended(until=NOON),
    session.SessionEnded(ended_at=NOON),
    partner.PartnerAdded(name="acme", events=(), start="now", generation=1),
    partner.PartnerRemoved(name="acme"),
    announcement.AnnouncementDrafted(notice=NOTICE, by="op"),
]


@pytest.mark.parametrize("fact", PRIVATE, ids=lambda fact: type(fact).__name__)
def test_security_and_partners_stay_private(fact):
    assert public(fact) is None


@pytest.mark.feature("F2.10")
def test_partners_hear_of_the_directory_which_fields_are_shown_and_never_their_values():
    shown = ("name", "city")
    assert public(person_facts.DirectoryOptedIn(shown=shown)) == contracts.DirectoryOptedIn(
        candidate_id="ada", shown=shown
    )
    assert public(person_facts.DirectoryOptedOut()) == contracts.DirectoryOptedOut(candidate_id="ada")


def test_every_fact_has_one_name_on_disk():
    owners = (account, session, client, consent, grant, partner, group, announcement, shell, case, merge)
    facts = {kind for owner in owners for kind in owner.Event.__args__}
    facts |= {dismissals.AnnouncementDismissed, preferences.PreferencesChanged}
    assert (set(VOCABULARY.values()), len(VOCABULARY)) == (facts, len(facts))
