"""What the identity service does when others' facts concern its candidates: it writes to them."""

from dataclasses import dataclass, field
from datetime import date

import contracts


@dataclass(frozen=True, slots=True, kw_only=True)
class Congratulation:
    """A mail about a new certification and its first free kit (F8.1); name and address are looked up when it leaves."""

    candidate_id: str
    certification: str
    name: str
    kit: str
    active_on: str

    @property
    def key(self) -> str:
        """The same earning never brings a second mail."""
        return f"congratulation/{self.candidate_id}/{self.certification}/{self.active_on}"


def on_certification_earned(event: contracts.CertificationEarned) -> list[Congratulation]:
    """A certification with a kit is congratulated; one without is not."""
    if event.kit == "none":
        return []
    return [
        Congratulation(
            candidate_id=event.candidate_id,
            certification=event.certification,
            name=event.name,
            kit=event.kit,
            active_on=event.active_on.isoformat(),
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A mail about something that happened elsewhere; `key` makes it one mail however often the event comes."""

    letter: str
    key: str
    page: str
    told: dict[str, str] = field(default_factory=dict)


def on_expiry_reminder_due(event: contracts.ExpiryReminderDue) -> Notice:
    """One mail per stage; the last one says that it is today (F12.4)."""
    return Notice(
        letter="expiry-today" if event.days_left == 0 else "expiry-reminder",
        key=f"{event.candidate_id}/{event.certification}/{event.expires_on}/{event.stage}",
        page="/certifications/renewal",
        told={"certification": event.name, "day": event.expires_on.isoformat()},
    )


def on_credit_claim_approved(event: contracts.CreditClaimApproved) -> Notice:
    """The credits count."""
    return _about_a_claim("claim-approved", event.claim_id, event.decided_on)


def on_credit_claim_rejected(event: contracts.CreditClaimRejected) -> Notice:
    """They do not; why stands on the page."""
    return _about_a_claim("claim-rejected", event.claim_id, event.decided_on)


def on_credit_claim_revoked(event: contracts.CreditClaimRevoked) -> Notice:
    """They do not count any more; why stands on the page."""
    return _about_a_claim("claim-revoked", event.claim_id, event.revoked_on)


def on_credit_evidence_requested(event: contracts.CreditEvidenceRequested) -> Notice:
    """Something is asked of the candidate."""
    return _about_a_claim("claim-evidence", event.claim_id, event.requested_on)


def _about_a_claim(letter: str, claim_id: str, on: date) -> Notice:
    return Notice(letter=letter, key=f"{claim_id}/{on}", page=f"/certifications/continuing-education/{claim_id}")


def on_appointment_booked(event: contracts.AppointmentBooked) -> Notice:
    """When and where."""
    return _about_an_appointment("appointment-booked", event)


def on_appointment_rescheduled(event: contracts.AppointmentRescheduled) -> Notice:
    """When and where now."""
    return _about_an_appointment("appointment-moved", event)


def _about_an_appointment(letter: str, event: contracts.AppointmentBooked | contracts.AppointmentRescheduled) -> Notice:
    return Notice(
        letter=letter,
        key=f"{event.appointment_id}/{event.starts_at.isoformat()}/{event.site}",
        page="/schedule/appointments",
        told={"exam": event.exam, "at": event.starts_at.isoformat(), "zone": event.time_zone, "site": event.site},
    )


def on_appointment_cancelled(event: contracts.AppointmentCancelled) -> Notice:
    """It is no more."""
    return Notice(
        letter="appointment-cancelled",
        key=event.appointment_id,
        page="/schedule/appointments",
        told={"exam": event.exam},
    )


def on_sanction_imposed(event: contracts.SanctionImposed) -> Notice:
    """With the last day of the appeal (R-X3)."""
    return Notice(
        letter="sanction-imposed",
        key=event.sanction_id,
        page="/testing-history/challenges",
        told={"day": event.appeal_until.isoformat()},
    )


def on_sanction_lifted(event: contracts.SanctionLifted) -> Notice:
    """It is over."""
    return Notice(letter="sanction-lifted", key=event.sanction_id, page="/testing-history")
