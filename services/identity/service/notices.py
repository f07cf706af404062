"""Mail about what happened in other services: each event has one letter (F8.1, F12.4)."""

import contracts
from chassis.service import DeskAtWork, subscribe
from services.identity import reactions
from services.identity.reactions import Notice


class Notices:
    """What candidates are written about their exams, credits and certifications."""

    desk: DeskAtWork

    @subscribe(contracts.ExpiryReminderDue)
    def on_expiry_reminder_due(self, event: contracts.ExpiryReminderDue) -> None:
        """A certification ends soon, or today (F12.4)."""
        self._notify(event.candidate_id, reactions.on_expiry_reminder_due(event))

    @subscribe(contracts.CreditClaimApproved)
    def on_credit_claim_approved(self, event: contracts.CreditClaimApproved) -> None:
        """Credits count."""
        self._notify(event.candidate_id, reactions.on_credit_claim_approved(event))

    @subscribe(contracts.CreditClaimRejected)
    def on_credit_claim_rejected(self, event: contracts.CreditClaimRejected) -> None:
        """Credits do not count."""
        self._notify(event.candidate_id, reactions.on_credit_claim_rejected(event))

    @subscribe(contracts.CreditClaimRevoked)
    def on_credit_claim_revoked(self, event: contracts.CreditClaimRevoked) -> None:
        """Credits count no longer."""
        self._notify(event.candidate_id, reactions.on_credit_claim_revoked(event))

    @subscribe(contracts.CreditEvidenceRequested)
    def on_credit_evidence_requested(self, event: contracts.CreditEvidenceRequested) -> None:
        """A claim needs more evidence."""
        self._notify(event.candidate_id, reactions.on_credit_evidence_requested(event))

    @subscribe(contracts.AppointmentBooked)
    def on_appointment_booked(self, event: contracts.AppointmentBooked) -> None:
        """An exam is booked."""
        self._notify(event.candidate_id, reactions.on_appointment_booked(event))

    @subscribe(contracts.AppointmentRescheduled)
    def on_appointment_rescheduled(self, event: contracts.AppointmentRescheduled) -> None:
        """It is at another time or place."""
        self._notify(event.candidate_id, reactions.on_appointment_rescheduled(event))

    @subscribe(contracts.AppointmentCancelled)
    def on_appointment_cancelled(self, event: contracts.AppointmentCancelled) -> None:
        """It is no more."""
        self._notify(event.candidate_id, reactions.on_appointment_cancelled(event))

    @subscribe(contracts.SanctionImposed)
    def on_sanction_imposed(self, event: contracts.SanctionImposed) -> None:
        """A sanction, with the last day of the appeal."""
        self._notify(event.candidate_id, reactions.on_sanction_imposed(event))

    @subscribe(contracts.SanctionLifted)
    def on_sanction_lifted(self, event: contracts.SanctionLifted) -> None:
        """It is over."""
        self._notify(event.candidate_id, reactions.on_sanction_lifted(event))

    def _notify(self, candidate_id: str, notice: Notice) -> None:
        payload = {"letter": notice.letter, "page": notice.page, **notice.told}
        self.desk.effect("mail", key=f"{notice.letter}/{notice.key}", subject=candidate_id, payload=payload)
