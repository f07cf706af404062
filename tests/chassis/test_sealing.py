"""Personal text: sealed for one candidate, opened before the transaction, gone once the key is destroyed."""

import base64
import json

import pytest
from sqlalchemy import select, text

from chassis import event_store, sealing
from chassis.command_handling import KeysNeeded
from chassis.decider import Sealed
from chassis.errors import Unavailable
from chassis.sealing import BrokenSeal, new_key, seal, unseal
from chassis.tables import FRAME
from tests.chassis.office import Office, answers, prepare
from tests.chassis.parcels import Send, parcels

ADA = "C-ada"
GRACE = "C-grace"
MASTER = bytes(range(32))


class Safe:
    """Keys of candidates; counts how often it is asked, and may be away."""

    def __init__(self):
        self.keys = {ADA: new_key(), GRACE: new_key()}
        self.asked = []
        self.is_away = False

    def keys_for(self, candidate_ids):
        if self.is_away:
            raise Unavailable("identity")
        self.asked.append(sorted(candidate_ids))
        return {candidate_id: self.keys.get(candidate_id) for candidate_id in candidate_ids}


@pytest.fixture
def safe():
    return Safe()


@pytest.fixture
def office(database_url, safe):
    prepare(database_url)
    with Office(database_url, keys=safe) as opened:
        yield opened


def greet(office, safe, *, candidate_id=ADA, parcel_id="p1", words="Dear Ada"):
    box = seal(safe.keys[candidate_id], candidate_id, words)
    office.revealer.fetch((candidate_id,))
    return office.handle(Send(candidate_id=candidate_id, parcel_id=parcel_id, greeting=box))


def greetings(office):
    return [(row[0], row[3]) for row in office.rows(parcels)]


def test_sealed_text_opens_with_its_key_for_its_candidate():
    key = new_key()
    box = seal(key, ADA, "Ünïcode 123")
    assert unseal(key, ADA, box) == "Ünïcode 123"
    assert box != seal(key, ADA, "Ünïcode 123")


def test_sealed_text_does_not_open_for_another_candidate_or_key():
    key = new_key()
    box = seal(key, ADA, "secret")
    for wrong_key, wrong_candidate in ((key, GRACE), (new_key(), ADA)):
        with pytest.raises(BrokenSeal):
            unseal(wrong_key, wrong_candidate, box)


@pytest.mark.parametrize("spoilt", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_spoilt_text_does_not_open(spoilt):
    with pytest.raises(BrokenSeal):
        unseal(new_key(), ADA, Sealed(spoilt))


def test_one_turned_bit_is_noticed():
    key = new_key()
    data = bytearray(base64.b64decode(seal(key, ADA, "secret")))
    data[-1] ^= 1
    with pytest.raises(BrokenSeal):
        unseal(key, ADA, Sealed(base64.b64encode(data).decode()))


def test_data_keys_are_stored_wrapped():
    key = new_key()
    wrapped = sealing.wrap(MASTER, key)
    assert sealing.unwrap(MASTER, wrapped) == key
    with pytest.raises(BrokenSeal):
        sealing.unwrap(bytes(32), wrapped)


def test_look_up_values_depend_on_the_master_key_and_the_purpose():
    values = {
        sealing.keyed_hash(master, purpose, "ada@example.org")
        for master in (MASTER, bytes(32))
        for purpose in ("email", "phone")
    }
    assert (len(values), {len(value) for value in values}) == (4, {64})


@pytest.mark.parametrize("wrong", ["", "c2hvcnQ=", "no base64"])
def test_a_master_key_of_another_length_is_refused(wrong):
    with pytest.raises(ValueError, match=r"32 bytes|base64|padding"):
        sealing.master_key(wrong)


def test_only_the_projection_shows_clear_text(office, safe):
    greet(office, safe)

    assert greetings(office) == [("p1", "Dear Ada")]
    with office.database.read() as connection:
        everything = json.dumps(
            [list(map(str, row)) for table in FRAME.sorted_tables for row in connection.execute(select(table))]
        )
    assert "Dear Ada" not in everything


def test_a_unit_whose_keys_are_not_at_hand_says_which(office, safe):
    box = seal(safe.keys[ADA], ADA, "Dear Ada")
    with pytest.raises(KeysNeeded) as needed:
        office.handle(Send(candidate_id=ADA, parcel_id="p1", greeting=box))
    assert (needed.value.candidate_ids, office.facts()) == ({ADA}, [])


def test_missing_keys_do_not_hold_up_the_units_beside_it(database_url, safe):
    prepare(database_url)
    office = Office(database_url, keys=safe)
    box = seal(safe.keys[ADA], ADA, "Dear Ada")
    units = [
        office.submit(Send(candidate_id=ADA, parcel_id="p1", greeting=box)),
        office.submit(Send(candidate_id=GRACE, parcel_id="p2")),
    ]
    office.open()
    needed, written = answers(units)
    office.close()
    assert (needed, written.facts) == (KeysNeeded, 1)


def test_a_key_that_is_dropped_between_decision_and_writing_is_asked_for_again(office, safe):
    box = seal(safe.keys[ADA], ADA, "Dear Ada")
    office.revealer.fetch((ADA,))
    require = office.revealer.require

    def require_and_lose(events):
        require(events)
        office.revealer.forget(ADA)

    office.revealer.require = require_and_lose
    with pytest.raises(KeysNeeded):
        office.handle(Send(candidate_id=ADA, parcel_id="p1", greeting=box))
    assert office.facts() == []


def test_an_erased_candidates_text_is_nothing(office, safe):
    greet(office, safe)
    safe.keys[ADA] = None
    office.revealer.forget(ADA)
    office.revealer.fetch((ADA,))
    office.handle(Send(candidate_id=ADA, parcel_id="p2", greeting=Sealed("whatever it was")))

    assert greetings(office) == [("p1", "Dear Ada"), ("p2", None)]
    with office.database.read() as connection:
        facts = office.revealer.opened(event_store.page(connection, office.vocabulary, "post", after=0, limit=9))
    assert [fact.reveal(fact.event.greeting) for fact in facts] == [None, None]


def test_text_moved_from_another_candidate_is_nothing(office, safe):
    office.revealer.fetch((GRACE,))
    box = seal(safe.keys[ADA], ADA, "Dear Ada")
    office.handle(Send(candidate_id=GRACE, parcel_id="p1", greeting=box))
    assert greetings(office) == [("p1", None)]


def test_a_field_without_text_needs_nothing_opened(office):
    office.revealer.fetch((ADA,))
    office.handle(Send(candidate_id=ADA, parcel_id="p1"))
    assert greetings(office) == [("p1", None)]


def test_keys_are_asked_for_together_and_kept_shortly(office, safe, monkeypatch):
    office.revealer.fetch((ADA, GRACE))
    office.revealer.fetch((GRACE,))
    assert safe.asked == [[ADA, GRACE]]

    monkeypatch.setattr("chassis.reveal.time.monotonic", lambda: 10**9)
    office.revealer.fetch((GRACE,))
    office.revealer.forget(ADA)
    office.revealer.fetch((ADA,))
    assert safe.asked == [[ADA, GRACE], [GRACE], [ADA]]


def test_keys_that_are_away_are_waited_for_not_forgotten(office, safe):
    safe.is_away = True
    with pytest.raises(Unavailable, match="identity"):
        office.revealer.fetch((ADA,))
    safe.is_away = False
    assert office.revealer.key(ADA) == safe.keys[ADA]


def test_a_service_without_keys_keeps_the_boxes_closed(database_url):
    prepare(database_url)
    with Office(database_url) as office:
        office.handle(Send(candidate_id=ADA, parcel_id="p1"))
        with office.database.read() as connection:
            stored = connection.execute(text("SELECT data FROM events")).scalar_one()
    assert (json.loads(stored) if isinstance(stored, str) else stored)["greeting"] is None
