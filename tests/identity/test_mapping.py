"""Joining accounts with records that bookings have made: whom, when, and never two accounts with one."""

import threading
from datetime import date

import pytest
from sqlalchemy import func, select

from chassis.decider import Rejected, Sealed
from chassis.errors import Failure, Unavailable
from chassis.testing import given
from services.identity.domain.csco_id import csco_id
from services.identity.domain.mapping import (
    Matched,
    NeedsCase,
    NewCandidate,
    Person,
    Record,
    by_email,
    by_external_id,
    is_same_name,
)
from services.identity.domain.shell import CandidateShellCreated, EarlierBookingReported, ReportBooking, shell
from services.identity.projections import records
from tests.identity.front_door import facts, refused

PASSWORD = "correct horse battery"
ADA = Person(first_name="Ada", last_name="Lovelace")
BOOKED = {
    "provider_id": "VUE-1815", "first_name": "Ada", "last_name": "Lovelace", "email": "Ada@example.org",
    "booked_on": "2022-09-27", "birth_date": "1990-12-10",
}  # fmt: skip


def record(name: str = "S1", *, first="Ada", last="Lovelace", booked=date(2022, 9, 27), taken=False) -> Record:
    return Record(candidate_id=name, first_name=first, last_name=last, first_booked_on=booked, taken=taken)


@pytest.mark.rule("R-N1")
@pytest.mark.parametrize(
    ("first", "last", "same"),
    [
        ("Ada", "Lovelace", True),
        ("ADA", "lovelace", True),
        ("\uff21\uff44\uff41", "Lovelace", True),
        ("Ada", "Løvelace", False),
        ("Adá", "Lovelacé", True),
        ("Ada", "Love-lace", False),
        ("Lovelace", "Ada", False),
        ("Ada Augusta", "Lovelace", False),
        ("Ada", "King", False),
    ],
)
def test_names_are_the_same_whatever_their_case_width_and_accents(first, last, same):
    assert is_same_name(ADA, record(first=first, last=last)) is same


@pytest.mark.rule("R-N1")
def test_hyphens_count_as_spaces_and_given_names_keep_their_order():
    jean = Person(first_name="Jean-Luc", last_name="Le Goff")
    assert is_same_name(jean, record(first="Jean Luc", last="Le\u2010Goff")) is True
    assert is_same_name(jean, record(first="Luc Jean", last="Le Goff")) is False


@pytest.mark.rule("R-N1")
def test_marks_that_make_another_letter_still_count():
    assert is_same_name(Person(first_name="が", last_name="X"), record(first="か", last="X")) is False


@pytest.mark.rule("R-N2")
@pytest.mark.feature("F1.9")
@pytest.mark.feature("F1.11")
@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ([], NewCandidate()),
        ([record()], Matched("S1")),
        ([record(first="Grace")], NeedsCase("name-differs")),
        ([record(), record("S2")], NeedsCase("several-records")),
        ([record(taken=True)], NeedsCase("record-taken")),
        ([record(booked=date(2022, 9, 26))], NeedsCase("legacy-booking")),
        ([record(booked=date(2022, 9, 27))], Matched("S1")),
    ],
)
def test_only_a_safe_and_single_match_joins(found, outcome):
    assert by_email(ADA, found) == outcome


@pytest.mark.rule("R-N2")
@pytest.mark.feature("F1.11")
def test_an_id_with_birth_date_joins_but_for_old_bookings_and_taken_records():
    assert by_external_id(record(first="Somebody")) == Matched("S1")
    assert by_external_id(record(booked=date(2022, 9, 26))) == NeedsCase("legacy-booking")
    assert by_external_id(record(taken=True)) == NeedsCase("record-taken")


REPORT = ReportBooking(
    csco_id="CSCO00000001", vue_id=Sealed("v"), first_name=Sealed("f"), last_name=Sealed("l"), email=Sealed("e"),
    birth_date=None, booked_on=date(2023, 1, 2),
)  # fmt: skip
CREATED = CandidateShellCreated(
    csco_id="CSCO00000001", vue_id=Sealed("v"), first_name=Sealed("f"), last_name=Sealed("l"), email=Sealed("e"),
    birth_date=None, booked_on=date(2023, 1, 2),
)  # fmt: skip


@pytest.mark.feature("F1.11")
def test_a_record_remembers_its_first_booking_in_whatever_order_they_are_reported():
    earlier = ReportBooking(
        **{name: getattr(REPORT, name) for name in REPORT.__slots__} | {"booked_on": date(2022, 1, 1)}
    )
    told = EarlierBookingReported(booked_on=date(2022, 1, 1))
    given(shell).when(REPORT).then(CREATED)
    given(shell, CREATED).when(REPORT).then_nothing()
    given(shell, CREATED).when(earlier).then(told)
    given(shell, CREATED, told).when(REPORT).then_nothing()


def test_a_programme_number_is_csco_and_eight_digits_and_every_attempt_gives_another():
    numbers = [csco_id("ADA", attempt) for attempt in range(3)]
    assert [len(one) for one in numbers] == [12, 12, 12]
    assert len(set(numbers)) == 3
    assert all(one.startswith("CSCO") and one[4:].isdecimal() for one in numbers)


# -- through the front door --------------------------------------------------------------------------------------------


def log_in(asked_as, email: str = "ada@example.org") -> dict:
    return asked_as().log_in(email, PASSWORD)


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F2.6")
def test_somebody_new_becomes_a_candidate_with_a_number_at_the_first_log_in(asked_as, registered_ada):
    assert asked_as().profile(registered_ada)["external_ids"]["csco"] == ""
    assert log_in(asked_as)["candidate_id"] == registered_ada
    ids = asked_as().profile(registered_ada)["external_ids"]
    assert ids["csco"].startswith("CSCO")
    assert (ids["cisco_com"], ids["vue"], ids["credly"]) == ("ada@example.org", "", "")


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F2.6")
def test_the_first_log_in_joins_the_record_of_the_bookings(frame, asked_as, registered_ada):
    booked = asked_as().report_candidate(**BOOKED)
    joined = log_in(asked_as)
    assert joined["candidate_id"] == booked["candidate_id"] != registered_ada
    profile = asked_as().profile(joined["candidate_id"])
    assert (profile["name"], profile["email"], profile["country"]) == ("Ada Lovelace", "ada@example.org", "GB")
    assert profile["external_ids"] == {
        "cisco_com": "ada@example.org", "csco": booked["csco_id"], "vue": "VUE-1815", "credly": "",
    }  # fmt: skip
    assert facts(frame)[-4:] == ["login-succeeded", "account-mapped", "name-changed", "session-started"]
    assert log_in(asked_as)["candidate_id"] == booked["candidate_id"]


@pytest.mark.feature("F1.11")
@pytest.mark.parametrize("days", [["2022-09-26"], ["2022-09-26", "2024-05-05"], ["2024-05-05", "2022-09-26"]])
def test_an_old_booking_is_always_a_case(asked_as, registered_ada, days):
    for day in days:
        asked_as().report_candidate(**BOOKED | {"booked_on": day})
    answer = log_in(asked_as)
    assert answer["candidate_id"] == registered_ada
    assert asked_as().profile(registered_ada)["mapping"] == "legacy-booking"
    assert log_in(asked_as)["candidate_id"] == registered_ada


@pytest.mark.feature("F1.11")
def test_after_a_first_log_in_an_old_booking_matters_never_again(asked_as, registered_ada):
    booked = asked_as().report_candidate(**BOOKED)
    assert log_in(asked_as)["candidate_id"] == booked["candidate_id"]
    asked_as().report_candidate(**BOOKED | {"booked_on": "2019-01-01"})
    assert log_in(asked_as)["candidate_id"] == booked["candidate_id"]
    assert asked_as().profile(booked["candidate_id"])["mapping"] == ""


def test_the_provider_gets_the_same_ids_however_often_it_reports_somebody(asked_as):
    first = asked_as().report_candidate(**BOOKED)
    again = asked_as().report_candidate(**BOOKED | {"booked_on": "2024-01-01", "email": "other@example.org"})
    other = asked_as().report_candidate(**BOOKED | {"provider_id": "VUE-1906"})
    assert (again["candidate_id"], again["csco_id"]) == (first["candidate_id"], first["csco_id"])
    assert other["candidate_id"] != first["candidate_id"]


@pytest.mark.rule("R-N2")
@pytest.mark.feature("F1.9")
@pytest.mark.parametrize("kind", ["vue", "csco"])
def test_a_new_candidate_finds_the_older_record_by_id_and_birth_date(asked_as, registered_ada, kind):
    booked = asked_as().report_candidate(**BOOKED | {"email": "work@example.org"})
    session = log_in(asked_as)["session"]
    external_id = {"vue": " vue-1815 ", "csco": booked["csco_id"].lower()}[kind]
    refused("record-not-found", asked_as().join_record, registered_ada, external_id, "1990-12-11")
    refused("record-not-found", asked_as().join_record, registered_ada, "VUE-9999", "1990-12-10")
    joined = asked_as().join_record(registered_ada, external_id, "1990-12-10")
    assert joined == {"candidate_id": booked["candidate_id"]}
    refused("session-over", asked_as().refresh, session)
    assert log_in(asked_as)["candidate_id"] == booked["candidate_id"]


@pytest.mark.feature("F1.9")
def test_the_id_of_ones_own_record_joins_nothing_and_ends_no_session(frame, asked_as, registered_ada):
    booked = asked_as().report_candidate(**BOOKED)
    session = log_in(asked_as)["session"]
    before = facts(frame)
    for external_id in ("VUE-1815", booked["csco_id"]):
        refused(
            "record-joined-already", asked_as().join_record, booked["candidate_id"], external_id, BOOKED["birth_date"]
        )
    assert facts(frame) == before
    assert asked_as().refresh(session)["candidate_id"] == booked["candidate_id"]


@pytest.mark.feature("F1.9")
def test_an_account_that_opens_one_record_is_not_given_another(asked_as, registered_ada):
    booked = asked_as().report_candidate(**BOOKED)
    log_in(asked_as)
    asked_as().report_candidate(**BOOKED | {"provider_id": "VUE-1906", "email": "work@example.org"})
    refused("mapping-done", asked_as().join_record, booked["candidate_id"], "VUE-1906", BOOKED["birth_date"])


@pytest.mark.feature("F1.11")
def test_not_even_an_id_opens_an_old_booking(asked_as, registered_ada):
    asked_as().report_candidate(**BOOKED | {"booked_on": "2022-09-26", "email": "work@example.org"})
    log_in(asked_as)
    told = refused("mapping-needs-case", asked_as().join_record, registered_ada, "VUE-1815", "1990-12-10")
    assert told == {"reason": "legacy-booking"}


@pytest.mark.thorough
@pytest.mark.feature("F1.9")
def test_fifty_accounts_try_at_once_and_one_gets_the_record(frame, asked_as, joined):
    """Each is another person who knows id and birth date; the key of the table decides."""
    booked = asked_as().report_candidate(**BOOKED | {"email": "work@example.org"})
    people = [joined(f"p{number}", email=f"p{number}@example.org") for number in range(50)]
    outcomes: list[str] = []

    def attempt(candidate_id: str) -> None:
        try:
            outcomes.append(asked_as().join_record(candidate_id, "VUE-1815", "1990-12-10")["candidate_id"])
        except Unavailable:  # a busy machine; whoever repeats it is told
            outcomes.append("away")
        except (Rejected, Failure) as refusal:
            outcomes.append(refusal.code)

    racers = [threading.Thread(target=attempt, args=(one,)) for one in people]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)
    assert outcomes.count(booked["candidate_id"]) == 1
    assert set(outcomes) - {booked["candidate_id"]} <= {"mapping-done", "mapping-needs-case", "away"}
    with frame.database.read() as connection:
        owners = (
            select(func.count())
            .select_from(records.owners)
            .where(records.owners.c.candidate_id == booked["candidate_id"])
        )
        assert connection.execute(owners).scalar_one() == 1


@pytest.mark.rule("R-P1")
def test_an_erased_candidate_is_found_by_no_id_and_the_number_is_never_given_again(frame, asked_as, registered_ada):
    booked = asked_as().report_candidate(**BOOKED)
    candidate_id = log_in(asked_as)["candidate_id"]
    asked_as().erase(candidate_id)
    with frame.database.read() as connection:
        assert records.candidate_with_number(connection, booked["csco_id"]) == candidate_id
    again = asked_as().report_candidate(**BOOKED)
    assert again["candidate_id"] != candidate_id
    assert again["csco_id"] != booked["csco_id"]
    refused("log-in-refused", asked_as().log_in, "ada@example.org", PASSWORD)
