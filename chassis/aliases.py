"""Ids that stand for another one: what is kept under an alias belongs to somebody else, by reference, until undone.

Facts and rows stay where they are. Queries about somebody also find what stands under their aliases (`is_of`), and
when a reference is dropped each finds its own again, also what came in between.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    ScalarSelect,
    String,
    Table,
    bindparam,
    func,
    select,
    union_all,
)

from chassis.decider import Fact
from chassis.projections import Projection, Rows

NAME = "aliases"
_ASKED = bindparam("candidate_id", type_=String())


@dataclass(frozen=True, slots=True)
class Reference:
    """From now on the alias stands for this id; None: for itself again."""

    alias: str
    candidate_id: str | None


class Aliases:
    """The table, how facts get into it, and the conditions that other queries are made with.

    References do not lead to further ones: whoever sends the facts sees to that.
    """

    def __init__(self, metadata: MetaData, reference_of: Callable[[Fact], Reference | None]) -> None:
        """`reference_of` reads a fact, own or another service's; None leaves it out."""
        self.table = Table(
            NAME,
            metadata,
            Column("alias", String(60), primary_key=True),
            Column("candidate_id", String(60), nullable=False),
            Index("aliases_candidate", "candidate_id"),
        )
        self._aliases = select(self.table.c.alias).where(self.table.c.candidate_id == _ASKED).order_by("alias")
        self._kept = select(self.table.c.candidate_id).where(self.table.c.alias == _ASKED)
        self._reference_of = reference_of
        self.projection = Projection(name=NAME, tables=(self.table,), project=self._project)

    def is_of(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """The condition that a row is of whoever is bound as `candidate_id`, or of one of their aliases."""
        mine = select(self.table.c.alias).where(self.table.c.candidate_id == _ASKED)
        return column.in_(union_all(select(_ASKED), mine))

    def whose(self, column: ColumnElement[str]) -> ColumnElement[str]:
        """The id for which the one in this column stands; mostly itself."""
        return func.coalesce(self._stands_for(column), column)

    def _stands_for(self, column: ColumnElement[str]) -> ScalarSelect[str]:
        return select(self.table.c.candidate_id).where(self.table.c.alias == column).scalar_subquery()

    def resolved(self, connection: Connection, candidate_id: str) -> str:
        """The same for one id."""
        return connection.execute(self._kept, {"candidate_id": candidate_id}).scalar_one_or_none() or candidate_id

    def of(self, connection: Connection, candidate_id: str) -> list[str]:
        """The aliases of an id."""
        return list(connection.execute(self._aliases, {"candidate_id": candidate_id}).scalars())

    def _project(self, rows: Rows, fact: Fact) -> None:
        match self._reference_of(fact):
            case None:
                pass
            case Reference(alias, None):
                rows.drop(self.table, key=(alias,))
            case Reference(alias, candidate_id):
                rows.put(self.table, alias=alias, candidate_id=candidate_id)
