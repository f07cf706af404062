"""A catalogue in force is in force in every process, after a restart too, on each kind of database (F12.3)."""

from dataclasses import replace

import pytest

from chassis.frame import Frame
from services.certification.service import PLAN, CertificationService, in_force
from tests.certification.test_catalogue_activation import activated
from tests.certification.test_service import ADA, passed
from tests.front_door import Door, KeyRing


def another_process(frame):
    """A second frame on the same database."""
    return Frame(replace(PLAN, keys=lambda _frame: KeyRing()), frame.settings)


def validity(frame):
    return in_force.in_force(Door(CertificationService, frame).asked_as().desk).certifications["ccna"].validity_years


@pytest.mark.feature("F12.3")
def test_another_process_and_the_next_one_go_by_the_catalogue_in_force(frame, asked_as, told, monkeypatch):
    monkeypatch.setattr(in_force, "TRUSTED_SECONDS", 0.0)
    told(passed("200-301", "2024-05-29"))
    beside = another_process(frame) if frame.database.is_postgresql else None
    assert [validity(one) for one in (frame, beside) if one] == [3] * (2 if beside else 1)
    change = activated(asked_as)
    assert validity(frame) == 2
    if beside is not None:
        assert validity(beside) == 2
        beside.database.close()
    asked_as().refold_some()
    assert asked_as().catalogue_change(change)["all_followed"]
    frame.committer.stop()
    frame.database.close()
    restarted = another_process(frame)
    restarted.clock = frame.clock
    restarted.committer.start()
    door = Door(CertificationService, restarted)
    assert validity(restarted) == 2
    assert door.asked_as().status(ADA)["certifications"][0]["expires_on"] == "2026-05-29"
    assert door.asked_as().catalogue_changes()["changes"][0]["state"] == "in-force"
    restarted.committer.stop()
    restarted.database.close()
