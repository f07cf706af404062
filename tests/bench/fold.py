"""The fold: one candidate with 500 pieces of evidence, the histories of the test vectors, 100,000 records."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from services.certification.adapters import catalogue_files, histories
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.evidence import Credits, Evidence, Sitting
from services.certification.domain.fold import fold
from tests.bench.ground import Ground
from tests.bench.measuring import Figure
from tests.certification.literal_fold import literally

PIECES = 500
MOST_MS = 10.0
RECORDS = 100_000
PLAN = (4, 6, 9, 14, 30)
"""Pieces of evidence of the records that are folded in turn: most people have few, some have many."""
ROUNDS = 20
FIRST_DAY = date(2015, 1, 5)
VECTORS = Path(__file__).resolve().parent.parent / "certification" / "vectors.yaml"


def measure(_ground: Ground | None, scale: float = 1.0) -> list[Figure]:
    """Milliseconds for the long history, histories per second for the vectors and for many records."""
    catalogue = catalogue_files.load()
    evidence = long_history(max(int(PIECES * scale), 1), sorted(catalogue.exams))
    today = max(piece.known_on for piece in evidence)
    ours, bare = alternately(partial(fold, evidence, catalogue, today), partial(bare_pass, evidence))
    literal = once(partial(literally, evidence, catalogue, today))
    text = VECTORS.read_text()
    checked = histories.answers(text, catalogue)
    vectors, reading = alternately(partial(histories.answers, text, catalogue), partial(read, text))
    checks = sum(len(answer["checks"]) for answer in checked)
    return [
        Figure(
            name=f"fold of {len(evidence)} pieces of evidence", value=1000 * ours, unit="ms", cpu_ms=1000 * ours,
            of_limit=ours / bare, of_peer=ours / literal, goal="under 10 ms", met=1000 * ours < MOST_MS,
        ),
        Figure(name="sort by day, count by kind", value=1000 * bare, unit="ms", kind="limit"),
        Figure(name="the rules written down word by word", value=1000 * literal, unit="ms", kind="peer"),
        Figure(
            name="fold of the test vectors, read from YAML, records", value=checks / vectors, unit="/s",
            cpu_ms=1000 * vectors / checks, of_limit=reading / vectors,
        ),
        Figure(name="reading the YAML alone", value=checks / reading, unit="/s", kind="limit"),
        *many(max(int(RECORDS * scale), len(PLAN)), catalogue),
    ]  # fmt: skip


def many(records: int, catalogue: Catalogue) -> list[Figure]:
    """Records of different length folded one after the other, as a preview or a rebuild does."""
    exams = sorted(catalogue.exams)
    plan = [long_history(pieces, exams[first:]) for first, pieces in enumerate(PLAN)]
    today = max(piece.known_on for history in plan for piece in history)
    turns = [plan[number % len(PLAN)] for number in range(records)]
    ours = once(lambda: [fold(history, catalogue, today) for history in turns])
    bare = once(lambda: [bare_pass(history) for history in turns])
    return [
        Figure(
            name=f"fold of {records:,} records", value=records / ours, unit="/s", cpu_ms=1000 * ours / records,
            of_limit=bare / ours,
        ),
        Figure(name="the same, sort and count alone", value=records / bare, unit="/s", kind="limit"),
    ]  # fmt: skip


def once(work: Callable[[], Any]) -> float:
    """Processor seconds of one long piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def alternately(*works: Callable[[], Any]) -> list[float]:
    """Least processor seconds of each: one thread of Python is only ever slowed down, by what else the machine does."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, seconds in zip(works, taken, strict=True):
            began = time.process_time()
            work()
            seconds.append(time.process_time() - began)
    return [min(seconds) for seconds in taken]


def long_history(count: int, exams: list[str]) -> list[Evidence]:
    """A busy candidate: an exam or a claim every week, one exam in four failed."""
    found: list[Evidence] = []
    for number in range(count):
        day = FIRST_DAY + timedelta(days=7 * number)
        if number % 2:
            found.append(Credits(item=f"item {number}", credits=4, completed_on=day, submitted_on=day, known_on=day))
        else:
            exam = exams[number // 2 % len(exams)]
            found.append(Sitting(result_id=f"R{number}", exam=exam, taken_on=day, passed=number % 8 != 0, known_on=day))
    return found


def bare_pass(evidence: list[Evidence]) -> Counter[type]:
    """The least that any fold does: order the evidence and look at each piece."""
    return Counter(type(piece) for piece in sorted(evidence, key=lambda piece: piece.known_on))


def read(text: str) -> None:
    """Parse the file as the command does."""
    import yaml

    yaml.compose(text, Loader=histories.LOADER)
