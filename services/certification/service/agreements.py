"""The certification agreement, and the requirement tree of one certification (F4.3, F4.6)."""

from typing import Any

from chassis.errors import NotFound
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.commands import RecordAgreement
from services.certification.domain.tree import Part, tree_of
from services.certification.projections import acceptances
from services.certification.service.parts import Records, iso


class Agreements(Records):
    """What a candidate has agreed to, and what a certification takes."""

    @rpc
    def agreement(self, candidate_id: str) -> dict[str, Any]:
        """Versions with their days of acceptance, whether today's is among them, and what waits for it (R-Q1)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        today = self.desk.today()
        with self.desk.read() as connection:
            known = acceptances.of_candidate(connection, candidate_id)
        accepted = self._accepted(known)
        current = self.catalogue.agreement_on(today)
        return {
            "current": current,
            "stands": any(each.version == current for each in accepted),
            "waiting": self._waiting(candidate_id, accepted),
            "versions": [
                {
                    "version": version.version,
                    "starts_on": iso(version.starts_on),
                    "accepted": [
                        {"on": iso(each.on), "place": each.place}
                        for each in accepted
                        if each.version == version.version
                    ],
                }
                for version in reversed(self.catalogue.agreements)
            ],
            "as_of": today.isoformat(),
        }

    @rpc
    def accept_agreement(self, candidate_id: str, version: str) -> dict[str, Any]:
        """Accept a version in the portal; earnings that waited for it are told now."""
        asked = schemas.version.load({"candidate_id": candidate_id, "version": version})
        today = self.desk.today()
        command = RecordAgreement(
            version=asked["version"], accepted_on=today, place="portal", today=today, catalogue=self.catalogue
        )
        return self._handle(candidate_id, command)

    @rpc
    def requirements(self, candidate_id: str, certification: str) -> dict[str, Any]:
        """The requirement tree of one certification, as far as this candidate has come."""
        schemas.candidate.load({"candidate_id": candidate_id})
        if certification not in self.catalogue.certifications:
            raise NotFound("unknown-certification")
        today = self.desk.today()
        tree = tree_of(self._state(candidate_id).all_evidence(), self.catalogue, certification, today)
        requirement = tree.certification.requirement
        return {
            "certification": certification,
            "name": self._name_of(certification, today),
            "level": tree.certification.level.id,
            "retired_on": iso(tree.certification.retired_on),
            "earned_on": iso(tree.earned_on),
            "window_years": requirement.window_years,
            "first_lab_months": requirement.first_lab_months,
            "missing_until": iso(tree.missing_until),
            "first_lab_until": iso(tree.first_lab_until),
            "parts": [self._part_line(part) for part in tree.parts],
            "as_of": today.isoformat(),
        }

    def _part_line(self, part: Part) -> dict[str, Any]:
        today = self.desk.today()
        return {
            "part": part.id,
            "filled_by": part.filled_by,
            "filled_on": iso(part.filled_on),
            "good_until": iso(part.good_until),
            "choices": [
                {
                    "exam": each.exam,
                    "acronym": self.catalogue.exams[each.exam].name_on(today).acronym,
                    "title": self.catalogue.exams[each.exam].name_on(today).title,
                    "passed_on": iso(each.passed_on),
                    "counts_until": iso(each.counts_until),
                    "offered": each.offered,
                }
                for each in part.choices
            ],
        }
