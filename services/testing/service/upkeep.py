"""What the days bring by themselves: unpaid labs lapse, and what has been kept long enough is deleted."""

from datetime import timedelta
from typing import Any

from chassis.projections import Rows
from chassis.service import rpc
from services.testing.domain.appointments import appointments
from services.testing.domain.booking_commands import LapseAppointment
from services.testing.domain.seats import FreeSeat, seats
from services.testing.projections import appointments as appointment_list
from services.testing.projections import files, receipts
from services.testing.service.desk import AtDesk

RECEIPTS_KEPT = timedelta(days=3653)
"""Ten years (RET-4)."""
FILES_KEPT = timedelta(days=1096)
"""Three years (RET-7)."""


class Upkeep(AtDesk):
    """Jobs that may run any number of times a day."""

    @rpc
    def lapse_unpaid(self) -> dict[str, Any]:
        """Let every lab go whose payment is overdue, and free its seat (3.2)."""
        today = self.desk.today()
        with self.desk.read() as connection:
            due = appointment_list.unpaid_after_due(connection, today)
        for candidate_id, appointment_id in due:
            self._lapse(candidate_id, appointment_id)
        return {"lapsed": len(due)}

    def _lapse(self, candidate_id: str, appointment_id: str) -> None:
        with self.desk.read() as connection:
            known = appointment_list.one(connection, appointment_id)
        command = LapseAppointment(appointment_id=appointment_id, today=self.desk.today())
        orders = [self.desk.order(appointments, candidate_id, command, subject=candidate_id)]
        if known is not None and known.session is not None:
            free = FreeSeat(session=known.session, appointment_id=appointment_id)
            orders.append(self.desk.order(seats, known.session, free, subject=""))
        self.desk.handle_together(orders)

    @rpc
    def forget_what_is_old(self) -> dict[str, Any]:
        """Delete receipts after ten years and challenge files three years after the decision (RET-4, RET-7)."""
        now = self.desk.now()

        def forget(rows: Rows) -> None:
            receipts.forget_before(rows, now - RECEIPTS_KEPT)
            files.forget_decided_before(rows, now - FILES_KEPT)

        self.desk.write(forget)
        return {"receipts_before": (now - RECEIPTS_KEPT).date().isoformat()}
