"""A changed catalogue previewed over 100,000 candidates, beside reading their facts alone."""

import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from chassis.frame import Frame
from services.certification.adapters.catalogue_files import delivered
from services.certification.service import PLAN, CertificationService
from tests.bench.ground import Ground
from tests.bench.measuring import Figure
from tests.certification.test_service import passed
from tests.front_door import Door, KeyRing, opened

CANDIDATES = 100_000
HISTORIES = (
    (("200-301", "2024-05-29"),),
    (("350-401", "2025-01-14"),),
    (("200-301", "2021-03-01"), ("200-301", "2024-02-01")),
    (("200-301", "2023-06-12"), ("350-401", "2024-06-03"), ("300-410", "2025-02-10")),
    (("350-401", "2022-09-05"), ("300-410", "2023-03-06"), ("350-701", "2025-05-05"), ("300-710", "2026-01-12")),
)
"""Exams and days of those whose records are copied: most people have few."""
THREE_YEARS = "abbreviation: CCNA, group: Associate, level: associate, track: networking, validity_years: 3"
PAGE = 25
"""Candidates per reading, as the job does it."""

COPIES = "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < :copies) "
COPY_FACTS = text(
    COPIES + "INSERT INTO events (stream, version, name, schema_version, subject, data, cause, correlation, trace, "
    "recorded_at) SELECT stream || '-' || n, version, name, schema_version, subject || '-' || n, data, cause, "
    "correlation, trace, recorded_at FROM copies CROSS JOIN events WHERE stream LIKE 'record-%' AND position <= :last"
)
COPY_CANDIDATES = text(
    COPIES + "INSERT INTO recorded_candidates (candidate_id, last) "
    "SELECT candidate_id || '-' || n, last FROM copies CROSS JOIN recorded_candidates"
)
FACTS_OF = "SELECT stream, version, name, data FROM events WHERE stream IN ({}) ORDER BY stream, version"


def measure(_ground: Ground | None, scale: float = 1.0) -> list[Figure]:
    """Candidates per second, and the seconds that the whole preview takes."""
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as frame:
        door = Door(CertificationService, frame)
        fill(door, max(int(CANDIDATES * scale) // len(HISTORIES), 1))
        bare_cpu, candidates = read_alone(frame)
        began, cpu = time.perf_counter(), time.process_time()
        told = preview(door)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    assert told["previewed"] == candidates
    assert told["candidates_that_differ"] == candidates * 3 // len(HISTORIES)
    return [
        Figure(
            name=f"preview over {candidates:,} candidates", value=candidates / seconds, unit="/s",
            cpu_ms=1000 * cpu / candidates, of_limit=bare_cpu / cpu, goal="finishes", met=told["state"] == "previewed",
        ),
        Figure(name="reading their facts alone", value=candidates / bare_cpu, unit="/s", kind="limit"),
        Figure(name="the whole of that preview", value=seconds, unit="s"),
    ]  # fmt: skip


def house(folder: Path) -> AbstractContextManager[Frame]:
    """Certification on an empty SQLite database."""
    return opened(PLAN, f"sqlite:///{folder}/certification.sqlite", folder, KeyRing())


def fill(door: Door, of_each: int) -> None:
    """One record per history by the front door, the others as copies of these."""
    for number, history in enumerate(HISTORIES):
        for exam, day in history:
            door.tell(passed(exam, day, f"CAND{number}"))
    with door.frame.database.write() as transaction:
        last = transaction.execute(text("SELECT max(position) FROM events")).scalar_one()
        transaction.execute(COPY_FACTS, {"copies": of_each - 1, "last": last})
        transaction.execute(COPY_CANDIDATES, {"copies": of_each - 1})


def read_alone(frame: Frame) -> tuple[float, int]:
    """Processor seconds for the facts of all, as many candidates at a time, and how many candidates there are."""
    with frame.database.read() as connection:
        everybody = connection.execute(text("SELECT candidate_id FROM recorded_candidates ORDER BY 1")).scalars().all()
        began = time.process_time()
        for first in range(0, len(everybody), PAGE):
            streams = ", ".join(f"'record-{one}'" for one in everybody[first : first + PAGE])
            connection.execute(text(FACTS_OF.format(streams))).all()
        return time.process_time() - began, len(everybody)


def preview(door: Door) -> dict[str, Any]:
    """Hand the change in, do all the job's work, and tell how far it has come."""
    tables = delivered()["certifications"].decode()
    assert THREE_YEARS in tables
    changed = tables.replace(THREE_YEARS, THREE_YEARS.removesuffix("3") + "2")
    change_id = door.asked_as().hand_in_catalogue({"certifications": changed}, "ANNA")["change_id"]
    while door.asked_as().preview_some()["candidates"]:
        pass
    return dict(door.asked_as().catalogue_change(change_id))
