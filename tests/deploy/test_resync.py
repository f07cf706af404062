"""`certtrack resync`: alarms come one after the other, and a service gets on only when it knows of all of them."""

import pytest

from chassis.errors import NotFound, Unavailable
from deploy import resync

ALARMS = {("verification", "certification"), ("verification", "identity"), ("fulfillment", "identity")}


class Restored:
    """Services whose sources were restored; the alarms are raised one at a look."""

    def __init__(self, *alarms):
        self.alarms, self.raised = list(alarms), set()
        self.followed = set()
        self.calls = []

    def stopped(self, known):
        if self.raised - self.followed <= known and self.alarms:
            self.raised.add(self.alarms.pop(0))
        return self.raised - self.followed

    def call(self, service, method, *, sources, **_):
        self.calls.append((service, method, sources))
        self.followed |= {(service, source) for source in sources}
        short = {source for reader, source in ALARMS - self.followed if reader == service}
        if short:
            raise Unavailable(min(short))


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(resync, "PAUSE", 0)


def test_a_service_that_waits_for_a_later_alarm_is_tried_again_with_both(capsys):
    world = Restored(("verification", "certification"), ("fulfillment", "identity"), ("verification", "identity"))
    assert resync.take_up(world.call, world.stopped) == ALARMS
    assert world.calls == [
        ("verification", "resync", ["certification"]),
        ("fulfillment", "resync", ["identity"]),
        ("verification", "resync", ["certification"]),
        ("verification", "resync", ["certification", "identity"]),
    ]
    assert capsys.readouterr().out.splitlines() == [
        "fulfillment reads the log of identity again.",
        "verification reads the log of certification again.",
        "verification reads the log of identity again.",
    ]


def test_a_service_that_does_not_get_on_ends_it_after_a_while(monkeypatch):
    monkeypatch.setattr(resync, "START_PATIENCE", 0)
    world = Restored(("verification", "certification"))
    with pytest.raises(Unavailable):
        resync.take_up(world.call, world.stopped)


def test_a_refusal_is_told_at_once():
    def call(service, method, **_):
        raise NotFound("no-such-source")

    with pytest.raises(NotFound):
        resync.take_up(call, lambda known: {("identity", "testing")} - known)


def test_nothing_has_stopped():
    assert resync.take_up(Restored().call, Restored().stopped) == set()


@pytest.mark.parametrize(
    ("problem", "source"),
    [
        ("identity was restored: its log is in another epoch; run certtrack resync", "identity"),
        ("the cursor is 3 beyond the head of testing; run certtrack resync", "testing"),
        ("2 events are parked", None),
        ("no broker", None),
    ],
)
def test_an_alarm_names_its_source(problem, source):
    assert resync.source_of(problem) == source
