"""What happened to one candidate, newest first: a read model that services keep about their own facts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    MetaData,
    Select,
    String,
    Table,
    Text,
    bindparam,
    select,
)

from chassis.aliases import Aliases
from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from chassis.tables import PlainJson

NAME = "activity"
ENOUGH = 100
"""So many of the newest entries hold all that a dashboard asks for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a fact is called in the candidate's history, by a code, and what its words need; nothing personal."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)
    shown: bool = True
    """Whether it is an entry of its own; others only tell how far something has come."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it was kept; lines with the same `cause` came of one command or event."""

    at: datetime
    code: str
    details: dict[str, Any]
    shown: bool
    cause: str

    def as_plain(self) -> dict[str, Any]:
        """As it travels."""
        return {"at": self.at.isoformat(), "code": self.code, "details": self.details}


class Activity:
    """The table, how facts get into it, and the one question that is asked."""

    def __init__(
        self, metadata: MetaData, entry_of: Callable[[Any], Entry | None], aliases: Aliases | None = None
    ) -> None:
        """`entry_of` names an own fact; None leaves it out. What happened under an alias happened to the candidate."""
        self.table = Table(
            NAME,
            metadata,
            Column("number", BigInteger, primary_key=True, autoincrement=False),
            Column("candidate_id", String(60), nullable=False),
            Column("at", Moment, nullable=False),
            Column("code", String(60), nullable=False),
            Column("details", PlainJson, nullable=False),
            Column("shown", Boolean, nullable=False),
            Column("cause", Text, nullable=False),
            Index("activity_candidate", "candidate_id", "number"),
        )
        self._entry_of = entry_of
        self._aliases = aliases
        self.projection = Projection(name=NAME, tables=(self.table,), project=self._project)
        self._newest = self._statement()

    def newest(self, connection: Connection, candidate_id: str, limit: int) -> list[Line]:
        """The candidate's last entries, the newest first, also those that are not shown."""
        asked = {"candidate_id": candidate_id, "most": limit}
        return [Line(*row) for row in connection.execute(self._newest, asked)]

    def _project(self, rows: Rows, fact: Fact) -> None:
        entry = self._entry_of(fact.event) if fact.subject else None
        if entry is not None:
            rows.put(
                self.table,
                number=fact.number,
                candidate_id=fact.subject,
                at=fact.recorded_at,
                code=entry.code,
                details=entry.details,
                shown=entry.shown,
                cause=fact.cause,
            )

    def _statement(self) -> Select[Any]:
        """Positions ascend with the time of recording, so one index gives both."""
        columns = (self.table.c[name] for name in Line.__dataclass_fields__)
        column = self.table.c.candidate_id
        mine = column == bindparam("candidate_id") if self._aliases is None else self._aliases.is_of(column)
        return select(*columns).where(mine).order_by(self.table.c.number.desc()).limit(bindparam("most"))


def shown(lines: list[Line], limit: int) -> list[dict[str, Any]]:
    """The newest entries of their own, as they travel."""
    return [line.as_plain() for line in lines if line.shown][:limit]
