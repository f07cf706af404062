"""What a service class is written with: its desk, `@rpc`, `@subscribe`, `@effect_handler`."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import reduce
from typing import Any, cast

import eventlet
import structlog
from nameko.extensions import DependencyProvider, Entrypoint
from sqlalchemy import Connection

from chassis import event_store, ids
from chassis.command_handling import KeysNeeded, NewEffect, Order, Unit, Written
from chassis.decider import Decider, Fact, Rejected, Sealed
from chassis.effects import Effect
from chassis.errors import Failure, Unavailable
from chassis.frame import AT_LEAST_SECONDS, LEASE_SECONDS, Frame, Plan
from chassis.health import serve_health
from chassis.projections import Rows
from chassis.rpc import Method, Request, Rpc, rpc
from chassis.sealing import seal, subkey, unseal
from chassis.settings import Settings
from chassis.subscription import Subscribe, Subscription, subscribe

__all__ = ["Desk", "DeskAtWork", "Effect", "Plan", "effect_handler", "rpc", "subscribe"]

COMMAND_SECONDS = 1.2
"""How long a command may wait for its commit before the caller is told to repeat it."""


class EffectHandler(Entrypoint):  # type: ignore[misc]  # nameko ships no types
    """A method that performs effects of one kind, outside any transaction."""

    def __init__(self, kind: str, **options: Any) -> None:
        self.kind = kind
        super().__init__(**options)


def effect_handler(kind: str) -> Callable[[Method], Method]:
    """Let this method perform effects of one kind."""
    return cast("Callable[[Method], Method]", EffectHandler.decorator(kind))


class Desk(DependencyProvider):  # type: ignore[misc]  # nameko ships no types
    """Puts the frame together when the service starts, and hands each call a desk of its own."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.frame: Frame
        self._followed: Subscription | None = None

    def setup(self) -> None:
        """Open the database; raises StartRefused."""
        settings = self.container.config.get("SETTINGS") or Settings.from_environment()
        self.frame = Frame(self.plan, settings)

    def start(self) -> None:
        """Begin to commit, relay, follow and answer."""
        self._service = self.container.service_cls()
        setattr(self._service, self.attr_name, DeskAtWork(self.frame, Request()))
        subscription = self._followed = self._subscription()
        self.frame.start(
            classes=subscription.classes if subscription else {},
            react=self._react,
            effect_handlers={
                entrypoint.kind: getattr(self._service, entrypoint.method_name)
                for entrypoint in self.container.entrypoints
                if isinstance(entrypoint, EffectHandler)
            },
        )
        server = next(e.server for e in self.container.entrypoints if isinstance(e, Rpc))
        server.offer(self.frame.builtins())
        if subscription is not None and self.frame.applying is not None:
            subscription.begin(self.frame.applying, self.frame.settings.partitions, self.frame.client.call)
            server.as_of = subscription.as_of
        serve_health(self.frame, server, subscription)

    def stop(self) -> None:
        """Finish and close."""
        self.frame.stop()

    def get_dependency(self, worker_ctx: Any) -> "DeskAtWork":
        """The desk of one call."""
        return DeskAtWork(self.frame, worker_ctx.data.get("request", Request()))

    def worker_setup(self, worker_ctx: Any) -> None:
        """Let a reader catch up with what its caller has already seen; else its answer is marked stale."""
        request = worker_ctx.data.get("request", Request())
        _bind(self.plan.source, correlation=request.correlation, trace=request.trace)
        if request.at_least:
            try:
                caught_up = self.frame.caught_up(request.at_least, AT_LEAST_SECONDS)
            except Exception:  # noqa: BLE001  nameko ends the whole service when this hook raises; the call itself will tell
                caught_up = False
            if not caught_up:
                request.stale.append(True)

    def _subscription(self) -> Subscription | None:
        return next((e.subscription for e in self.container.entrypoints if isinstance(e, Subscribe)), None)

    def _react(self, fact: Fact, unit: Unit) -> None:
        """Let the service's handlers add to the unit of the batch that the fact belongs to."""
        kind = type(fact.event)
        known = self._followed.handlers if self._followed is not None else {}
        handlers = known.get((kind.source, kind.event_name, kind.version), ())
        if handlers:
            _bind(self.plan.source, event=fact.cause, correlation=fact.correlation, trace=fact.trace)
        for entrypoint in handlers:
            service = self.container.service_cls()
            setattr(service, self.attr_name, DeskAtWork(self.frame, Request(), fact=fact, unit=unit))
            getattr(service, entrypoint.method_name)(fact.event)


def _bind(service: str, **context: str) -> None:
    """Let every log line of this greenlet say what it is about."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(service=service, **{name: value for name, value in context.items() if value})


class DeskAtWork:
    """What a service method works with: commands in, rows out, the clock, ids and seals."""

    def __init__(self, frame: Frame, request: Request, *, fact: Fact | None = None, unit: Unit | None = None) -> None:
        self.frame = frame
        self.settings: Settings = frame.settings
        self._request = request
        self._fact = fact
        self._unit = unit
        self._origin = fact.cause if fact is not None else request.command or ids.random_id()
        """The event or command that everything here is done because of."""
        self._given: Counter[tuple[str, str]] = Counter()

    def handle(
        self,
        decider: Decider[Any, Any, Any],
        id: str,
        command: object,
        *,
        subject: str,
        also: Callable[[Rows], None] | None = None,
        effects: Collection[NewEffect] = (),
    ) -> Written:
        """Decide one command and commit its facts; in a subscription it joins the batch and gives an empty answer.

        Raises Rejected (also when the same command id was rejected before), Conflict, or Unavailable.
        """
        order = self.order(decider, id, command, subject=subject, also=also, effects=effects)
        if self._unit is not None:
            self._unit.orders.append(order)
            return Written(order.stream, 0, 0, None)
        return self._settled(self._perform(lambda: Unit(orders=[order])))[0]

    def handle_together(self, orders: Sequence[Order]) -> list[Written]:
        """Decide commands on several streams and commit all their facts or none; a refusal of one refuses them all."""
        if self._unit is not None:
            self._unit.orders.extend(orders)
            return [Written(order.stream, 0, 0, None) for order in orders]
        return self._settled(self._perform(lambda: Unit(orders=list(orders), together=True)))

    def order(
        self,
        decider: Decider[Any, Any, Any],
        id: str,
        command: object,
        *,
        subject: str,
        also: Callable[[Rows], None] | None = None,
        effects: Collection[NewEffect] = (),
    ) -> Order:
        """One command as `handle_together` takes it; the same origin gives the same order the same id."""
        stream = decider.stream(id)
        return Order(
            decider=decider,
            stream=stream,
            command=command,
            subject=subject,
            id=self._command_id(type(command).__name__, stream),
            body=self._request.body,
            from_event=self._fact is not None,
            cause=self._origin if self._fact is not None else ids.derived_id(self._origin),
            correlation=self._fact.correlation if self._fact is not None else self._request.correlation,
            trace=self._fact.trace if self._fact is not None else self._request.trace,
            also=also,
            effects=tuple(effects),
        )

    @staticmethod
    def _settled(outcomes: list[Written | Rejected]) -> list[Written]:
        for outcome in outcomes:
            if isinstance(outcome, Rejected):
                raise outcome
        return [outcome for outcome in outcomes if isinstance(outcome, Written)]

    def _command_id(self, name: str, stream: str) -> str:
        """The same work from the same origin gets the same id; a second such command in one call gets the next."""
        self._given[name, stream] += 1
        count = self._given[name, stream]
        return "|".join((self._origin, name, stream, *((str(count),) if count > 1 else ())))

    def write(self, function: Callable[[Rows], None]) -> None:
        """Write rows that are not facts (keys, sessions) in a unit of their own, or with the batch."""
        if self._unit is not None:
            self._unit.writes.append(function)
        else:
            self._perform(lambda: Unit(writes=[function]))

    def effect(self, kind: str, *, key: str, subject: str, payload: dict[str, Any]) -> None:
        """Have something done outside once the batch is committed; only in a subscription, else use `handle`."""
        if self._unit is None:
            raise TypeError("an effect belongs to a fact: pass it to handle(effects=...)")
        self._unit.effects.append(NewEffect(key=key, kind=kind, subject=subject, payload=payload))

    def read(self) -> AbstractContextManager[Connection]:
        """A connection for queries."""
        return self.frame.database.read()

    def state(self, decider: Decider[Any, Any, Any], id: str) -> Any:
        """What the committed facts of a stream come to, for questions that only the whole of it answers."""
        stream = decider.stream(id)
        with self.read() as connection:
            facts = [fact for _, _, fact in event_store.newer(connection, {stream: 0}, self.frame.vocabulary)]
        return reduce(decider.evolve, facts, decider.initial)

    def states(self, decider: Decider[Any, Any, Any], ids: Collection[str]) -> dict[str, Any]:
        """The same of many streams, read together; by id."""
        streams = {decider.stream(one): one for one in ids}
        found = dict.fromkeys(ids, decider.initial)
        with self.read() as connection:
            for stream, _, fact in event_store.newer(connection, dict.fromkeys(streams, 0), self.frame.vocabulary):
                found[streams[stream]] = decider.evolve(found[streams[stream]], fact)
        return found

    def handle_each(self, orders: Sequence[Order], *, seconds: float) -> list[Written | Rejected | Failure]:
        """Decide many commands in few transactions, each by itself: what one is refused for the others do not notice.

        Failures are answered in place, so that a caller can repeat just these.
        """
        units = [Unit(orders=[order], deadline=time.monotonic() + seconds) for order in orders]
        for unit in units:
            self.frame.committer.submit(unit)
        return [_outcome_of(unit, seconds) for unit in units]

    def today(self) -> date:
        """The programme day."""
        return self.frame.clock.today()

    def now(self) -> datetime:
        """The moment, by the installation's clock."""
        return self.frame.clock.now()

    def new_id(self, kind: str) -> str:
        """An id that the same command (or event) always gets again."""
        return ids.derived_id(self.frame.plan.source, self._origin, kind)

    def secret_code(self, kind: str, *, alphabet: str, length: int) -> str:
        """An unguessable code that the same command (or event) always gets again."""
        secret = subkey(self.settings.master_key, "codes")
        return ids.derived_code(secret, alphabet, length, self.frame.plan.source, self._origin, kind)

    def seal(self, candidate_id: str, text: str) -> Sealed:
        """Personal text as facts may hold it; raises Unavailable, or Rejected for an erased candidate."""
        key = self.frame.revealer.key(candidate_id)
        if key is None:
            raise Rejected("candidate-erased")
        return seal(key, candidate_id, text)

    def unseal(self, candidate_id: str, box: Sealed) -> str | None:
        """The clear text; None once the candidate was erased. Raises Unavailable."""
        key = self.frame.revealer.key(candidate_id)
        return None if key is None else unseal(key, candidate_id, box)

    def call(self, service: str, method: str, *, timeout: float = 1.5, **arguments: Any) -> Any:
        """Ask another service; never while deciding."""
        return self.frame.client.call(service, method, timeout=timeout, **arguments)

    def hold_out_lease(self) -> None:
        """Wait until no gateway can still show a public answer from before this command."""
        eventlet.sleep(LEASE_SECONDS)

    def _perform(self, make: Callable[[], Unit]) -> list[Written | Rejected]:
        for _ in range(3):
            try:
                return self.frame.committer.perform(make(), timeout=COMMAND_SECONDS)
            except KeysNeeded as needed:
                self.frame.revealer.fetch(needed.candidate_ids)
        raise Unavailable("keys")


def _outcome_of(unit: Unit, seconds: float) -> Written | Rejected | Failure:
    try:
        return unit.done.result(seconds)[0]
    except TimeoutError:
        return Unavailable("database-slow")
    except (Rejected, Failure) as refusal:
        return refusal
