"""Which cases wait, and what was written in them? Words go with the key of whoever opened the case (R-P1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, String, Table, Text, delete, func, select

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.identity.domain.account_facts import AccountErased, RegistrationLapsed
from services.identity.domain.case import CaseAnswered, CaseClosed, CaseOpened, CaseReplied
from services.identity.projections import METADATA

PAGE_SIZE = 25

table = Table(
    "cases",
    METADATA,
    Column("case_id", String(60), primary_key=True),
    Column("owner", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("contact", Text, nullable=True),
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("cases_owner", "owner", "opened_at"),
    Index("cases_state", "state", "changed_at"),
)
"""`owner` is the candidate, or the case itself where a visitor opened it; `state` is open, waiting or an outcome."""

messages = Table(
    "case_messages",
    METADATA,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("case_id", String(60), nullable=False),
    Column("author", String(60), nullable=False),
    Column("text", Text, nullable=True),
    Column("at", Moment, nullable=False),
    Column("from_support", Boolean, nullable=False),
    Column("files", Text, nullable=False, server_default=""),
    Index("case_messages_case", "case_id", "position"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case without its messages."""

    case_id: str
    owner: str
    kind: str
    state: str
    contact: str | None
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody wrote; None where it was erased."""

    text: str | None
    at: datetime
    from_support: bool
    files: tuple[str, ...] = ()


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    case_id = fact.stream.removeprefix("case-")
    match fact.event:
        case CaseOpened() as opened:
            contact = None if opened.contact is None else fact.reveal(opened.contact)
            rows.put(
                table,
                case_id=case_id,
                owner=fact.subject,
                kind=opened.kind,
                state="open",
                contact=contact,
                opened_at=opened.opened_at,
                changed_at=opened.opened_at,
            )
            _write(rows, fact, case_id, fact.reveal(opened.text), opened.opened_at)
        case CaseReplied(text=text, replied_at=at, files=files):
            rows.change(table, key=(case_id,), state="open", changed_at=at)
            _write(rows, fact, case_id, fact.reveal(text), at, files=files)
        case CaseAnswered(text=text, answered_at=at, by=by, waits=waits):
            state = {"state": "waiting"} if waits else {}
            rows.change(table, key=(case_id,), changed_at=at, **state)
            _write(rows, fact, case_id, fact.reveal(text), at, by=by)
        case CaseClosed(outcome=outcome, closed_at=at):
            rows.change(table, key=(case_id,), state=outcome, changed_at=at)
        case AccountErased() | RegistrationLapsed():
            _forget(rows, fact.subject)
        case _:
            pass


def _write(
    rows: Rows, fact: Fact, case_id: str, text: str | None, at: datetime, *, by: str = "", files: tuple[str, ...] = ()
) -> None:
    rows.put(
        messages, position=fact.number, case_id=case_id, author=by or fact.subject, text=text, at=at,
        from_support=bool(by), files=" ".join(files),
    )  # fmt: skip


def _forget(rows: Rows, owner: str) -> None:
    cases, written = rows.actual(table), rows.actual(messages)
    own = select(cases.c.case_id).where(cases.c.owner == owner)
    rows.execute(delete(written).where(written.c.case_id.in_(own)))
    rows.execute(delete(cases).where(cases.c.owner == owner))


PROJECTION = Projection(name="cases", tables=(table, messages), project=project)


def with_id(connection: Connection, case_id: str) -> Case | None:
    """The case, unless its owner was erased."""
    row = connection.execute(select(table).where(table.c.case_id == case_id)).one_or_none()
    return None if row is None else Case(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name for a row as a dict


def of_owner(connection: Connection, owner: str) -> Sequence[Case]:
    """The candidate's cases, the newest first."""
    own = select(table).where(table.c.owner == owner).order_by(table.c.opened_at.desc(), table.c.case_id)
    return [Case(**row._mapping) for row in connection.execute(own)]  # noqa: SLF001  as in with_id


def in_state(connection: Connection, state: str, page: int) -> tuple[Sequence[Case], int]:
    """One page of the cases in this state, those that wait longest first, and how many there are."""
    wanted = table.c.state == state
    total = int(connection.execute(select(func.count()).select_from(table).where(wanted)).scalar_one())
    rows = select(table).where(wanted).order_by(table.c.changed_at, table.c.case_id)
    shown = connection.execute(rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return [Case(**row._mapping) for row in shown], total  # noqa: SLF001  as in with_id


def messages_of(connection: Connection, case_id: str) -> Sequence[Message]:
    """What was written, in order."""
    own = select(messages).where(messages.c.case_id == case_id).order_by(messages.c.position)
    return [
        Message(text=row.text, at=row.at, from_support=row.from_support, files=tuple(row.files.split()))
        for row in connection.execute(own)
    ]


def ages(connection: Connection) -> Sequence[tuple[str, int, datetime]]:
    """By kind, how many cases are not closed, and when the oldest of them was opened."""
    waits = table.c.state.in_(["open", "waiting"])
    counted = select(table.c.kind, func.count(), func.min(table.c.opened_at, type_=Moment()))
    rows = connection.execute(counted.where(waits).group_by(table.c.kind).order_by(table.c.kind))
    return [(kind, int(count), oldest) for kind, count, oldest in rows]
