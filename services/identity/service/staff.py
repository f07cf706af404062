"""Staff: groups, their permissions and members; the first administrator comes by the operators' command."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.four_eyes import Action, Asked, Change
from chassis.service import DeskAtWork, rpc
from contracts.permissions import ADMINISTRATOR, DEFAULT_GROUPS
from services.identity import schemas
from services.identity.domain.group import (
    OPERATOR,
    AddMember,
    ChangePermissions,
    Command,
    CreateGroup,
    RemoveMember,
    RenameGroup,
    group,
)
from services.identity.domain.session import EndSession, session
from services.identity.projections import emails, groups, profiles, sessions
from services.identity.service.parts import email_hash


class Staff:
    """Who may do what in the console."""

    desk: DeskAtWork

    @rpc
    def staff_add(self, email: str, group_id: str) -> dict[str, Any]:
        """Put an account into a group, for operators; at the first time the groups of a fresh installation appear."""
        member_id = _account_with(self.desk, email)
        for known, (name, permissions) in DEFAULT_GROUPS.items():
            made = CreateGroup(name=name, permissions=tuple(sorted(permissions)), by=(OPERATOR,))
            self.desk.handle(group, known, made, subject="")
        _existing(self.desk, group_id)
        add = AddMember(member_id=member_id, by=(OPERATOR,))
        written = self.desk.handle(group, group_id, add, subject=member_id)
        return {"candidate_id": member_id, "group_id": group_id, "written": written.mark}

    @rpc
    def groups(self) -> list[dict[str, Any]]:
        """All groups by name."""
        with self.desk.read() as connection:
            return [_line(found) for found in groups.everything(connection)]

    @rpc
    def group(self, group_id: str) -> dict[str, Any]:
        """A group with its members by name."""
        found = _existing(self.desk, group_id)
        with self.desk.read() as connection:
            members = profiles.some(connection, groups.members_of(connection, group_id))
        people = [{"member_id": one.candidate_id, "name": one.name, "email": one.email} for one in members]
        return {**_line(found), "members": sorted(people, key=lambda one: (one["name"], one["member_id"]))}

    @rpc
    def create_group(self, name: str, permissions: Sequence[str], by: str) -> dict[str, Any]:
        """Make a group without members."""
        asked = schemas.group.load({"name": name, "permissions": list(permissions)})
        return _handled(self.desk, self.desk.new_id("group"), CreateGroup(**asked, by=(by,)))

    @rpc
    def rename_group(self, group_id: str, name: str, by: str) -> dict[str, Any]:
        """Call a group otherwise."""
        asked = schemas.group_name.load({"name": name})
        return _handled(self.desk, group_id, RenameGroup(name=asked["name"], by=(by,)))

    @rpc
    def change_group_permissions(self, group_id: str, permissions: Sequence[str], by: str) -> dict[str, Any]:
        """Replace what members may do; raises Rejected where that needs a second person."""
        asked = schemas.group_permissions.load({"group_id": group_id, "permissions": list(permissions)})
        return _handled(self.desk, group_id, ChangePermissions(permissions=asked["permissions"], by=(by,)))

    @rpc
    def add_member(self, group_id: str, email: str, by: str) -> dict[str, Any]:
        """Let the account with this e-mail in; raises Rejected where that needs a second person."""
        member_id = _account_with(self.desk, email)
        command = AddMember(member_id=member_id, by=(by,))
        return {**_handled(self.desk, group_id, command, subject=member_id), "member_id": member_id}

    @rpc
    def remove_member(self, group_id: str, member_id: str, by: str) -> dict[str, Any]:
        """Let somebody go; their sessions end with it."""
        _existing(self.desk, group_id)
        with self.desk.read() as connection:
            is_member = group_id in groups.groups_of(connection, member_id)
            open_sessions = sessions.of_candidate(connection, member_id) if is_member else []
        leave = RemoveMember(member_id=member_id, by=(by,), last_stands=group_id == ADMINISTRATOR)
        end = EndSession(at=datetime.now(UTC))
        written = self.desk.handle_together(
            [
                self.desk.order(group, group_id, leave, subject=member_id),
                *(self.desk.order(session, one, end, subject=member_id) for one in open_sessions),
            ]
        )
        return {"group_id": group_id, "written": written[0].mark}

    @rpc
    def member_with(self, email: str) -> dict[str, Any]:
        """The account with this e-mail, for proposals about it."""
        return {"member_id": _account_with(self.desk, email)}

    @rpc
    def names_of(self, candidate_ids: Sequence[str]) -> dict[str, str]:
        """Names by id, for people who may see them; erased accounts are left out."""
        asked = schemas.keys.load({"candidate_ids": list(candidate_ids)})
        with self.desk.read() as connection:
            found = profiles.some(connection, asked["candidate_ids"])
        return {one.candidate_id: one.name for one in found}


# -- what needs a second person ----------------------------------------------------------------------------------------


def member_added(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """Somebody joins."""
    command = AddMember(member_id=asked.subject, by=asked.by)
    return [desk.order(group, asked.arguments["group_id"], command, subject=asked.subject)]


def joining(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Which group, and what that allows."""
    found = _existing(desk, asked.arguments["group_id"])
    with desk.read() as connection:
        known = profiles.of_candidate(connection, asked.subject)
        own = groups.groups_of(connection, asked.subject)
        before = set(groups.permissions_of(connection, asked.subject))
    if known is None:
        raise Rejected("account-unknown")
    if found.group_id in own:
        raise Rejected("member-already", group=found.name)
    gained = sorted(set(found.permissions) - before)
    return [
        Change(what="group", before=None, after=found.name),
        *(Change(what="permission", before=None, after=permission) for permission in gained),
    ]


def permissions_changed(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """A group may do other things."""
    command = ChangePermissions(permissions=asked.arguments["permissions"], by=asked.by)
    return [desk.order(group, asked.arguments["group_id"], command, subject="")]


def permissions_compared(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """What comes and what goes."""
    found = _existing(desk, asked.arguments["group_id"])
    before, after = set(found.permissions), set(asked.arguments["permissions"])
    return [
        *(Change(what="permission", before=gone, after=None) for gone in sorted(before - after)),
        *(Change(what="permission", before=None, after=new) for new in sorted(after - before)),
    ]


ACTIONS = (
    Action(
        code="group-member-add",
        permission="groups.edit",
        load=schemas.in_group.load,
        orders=member_added,
        preview=joining,
    ),
    Action(
        code="group-permissions-change",
        permission="groups.edit",
        load=schemas.group_permissions.load,
        orders=permissions_changed,
        preview=permissions_compared,
    ),
)


def _account_with(desk: DeskAtWork, email: str) -> str:
    with desk.read() as connection:
        found = emails.candidate_with(connection, email_hash(desk.settings, email))
    if found is None:
        raise NotFound("account-unknown")
    return found


def _existing(desk: DeskAtWork, group_id: str) -> groups.Group:
    with desk.read() as connection:
        found = groups.with_id(connection, group_id)
    if found is None:
        raise NotFound("group-unknown")
    return found


def _handled(desk: DeskAtWork, group_id: str, command: Command, subject: str = "") -> dict[str, Any]:
    written = desk.handle(group, group_id, command, subject=subject)
    return {"group_id": group_id, "written": written.mark}


def _line(found: groups.Group) -> dict[str, Any]:
    return {
        "group_id": found.group_id,
        "name": found.name,
        "permissions": list(found.permissions),
        "size": found.size,
    }
