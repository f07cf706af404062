"""A group of staff: what its members may do, and who they are; making somebody an administrator takes two."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from chassis.decider import Decider, Rejected

EDITS_GROUPS = "groups.edit"
OPERATOR = "operator"
"""Who stands behind a command that comes from the machine's own console."""

# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCreated:
    """There is a new group; permissions ascending."""

    name: str
    permissions: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRenamed:
    """The group is called otherwise."""

    name: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPermissionsChanged:
    """Its members may do these things from now on."""

    permissions: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAdded:
    """Somebody belongs to the group."""

    member_id: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved:
    """Somebody belongs to it no longer."""

    member_id: str
    by: tuple[str, ...]


Event: TypeAlias = GroupCreated | GroupRenamed | GroupPermissionsChanged | MemberAdded | MemberRemoved

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateGroup:
    """Make a group without members; `by` are the people behind a command, one or two, or the operator."""

    name: str
    permissions: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameGroup:
    """Call it otherwise."""

    name: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePermissions:
    """Replace what its members may do."""

    permissions: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember:
    """Let somebody in."""

    member_id: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMember:
    """Let somebody go; `last_stands` in the one group that must never be empty."""

    member_id: str
    by: tuple[str, ...]
    last_stands: bool


Command: TypeAlias = CreateGroup | RenameGroup | ChangePermissions | AddMember | RemoveMember

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no such group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group as it stands."""

    name: str
    permissions: tuple[str, ...]
    members: frozenset[str] = frozenset()


State: TypeAlias = Absent | Group


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case GroupCreated(name=name, permissions=permissions):
            return Group(name=name, permissions=permissions)
        case GroupRenamed(name=name):
            return replace(state, name=name) if isinstance(state, Group) else state
        case GroupPermissionsChanged(permissions=permissions):
            return replace(state, permissions=permissions) if isinstance(state, Group) else state
        case MemberAdded(member_id=member_id):
            return replace(state, members=state.members | {member_id}) if isinstance(state, Group) else state
        case MemberRemoved(member_id=member_id):
            return replace(state, members=state.members - {member_id}) if isinstance(state, Group) else state
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def create_group(command: CreateGroup, state: State) -> list[Event]:
    """A group is made once; the second time nothing changes, whatever became of it since."""
    if isinstance(state, Group):
        return []
    return [GroupCreated(name=command.name, permissions=command.permissions, by=command.by)]


def rename_group(command: RenameGroup, state: State) -> list[Event]:
    """A name is for people; rights hang on permissions."""
    group = only_groups_that_exist(state)
    return [] if group.name == command.name else [GroupRenamed(name=command.name, by=command.by)]


def change_permissions(command: ChangePermissions, state: State) -> list[Event]:
    """Giving a group the right to edit groups, or taking it, needs a second person."""
    group = only_groups_that_exist(state)
    if group.permissions == command.permissions:
        return []
    if (EDITS_GROUPS in group.permissions) != (EDITS_GROUPS in command.permissions):
        only_two_people_together(command.by)
    return [GroupPermissionsChanged(permissions=command.permissions, by=command.by)]


def add_member(command: AddMember, state: State) -> list[Event]:
    """Whoever joins a group that can edit groups could make anybody anything: that needs a second person."""
    group = only_groups_that_exist(state)
    if command.member_id in group.members:
        return []
    if EDITS_GROUPS in group.permissions:
        only_two_people_together(command.by)
    return [MemberAdded(member_id=command.member_id, by=command.by)]


def remove_member(command: RemoveMember, state: State) -> list[Event]:
    """One person is enough to take a right away, but the last administrator stays."""
    group = only_groups_that_exist(state)
    if command.member_id not in group.members:
        return []
    if command.last_stands and len(group.members) == 1:
        raise Rejected("last-administrator")
    return [MemberRemoved(member_id=command.member_id, by=command.by)]


def only_groups_that_exist(state: State) -> Group:
    """The group, if there is one."""
    if isinstance(state, Absent):
        raise Rejected("group-unknown")
    return state


def only_two_people_together(by: tuple[str, ...]) -> None:
    """Two different people, or the operator of the machine, who could do anything anyway."""
    if by != (OPERATOR,) and len(set(by)) < len(("asker", "second")):
        raise Rejected("second-person-needed")


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case CreateGroup():
            return create_group(command, state)
        case RenameGroup():
            return rename_group(command, state)
        case ChangePermissions():
            return change_permissions(command, state)
        case AddMember():
            return add_member(command, state)
        case RemoveMember():
            return remove_member(command, state)
        case _ as unknown:
            assert_never(unknown)


group: Decider[Command, State, Event] = Decider(category="group", initial=Absent(), evolve=evolve, decide=decide)
