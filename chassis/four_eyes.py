"""Actions that need a second person: a service declares them, asks with `propose` and acts with `approve`.

    def orders(desk: DeskAtWork, asked: Asked) -> list[Order]:
        command = Revoke(reason=asked.arguments["reason"], revoked_on=desk.today())
        return [desk.order(record, asked.subject, command, subject=asked.subject)]

    class CertificationService(FourEyes):
        actions = (
            Action(
                code="certification-revoke",
                permission="certifications.revoke",
                load=schemas.revoke_certification.load,
                orders=orders,
            ),
        )

The grant and everything that the action orders are one transaction: if the rules refuse an order, the grant is refused
with the same code. `preview` tells what would change, before somebody asks and again to the second person. Table, facts
and lapsing are the frame's; arguments hold no personal text unless it is sealed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from chassis import proposals as proposal_list
from chassis.approval import Decline, Grant, Propose, Withdraw, approval
from chassis.command_handling import Order, Written
from chassis.decider import Rejected, Sealed
from chassis.errors import Invalid, NotFound
from chassis.proposals import Proposal
from chassis.service import DeskAtWork, rpc

LONGEST_REASON = 1000
STATES = (proposal_list.OPEN, "granted", "declined", "withdrawn", "lapsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an action is about: a candidate or nobody, its arguments, and who asked (then also who granted)."""

    subject: str
    arguments: dict[str, Any]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a preview, in words of the domain: what would change, from what, to what."""

    what: str
    before: str | None
    after: str | None


def _nothing_to_show(_desk: DeskAtWork, _asked: Asked) -> list[Change]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that two people do: `load` checks the arguments as a marshmallow schema does."""

    code: str
    permission: str
    """Both people need it."""
    load: Callable[[dict[str, Any]], dict[str, Any]]
    orders: Callable[[DeskAtWork, Asked], Sequence[Order]]
    preview: Callable[[DeskAtWork, Asked], Sequence[Change]] = _nothing_to_show


class FourEyes:
    """The entry points of every service for proposals; `actions` lists what can be proposed."""

    desk: DeskAtWork
    actions: ClassVar[tuple[Action, ...]] = ()

    @rpc
    def preview_proposal(self, action: str, subject: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """What the action would change now; raises Rejected where it cannot be done at all."""
        wanted = _action(self.actions, action)
        asked = Asked(subject=subject, arguments=wanted.load(arguments), by=())
        return {"changes": _changes(wanted.preview(self.desk, asked))}

    @rpc
    def propose(
        self, action: str, subject: str, arguments: dict[str, Any], reason: str, by: str, permissions: Sequence[str]
    ) -> dict[str, Any]:
        """Ask for an action; a second person then decides within two weeks."""
        wanted = _action(self.actions, action)
        only_people_with(wanted.permission, permissions)
        asked = Asked(subject=subject, arguments=wanted.load(arguments), by=(by,))
        wanted.preview(self.desk, asked)
        text, box = _reason(self.desk, subject, reason)
        proposal_id = self.desk.new_id("proposal")
        command = Propose(action=action, arguments=arguments, reason=text, sealed_reason=box, by=by, at=self.desk.now())
        written = self.desk.handle(approval, proposal_id, command, subject=subject)
        return {"proposal_id": proposal_id, "written": written.mark}

    @rpc
    def approve(self, proposal_id: str, by: str, permissions: Sequence[str]) -> dict[str, Any]:
        """Agree as the second person: the action happens in the same transaction, or its refusal is raised."""
        found = _found(self.desk, proposal_id)
        wanted = _action(self.actions, found.action)
        only_people_with(wanted.permission, permissions)
        grant = Grant(by=by, at=self.desk.now())
        orders = [self.desk.order(approval, proposal_id, grant, subject=found.subject)]
        if found.state == proposal_list.OPEN:  # else the grant is refused, or was answered before
            orders += wanted.orders(self.desk, _asked(wanted, found, by))
        return {"proposal_id": proposal_id, "written": _last_mark(self.desk.handle_together(orders))}

    @rpc
    def decline(self, proposal_id: str, by: str, reason: str, permissions: Sequence[str]) -> dict[str, Any]:
        """Refuse as the second person, with a reason."""
        found = _found(self.desk, proposal_id)
        only_people_with(_action(self.actions, found.action).permission, permissions)
        text, box = _reason(self.desk, found.subject, reason)
        command = Decline(by=by, at=self.desk.now(), reason=text, sealed_reason=box)
        return _handled(self.desk, found, command)

    @rpc
    def withdraw_proposal(self, proposal_id: str, by: str) -> dict[str, Any]:
        """Take the own proposal back."""
        return _handled(self.desk, _found(self.desk, proposal_id), Withdraw(by=by, at=self.desk.now()))

    @rpc
    def proposals(self, state: str = proposal_list.OPEN, page: int = 1, subject: str = "") -> dict[str, Any]:
        """One page of proposals, the newest first; of one candidate if a subject is given."""
        if state not in STATES or page < 1:
            raise Invalid("invalid-fields", fields={"state": [f"One of {', '.join(STATES)}."]})
        with self.desk.read() as connection:
            found, total = proposal_list.page(connection, state, page, subject)
        return {
            "proposals": [_line(self.desk, _action(self.actions, one.action), one) for one in found],
            "total": total,
            "page_size": proposal_list.PAGE_SIZE,
        }

    @rpc
    def proposal(self, proposal_id: str) -> dict[str, Any]:
        """One proposal with its reasons and, while it is open, what it would change now."""
        found = _found(self.desk, proposal_id)
        wanted = _action(self.actions, found.action)
        changes: list[dict[str, Any]] = []
        obstacle = None
        if found.state == proposal_list.OPEN:
            try:
                changes = _changes(wanted.preview(self.desk, _asked(wanted, found)))
            except (Rejected, NotFound) as refusal:
                obstacle = refusal.code
        return {**_line(self.desk, wanted, found), "changes": changes, "obstacle": obstacle}


def only_people_with(permission: str, permissions: Sequence[str]) -> None:
    """Both the asker and the second person may do the action."""
    if permission not in permissions:
        raise Rejected("permission-missing", permission=permission)


def _handled(desk: DeskAtWork, found: Proposal, command: Decline | Withdraw) -> dict[str, Any]:
    written = desk.handle(approval, found.proposal_id, command, subject=found.subject)
    return {"proposal_id": found.proposal_id, "written": written.mark}


def _action(actions: Sequence[Action], code: str) -> Action:
    for action in actions:
        if action.code == code:
            return action
    raise NotFound("action-unknown")


def _found(desk: DeskAtWork, proposal_id: str) -> Proposal:
    with desk.read() as connection:
        found = proposal_list.with_id(connection, proposal_id)
    if found is None:
        raise NotFound("proposal-unknown")
    return found


def _asked(wanted: Action, found: Proposal, *second: str) -> Asked:
    return Asked(subject=found.subject, arguments=wanted.load(found.arguments), by=(found.asked_by, *second))


def _reason(desk: DeskAtWork, subject: str, reason: str) -> tuple[str, Sealed | None]:
    """The reason as facts may hold it: what is written about a candidate goes with the candidate's key."""
    text = " ".join(str(reason).split())
    if not 0 < len(text) <= LONGEST_REASON:
        raise Invalid("invalid-fields", fields={"reason": [f"1 to {LONGEST_REASON} characters."]})
    return ("", desk.seal(subject, text)) if subject else (text, None)


def _line(desk: DeskAtWork, action: Action, found: Proposal) -> dict[str, Any]:
    return {
        "proposal_id": found.proposal_id,
        "action": found.action,
        "permission": action.permission,
        "subject": found.subject,
        "arguments": found.arguments,
        "reason": _opened(desk, found.subject, found.reason, found.sealed_reason),
        "asked_by": found.asked_by,
        "asked_at": found.asked_at.isoformat(),
        "lapses_on": found.lapses_on.isoformat(),
        "state": found.state,
        "settled_by": found.settled_by,
        "settled_at": None if found.settled_at is None else found.settled_at.isoformat(),
        "answer": _opened(desk, found.subject, found.answer, found.sealed_answer),
    }


def _opened(desk: DeskAtWork, subject: str, text: str | None, box: Sealed | None) -> str | None:
    return text if box is None else desk.unseal(subject, box)


def _changes(found: Sequence[Change]) -> list[dict[str, Any]]:
    return [{"what": change.what, "before": change.before, "after": change.after} for change in found]


def _last_mark(written: Sequence[Written]) -> Any:
    return next((one.mark for one in reversed(written) if one.mark is not None), None)
