"""Testing follows the catalogue that certification has activated (F12.3)."""

import json
from importlib.resources import files

import pytest

import contracts
from chassis.command_handling import Unit
from chassis.decider import Fact
from services.testing.service import rules
from tests.front_door import NOON

EXAMS = (files("contracts") / "catalogue" / "exams.yaml").read_text()
DEARER = EXAMS.replace("code: 200-301, role: associate, track: networking, minutes: 120, price_usd: 300",
                       "code: 200-301, role: associate, track: networking, minutes: 120, price_usd: 310")  # fmt: skip


@pytest.fixture(autouse=True)
def another_process():
    """What a process holds ends with it."""
    yield
    rules._HELD.clear()


def activate(frame, number, version, tables):
    event = contracts.CatalogueActivated(
        catalogue=version, activated_on=NOON.date(), changed=tuple(tables), tables=json.dumps(tables)
    )
    fact = Fact(event=event, source="certification", subject="", number=number, recorded_at=NOON,
                cause=f"certification/E1/0/{number}")  # fmt: skip
    frame.committer.perform(Unit(received=[fact]), timeout=5.0)


@pytest.mark.feature("F12.3")
def test_exams_are_sold_by_the_catalogue_in_force_also_after_a_restart(frame, asked_as):
    assert rules.catalogue().exams["200-301"].price_cents == 30_000
    activate(frame, 1, "v2", {"exams": DEARER})
    asked_as().look_for_rules()
    assert rules.catalogue().exams["200-301"].price_cents == 31_000
    rules._HELD.clear()
    asked_as().look_for_rules()
    assert rules.catalogue().exams["200-301"].price_cents == 31_000
    activate(frame, 2, "v3", {"exams": EXAMS})
    asked_as().look_for_rules()
    assert rules.catalogue().exams["200-301"].price_cents == 30_000


@pytest.mark.feature("F12.3")
def test_tables_that_this_release_cannot_read_leave_the_rules_as_they_are(frame, asked_as):
    before = rules.catalogue()
    activate(frame, 1, "v2", {"exams": "exams:\n- {code: 200-301}\n"})
    asked_as().look_for_rules()
    assert rules.catalogue() is before
