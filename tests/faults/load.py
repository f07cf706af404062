"""Commands at a steady rate, each repeated with its key until it is answered for good; and the books of it."""

import asyncio
import itertools
import random
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from tests.faults.wire import Wire
from tests.system import Person, System, eventually, provider, result

RATE = 120.0
"""Commands begun per second, however the system answers; at least 100 are asked for."""
SHELLS = 600
"""Records that results are reported for, new ones for each load: nobody sits hundreds of exams."""
EXAMS = ("200-301", "350-401", "300-410", "300-415", "350-701", "300-710", "200-901", "100-150")
TRIES_FOR = 60.0
LONGEST = 2.0
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds between tries, half as long again at most by chance: clients that come back all at once would be a fault
of their own."""
TICK = 0.02


@dataclass(slots=True)
class Command:
    """One command and what became of it; `tries` are (status or 0 for a cut line, seconds)."""

    path: str
    body: Any
    token: str
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    tries: list[tuple[int, float]] = field(default_factory=list)
    answer: Any = None

    @property
    def done(self) -> bool:
        """Answered with success."""
        return bool(self.tries) and 200 <= self.tries[-1][0] < 300


class Load:
    """Runs in a thread of its own while a fault happens; leaving the block waits for the last answer."""

    def __init__(self, system: System, people: Sequence[Person]) -> None:
        self.system = system
        self.provider = provider(system)
        self.people = people
        self.shells = uuid.uuid4().hex[:8].upper()
        for person in people:
            person.refresh()
        self.commands: list[Command] = []
        self.lasted = 0.0
        self.stalls: list[tuple[float, float]] = []
        """When this load itself was late on a busy machine, and by how much; an answer is not late for that."""
        self._numbers = itertools.count()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(TRIES_FOR + 20)

    @property
    def rate(self) -> float:
        """Commands begun per second."""
        return len(self.commands) / self.lasted

    async def _run(self) -> None:
        began = time.monotonic()
        wire = Wire("127.0.0.1", self.system.port)
        watch = asyncio.create_task(self._watch())
        async with asyncio.TaskGroup() as tasks:
            for number in self._numbers:
                if self._stopping.is_set():
                    break
                await asyncio.sleep(max(began + number / RATE - time.monotonic(), 0))
                command = self._next(number)
                self.commands.append(command)
                tasks.create_task(self._until_answered(wire, command))
            self.lasted = time.monotonic() - began
        watch.cancel()
        await wire.close()

    async def _watch(self) -> None:
        while True:
            due = time.monotonic() + TICK
            await asyncio.sleep(TICK)
            late = time.monotonic() - due
            if late > TICK:
                self.stalls.append((due, late))

    def _own_delay(self, began: float) -> float:
        return sum(late for due, late in self.stalls if due + late > began)

    def _next(self, number: int) -> Command:
        if number % 10 == 0:
            person = random.choice(self.people)
            return Command("/api/v1/me/transcripts", {"show_dates": bool(number % 3)}, person.token)
        known = number % 20 == 1
        subject = random.choice(self.people).candidate_id if known else f"C-{self.shells}{number % SHELLS}"
        report = result(subject, random.choice(EXAMS), "2026-09-01")
        return Command("/api/provider/v1/results", report, self.provider.token)

    async def _until_answered(self, wire: Wire, command: Command) -> None:
        deadline = time.monotonic() + TRIES_FOR
        for pause in itertools.chain(PAUSES, itertools.repeat(PAUSES[-1])):
            status = await self._try(wire, command)
            if command.done or status not in {0, 503} or time.monotonic() > deadline:
                return
            await asyncio.sleep(pause * random.uniform(1, 1.5))

    async def _try(self, wire: Wire, command: Command) -> int:
        async with wire.place:
            return await self._send(wire, command)

    async def _send(self, wire: Wire, command: Command) -> int:
        began = time.monotonic()
        try:
            status, command.answer = await wire.post(
                command.path, command.body, token=command.token, key=command.key, patience=6.0
            )
        except (OSError, EOFError, ValueError):
            status = 0
        command.tries.append((status, time.monotonic() - began - self._own_delay(began)))
        return status

    # -- the books ------------------------------------------------------------------------------------------------

    def unanswered(self) -> list[tuple[str, list[tuple[int, float]], Any]]:
        """Commands that never succeeded."""
        return [(command.path, command.tries[-3:], command.answer) for command in self.commands if not command.done]

    def too_slow(self) -> list[tuple[int, float]]:
        """Answers (of any status) that came later than promised; cut lines do not count."""
        return [one for command in self.commands for one in command.tries if one[0] and one[1] > LONGEST]

    def results(self) -> set[str]:
        """Ids of the results that were accepted."""
        return {command.answer["result_id"] for command in self.commands if "result_id" in (command.answer or {})}

    def transcripts(self) -> set[str]:
        """Ids of the transcripts that were accepted."""
        return {
            command.answer["transcript_id"] for command in self.commands if "transcript_id" in (command.answer or {})
        }


def recovers(system: System, patience: float = 10.0) -> None:
    """Normal again: every process healthy."""
    eventually(system.ailments, lambda told: not told, patience)
