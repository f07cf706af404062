"""The people of the demo programme."""

from deploy.demo_people import PEOPLE, STAFF


def test_everybody_has_a_log_in_name_of_their_own():
    names = [person.email for person in (*PEOPLE, *(person for person, _ in STAFF))]
    assert sorted(names) == sorted(set(names))
