"""The people of the demo programme."""

from datetime import date, timedelta

import pytest

from deploy.demo_homes import HOMES
from deploy.demo_people import PEOPLE, STAFF
from services.certification.adapters.catalogue_files import load
from services.certification.domain.comparison import places
from services.certification.domain.evidence import EmeritusGrant, Hold, Revocation, Sitting
from services.certification.domain.fold import fold
from services.identity.schemas import change_address
from services.identity.service.personal_data import good_address


def test_everybody_has_a_log_in_name_of_their_own():
    names = [person.email for person in (*PEOPLE, *(person for person, _ in STAFF))]
    assert sorted(names) == sorted(set(names))


def test_everybody_lives_where_the_post_of_the_country_delivers():
    everybody = (*PEOPLE, *(person for person, _ in STAFF))
    for city in {person.city for person in everybody if person.city}:
        good_address(change_address.load(HOMES[city]))


@pytest.mark.feature("F4.2")
def test_every_status_word_stands_in_the_demo():
    today, catalogue, shown = date(2026, 11, 27), load(), set()
    for person in PEOPLE:
        record = fold(evidence_of(person, today), catalogue, today)
        shown |= {word_of(place) for place in places(record, today).values()}
    assert shown == {
        "in_progress", "active", "expired", "emeritus", "lifetime_emeritus", "on_hold", "revoked", "never_expires",
    }  # fmt: skip


def word_of(place):
    return "never_expires" if place.status == "active" and place.expires_on is None else place.status


def evidence_of(person, today):
    """What the demo brings into the record of one of its people."""
    found = [
        Sitting(result_id=f"R{number}", exam=one.exam, taken_on=today - timedelta(days=one.days_ago),
                passed=one.outcome == "pass", known_on=today - timedelta(days=one.days_ago))
        for number, one in enumerate(person.sittings)
    ]  # fmt: skip
    if person.emeritus_days_ago is not None:
        granted_on = today - timedelta(days=person.emeritus_days_ago)
        found.append(EmeritusGrant(granted_on=granted_on, known_on=granted_on))
    if person.on_hold:
        found.append(Hold(hold_id="H1", certification=person.on_hold, held_on=today, known_on=today))
    if person.revoked:
        last = f"R{len(person.sittings) - 1}"
        found.append(Revocation(result_id=last, revoked_on=today, reason="score-irregular", known_on=today))
    return found
