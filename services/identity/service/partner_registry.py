"""Partner registry: who may read which public events; the broker follows the registry."""

from collections.abc import Callable, Sequence
from typing import Any

import structlog
from nameko.timer import timer

import contracts
from chassis.errors import Failure, NotFound, Unavailable
from chassis.projections import Rows
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters.broker_partners import BrokerPartners
from services.identity.domain.partner import AddPartner, Partner, RemovePartner, partner
from services.identity.projections import partners
from services.identity.service.parts import parts_of

log = structlog.get_logger()

LOOK_SECONDS = 2


def _events() -> dict[str, str]:
    """What partners may read, by spelling: `ExamPassed`, `testing.ExamPassed`, `certtrack.testing.ExamPassed.v1`."""
    spellings: dict[str, str] = {}
    for event in contracts.ALL:
        if not event.sealed:
            type_name = contracts.type_name(event)
            _, source, name, _ = type_name.split(".")
            spellings |= dict.fromkeys((name, f"{source}.{name}", type_name), f"{source}.{name}")
    return spellings


EVENTS = _events()


class Partners:
    """The registry of partner systems."""

    desk: DeskAtWork

    @rpc
    def partners_add(self, name: str, events: Sequence[str], start: str) -> dict[str, Any]:
        """Let a partner read events, from `now` or from the `beginning`; its queue is ready some seconds later."""
        broker = self._broker()
        asked = schemas.add_partner.load({"name": name, "events": events, "start": start})
        asked["events"] = tuple(EVENTS.get(event, event) for event in asked["events"])
        command = AddPartner(**asked, known=tuple(sorted(set(EVENTS.values()))))
        written = self.desk.handle(partner, name, command, subject="", also=self._starting_marks(command, broker))
        with self.desk.read() as connection:
            added = partners.with_name(connection, name)
        if added is None or added.removed:
            raise NotFound("partner-unknown")  # this very request was answered before, and the partner removed since
        return {**_shown(added), "password": broker.password(added), "written": written.mark}

    @rpc
    def partners_list(self) -> list[dict[str, Any]]:
        """All registered partners; `state` is ready, filling, or unknown while the broker does not tell."""
        with self.desk.read() as connection:
            everyone = partners.everyone(connection)
        states = self._states()
        return [
            {**_shown(found), "state": states.get(found.name, "unknown")} for found in everyone if not found.removed
        ]

    @rpc
    def partners_remove(self, name: str) -> dict[str, Any]:
        """Take a partner's user and queue away; what the queue holds is gone."""
        written = self.desk.handle(partner, name, RemovePartner(name=name), subject="")
        return {"name": name, "written": written.mark}

    @timer(interval=LOOK_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def look_after_partners(self) -> None:
        """Let the broker follow the registry, after changes and after every loss."""
        broker = parts_of(self.desk.frame).partners
        if broker is None:
            return
        try:
            broker.reconcile()
        except Failure as trouble:
            log.info("partners-wait", code=trouble.code, details=trouble.details)

    def _starting_marks(self, command: AddPartner, broker: BrokerPartners) -> Callable[[Rows], None]:
        """What is written with the fact: for a partner that starts now, where the logs stood when it asked."""
        known = [event for event in command.events if event in command.known]
        marks = broker.starting_marks(known) if command.start == "now" else []
        with self.desk.read() as connection:
            earlier = partners.with_name(connection, command.name)
        generation = 1 + (earlier.generation if earlier is not None else 0)
        return lambda rows: partners.set_marks(rows, command.name, generation, marks)

    def _states(self) -> dict[str, str]:
        broker = parts_of(self.desk.frame).partners
        try:
            return {} if broker is None else broker.states()
        except Failure:
            return {}

    def _broker(self) -> BrokerPartners:
        broker = parts_of(self.desk.frame).partners
        if broker is None:
            raise Unavailable("broker-management-not-set")
        return broker


def _shown(found: Partner) -> dict[str, Any]:
    return {
        "name": found.name,
        "events": list(found.events),
        "start": found.start,
        "queue": found.queue,
        "user": found.user,
    }
