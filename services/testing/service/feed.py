"""The provider's feed: many records in one call, each decided by itself, each once (F10.2, F12.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from marshmallow import ValidationError

from chassis.command_handling import Order, Written
from chassis.decider import Decider, Rejected
from chassis.errors import Failure
from chassis.service import rpc
from services.testing import schemas
from services.testing.domain.appointments import appointments
from services.testing.domain.booking_commands import (
    BookAppointment,
    CancelAppointment,
    NoteAtCentre,
    PayAppointment,
    RescheduleAppointment,
)
from services.testing.domain.bookings import Charge, Place
from services.testing.domain.challenge_commands import RecordSkillChallenge
from services.testing.domain.challenges import challenges
from services.testing.domain.result_commands import DetailScore
from services.testing.domain.sittings import result_id_of, sittings
from services.testing.projections import appointments as appointment_list
from services.testing.projections import history
from services.testing.service.desk import AtDesk
from services.testing.service.reading import exam_of, result_told
from services.testing.service.rules import catalogue

MOST_RECORDS = 500
SECONDS = 8.0
"""How long one call may wait for its commits; the gateway repeats what was not answered."""

Target: TypeAlias = tuple[Decider[Any, Any, Any], object]


@dataclass(slots=True)
class Line:
    """One record on its way."""

    number: int
    id: str
    candidate_id: str = ""
    order: Order | None = None
    refusal: Rejected | None = None


class Feed(AtDesk):
    """Records of an outside test provider."""

    @rpc
    def take_records(self, records: list[dict[str, Any]]) -> dict[str, Any]:
        """Decide a page of records; each is answered `recorded`, `known` or `refused`, and bad ones harm no others.

        Raises Unavailable when some could not be written in time: the same page may simply be sent again.
        """
        if len(records) > MOST_RECORDS:
            raise ValidationError({"records": [f"At most {MOST_RECORDS} records."]})
        lines = [self._read(entry) for entry in records]
        self._refuse_what_belongs_to_others(lines)
        ready = [line for line in lines if line.order is not None and line.refusal is None]
        outcomes = self.desk.handle_each([line.order for line in ready if line.order is not None], seconds=SECONDS)
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                raise outcome
        told = {line.number: outcome for line, outcome in zip(ready, outcomes, strict=True)}
        marks = [outcome.mark for outcome in outcomes if isinstance(outcome, Written) and outcome.mark]
        return {
            "answers": [_answer(line, line.refusal or told.get(line.number)) for line in lines],
            "written": max(marks, key=lambda mark: mark[-1], default=None),
        }

    def _read(self, entry: dict[str, Any]) -> Line:
        """The record as an order; whatever is wrong with it becomes its refusal."""
        record = dict(entry["record"])
        line = Line(number=entry["line"], id=str(record.pop("id", ""))[:120])
        try:
            kind = _kind(record, line.id)
            loaded = schemas.RECORDS[kind].load(record)
            line.candidate_id = loaded.pop("candidate_id")
            decider, command = READERS[kind](self, line.id, loaded)
            line.order = self.desk.order(decider, line.candidate_id, command, subject=line.candidate_id)
        except ValidationError as error:
            line.refusal = Rejected("record-invalid", fields=error.messages)
        except Rejected as refusal:
            line.refusal = refusal
        return line

    def _refuse_what_belongs_to_others(self, lines: list[Line]) -> None:
        """A record keeps its candidate: the same id about somebody else contradicts."""
        results = {result_id_of(line.id): line for line in lines if line.order}
        bookings = {appointment_id_of(line.id): line for line in lines if line.order}
        with self.desk.read() as connection:
            owners = history.owners(connection, list(results))
            owners |= appointment_list.owners(connection, list(bookings))
        first: dict[str, str] = {}
        for line in lines:
            owner = owners.get(result_id_of(line.id)) or owners.get(appointment_id_of(line.id))
            owner = owner or first.setdefault(line.id, line.candidate_id)
            if line.order is not None and owner != line.candidate_id:
                line.refusal = Rejected("provider-record-contradicts")

    # what each kind of record asks for

    def read_result(self, id: str, loaded: dict[str, Any]) -> Target:
        """A result, awaited or known."""
        return sittings, result_told(self.desk, id, loaded)

    def read_score_details(self, _id: str, loaded: dict[str, Any]) -> Target:
        """Percentages of a result that came before."""
        domains = schemas.domain_scores(loaded["domains"])
        return sittings, DetailScore(provider_reference=loaded["result"], domains=domains)

    def read_appointment(self, id: str, loaded: dict[str, Any]) -> Target:
        """A booking made elsewhere."""
        command = BookAppointment(
            appointment_id=appointment_id_of(id),
            provider_reference=id,
            exam=exam_of(loaded["exam"]),
            place=_place(loaded),
            starts_at=loaded["starts_at"],
            booked_at=loaded["booked_at"],
            channel=loaded["channel"],
            charge=Charge(currency=loaded["currency"], price=loaded["price_cents"]),
            terms=catalogue().booking,
            accommodations=tuple(loaded["accommodations"]),
        )
        return appointments, command

    def read_reschedule(self, _id: str, loaded: dict[str, Any]) -> Target:
        """An appointment moved elsewhere; the provider has looked at the rules."""
        command = RescheduleAppointment(
            appointment_id=appointment_id_of(loaded["appointment"]),
            exam=None,
            place=_place(loaded),
            starts_at=loaded["starts_at"],
            now=loaded["moved_at"],
            terms=catalogue().booking,
        )
        return appointments, command

    def read_cancellation(self, _id: str, loaded: dict[str, Any]) -> Target:
        """An appointment given up elsewhere."""
        command = CancelAppointment(
            appointment_id=appointment_id_of(loaded["appointment"]),
            now=loaded["cancelled_at"],
            terms=catalogue().booking,
            refunded=loaded["refunded"],
        )
        return appointments, command

    def read_check_in(self, _id: str, loaded: dict[str, Any]) -> Target:
        """What happened at the test site."""
        one = appointment_id_of(loaded.pop("appointment"))
        return appointments, NoteAtCentre(appointment_id=one, **loaded)

    def read_payment(self, _id: str, loaded: dict[str, Any]) -> Target:
        """What was paid."""
        charge = Charge(
            currency=loaded["currency"],
            price=loaded["price_cents"],
            discount=loaded["discount_cents"],
            tax=loaded["tax_cents"],
            voucher=loaded["voucher"],
        )
        command = PayAppointment(
            appointment_id=appointment_id_of(loaded["appointment"]),
            order_number=loaded["order_number"],
            charge=charge,
            paid_at=loaded["paid_at"],
        )
        return appointments, command

    def read_skill_challenge(self, id: str, loaded: dict[str, Any]) -> Target:
        """A skill challenge, for the list only."""
        return challenges, RecordSkillChallenge(challenge_id=f"SC-{_digest(id)}", **loaded)


Reader: TypeAlias = Callable[[Feed, str, dict[str, Any]], Target]
READERS: dict[str, Reader] = {
    "appointment": Feed.read_appointment,
    "reschedule": Feed.read_reschedule,
    "cancellation": Feed.read_cancellation,
    "check-in": Feed.read_check_in,
    "result": Feed.read_result,
    "score-details": Feed.read_score_details,
    "payment": Feed.read_payment,
    "skill-challenge": Feed.read_skill_challenge,
}
"""How each kind of record is read."""


def _kind(record: dict[str, Any], id: str) -> str:
    kind = record.pop("kind", None)
    if not isinstance(kind, str) or kind not in READERS:
        raise Rejected("record-kind-unknown", kinds=", ".join(READERS))
    if not id or not id.isprintable():
        raise Rejected("record-id-missing")
    return kind


def appointment_id_of(reference: str) -> str:
    """The same booking of the provider always has the same appointment id."""
    return f"A-{_digest(reference)}"


def _digest(reference: str) -> str:
    return blake2b(reference.encode(), digest_size=10).hexdigest()


def _place(loaded: dict[str, Any]) -> Place:
    try:
        ZoneInfo(loaded["time_zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Rejected("time-zone-unknown", time_zone=loaded["time_zone"]) from error
    return Place(
        delivery=loaded["delivery"],
        site=loaded["site"],
        site_name=loaded["site_name"],
        time_zone=loaded["time_zone"],
    )


def _answer(line: Line, outcome: Written | Rejected | Failure | None) -> dict[str, Any]:
    answer: dict[str, Any] = {"line": line.number, "id": line.id}
    if isinstance(outcome, Rejected):
        return {**answer, "state": "refused", "code": outcome.code, "details": outcome.details}
    assert isinstance(outcome, Written)
    return {**answer, "state": "recorded" if outcome.facts else "known"}
