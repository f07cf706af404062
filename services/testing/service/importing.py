"""Results from a file: what one member of staff hands in and a second one takes over, all lines or none (F12.2)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.four_eyes import Action, Asked, Change
from chassis.service import DeskAtWork
from services.testing import schemas
from services.testing.domain.result_commands import ReportResult
from services.testing.domain.sittings import result_id_of, sittings
from services.testing.projections import history
from services.testing.service.reading import result_told

if TYPE_CHECKING:
    from services.testing.domain.result_states import State


def _numbered(desk: DeskAtWork, asked: Asked) -> Iterator[tuple[int, str, ReportResult]]:
    """Line, candidate and command of each record; raises Rejected with the line of the first that cannot be read."""
    records = asked.arguments["records"]
    with desk.read() as connection:
        owners = history.owners(connection, [result_id_of(record["id"]) for record in records])
    for number, record in enumerate(records, start=1):
        told = {name: value for name, value in record.items() if name not in {"kind", "id", "candidate_id"}}
        owner = owners.setdefault(result_id_of(record["id"]), record["candidate_id"])
        if owner != record["candidate_id"]:
            raise _refused(number, "provider-record-contradicts")
        try:
            command = result_told(desk, record["id"], told)
        except Rejected as refusal:
            raise _refused(number, refusal.code) from refusal
        yield number, record["candidate_id"], command


def _orders(desk: DeskAtWork, asked: Asked) -> Sequence[Order]:
    return [
        desk.order(sittings, candidate_id, command, subject=candidate_id)
        for _, candidate_id, command in _numbered(desk, asked)
    ]


def _what_it_changes(desk: DeskAtWork, asked: Asked) -> Sequence[Change]:
    """A line per record; what is known already stands there as before."""
    lines: list[Change] = []
    states: dict[str, State] = {}
    news = 0
    for number, candidate_id, command in _numbered(desk, asked):
        state = states[candidate_id] if candidate_id in states else desk.state(sittings, candidate_id)
        try:
            facts = sittings.decide(command, state)
        except Rejected as refusal:
            raise _refused(number, refusal.code) from refusal
        for fact in facts:
            state = sittings.evolve(state, fact)
        states[candidate_id], news = state, news + len(facts)
        what = f"{candidate_id}: {command.exam.code} {command.taken_on.isoformat()}"
        lines.append(Change(what=what, before=None if facts else command.outcome, after=command.outcome))
    if not news:
        raise Rejected("nothing-would-change")
    return lines


def _refused(line: int, why: str) -> Rejected:
    return Rejected("import-line-refused", line=line, why=why)


IMPORT = Action(
    code="import-results",
    permission="results.import",
    load=schemas.import_results.load,
    orders=_orders,
    preview=_what_it_changes,
)
