"""What may this person do? Groups, their permissions and their members; no names of people stand here."""

from dataclasses import dataclass

from sqlalchemy import JSON, Column, Connection, Index, String, Table, Text, bindparam, func, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.identity.domain.group import (
    GroupCreated,
    GroupPermissionsChanged,
    GroupRenamed,
    MemberAdded,
    MemberRemoved,
    group,
)
from services.identity.projections import METADATA

table = Table(
    "groups",
    METADATA,
    Column("group_id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("permissions", JSON, nullable=False),
)

members = Table(
    "group_members",
    METADATA,
    Column("group_id", String(40), primary_key=True),
    Column("member_id", String(60), primary_key=True),
    Index("group_members_member", "member_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group and how many belong to it."""

    group_id: str
    name: str
    permissions: tuple[str, ...]
    size: int


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    group_id = fact.stream.removeprefix(group.stream(""))
    match fact.event:
        case GroupCreated(name=name, permissions=permissions):
            rows.put(table, group_id=group_id, name=name, permissions=list(permissions))
        case GroupRenamed(name=name):
            rows.change(table, key=(group_id,), name=name)
        case GroupPermissionsChanged(permissions=permissions):
            rows.change(table, key=(group_id,), permissions=list(permissions))
        case MemberAdded(member_id=member_id):
            rows.put(members, group_id=group_id, member_id=member_id)
        case MemberRemoved(member_id=member_id):
            rows.drop(members, key=(group_id, member_id))
        case _:
            pass


PROJECTION = Projection(name="groups", tables=(table, members), project=project)

_OWN = (
    select(table.c.permissions)
    .join(members, members.c.group_id == table.c.group_id)
    .where(members.c.member_id == bindparam("member_id"))
)


def permissions_of(connection: Connection, member_id: str) -> list[str]:
    """What a person may do by all their groups together, ascending; nothing for a candidate."""
    granted = connection.execute(_OWN, {"member_id": member_id}).scalars()
    return sorted({permission for permissions in granted for permission in permissions})


def everything(connection: Connection) -> list[Group]:
    """All groups by name."""
    size = select(func.count()).where(members.c.group_id == table.c.group_id).scalar_subquery()
    rows = connection.execute(select(table, size.label("size")).order_by(table.c.name, table.c.group_id))
    return [
        Group(group_id=row.group_id, name=row.name, permissions=tuple(row.permissions), size=row.size) for row in rows
    ]


def with_id(connection: Connection, group_id: str) -> Group | None:
    """The group."""
    return next((found for found in everything(connection) if found.group_id == group_id), None)


def members_of(connection: Connection, group_id: str) -> list[str]:
    """Ids of the members."""
    rows = select(members.c.member_id).where(members.c.group_id == group_id).order_by(members.c.member_id)
    return list(connection.execute(rows).scalars())


def groups_of(connection: Connection, member_id: str) -> list[str]:
    """Ids of the groups that a person belongs to."""
    rows = select(members.c.group_id).where(members.c.member_id == member_id).order_by(members.c.group_id)
    return list(connection.execute(rows).scalars())


def staff(connection: Connection) -> list[str]:
    """Everybody who belongs to any group."""
    return list(connection.execute(select(members.c.member_id).distinct().order_by(members.c.member_id)).scalars())
