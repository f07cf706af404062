"""What has this candidate paid? One receipt per payment, kept by law for its years (F10.10, RET-4)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, String, Table, bindparam, delete, select

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.testing.domain.bookings import AppointmentCancelled, AppointmentPaid, Charge
from services.testing.domain.objections import ChallengeFeeRefunded, ChallengeOpened
from services.testing.projections import METADATA
from services.testing.projections.merges import MERGES

table = Table(
    "testing_receipts",
    METADATA,
    Column("receipt_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("order_number", String(60), nullable=False),
    Column("item", String(20), nullable=False),
    Column("exam", String(40), nullable=True),
    Column("currency", String(3), nullable=False),
    Column("price", Integer, nullable=False),
    Column("discount", Integer, nullable=False),
    Column("tax", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("voucher", String(60), nullable=True),
    Column("paid_at", Moment, nullable=False),
    Column("refunded_at", Moment, nullable=True),
    Index("testing_receipts_candidate", "candidate_id", "paid_at"),
    Index("testing_receipts_paid", "paid_at"),
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One payment, in cents; the receipt's id is that of the appointment or challenge it paid for."""

    receipt_id: str
    candidate_id: str
    order_number: str
    item: str
    exam: str | None
    currency: str
    price: int
    discount: int
    tax: int
    total: int
    voucher: str | None
    paid_at: datetime
    refunded_at: datetime | None


def project(rows: Rows, fact: Fact) -> None:
    """A receipt per payment; a refund is noted on it."""
    match fact.event:
        case AppointmentPaid() as paid:
            _put(
                rows, fact.subject, paid.appointment_id, "exam", paid.exam, paid.order_number, paid.charge, paid.paid_at
            )
        case AppointmentCancelled(appointment_id=one, refunded=True, cancelled_at=at):
            rows.change(table, key=(one,), refunded_at=at)
        case ChallengeOpened(fee_cents=fee, order_number=str(number)) as opened if fee:
            charge = Charge(currency="USD", price=fee)
            exam = opened.matter.exam
            _put(rows, fact.subject, opened.challenge_id, "challenge", exam, number, charge, opened.opened_at)
        case ChallengeFeeRefunded(challenge_id=one, at=at):
            rows.change(table, key=(one,), refunded_at=at)


def _put(
    rows: Rows,
    candidate_id: str,
    receipt_id: str,
    item: str,
    exam: str | None,
    order_number: str,
    charge: Charge,
    paid_at: datetime,
) -> None:
    rows.put(
        table,
        receipt_id=receipt_id,
        candidate_id=candidate_id,
        order_number=order_number,
        item=item,
        exam=exam,
        currency=charge.currency,
        price=charge.price,
        discount=charge.discount,
        tax=charge.tax,
        total=charge.total,
        voucher=charge.voucher,
        paid_at=paid_at,
    )


PROJECTION = Projection(name="receipts", tables=(table,), project=project)

_COLUMNS = tuple(table.c[name] for name in Receipt.__dataclass_fields__)
_OF_CANDIDATE = (
    select(*_COLUMNS)
    .where(MERGES.is_of(table.c.candidate_id))
    .order_by(table.c.paid_at.desc(), table.c.receipt_id)
    .limit(bindparam("size"))
    .offset(bindparam("skipped"))
)


def of_candidate(connection: Connection, candidate_id: str, *, page: int = 1, page_size: int = 50) -> list[Receipt]:
    """One page of payments, newest first."""
    asked = {"candidate_id": candidate_id, "size": page_size, "skipped": (page - 1) * page_size}
    return [Receipt(*row) for row in connection.execute(_OF_CANDIDATE, asked)]


def one(connection: Connection, receipt_id: str) -> Receipt | None:
    """One payment; None for an unknown one."""
    row = connection.execute(select(*_COLUMNS).where(table.c.receipt_id == receipt_id)).one_or_none()
    return None if row is None else Receipt(*row)


def forget_before(rows: Rows, moment: datetime) -> None:
    """Delete what need not be kept any more (RET-4)."""
    rows.execute(delete(rows.actual(table)).where(rows.actual(table).c.paid_at < moment))
