"""Tests keep their files in memory only where that leaves enough for everybody else."""

import tempfile

import pytest

from tests import room


@pytest.fixture(autouse=True)
def undecided(monkeypatch):
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)


@pytest.fixture
def limits(monkeypatch, tmp_path):
    """Set what a container may use and uses."""
    limit, used = tmp_path / "max", tmp_path / "current"
    monkeypatch.setattr(room, "LIMITS", {str(limit): str(used)})

    def of(most, now):
        limit.write_text(f"{most}\n")
        used.write_text(f"{now}\n")

    return of


def test_files_go_into_memory_where_there_is_plenty(monkeypatch, tmp_path):
    monkeypatch.setattr(room, "SHARED_MEMORY", tmp_path)
    monkeypatch.setattr(room, "free", lambda: room.ENOUGH)
    room.take()
    assert tempfile.gettempdir() == str(tmp_path)


def test_a_place_that_was_chosen_is_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(room, "free", lambda: room.ENOUGH)
    room.take()
    assert tempfile.gettempdir() == str(tmp_path)


@pytest.mark.parametrize(("most", "left"), [("max", None), (room.ENOUGH, room.ENOUGH - 7), (10, 3)])
def test_a_container_gets_no_more_than_it_is_allowed(limits, most, left):
    limits(most, 7)
    assert room.allowed() == ([] if left is None else [left])


def test_what_is_free_is_the_least_of_place_machine_and_container(limits, monkeypatch, tmp_path):
    limits(107, 7)
    monkeypatch.setattr(room, "SHARED_MEMORY", tmp_path)
    assert room.free() == 100


def test_where_there_is_no_place_in_memory_nothing_is_free(monkeypatch, tmp_path):
    monkeypatch.setattr(room, "SHARED_MEMORY", tmp_path / "nowhere")
    assert room.free() == 0


def test_without_plenty_files_stay_where_they_were(limits):
    limits(107, 7)
    room.take()
    assert tempfile.gettempdir() != str(room.SHARED_MEMORY)
