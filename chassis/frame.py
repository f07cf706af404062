"""Everything that one service process consists of, put together once at start."""

import time
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import eventlet
import orjson
import structlog
from sqlalchemy import Connection, MetaData, select

from chassis import (
    approval,
    event_store,
    housekeeping,
    installing,
    outbox,
    parking,
    proposals,
    serialization,
)
from chassis.aliases import Aliases
from chassis.applying import Applying
from chassis.calling import RpcClient
from chassis.clock import Clock
from chassis.command_handling import CursorMove, Mark, Unit
from chassis.committer import Committer
from chassis.database import Database
from chassis.decider import Fact, Sealed
from chassis.effects import Effect, EffectsWorker
from chassis.errors import Conflict, NotFound, Unavailable
from chassis.event_store import Name, Upcast, Vocabulary
from chassis.projections import Projection, Rows
from chassis.rebuilding import Rebuilding
from chassis.relay import Relay
from chassis.reveal import Revealer
from chassis.sealing import unseal
from chassis.settings import Settings
from chassis.tables import cursors, parked
from chassis.writing import Writing

if TYPE_CHECKING:
    from chassis.sealing import Keys

log = structlog.get_logger()

AT_LEAST_SECONDS = 0.3
"""How long a reader waits for its projections to show what the caller has already seen."""
LEASE_SECONDS = 0.5
"""How long a gateway may show a public answer from memory, counted from when it asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a service is made of; the frame does the rest."""

    source: str
    vocabulary: dict[Name, type]
    announce: Callable[[Fact], Any]
    projections: tuple[Projection, ...]
    metadata: MetaData
    upcasts: dict[Name, Upcast] = field(default_factory=dict)
    reveals: bool = False
    """Whether sealed fields are opened for its projections."""
    keys: "Callable[[Frame], Keys] | None" = None
    """Where keys come from; None asks identity."""
    aliases: Aliases | None = None
    """Ids that stand for others, so that the facts about somebody are found under all of them."""


class RemoteKeys:
    """Candidates' keys from identity."""

    def __init__(self, client: RpcClient) -> None:
        self._client = client

    def keys_for(self, candidate_ids: Iterable[str]) -> dict[str, bytes | None]:
        """Keys by candidate; None for erased ones. Raises Unavailable while identity is away."""
        answer = self._client.call("identity", "keys", candidate_ids=sorted(candidate_ids), timeout=1.0)
        return {candidate: None if key is None else b64decode(key) for candidate, key in answer.items()}


class Frame:
    """One service process: database, committer, relay, effects, subscription's applying, clients."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        """Raises StartRefused when database or settings do not fit."""
        self.plan = plan
        self.settings = settings
        self.clock = Clock(settings.clock_offset_days, mode=settings.mode)
        self.database = Database(settings.database_url)
        self.database.claim()
        self.epoch = installing.check(self.database, plan.source, settings.partitions)
        self.client = RpcClient(settings.amqp_uri)
        self.revealer = Revealer(plan.keys(self) if plan.keys else RemoteKeys(self.client), opens=plan.reveals)
        self.vocabulary = Vocabulary({**plan.vocabulary, **approval.VOCABULARY}, plan.upcasts)
        self.projections = (*plan.projections, proposals.PROJECTION)
        self._follows: set[str] = set()
        self._stopping = False
        self._seen: dict[tuple[str, int], tuple[str, int]] = {}
        writing = Writing(
            source=plan.source,
            partitions=settings.partitions,
            epoch=self.epoch,
            vocabulary=self.vocabulary,
            projections=self.projections,
            announce=plan.announce,
            revealer=self.revealer,
        )
        self.committer = Committer(self.database, writing, on_public=self._on_public, on_cursors=self._on_cursors)
        self.relay = Relay(self.database, self.committer, source=plan.source, amqp_uri=settings.amqp_uri)
        self.effects: EffectsWorker | None = None
        self.applying: Applying | None = None
        self.rebuilding: Rebuilding | None = None
        self.react: Callable[[Fact, Unit], None] = lambda _fact, _unit: None
        self.started_at = time.monotonic()

    def start(
        self,
        *,
        classes: dict[tuple[str, str, int], type],
        react: Callable[[Fact, Unit], None],
        effect_handlers: dict[str, Callable[[Effect], None]],
    ) -> None:
        """Begin to work; `classes` and `react` come from the service's subscriptions."""
        self.react = react
        self._follows = {source for source, _, _ in classes}
        self.applying = Applying(self.database, self.committer, self.revealer, classes=classes, react=self._received)
        self.rebuilding = Rebuilding(
            self.database,
            self.committer,
            self.applying,
            self.revealer,
            source=self.plan.source,
            vocabulary=self.vocabulary,
            projections=self.projections,
            call=self.client.call,
        )
        self.client.start()
        self.committer.start()
        eventlet.spawn_n(self.relay.run)
        eventlet.spawn_n(self._keep_house)
        if effect_handlers:
            self.effects = EffectsWorker(self.database, self.committer, effect_handlers)
            eventlet.spawn_n(self.effects.run)

    def stop(self) -> None:
        """Finish what is at hand, then close."""
        self._stopping = True
        self.relay.stop()
        if self.effects is not None:
            self.effects.stop()
        self.committer.stop()
        self.client.stop()
        self.database.close()

    def caught_up(self, marks: Iterable[Mark], seconds: float) -> bool:
        """Wait until this service has applied what the marks name; says whether it has.

        Own facts always are, and of sources that it does not follow it has nothing to show.
        """
        until = time.monotonic() + seconds
        wanted = [mark for mark in marks if mark[0] in self._follows]
        while wanted:
            wanted = [mark for mark in wanted if not self._has(mark)]
            if not wanted:
                break
            if time.monotonic() > until:
                return False
            eventlet.sleep(0.005)
            self._refresh(wanted)
        return True

    # -- what the chassis answers by itself ---------------------------------------------------------------------------

    def builtins(self) -> dict[str, Callable[..., Any]]:
        """RPC methods that every service has."""
        return {
            "heads": self.heads,
            "events_after": self.events_after,
            "reached": self.reached,
            "relay_hold": lambda partition, ms: {"sent": self.relay.hold(partition, ms)},
            "relay_release": self.relay.release,
            "parked_list": self.parked_list,
            "parked_retry": self.parked_retry,
            "parked_skip": self.parked_skip,
            "verify_projections": lambda: self._rebuilds().verify(),
            "rebuild": lambda projection: self._rebuilds().rebuild(projection),
            "resync": self.resync,
            "projections": lambda: [projection.name for projection in self.projections],
            "timeline": self.timeline,
            "own_facts": self.own_facts,
        }

    def heads(self) -> dict[str, Any]:
        """The log's epoch and all its lives, the last committed sequence per partition, and the last one sent."""
        with self.database.read() as connection:
            last, sent = outbox.last_of(connection), outbox.sent_of(connection)
            lives = installing.lives(connection)
        return {
            "epoch": self.epoch,
            "lives": [[life.epoch, {str(key): value for key, value in life.starts_after.items()}] for life in lives],
            "heads": {str(partition): sequence for partition, sequence in last.items()},
            "sent": {str(partition): sequence for partition, sequence in sent.items()},
        }

    def events_after(self, partition: int, sequence: int, limit: int) -> dict[str, Any]:
        """A page of the public log, as envelopes, and the committed head."""
        with self.database.read() as connection:
            head = outbox.last_of(connection).get(partition, 0)
            rows = outbox.after(connection, partition, sequence, min(limit, 1000))
        return {
            "epoch": self.epoch,
            "head": head,
            "events": [orjson.Fragment(outbox.envelope(self.plan.source, row)) for row in rows],
            "sealed": [row.sequence for row in rows if row.sealed],
        }

    def reached(self, marks: list[Mark], wait_ms: int) -> dict[str, Any]:
        """Whether this service has applied these places, waiting a little; and where its own log stands then."""
        reached = self.caught_up([tuple(mark) for mark in marks], min(wait_ms, 5000) / 1000)  # type: ignore[misc]
        with self.database.read() as connection:
            last = outbox.last_of(connection)
        heads = [[self.plan.source, self.epoch, partition, sequence] for partition, sequence in last.items()]
        return {"reached": reached, "heads": heads}

    def timeline(
        self, candidate_id: str, before: int | None = None, limit: int = 50, without: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        """Stored facts about a candidate, the newest first, without sealed fields and hashes."""
        with self.database.read() as connection:
            rows = event_store.about(
                connection,
                self._ids_of(connection, candidate_id),
                before=before,
                limit=min(max(limit, 1), 200),
                without=without,
            )
        return [self._told(row) for row in rows]

    def own_facts(self, candidate_id: str, before: int | None = None, limit: int = 500) -> dict[str, Any]:
        """Stored facts about a candidate as they may read them themselves; `before` leads to the older ones."""
        size = min(max(limit, 1), 1000)
        with self.database.read() as connection:
            rows = event_store.about(connection, self._ids_of(connection, candidate_id), before=before, limit=size)

        def opened(subject: str, box: Sealed) -> str | None:
            key = self.revealer.key(subject)
            return None if key is None else unseal(key, subject, box)

        facts = [{**self._told(row), "fields": self._own(row, partial(opened, row.subject))} for row in rows]
        return {"facts": facts, "before": rows[-1].position if len(rows) == size else None}

    def _ids_of(self, connection: Connection, candidate_id: str) -> list[str]:
        aliases = [] if self.plan.aliases is None else self.plan.aliases.of(connection, candidate_id)
        return [candidate_id, *aliases]

    def _own(self, row: Any, opened: Callable[[Sealed], str | None]) -> dict[str, Any]:
        return serialization.own_fields(self.vocabulary.read(row.name, row.schema_version, row.data), opened)

    def _told(self, row: Any) -> dict[str, Any]:
        fact = event_store.fact_of(row, self.vocabulary, self.plan.source)
        return {
            "source": self.plan.source,
            "position": row.position,
            "at": row.recorded_at.isoformat(),
            "name": row.name,
            "fields": serialization.plain_fields(fact.event),
        }

    def parked_list(self) -> list[dict[str, Any]]:
        """Everything that was ever parked here."""
        with self.database.read() as connection:
            return parking.listed(connection)

    def parked_retry(self, source: str, subject: str) -> dict[str, Any]:
        """Apply all parked events of one subject in order, all or nothing."""
        for _ in range(5):
            with self.database.read() as connection:
                rows = parking.waiting(connection, source, subject)
            unit = parking.retry_unit(rows, self._apply_parked)
            try:
                self._applies().perform(unit)
            except Conflict:
                continue
            self._applies().reload_parked()
            return {"applied": len(rows)}
        raise Unavailable("busy")

    def parked_skip(self, source: str, partition: int, sequence: int, why: str) -> dict[str, Any]:
        """Give one parked event up for good."""
        with self.database.read() as connection:
            unit = parking.skip_unit(connection, source, partition, sequence, why)
        self.committer.perform(unit, timeout=5.0)
        self._applies().reload_parked()
        return {"skipped": 1}

    def resync(self, sources: Sequence[str]) -> dict[str, Any]:
        """Accept that sources were restored: follow their new epochs, and make the projections anew from their logs."""
        told = {source: self.client.call(source, "heads", timeout=3.0) for source in sources}
        for source, answer in told.items():
            self._follow_new_life(source, answer)
        self._applies().reload_parked()
        rebuilt = [self._rebuilds().rebuild(projection.name) for projection in self.projections]
        epochs = {source: answer["epoch"] for source, answer in told.items()}
        return {"epochs": epochs, "rebuilt": [entry["projection"] for entry in rebuilt]}

    def _follow_new_life(self, source: str, answer: Mapping[str, Any]) -> None:
        with self.database.read() as connection:
            known = connection.execute(select(cursors).where(cursors.c.source == source)).all()
        if not known:
            raise NotFound("no-such-source")
        lives = [
            installing.Epoch(epoch, {int(key): last for key, last in after.items()}) for epoch, after in answer["lives"]
        ]
        for row in known:
            head = int(answer["heads"].get(str(row.partition), 0))
            last = min(head, installing.still_standing(lives, row.epoch, row.partition, row.last))
            self.committer.perform(self._step_back(source, row.partition, answer["epoch"], last), timeout=5.0)

    def _step_back(self, source: str, partition: int, epoch: str, last: int) -> Unit:
        """Follow a new life from where it parts from the old one; parked events of the lost part are gone with it."""
        lost = (parked.c.source == source) & (parked.c.partition == partition) & (parked.c.sequence > last)

        def move(rows: Rows) -> None:
            rows.change(cursors, key=(source, partition), epoch=epoch, last=last)
            rows.execute(parked.delete().where(lost))

        return Unit(writes=[move])

    # -- within -------------------------------------------------------------------------------------------------------

    def _keep_house(self) -> None:
        while not self._stopping:
            try:
                self.committer.perform(housekeeping.forgetting(), timeout=30.0)
                with self.database.read() as connection:
                    lapsing = housekeeping.lapsing(connection, self.clock.today())
                self.committer.perform(lapsing, timeout=30.0)
                self.database.sweep()
            except Exception as error:  # noqa: BLE001  the next hour comes
                log.warning("housekeeping-waits", reason=type(error).__name__)
            eventlet.sleep(housekeeping.EVERY_SECONDS)

    def _received(self, fact: Fact, unit: Unit) -> None:
        self.react(fact, unit)

    def _apply_parked(self, document: dict[str, Any], unit: Unit) -> None:
        fact = self._applies().fact(document)
        if fact is not None:
            unit.received.append(fact)
            self.react(fact, unit)

    def _applies(self) -> Applying:
        if self.applying is None:
            raise Unavailable("starting")
        return self.applying

    def _rebuilds(self) -> Rebuilding:
        if self.rebuilding is None:
            raise Unavailable("starting")
        return self.rebuilding

    def _on_public(self) -> None:
        self.relay.kick()

    def _on_cursors(self, moves: list[CursorMove]) -> None:
        for move in moves:
            self._seen[move.source, move.partition] = (move.epoch, move.after)

    def _has(self, mark: Mark) -> bool:
        source, epoch, partition, sequence = mark
        seen = self._seen.get((source, partition))
        return seen is not None and seen[0] == epoch and seen[1] >= sequence

    def _refresh(self, marks: list[Mark]) -> None:
        """Another process may be the one that follows this source."""
        sources = {mark[0] for mark in marks}
        with self.database.read() as connection:
            for row in connection.execute(select(cursors).where(cursors.c.source.in_(sources))):
                self._seen[row.source, row.partition] = (row.epoch, row.last)
