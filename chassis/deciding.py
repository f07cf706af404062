"""Before the transaction: waiting units are decided together in memory, seeing one another's facts."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, select

from chassis import event_store
from chassis.command_handling import Order, Unit, Written
from chassis.database import Database
from chassis.decider import Rejected
from chassis.errors import Conflict
from chassis.event_store import NewEvent, Vocabulary
from chassis.reveal import Revealer
from chassis.tables import commands_seen

CACHED_STREAMS = 20_000
States: TypeAlias = dict[str, tuple[int, Any]]
"""Version and folded state by stream."""


@dataclass(slots=True)
class Answer:
    """What becomes of one order; the mark is known once the public log is numbered."""

    order: Order
    body: str
    version: int
    new: list[NewEvent] = field(default_factory=list)
    refusal: Rejected | None = None
    repeats: "Answer | None" = None
    stored: bool = False
    """Read back from an earlier transaction."""
    facts: int = 0
    epoch: str = ""
    partition: int = 0
    sequence: int = 0

    @property
    def is_fresh(self) -> bool:
        """Decided here and now, so it has to be written."""
        return not self.stored and self.repeats is None

    def result(self, source: str) -> Written | Rejected:
        """The caller's answer; a repetition hears what the first one heard."""
        if self.repeats is not None:
            return self.repeats.result(source)
        if self.refusal is not None:
            return self.refusal
        mark = (source, self.epoch, self.partition, self.sequence) if self.sequence else None
        return Written(self.order.stream, self.version, self.facts, mark)


@dataclass(slots=True)
class Draft:
    """A unit with its decisions."""

    unit: Unit
    answers: list[Answer] = field(default_factory=list)

    def fresh(self) -> Iterator[Answer]:
        """The answers that have to be written."""
        return (answer for answer in self.answers if answer.is_fresh)


class Streams:
    """Folded states of the streams used last; only what is committed."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[int, Any]] = OrderedDict()

    def get(self, stream: str, initial: Any) -> tuple[int, Any]:
        """Version and state; version 0 for a stream not known here."""
        return self._kept.get(stream, (0, initial))

    def keep(self, states: States) -> None:
        """Remember what is committed."""
        for stream, state in states.items():
            self._kept[stream] = state
            self._kept.move_to_end(stream)
        while len(self._kept) > CACHED_STREAMS:
            self._kept.popitem(last=False)

    def forget(self, streams: Iterable[str]) -> None:
        """Load these from the start next time."""
        for stream in streams:
            self._kept.pop(stream, None)


class Deciding:
    """Loads, folds and decides for a batch of units; whoever fails here fails alone."""

    def __init__(self, database: Database, vocabulary: Vocabulary, revealer: Revealer) -> None:
        self._database = database
        self._vocabulary = vocabulary
        self._revealer = revealer
        self._is_alone = not database.is_postgresql
        self._last_position = -1
        self.streams = Streams()

    def decide(self, units: list[Unit]) -> tuple[list[Draft], States]:
        """Drafts of the units that could be decided, and the states that hold once they are committed.

        At the first attempt a command is taken to be new: each writes its id, so a repeated one collides when it is
        written, and only the second attempt pays for looking ids up. In the same way remembered states are trusted
        while nobody else seems to write and every decision adds facts, because writing these proves the version.
        A failure writes nothing that could collide, so it is told only once its commands are known to be new.
        """
        is_first = not any(unit.attempts for unit in units)
        trusting = self._is_alone and is_first
        outcomes, states = self._outcomes(units, trusting=trusting, looking=not is_first)
        if trusting and self._database.is_postgresql and any(_needs_proof(outcome) for outcome in outcomes):
            outcomes, states = self._outcomes(units, trusting=False, looking=False)
        if is_first and any(isinstance(outcome, Exception) for outcome in outcomes):
            outcomes, states = self._outcomes(units, trusting=False, looking=True)
        for unit, outcome in zip(units, outcomes, strict=True):
            if isinstance(outcome, Exception):
                unit.done.set_exception(outcome)
        return [outcome for outcome in outcomes if isinstance(outcome, Draft)], states

    def committed(self, states: States, positions: list[int]) -> None:
        """Remember what is committed; positions that continue our own show that no replica has written in between."""
        self.streams.keep(states)
        if positions and self._database.is_postgresql:
            self._is_alone = positions[0] == self._last_position + 1
            self._last_position = positions[-1]

    def _outcomes(self, units: list[Unit], *, trusting: bool, looking: bool) -> tuple[list[Draft | Exception], States]:
        """What every unit comes to; `trusting` remembered states, or `looking` for commands that were answered."""
        orders = [order for unit in units for order in unit.orders]
        seen: dict[str, Answer] = {}
        states: States = {}
        if orders:
            with self._database.read() as connection:
                if looking:
                    seen = self._seen(connection, orders)
                states = self._load(connection, orders, trusting=trusting)
        return [self._outcome(unit, seen, states) for unit in units], states

    def _outcome(self, unit: Unit, seen: dict[str, Answer], states: States) -> Draft | Exception:
        """The unit's draft; or whatever a decision raises, which belongs to its unit alone."""
        try:
            return self._draft(unit, seen, states)
        except Exception as error:  # noqa: BLE001  told to whoever waits for the unit
            return error

    def _draft(self, unit: Unit, seen: dict[str, Answer], states: States) -> Draft:
        draft = Draft(unit)
        mine: dict[str, Answer] = {}
        ahead: States = {}
        for order in unit.orders:
            earlier = seen.get(order.id) or mine.get(order.id)
            answer = (
                _repeated(order, earlier) if earlier else _decided(order, ahead.get(order.stream, states[order.stream]))
            )
            draft.answers.append(answer)
            if answer.is_fresh:
                mine[order.id] = answer
                ahead[order.stream] = _advanced(answer, ahead.get(order.stream, states[order.stream]))
        if unit.together and _fall_together(draft.answers):
            ahead = {}
        self._revealer.require((new.event, new.subject) for answer in draft.fresh() for new in answer.new)
        seen.update(mine)
        states.update(ahead)
        return draft

    def _seen(self, connection: Connection, orders: list[Order]) -> dict[str, Answer]:
        by_id = {order.id: order for order in orders}
        rows = connection.execute(select(commands_seen).where(commands_seen.c.id.in_(list(by_id))))
        return {row.id: _stored(by_id[row.id], row) for row in rows}

    def _load(self, connection: Connection, orders: list[Order], *, trusting: bool) -> States:
        """What is known here; brought up to date unless trusted, because a replica may have written since.

        On SQLite nobody else writes, so what is remembered always holds.
        """
        deciders = {order.stream: order.decider for order in orders}
        states = {stream: self.streams.get(stream, decider.initial) for stream, decider in deciders.items()}
        trusting = trusting or not self._database.is_postgresql
        known = {stream: version for stream, (version, _) in states.items() if not (trusting and version)}
        for stream, version, event in event_store.newer(connection, known, self._vocabulary):
            states[stream] = (version, deciders[stream].evolve(states[stream][1], event))
        return states


def _needs_proof(outcome: Draft | Exception) -> bool:
    """Whether it may rest on an outdated state: nothing that it writes would show that."""
    return isinstance(outcome, Exception) or any(not answer.new for answer in outcome.fresh())


def _decided(order: Order, known: tuple[int, Any]) -> Answer:
    version, state = known
    answer = Answer(order, order.body, version)
    try:
        decided = order.decider.decide(order.command, state)
    except Rejected as refusal:
        if order.from_event:
            raise
        answer.refusal = refusal
        return answer
    answer.new = [
        NewEvent(order.stream, version + step, event, order.subject, order.cause, order.correlation, order.trace)
        for step, event in enumerate(decided, start=1)
    ]
    answer.version = version + len(decided)
    answer.facts = len(decided)
    return answer


def _advanced(answer: Answer, known: tuple[int, Any]) -> tuple[int, Any]:
    state = known[1]
    for new in answer.new:
        state = answer.order.decider.evolve(state, new.event)
    return answer.version, state


def _fall_together(answers: list[Answer]) -> bool:
    """Whether these orders add nothing: one was refused, so all are; or one was answered before, so all were."""
    earlier = next((answer.repeats for answer in answers if answer.repeats is not None), None)
    refusal = next((answer.refusal for answer in answers if answer.refusal is not None), None)
    if earlier is None and refusal is None:
        return False
    for answer in answers:
        answer.repeats = answer.repeats or earlier
        answer.refusal = refusal
        answer.version -= answer.facts
        answer.facts, answer.new = 0, []
    return True


def _repeated(order: Order, earlier: Answer) -> Answer:
    if earlier.body and order.body and earlier.body != order.body:
        raise Conflict("idempotency-key-reused")
    return Answer(order, order.body, earlier.version, repeats=earlier)


def _stored(order: Order, row: Any) -> Answer:
    return Answer(
        order,
        row.body,
        row.version,
        refusal=None if row.outcome == "done" else Rejected(row.outcome, **row.details),
        stored=True,
        facts=row.facts,
        epoch=row.epoch,
        partition=row.partition,
        sequence=row.sequence,
    )


def streams_of(units: Iterable[Unit]) -> set[str]:
    """The streams that these units write."""
    return {order.stream for unit in units for order in unit.orders}
