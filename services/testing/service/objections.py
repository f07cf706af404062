"""Challenges as candidates make them: what may be objected to, evidence, withdrawal (F6.4, R-H1 to R-H3)."""

from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.projections import Rows
from chassis.service import rpc
from services.testing import schemas
from services.testing.adapters.built_in_provider import built_in_provider
from services.testing.domain.challenge_commands import OpenChallenge, SupplyEvidence, WithdrawChallenge
from services.testing.domain.challenges import challenges
from services.testing.domain.objections import Matter
from services.testing.projections import appointments as appointment_list
from services.testing.projections import challenges as challenge_list
from services.testing.projections import files, history
from services.testing.projections import sanctions as sanction_list
from services.testing.projections.challenges import Challenge
from services.testing.service.dossier import Dossier, line_of
from services.testing.service.rules import catalogue


class Challenges(Dossier):
    """Objections and skill challenges."""

    @rpc
    def challenges(self, candidate_id: str) -> dict[str, Any]:
        """Both lists under the one heading, newest first (F6.4)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        with self.desk.read() as connection:
            found = challenge_list.of_candidate(connection, candidate_id)
            skills = challenge_list.skills_of(connection, candidate_id)
        listed = [
            {"name": one.name, "taken_on": one.taken_on.isoformat(), "result": one.result, "id": one.challenge_id}
            for one in skills
        ]
        return {"objections": [line_of(one) for one in found], "skill_challenges": listed}

    @rpc
    def challengeable(self, candidate_id: str) -> list[dict[str, Any]]:
        """What the candidate may object to today, by kind, with the last day and the fee."""
        schemas.candidate.load({"candidate_id": candidate_id})
        today = self.desk.today()
        return [
            {
                "kind": kind,
                "matter_kind": matter.kind,
                "matter_id": matter.id,
                "exam": matter.exam,
                "since": matter.since.isoformat(),
                "closes_on": terms.closes_on(matter.since).isoformat(),
                "fee_cents": terms.fee_cents,
            }
            for matter in self._matters(candidate_id)
            for kind, terms in catalogue().challenges.items()
            if terms.opens_on(matter.since) <= today <= terms.closes_on(matter.since) and _is_for(kind, matter)
        ]

    @rpc
    def challenge(self, candidate_id: str, challenge_id: str) -> dict[str, Any]:
        """One challenge of the candidate with everything that was said."""
        schemas.one_challenge.load({"candidate_id": candidate_id, "challenge_id": challenge_id})
        return self._shown(self._own_challenge(candidate_id, challenge_id))

    @rpc
    def open_challenge(self, candidate_id: str, **more: Any) -> dict[str, Any]:
        """Object, inside the window, and pay the fee if there is one (R-H1 to R-H3)."""
        asked = schemas.new_challenge.load({"candidate_id": candidate_id, **more})
        terms = catalogue().challenges[asked["kind"]]
        matter = self._matter(candidate_id, asked["matter_kind"], asked["matter_id"])
        if terms.fee_cents:
            built_in_provider().take_payment(asked["card"], terms.fee_cents)
        challenge_id = f"CH-{self.desk.new_id('challenge')[:20]}"
        command = OpenChallenge(
            challenge_id=challenge_id,
            terms=terms,
            matter=matter,
            question=asked["question"],
            statement=self.desk.seal(candidate_id, asked["statement"]),
            today=self.desk.today(),
            opened_at=self.desk.now(),
            order_number=f"C-{self.desk.new_id('order')[:10]}" if terms.fee_cents else None,
        )
        return self._told(candidate_id, challenge_id, command)

    @rpc
    def supply_evidence(
        self, candidate_id: str, challenge_id: str, answer: str, files: list[str] | None = None
    ) -> dict[str, Any]:
        """Answer the reviewer, or complete the statement, with files that were uploaded before."""
        asked = schemas.evidence.load(
            {"candidate_id": candidate_id, "challenge_id": challenge_id, "answer": answer, "files": files or []}
        )
        owner = self._own_challenge(candidate_id, challenge_id).candidate_id
        attach = self._attachment(candidate_id, challenge_id, asked["files"])
        command = SupplyEvidence(
            challenge_id=challenge_id,
            answer=self.desk.seal(owner, asked["answer"]),
            files=tuple(asked["files"]),
            at=self.desk.now(),
        )
        order = self.desk.order(challenges, owner, command, subject=owner, also=attach)
        written = self.desk.handle_together([order])
        return {"challenge_id": challenge_id, "written": written[0].mark}

    @rpc
    def withdraw_challenge(self, candidate_id: str, challenge_id: str) -> dict[str, Any]:
        """Give a challenge up."""
        owner = self._own_challenge(candidate_id, challenge_id).candidate_id
        return self._told(owner, challenge_id, WithdrawChallenge(challenge_id=challenge_id, at=self.desk.now()))

    def _matter(self, candidate_id: str, kind: str, id: str) -> Matter:
        for matter in self._matters(candidate_id):
            if (matter.kind, matter.id) == (kind, id):
                return matter
        raise Rejected("nothing-to-challenge")

    def _matters(self, candidate_id: str) -> list[Matter]:
        """Results, delivered exams without one, and sanctions of the candidate."""
        with self.desk.read() as connection:
            results = history.page_of(connection, history.records_of(connection, candidate_id), page_size=200).results
            delivered, _ = appointment_list.of_candidate(connection, candidate_id, page_size=200)
            standing = sanction_list.of_candidate(connection, candidate_id)
        of_results = [
            Matter(
                kind="result",
                id=line.result_id,
                since=line.taken_on,
                exam=line.exam,
                role=line.role,
                outcome=line.outcome,
            )
            for line in results
            if line.outcome != "no-show"
        ]
        with_result = {(line.exam, line.taken_on) for line in results}
        of_appointments = [
            Matter(kind="appointment", id=one.appointment_id, since=one.starts_on, exam=one.exam, role=one.role)
            for one in delivered
            if one.status in {"delivered", "interrupted"} and (one.exam, one.starts_on) not in with_result
        ]
        of_sanctions = [
            Matter(kind="sanction", id=one.sanction_id, since=one.imposed_on, decided_by=one.imposed_by)
            for one in standing
            if not one.lifted
        ]
        return [*of_results, *of_appointments, *of_sanctions]

    def _attachment(self, candidate_id: str, challenge_id: str, file_ids: list[str]) -> Any:
        with self.desk.read() as connection:
            found = [files.one(connection, file_id) for file_id in file_ids]
        if any(one is None or one.candidate_id != candidate_id for one in found):
            raise Rejected("unknown-file")

        def attach(rows: Rows) -> None:
            for file_id in file_ids:
                rows.change(files.table, key=(file_id,), challenge_id=challenge_id)

        return attach

    def _own_challenge(self, candidate_id: str, challenge_id: str) -> Challenge:
        known = self._known_challenge(challenge_id)
        if not self._is_theirs(candidate_id, known.candidate_id):
            raise NotFound("unknown-challenge")
        return known


def _is_for(kind: str, matter: Matter) -> bool:
    """Whether this kind of challenge fits the matter at all."""
    fits = {
        "exam_item": matter.outcome in {"pass", "fail"},
        "missing_or_wrong_result": matter.kind != "sanction",
        "lab_rescore": matter.role == "expert_lab" and matter.outcome == "fail",
        "testing_conditions": matter.kind != "sanction",
        "sanction_appeal": matter.kind == "sanction",
    }
    return fits.get(kind, False)
