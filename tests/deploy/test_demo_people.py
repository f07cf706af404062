"""The people of the demo programme."""

from deploy.demo_homes import HOMES
from deploy.demo_people import PEOPLE, STAFF
from services.identity.schemas import change_address
from services.identity.service.personal_data import good_address


def test_everybody_has_a_log_in_name_of_their_own():
    names = [person.email for person in (*PEOPLE, *(person for person, _ in STAFF))]
    assert sorted(names) == sorted(set(names))


def test_everybody_lives_where_the_post_of_the_country_delivers():
    everybody = (*PEOPLE, *(person for person, _ in STAFF))
    for city in {person.city for person in everybody if person.city}:
        good_address(change_address.load(HOMES[city]))
