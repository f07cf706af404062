"""Inside the transaction: checks of place and bulk writes, nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from chassis import event_store, outbox
from chassis.bulk import Bulk
from chassis.command_handling import CursorMove, CursorMoved, NewEffect
from chassis.decider import Fact
from chassis.deciding import Answer, Draft
from chassis.event_store import NewEvent, Vocabulary
from chassis.projections import Projection, Rows
from chassis.reveal import Revealer
from chassis.tables import commands_seen, cursors, effects, events
from chassis.tables import outbox as outbox_table

LOCK = 7_205_759
"""The advisory lock that every writer of a service database takes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How the drafts of one service become rows."""

    source: str
    partitions: int
    epoch: str
    vocabulary: Vocabulary
    projections: Sequence[Projection]
    announce: Callable[[Fact], Any]
    revealer: Revealer
    lock_sql: str = f"SELECT pg_advisory_xact_lock({LOCK})"
    """Makes a PostgreSQL transaction the only writer until it ends, so that positions ascend in commit order."""

    def write(self, transaction: Connection, drafts: list[Draft]) -> list[int]:
        """Write all drafts and give the new facts' positions.

        Raises CursorMoved, or IntegrityError when a stream or a command id was taken meanwhile.
        """
        answers = [answer for draft in drafts for answer in draft.fresh()]
        new = [(answer, event) for answer in answers for event in answer.new]
        recorded_at = datetime.now(UTC)
        positions = self._begin(transaction, len(new))
        self._move_cursors(transaction, [move for draft in drafts for move in draft.unit.cursors])
        for draft in drafts:
            for guard in draft.unit.guards:
                guard(transaction)
        bulk = Bulk(transaction)
        facts = self._facts(new, positions, recorded_at)
        self._append(bulk, facts)
        self._announce(transaction, bulk, new, facts)
        if answers:
            bulk.insert(commands_seen, [_seen_row(answer, recorded_at) for answer in answers])
        self._insert_effects(transaction, bulk, drafts, recorded_at)
        self._project(transaction, bulk, drafts, facts)
        bulk.send(last_words="COMMIT" if transaction.dialect.name == "postgresql" else "")
        return positions

    def _begin(self, transaction: Connection, count: int) -> list[int]:
        """Become the only writer; gives positions for so many facts, in one round trip."""
        if transaction.dialect.name == "postgresql":
            numbers = transaction.exec_driver_sql(
                f"BEGIN; {self.lock_sql}; SELECT nextval('events_position_seq') FROM generate_series(1, {count})"
            )
            return [row[0] for row in numbers]
        last = transaction.exec_driver_sql("SELECT coalesce(max(position), 0) FROM events").scalar_one()
        return list(range(last + 1, last + 1 + count))

    def sequences(self, transaction: Connection, partition: int, count: int) -> range:
        """The next numbers of a partition of the public log; a rollback gives them back."""
        last = transaction.exec_driver_sql(
            f"UPDATE heads SET last = last + {count} WHERE partition = {partition} RETURNING last"
        ).scalar_one()
        return range(last - count + 1, last + 1)

    def _move_cursors(self, transaction: Connection, moves: list[CursorMove]) -> None:
        """Each from where it stands, in one statement that locks the row and proves the place."""
        for move in sorted(moves, key=lambda move: (move.source, move.partition, move.after)):
            places = {"source": move.source, "partition": move.partition, "epoch": move.epoch, "last": move.after}
            if move.before is None:
                self._create_cursor(transaction, places)
            elif transaction.execute(_STEP, _step(move)).rowcount != 1:
                raise CursorMoved(f"{move.source}/{move.partition}")

    def _create_cursor(self, transaction: Connection, places: dict[str, Any]) -> None:
        here = (cursors.c.source == places["source"]) & (cursors.c.partition == places["partition"])
        if transaction.execute(select(cursors.c.last).where(here)).one_or_none() is not None:
            raise CursorMoved(f"{places['source']}/{places['partition']}")
        transaction.execute(cursors.insert().values(places))

    def _facts(self, new: list[tuple[Answer, NewEvent]], positions: list[int], recorded_at: datetime) -> list[Fact]:
        return [
            Fact(
                event=event.event,
                source=self.source,
                subject=event.subject,
                number=position,
                recorded_at=recorded_at,
                stream=event.stream,
                version=event.version,
                cause=event.cause,
                correlation=event.correlation,
                trace=event.trace,
                revealed=self.revealer.revealed(event.event, event.subject),
            )
            for (_, event), position in zip(new, positions, strict=True)
        ]

    def _append(self, bulk: Bulk, facts: list[Fact]) -> None:
        if facts:
            bulk.insert(events, [event_store.row_of(fact, self.vocabulary.name_of(fact.event)) for fact in facts])

    def _announce(
        self, transaction: Connection, bulk: Bulk, new: list[tuple[Answer, NewEvent]], facts: list[Fact]
    ) -> None:
        """Number what the public may know, in partition order and without holes, and write it to the outbox."""
        public: dict[int, list[tuple[Answer, Fact, Any]]] = {}
        for (answer, _), fact in zip(new, facts, strict=True):
            announced = self.announce(fact)
            if announced is not None:
                partition = outbox.partition_of_event(announced, self.partitions)
                public.setdefault(partition, []).append((answer, fact, announced))
        rows = []
        for partition in sorted(public):
            entries = public[partition]
            numbers = self.sequences(transaction, partition, len(entries))
            for sequence, (answer, fact, announced) in zip(numbers, entries, strict=True):
                answer.epoch, answer.partition, answer.sequence = self.epoch, partition, sequence
                rows.append(outbox.row(announced, fact, self.epoch, partition, sequence))
        if rows:
            bulk.insert(outbox_table, rows)

    def _project(self, transaction: Connection, bulk: Bulk, drafts: list[Draft], facts: list[Fact]) -> None:
        rows = Rows(transaction, bulk=bulk)
        received = [fact for draft in drafts for fact in draft.unit.received]
        for fact in (*facts, *received):
            for projection in self.projections:
                projection.project(rows, fact)
        for draft in drafts:
            for answer in draft.fresh():
                if answer.new and answer.order.also is not None:
                    answer.order.also(rows)
            for write in draft.unit.writes:
                write(rows)
        rows.hand_over()

    def _insert_effects(self, transaction: Connection, bulk: Bulk, drafts: list[Draft], recorded_at: datetime) -> None:
        wanted = [effect for draft in drafts for effect in draft.unit.effects]
        wanted += [
            effect for draft in drafts for answer in draft.fresh() if answer.new for effect in answer.order.effects
        ]
        if not wanted:
            return
        keys = [effect.key for effect in wanted]
        known = set(transaction.execute(select(effects.c.id).where(effects.c.id.in_(keys))).scalars())
        rows = {effect.key: _effect_row(effect, recorded_at) for effect in wanted if effect.key not in known}
        if rows:
            bulk.insert(effects, list(rows.values()))


_STEP = (
    update(cursors)
    .where(
        cursors.c.source == bindparam("of"),
        cursors.c.partition == bindparam("at"),
        cursors.c.epoch == bindparam("life"),
        cursors.c.last == bindparam("before"),
    )
    .values(last=bindparam("after"))
)


def _step(move: CursorMove) -> dict[str, Any]:
    return {
        "of": move.source,
        "at": move.partition,
        "life": move.epoch,
        "before": move.before,
        "after": move.after,
    }


def _effect_row(effect: NewEffect, recorded_at: datetime) -> dict[str, Any]:
    return {
        "id": effect.key,
        "kind": effect.kind,
        "subject": effect.subject,
        "payload": effect.payload,
        "created_at": recorded_at,
        "due_at": effect.due_at or recorded_at,
        "attempts": 0,
        "failure": None,
        "done_at": None,
    }


def _seen_row(answer: Answer, recorded_at: datetime) -> dict[str, Any]:
    refusal = answer.refusal
    return {
        "id": answer.order.id,
        "body": answer.body,
        "outcome": "done" if refusal is None else refusal.code,
        "details": {} if refusal is None else refusal.details,
        "stream": answer.order.stream,
        "version": answer.version,
        "facts": answer.facts,
        "epoch": answer.epoch,
        "partition": answer.partition,
        "sequence": answer.sequence,
        "from_event": answer.order.from_event,
        "recorded_at": recorded_at,
    }
