import threading

import pytest
from marshmallow import ValidationError
from sqlalchemy import func, select

from chassis.errors import Conflict, Rejected
from chassis.rpc import Request
from chassis.service import DeskAtWork
from services.identity.projections import profiles
from services.identity.service import IdentityService
from services.identity.service.work import NOTHING
from tests.identity.front_door import facts, refused


@pytest.mark.feature("F1.4")
def test_a_registered_person_has_a_profile_that_is_not_complete_yet(asked_as, unconfirmed_ada):
    assert asked_as().profile(unconfirmed_ada) == {
        "candidate_id": unconfirmed_ada,
        "name": "Ada Lovelace",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "email": "ada@example.org",
        "country": "GB",
        "address": None,
        "birth_date": None,
        "wants_news": None,
        "external_ids": {"cisco_com": "ada@example.org", "csco": "", "vue": "", "credly": ""},
        "complete": False,
        "missing": ["address", "birth_date", "wants_news"],
        "mapping": "",
        **NOTHING,
    }


@pytest.mark.feature("F1.4")
def test_registering_again_with_the_same_key_gives_the_same_candidate_and_no_new_fact(frame, asked_as, ada):
    first = asked_as("ada|register|1").register(**ada)
    before = facts(frame)
    assert asked_as("ada|register|1").register(**ada) == first
    assert facts(frame) == before == ["account-registered", "password-set", "link-issued"]


@pytest.mark.feature("F1.4")
@pytest.mark.parametrize("spelling", ["ada@example.org", "ADA@Example.org"])
def test_an_e_mail_has_one_account_in_whatever_spelling(asked_as, registered_ada, spelling, ada):
    refused("email-taken", asked_as("other").register, **ada | {"email": spelling})
    refused("email-taken", asked_as("other").register, **ada | {"email": spelling})


@pytest.mark.feature("F1.4")
def test_of_two_registrations_at_the_same_moment_one_wins(frame, asked_as, ada):
    outcomes = []

    def register(command: str) -> None:
        try:
            outcomes.append(asked_as(command).register(**ada)["candidate_id"])
        except Rejected as refusal:
            outcomes.append(refusal.code)

    racers = [threading.Thread(target=register, args=(f"racer|register|{number}",)) for number in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(30)
    assert sorted(outcome == "email-taken" for outcome in outcomes) == [False] + [True] * 7
    with frame.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(profiles.table)).scalar_one() == 1


@pytest.mark.feature("F1.4")
def test_a_registration_that_lost_the_e_mail_after_looking_is_refused(asked_as, registered_ada, monkeypatch, ada):
    """The moment between look and write, made visible: the first look finds the e-mail still free."""
    late = asked_as("late")
    looks = iter([False, True])
    monkeypatch.setattr(type(late), "_is_taken", lambda *_: next(looks))
    refused("email-taken", late.register, **ada)


@pytest.mark.feature("F1.6")
def test_a_short_password_is_refused(asked_as, ada):
    assert refused("password-too-short", asked_as().register, **ada | {"password": "short"}) == {"shortest": 12}


@pytest.mark.feature("F1.4")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "ada"),
        ("email", ""),
        ("first_name", " "),
        ("last_name", "Love\u202elace"),
        ("last_name", "Love\x00lace"),
        ("country", "United Kingdom"),
        ("country", "gb"),
        ("privacy_version", ""),
        ("first_name", "A" * 121),
    ],
)
def test_a_malformed_field_is_named(asked_as, field, value, ada):
    with pytest.raises(ValidationError) as invalid:
        asked_as().register(**ada | {field: value})
    assert list(invalid.value.messages) == [field]


def test_the_same_key_with_another_body_is_a_conflict(frame, ada):
    def ask(body: str, first_name: str) -> None:
        identity = IdentityService()
        identity.desk = DeskAtWork(frame, Request(command="ada|register|1", body=body))
        identity.register(**ada | {"first_name": first_name})

    ask("1", "Ada")
    with pytest.raises(Conflict, match="idempotency-key-reused"):
        ask("2", "Augusta")
