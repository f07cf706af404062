"""Expert status: numbers, anniversary, emeritus (F4.8)."""

from typing import Any

from chassis.errors import NotFound
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.commands import ApplyForEmeritus, PayEmeritus
from services.certification.domain.days import years_after
from services.certification.domain.emeritus import anniversary_of, eligible_on
from services.certification.domain.milestones import JUBILEE_YEARS
from services.certification.projections import experts, status
from services.certification.service.parts import Records, iso
from services.certification.service.reading import status_line


class Experts(Records):
    """Questions and wishes of experts."""

    @rpc
    def expert(self, candidate_id: str) -> dict[str, Any]:
        """Numbers, days that matter, the titles themselves, and applications for emeritus."""
        schemas.candidate.load({"candidate_id": candidate_id})
        today, rules = self.desk.today(), self.catalogue.emeritus_rules
        with self.desk.read() as connection:
            first = experts.first_day_of(connection, candidate_id)
            numbers = experts.numbers_of(connection, candidate_id)
            applications = experts.applications_of(connection, candidate_id)
            found = status.of_candidate(connection, candidate_id, today)
        eligible = None if first is None else eligible_on(first, rules)
        is_open = any(each.paid_on is None for each in applications)
        return {
            "first_expert_on": iso(first),
            "anniversary_on": None if first is None else iso(anniversary_of(first, JUBILEE_YEARS)),
            "eligible_on": iso(eligible),
            "granted_from": None if first is None else iso(years_after(first, rules.eligible_after_years)),
            "may_apply": eligible is not None and eligible <= today and not is_open,
            "fee_usd": rules.fee_usd,
            "numbers": [
                {"series": each.series, "number": each.number, "assigned_on": iso(each.assigned_on)} for each in numbers
            ],
            "titles": [
                status_line(line, self._name(line, today))
                for line in (*found.held, *found.in_progress)
                if line.level == "expert"
            ],
            "applications": [
                {
                    "application_id": each.application_id,
                    "fee_usd": each.fee_usd,
                    "applied_on": iso(each.applied_on),
                    "paid_on": iso(each.paid_on),
                }
                for each in applications
            ],
            "as_of": today.isoformat(),
        }

    @rpc
    def apply_for_emeritus(self, candidate_id: str) -> dict[str, Any]:
        """Ask for a term; it begins once the fee is paid (R-E1)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        application_id = "EM-" + self.desk.new_id("emeritus")[:10].upper()
        command = ApplyForEmeritus(application_id=application_id, today=self.desk.today(), catalogue=self.catalogue)
        return {"application_id": application_id, **self._handle(candidate_id, command)}

    @rpc
    def record_emeritus_payment(self, application_id: str, payment: str, paid_on: str) -> dict[str, Any]:
        """The fee of an application arrived, as the payment provider or the programme's office says."""
        asked = schemas.emeritus_payment.load(
            {"application_id": application_id, "payment": payment, "paid_on": paid_on}
        )
        with self.desk.read() as connection:
            candidate_id = experts.candidate_of(connection, application_id)
        if candidate_id is None:
            raise NotFound("unknown-emeritus-application")
        return self._handle(candidate_id, PayEmeritus(**asked, today=self.desk.today(), catalogue=self.catalogue))
