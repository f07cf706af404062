"""What the console asks of identity, on both databases: candidates found, and who looked at whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from marshmallow import ValidationError

import contracts
from chassis.command_handling import Unit
from chassis.decider import Fact
from services.identity.domain.folding import folded_words

DAY = date(2026, 11, 20)
EARNED = {
    "certification": "ccna", "name": "CCNA", "abbreviation": "CCNA", "group": "Associate", "level": "associate",
    "track": "enterprise",
    "active_on": DAY, "expires_on": date(2029, 11, 20), "kit": "certificate", "pdf": True, "evidence": ("R1",),
    "catalogue": "2026-11",
}  # fmt: skip


@pytest.fixture
def people(joined) -> dict[str, str]:
    """Ids of five people with names that are hard to find."""
    written = {
        "ada": ("Ada", "Lovelace", "GB"), "zoe": ("Zoë", "Noël", "FR"), "soren": ("Søren", "Ødegård", "NO"),
        "adam": ("Adam", "Love", "GB"), "mei": ("美", "田中", "JP"),
    }  # fmt: skip
    return {
        key: joined(key, email=f"{key}@example.org", first_name=first, last_name=last, country=country)
        for key, (first, last, country) in written.items()
    }


@pytest.fixture
def heard(frame):
    """Lets identity hear events of certification."""

    def hear(event):
        fact = Fact(
            event=event, source=event.source, subject=event.candidate_id, number=1, recorded_at=datetime.now(UTC)
        )
        frame.committer.perform(Unit(received=[fact]), timeout=5.0)

    return hear


def names(answer):
    return [one["name"] for one in answer["candidates"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Zoë-Marie O'Neill ", ["zoe", "marie", "o", "neill"]),
        ("GROẞ Größe", ["gross", "grosse"]),
        ("Łukasz Đorđe Ødegård", ["lukasz", "dorde", "odegard"]),
        ("\uff21\uff24\uff21", ["ada"]),
        ("田中 美", ["田中", "美"]),
        ("%_ ", []),
    ],
)
def test_names_are_folded_for_the_search(text, words):
    assert folded_words(text) == words


@pytest.mark.feature("F12.1")
def test_words_of_a_name_are_found_by_their_beginning(asked_as, people):
    expected = {
        "ada": ["Ada Lovelace", "Adam Love"],
        "LOVEL": ["Ada Lovelace"],
        "love ad": ["Ada Lovelace", "Adam Love"],
        "zoe noel": ["Zoë Noël"],
        "odegard": ["Søren Ødegård"],
        "田": ["美 田中"],
        "ovelace": [],
        "ada noel": [],
    }
    assert {text: names(asked_as().search_candidates(text=text)) for text in expected} == expected


@pytest.mark.feature("F12.1")
def test_an_email_is_found_exactly_in_any_spelling(asked_as, people):
    assert names(asked_as().search_candidates(email="ADA@example.org")) == ["Ada Lovelace"]
    assert names(asked_as().search_candidates(email="ad@example.org")) == []
    assert names(asked_as().search_candidates(email="ada@example.org", candidate_id=people["zoe"])) == []


def test_an_id_and_a_country_narrow_the_search(asked_as, people):
    assert names(asked_as().search_candidates(candidate_id=people["zoe"])) == ["Zoë Noël"]
    assert names(asked_as().search_candidates(country="GB")) == ["Ada Lovelace", "Adam Love"]
    assert names(asked_as().search_candidates(country="GB", text="adam")) == ["Adam Love"]


def test_who_holds_a_certification_is_found_until_it_is_revoked(asked_as, people, heard):
    heard(contracts.CertificationEarned(candidate_id=people["adam"], **EARNED))
    found = asked_as().search_candidates(certification="ccna", country="GB")
    assert [(one["name"], one["certifications"]) for one in found["candidates"]] == [("Adam Love", ["ccna"])]
    assert asked_as().search_candidates(certification="ccna", country="FR")["total"] == 0
    heard(
        contracts.CertificationRevoked(
            candidate_id=people["adam"], certification="ccna", revoked_on=DAY, reason="fraud"
        )
    )
    assert asked_as().search_candidates(certification="ccna")["total"] == 0


def test_an_erased_candidate_is_found_no_more(asked_as, people, frame):
    asked_as().erase(people["ada"])
    assert names(asked_as().search_candidates(text="ada")) == ["Adam Love"]
    with frame.database.read() as connection:
        words = list(connection.exec_driver_sql("SELECT word FROM name_words").scalars())
    assert "lovelace" not in words


def test_results_come_in_pages_by_name(asked_as, joined):
    for number in range(27):
        joined(f"p{number}", email=f"p{number}@example.org", first_name="Grace", last_name=f"N{number:02}")
    first, second = (asked_as().search_candidates(text="grace", page=page) for page in (1, 2))
    assert (first["total"], len(first["candidates"])) == (27, 25)
    assert names(second) == ["Grace N25", "Grace N26"]


def test_a_search_that_makes_no_sense_is_refused(asked_as):
    with pytest.raises(ValidationError):
        asked_as().search_candidates(country="Norway")


@pytest.mark.feature("F12.1")
def test_every_look_is_written_down_and_found_again(asked_as, people):
    asked_as().record_access("GRACE", "candidate-viewed", people["ada"], "/console/candidates/{candidate_id}")
    asked_as().record_access("GRACE", "candidates-searched")
    asked_as().record_access("LINUS", "proposal-approved", people["ada"], reason="agreed with the holder")
    everything = asked_as().accesses()
    assert [(one["by"], one["what"], one["reason"]) for one in everything["entries"]] == [
        ("LINUS", "proposal-approved", "agreed with the holder"),
        ("GRACE", "candidates-searched", None),
        ("GRACE", "candidate-viewed", None),
    ]
    assert asked_as().accesses(by="GRACE")["total"] == 2
    assert asked_as().accesses(about=people["ada"], what="candidate-viewed")["total"] == 1
    today = datetime.now(UTC).date()
    assert asked_as().accesses(since=today.isoformat(), until=today.isoformat())["total"] == 3
    assert asked_as().accesses(until=(today - timedelta(days=1)).isoformat())["total"] == 0


def test_the_same_request_leaves_one_entry(asked_as, people):
    for _ in range(2):
        asked_as("grace|POST /console|1").record_access("GRACE", "proposal-approved", people["ada"])
    assert asked_as().accesses()["total"] == 1


def test_reasons_are_stored_sealed_and_go_with_the_key(asked_as, people, frame):
    asked_as().record_access("LINUS", "proposal-approved", people["ada"], reason="about Ada")
    with frame.database.read() as connection:
        stored = connection.exec_driver_sql("SELECT sealed_reason FROM accesses").scalar_one()
    assert "Ada" not in stored
    asked_as().erase(people["ada"])
    entries = asked_as().accesses()["entries"]
    assert [(one["what"], one["reason"]) for one in entries] == [("proposal-approved", None)]
