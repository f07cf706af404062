"""What was paid (F10.10)."""

from datetime import date
from typing import Any

from chassis.errors import NotFound
from chassis.service import rpc
from services.testing import schemas
from services.testing.adapters.built_in_provider import built_in_provider
from services.testing.projections import receipts
from services.testing.service.desk import AtDesk
from services.testing.service.reading import iso
from services.testing.service.rules import catalogue


class Receipts(AtDesk):
    """Receipts of candidates."""

    @rpc
    def receipts(self, candidate_id: str, page: int = 1, page_size: int = 50) -> list[dict[str, Any]]:
        """What the candidate has paid, newest first (F10.10)."""
        asked = schemas.page_of.load({"candidate_id": candidate_id, "page": page, "page_size": page_size})
        with self.desk.read() as connection:
            found = receipts.of_candidate(connection, **asked)
        return [_receipt(one, self.desk.today()) for one in found]

    @rpc
    def receipt(self, candidate_id: str, receipt_id: str) -> dict[str, Any]:
        """One payment of the candidate."""
        with self.desk.read() as connection:
            found = receipts.one(connection, receipt_id)
        if found is None or not self._is_theirs(candidate_id, found.candidate_id):
            raise NotFound("unknown-receipt")
        return _receipt(found, self.desk.today())


def _receipt(one: receipts.Receipt, today: date) -> dict[str, Any]:
    exam = catalogue().exams.get(one.exam or "")
    return {
        "receipt_id": one.receipt_id,
        "order_number": one.order_number,
        "item": one.item,
        "seller": list(built_in_provider().seller),
        "exam": one.exam,
        "title": None if exam is None else exam.name_on(min(today, one.paid_at.date())).title,
        "currency": one.currency,
        "price": one.price,
        "discount": one.discount,
        "tax": one.tax,
        "total": one.total,
        "voucher": one.voucher,
        "paid_at": one.paid_at.isoformat(),
        "refunded_at": iso(one.refunded_at),
    }
