"""Which ordered kits should have arrived by now (R-G3)? A query over the kits; it has no rows of its own."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select, tuple_

from services.fulfillment.projections.kits import table

PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class Overdue:
    """One kit whose promise was not kept."""

    candidate_id: str
    kit_id: str
    name: str
    kind: str
    order_number: str
    claimed_on: date
    promise_until: date


def page(connection: Connection, today: date, after: tuple[date, str, str] | None) -> list[Overdue]:
    """The longest overdue first, from behind one of them."""
    late = (table.c.status == "ordered") & (table.c.promise_until < today)
    place = (table.c.promise_until, table.c.candidate_id, table.c.kit_id)
    if after is not None:
        late &= tuple_(*place) > tuple_(*after)
    columns = [table.c[name] for name in Overdue.__dataclass_fields__]
    rows = connection.execute(select(*columns).where(late).order_by(*place).limit(PAGE_SIZE))
    return [Overdue(*row) for row in rows]
