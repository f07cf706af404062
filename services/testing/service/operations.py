"""What two people of the house do together: hold, release, correct, revoke and restore results, impose sanctions."""

from collections.abc import Callable, Sequence
from typing import Any

from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.four_eyes import Action, Asked, Change
from chassis.service import DeskAtWork
from services.testing import schemas
from services.testing.domain import result_commands, sanctions, sittings
from services.testing.projections import history
from services.testing.projections import sanctions as sanction_list
from services.testing.service.rules import catalogue

APPEAL = "sanction_appeal"
Make = Callable[[DeskAtWork, Asked], result_commands.Command]


def _hold(desk: DeskAtWork, asked: Asked) -> result_commands.Command:
    return result_commands.HoldResult(**asked.arguments, held_on=desk.today())


def _release(desk: DeskAtWork, asked: Asked) -> result_commands.Command:
    return result_commands.ReleaseResult(**asked.arguments, released_on=desk.today())


def _correct(desk: DeskAtWork, asked: Asked) -> result_commands.Command:
    return result_commands.CorrectResult(**asked.arguments, corrected_on=desk.today())


def _revoke(desk: DeskAtWork, asked: Asked) -> result_commands.Command:
    return result_commands.RevokeResult(**asked.arguments, revoked_on=desk.today())


def _restore(desk: DeskAtWork, asked: Asked) -> result_commands.Command:
    return result_commands.RestoreResult(**asked.arguments, restored_on=desk.today())


def _of_result(code: str, schema: Any, make: Make, becomes: str) -> Action:
    """An action on one result of the candidate; the preview says what the result becomes."""

    def orders(desk: DeskAtWork, asked: Asked) -> Sequence[Order]:
        return [desk.order(sittings.sittings, asked.subject, make(desk, asked), subject=asked.subject)]

    def preview(desk: DeskAtWork, asked: Asked) -> Sequence[Change]:
        line = _line(desk, asked.subject, asked.arguments["result_id"])
        state = desk.state(sittings.sittings, asked.subject)
        if not sittings.sittings.decide(make(desk, asked), state):
            raise Rejected("nothing-would-change")
        after = asked.arguments.get("outcome", becomes)
        return [Change(what=f"{line.exam} {line.taken_on.isoformat()}", before=line.outcome, after=after)]

    return Action(code=code, permission="results.correct", load=schema.load, orders=orders, preview=preview)


def _line(desk: DeskAtWork, candidate_id: str, result_id: str) -> history.Result:
    with desk.read() as connection:
        line = history.one(connection, result_id)
    if line is None or line.candidate_id != candidate_id:
        raise NotFound("unknown-result")
    return line


def _impose(desk: DeskAtWork, asked: Asked) -> Sequence[Order]:
    """The sanction, and with it the result that it cancels (R-X4); whoever asked first stands as its author."""
    command = sanctions.ImposeSanction(
        **asked.arguments,
        sanction_id=f"S-{desk.new_id('sanction')[:20]}",
        today=desk.today(),
        imposed_by=asked.by[0] if asked.by else "",
        appeal_days=catalogue().challenges[APPEAL].window_days,
    )
    orders = [desk.order(sanctions.sanctions, asked.subject, command, subject=asked.subject)]
    if command.kind == "score-cancelled" and command.result_id is not None:
        revoke = result_commands.RevokeResult(
            result_id=command.result_id, reason=command.reason, revoked_on=desk.today()
        )
        orders.append(desk.order(sittings.sittings, asked.subject, revoke, subject=asked.subject))
    return orders


def _what_a_sanction_changes(desk: DeskAtWork, asked: Asked) -> Sequence[Change]:
    result_id, banned_until = asked.arguments["result_id"], asked.arguments["banned_until"]
    if asked.arguments["kind"] == "ban":
        if banned_until is None or banned_until <= desk.today():
            raise Rejected("ban-needs-a-later-day")
        return [Change(what="exams booked until", before=None, after=banned_until.isoformat())]
    if result_id is None:
        raise Rejected("sanction-needs-a-result")
    line = _line(desk, asked.subject, result_id)
    return [Change(what=f"{line.exam} {line.taken_on.isoformat()}", before=line.outcome, after="invalidated")]


def _lift(desk: DeskAtWork, asked: Asked) -> Sequence[Order]:
    command = sanctions.LiftSanction(**asked.arguments, today=desk.today())
    return [desk.order(sanctions.sanctions, asked.subject, command, subject=asked.subject)]


def _what_lifting_changes(desk: DeskAtWork, asked: Asked) -> Sequence[Change]:
    with desk.read() as connection:
        known = sanction_list.one(connection, asked.arguments["sanction_id"])
    if known is None or known.candidate_id != asked.subject:
        raise NotFound("unknown-sanction")
    until = None if known.banned_until is None else known.banned_until.isoformat()
    return [Change(what=known.kind, before=until or "in force", after="lifted")]


ACTIONS = (
    _of_result("hold-result", schemas.change_result, _hold, "held"),
    _of_result("release-result", schemas.change_result, _release, "released"),
    _of_result("correct-result", schemas.correct_result, _correct, "corrected"),
    _of_result("revoke-result", schemas.change_result, _revoke, "invalidated"),
    _of_result("restore-result", schemas.change_result, _restore, "restored"),
    Action(
        code="impose-sanction",
        permission="sanctions.impose",
        load=schemas.impose_sanction.load,
        orders=_impose,
        preview=_what_a_sanction_changes,
    ),
    Action(
        code="lift-sanction",
        permission="sanctions.impose",
        load=schemas.lift_sanction.load,
        orders=_lift,
        preview=_what_lifting_changes,
    ),
)
"""What can be proposed here; each takes effect with the second person's word."""
