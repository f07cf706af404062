"""Keeping the broker as the partner registry says: users, queues and bindings, declared again after any loss."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from chassis.errors import Failure, Unavailable
from chassis.outbox import PARTNERS, routing_key
from chassis.sealing import keyed_hash
from services.identity.adapters.broker_management import Definitions, Management, is_password
from services.identity.adapters.broker_queue import PartnerQueues, PublicEvent
from services.identity.domain.partner import Mark, Partner

log = structlog.get_logger()

PAGE = 500
HOLD_MS = 5000
HOLD_MARGIN = 2.0
"""Seconds of a hold that must be left when the last binding stands."""
STATISTICS_AGE = 30.0
"""Seconds after which the management API's view of a queue is newer than a mark; measured, it lags up to 10 seconds."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Where a source's public log stands: its epoch, and the last sequence sent to the broker by partition."""

    epoch: str
    sent: dict[int, int]

    @classmethod
    def from_wire(cls, answer: dict[str, Any]) -> "Heads":
        """The chassis's answer to `heads()`; JSON has no numbers for keys."""
        return cls(answer["epoch"], {int(partition): sequence for partition, sequence in answer["sent"].items()})


class Sources(Protocol):
    """The services' public logs; every method raises Unavailable while the service is away."""

    def heads(self, source: str) -> Heads:
        """Where the log stands now."""
        ...

    def events_after(self, source: str, partition: int, sequence: int, limit: int) -> list[PublicEvent]:
        """The events behind a sequence, in order."""
        ...

    def hold(self, source: str, partition: int, milliseconds: int) -> int:
        """Let the source send nothing for a while; gives the last sequence that it sent."""
        ...

    def release(self, source: str, partition: int) -> None:
        """End a hold."""
        ...


class Registry(Protocol):
    """Identity's own tables about partners."""

    def everyone(self) -> list[Partner]:
        """All partners, the removed ones too."""
        ...

    def marks(self, partner: Partner) -> list[Mark]:
        """Up to where the partner has certainly read."""
        ...

    def set_marks(self, partner: Partner, marks: Sequence[Mark]) -> None:
        """Remember it."""
        ...


@dataclass(frozen=True, slots=True)
class _Seen:
    """Marks that hold once the queue is seen empty, some time after `taken_at`."""

    taken_at: float
    marks: list[Mark]


class BrokerPartners:
    """Compares broker and registry, and mends what differs; a partner without its queue is filled from its mark."""

    def __init__(
        self,
        master: bytes,
        *,
        amqp_uri: str,
        partitions: int,
        management: Management,
        sources: Sources,
        registry: Registry,
        statistics_age: float = STATISTICS_AGE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._master = master
        self._amqp_uri = amqp_uri
        self._partitions = partitions
        self._management = management
        self._sources = sources
        self._registry = registry
        self._statistics_age = statistics_age
        self._clock = clock
        self._seen: dict[tuple[str, int], _Seen] = {}

    def password(self, partner: Partner) -> str:
        """The partner's password at the broker: the same for ever, another one after it was removed and added again."""
        return keyed_hash(self._master, "partner-password", f"{partner.name}/{partner.generation}")

    def starting_marks(self, events: Sequence[str]) -> list[Mark]:
        """Where the logs behind these events stand now, for a partner that wants only what comes after."""
        sources = sorted({event.partition(".")[0] for event in events})
        return [mark for source in sources for mark in _marks(source, self._sources.heads(source))]

    def states(self) -> dict[str, str]:
        """`ready` or `filling` by partner, as the broker shows it."""
        definitions = self._management.definitions(PARTNERS)
        return {
            partner.name: "ready" if self._is_right(partner, definitions) else "filling"
            for partner in self._registry.everyone()
            if not partner.removed
        }

    def reconcile(self) -> None:
        """Look at everything once and mend it; raises Unavailable while the broker is away, the next look goes on."""
        everyone = self._registry.everyone()
        if not everyone:
            return
        definitions = self._management.definitions(PARTNERS)
        wrong = [partner for partner in everyone if not self._is_right(partner, definitions)]
        if wrong:
            self._mend(wrong)
        for partner in everyone:
            if not partner.removed and partner not in wrong:
                self._move_marks(partner)

    # -- is everything there? --------------------------------------------------------------------------------------

    def _all_keys(self, partner: Partner) -> frozenset[str]:
        places = ((source, partition) for source in partner.sources for partition in range(self._partitions))
        return frozenset(key for source, partition in places for key in _keys(partner, source, partition))

    def _is_right(self, partner: Partner, there: Definitions) -> bool:
        if partner.removed:
            return partner.user not in there.users and partner.queue not in there.queues
        return (
            is_password(there.users.get(partner.user, ""), self.password(partner))
            and there.permissions.get(partner.user) == _reads_only(partner.queue)
            and there.bindings.get(partner.queue) == self._all_keys(partner)
        )

    # -- making it so ----------------------------------------------------------------------------------------------

    def _mend(self, wrong: list[Partner]) -> None:
        with PartnerQueues(self._amqp_uri) as queues:
            there = self._management.definitions(PARTNERS)  # another replica may have mended it before we had the lock
            for partner in wrong:
                if self._is_right(partner, there):
                    continue
                try:
                    if partner.removed:
                        self._remove(partner, queues)
                    else:
                        self._build(partner, queues, there)
                except Failure as failure:
                    log.warning("partner-waits", partner=partner.name, code=failure.code, details=failure.details)

    def _remove(self, partner: Partner, queues: PartnerQueues) -> None:
        self._management.delete_user(partner.user)
        queues.delete(partner.queue)
        log.info("partner-removed", partner=partner.name)

    def _build(self, partner: Partner, queues: PartnerQueues, there: Definitions) -> None:
        """The partner may read only when all is filled and bound, so it never sees a later event before an earlier."""
        heads = {source: self._sources.heads(source) for source in partner.sources}
        places = self._places(partner, heads)
        if partner.user in there.permissions:
            self._management.forbid(partner.user)
        self._seen.pop((partner.name, partner.generation), None)
        queues.delete(partner.queue)
        queues.declare(partner.queue)
        for (source, partition), start in places.items():
            reached = self._copy(partner, queues, source, partition, (start, heads[source].sent[partition]))
            places[source, partition] = reached
        for (source, partition), reached in places.items():
            self._bind(partner, queues, source, partition, reached)
        self._management.put_user(partner.user, self.password(partner))
        self._management.permit(partner.user, _reads_only(partner.queue))
        log.info("partner-ready", partner=partner.name)

    def _places(self, partner: Partner, heads: dict[str, Heads]) -> dict[tuple[str, int], int]:
        """Where filling begins, by source and partition; another epoch begins at the beginning."""
        known = {(mark.source, mark.partition, mark.epoch): mark.sequence for mark in self._registry.marks(partner)}
        return {
            (source, partition): known.get((source, partition, head.epoch), 0)
            for source, head in heads.items()
            for partition in sorted(head.sent)
        }

    def _copy(self, partner: Partner, queues: PartnerQueues, source: str, partition: int, span: tuple[int, int]) -> int:
        """Fill the queue with the partner's events behind `span[0]` up to `span[1]`; gives where that ended."""
        after, up_to = span
        wanted = _keys(partner, source, partition)
        while after < up_to:
            page = [e for e in self._sources.events_after(source, partition, after, PAGE) if e.sequence <= up_to]
            if not page:
                raise Unavailable("public-log-incomplete", source=source, partition=partition, after=after)
            queues.fill(partner.queue, [e for e in page if e.routing_key in wanted and not e.sealed])
            after = page[-1].sequence
        return max(after, up_to)

    def _bind(self, partner: Partner, queues: PartnerQueues, source: str, partition: int, reached: int) -> None:
        """While the source holds still: copy what it has sent since, then bind, so that nothing falls between."""
        began = self._clock()
        sent = self._sources.hold(source, partition, HOLD_MS)
        try:
            self._copy(partner, queues, source, partition, (reached, sent))
            queues.bind(partner.queue, sorted(_keys(partner, source, partition)))
            if self._clock() - began > HOLD_MS / 1000 - HOLD_MARGIN:
                raise Unavailable("hold-too-short", source=source, partition=partition)
        finally:
            self._sources.release(source, partition)

    # -- how far has the partner read? -----------------------------------------------------------------------------

    def _move_marks(self, partner: Partner) -> None:
        """Marks are taken first, the queue is seen empty later: so everything up to the marks was delivered."""
        key = (partner.name, partner.generation)
        seen = self._seen.get(key)
        if seen is None:
            marks = [mark for source in partner.sources for mark in _marks(source, self._sources.heads(source))]
            if marks != self._registry.marks(partner):
                self._seen[key] = _Seen(self._clock(), marks)
        elif self._clock() - seen.taken_at >= self._statistics_age and self._management.is_drained(partner.queue):
            self._registry.set_marks(partner, seen.marks)
            del self._seen[key]


def _marks(source: str, heads: Heads) -> list[Mark]:
    return [
        Mark(source=source, partition=partition, epoch=heads.epoch, sequence=sequence)
        for partition, sequence in sorted(heads.sent.items())
    ]


def _reads_only(queue: str) -> tuple[str, str, str]:
    """Declare nothing, publish nothing, read this one queue; an empty pattern matches nothing."""
    return ("", "", f"^{re.escape(queue)}$")


def _keys(partner: Partner, source: str, partition: int) -> set[str]:
    return {
        routing_key(source, partition, name)
        for owner, _, name in (event.partition(".") for event in partner.events)
        if owner == source
    }
