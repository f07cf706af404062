"""Challenges: opened by candidates, answered by two reviewers, with what an upheld one brings (F6.4, R-H1 to R-H4)."""

from typing import Any

from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.projections import Rows
from chassis.service import rpc
from services.testing import schemas
from services.testing.adapters.built_in_provider import built_in_provider
from services.testing.domain.appointments import GrantFreeRetake, appointments
from services.testing.domain.challenges import (
    DecideChallenge,
    OpenChallenge,
    ProposeRuling,
    RequestEvidence,
    StartReview,
    SupplyEvidence,
    WithdrawChallenge,
    challenges,
)
from services.testing.domain.objections import Matter, Ruling
from services.testing.domain.sanctions import LiftSanction, sanctions
from services.testing.domain.sittings import CorrectResult, RestoreResult, sittings
from services.testing.projections import appointments as appointment_list
from services.testing.projections import challenges as challenge_list
from services.testing.projections import files, history
from services.testing.projections import sanctions as sanction_list
from services.testing.projections.challenges import Challenge
from services.testing.service.desk import AtDesk
from services.testing.service.reading import catalogue, iso

UPHELD = "challenge-upheld"


class Challenges(AtDesk):
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
        return {"objections": [_line(one) for one in found], "skill_challenges": listed}

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
        self._own_challenge(candidate_id, challenge_id)
        attach = self._attachment(candidate_id, challenge_id, asked["files"])
        command = SupplyEvidence(
            challenge_id=challenge_id,
            answer=self.desk.seal(candidate_id, asked["answer"]),
            files=tuple(asked["files"]),
            at=self.desk.now(),
        )
        order = self.desk.order(challenges, candidate_id, command, subject=candidate_id, also=attach)
        written = self.desk.handle_together([order])
        return {"challenge_id": challenge_id, "written": written[0].mark}

    @rpc
    def withdraw_challenge(self, candidate_id: str, challenge_id: str) -> dict[str, Any]:
        """Give a challenge up."""
        self._own_challenge(candidate_id, challenge_id)
        return self._told(candidate_id, challenge_id, WithdrawChallenge(challenge_id=challenge_id, at=self.desk.now()))

    # reviewers

    @rpc
    def challenge_queue(self) -> list[dict[str, Any]]:
        """What waits for a reviewer or for a second one, the nearest promise first."""
        with self.desk.read() as connection:
            found = challenge_list.queue(connection)
        return [{**_line(one), "candidate_id": one.candidate_id, "reviewer": one.reviewer} for one in found]

    @rpc
    def review(self, challenge_id: str) -> dict[str, Any]:
        """One challenge as its reviewers see it."""
        known = self._known_challenge(challenge_id)
        proposal = {
            "proposed_upheld": known.proposed_upheld,
            "proposed_remedy": known.proposed_remedy,
            "proposed_outcome": known.proposed_outcome,
            "proposed_score": known.proposed_score,
        }
        return {**self._shown(known), **proposal, "candidate_id": known.candidate_id, "reviewer": known.reviewer}

    @rpc
    def start_review(self, challenge_id: str, reviewer: str) -> dict[str, Any]:
        """Take a challenge."""
        asked = schemas.reviewer.load({"challenge_id": challenge_id, "reviewer": reviewer})
        return self._reviewed(challenge_id, StartReview(**asked, at=self.desk.now()))

    @rpc
    def request_evidence(self, challenge_id: str, reviewer: str, question: str) -> dict[str, Any]:
        """Ask the candidate for something."""
        asked = schemas.evidence_request.load(
            {"challenge_id": challenge_id, "reviewer": reviewer, "question": question}
        )
        asked["question"] = self.desk.seal(self._known_challenge(challenge_id).candidate_id, asked["question"])
        return self._reviewed(challenge_id, RequestEvidence(**asked, at=self.desk.now()))

    @rpc
    def propose_ruling(self, challenge_id: str, reviewer: str, **more: Any) -> dict[str, Any]:
        """Say how a challenge should end; somebody else decides."""
        asked = schemas.proposed_ruling.load({"challenge_id": challenge_id, "reviewer": reviewer, **more})
        ruling = Ruling(remedy=asked.pop("remedy"), outcome=asked.pop("outcome"), score=asked.pop("score"))
        return self._reviewed(challenge_id, ProposeRuling(**asked, ruling=ruling, at=self.desk.now()))

    @rpc
    def decide_challenge(self, challenge_id: str, reviewer: str, *, agrees: bool, reason: str = "") -> dict[str, Any]:
        """Agree, or send it back; what an upheld challenge brings stands in the same transaction (R-H4)."""
        asked = schemas.decision.load(
            {"challenge_id": challenge_id, "reviewer": reviewer, "agrees": agrees, "reason": reason}
        )
        known = self._known_challenge(challenge_id)
        mine = known.candidate_id
        command = DecideChallenge(**asked, at=self.desk.now())
        orders = [self.desk.order(challenges, mine, command, subject=mine)]
        if agrees and known.status == "proposed" and known.proposed_upheld:
            orders += self._remedies(known)
        written = self.desk.handle_together(orders)
        marks = [one.mark for one in written if one.mark]
        return {"challenge_id": challenge_id, "written": max(marks, key=lambda mark: mark[-1], default=None)}

    def _remedies(self, known: Challenge) -> list[Order]:
        mine, today = known.candidate_id, self.desk.today()
        match known.proposed_remedy:
            case "correct":
                outcome: Any = known.proposed_outcome
                correct = CorrectResult(
                    result_id=known.matter_id,
                    outcome=outcome,
                    score=known.proposed_score,
                    reason=UPHELD,
                    corrected_on=today,
                )
                return [self.desk.order(sittings, mine, correct, subject=mine)]
            case "retake":
                grant = GrantFreeRetake(challenge_id=known.challenge_id, exam=known.exam or "", granted_on=today)
                return [self.desk.order(appointments, mine, grant, subject=mine)]
            case "restore" | "lift" if known.matter_kind == "sanction":
                return self._lifted(known)
            case "restore":
                restore = RestoreResult(result_id=known.matter_id, reason=UPHELD, restored_on=today)
                return [self.desk.order(sittings, mine, restore, subject=mine)]
        return []

    def _lifted(self, known: Challenge) -> list[Order]:
        """The sanction goes, and with it what it did to a result."""
        mine, today = known.candidate_id, self.desk.today()
        with self.desk.read() as connection:
            sanction = sanction_list.one(connection, known.matter_id)
            line = history.one(connection, sanction.result_id) if sanction and sanction.result_id else None
        lift = LiftSanction(sanction_id=known.matter_id, today=today, reason=UPHELD)
        orders = [self.desk.order(sanctions, mine, lift, subject=mine)]
        if line is not None and line.outcome == "invalidated":
            restore = RestoreResult(result_id=line.result_id, reason=UPHELD, restored_on=today)
            orders.append(self.desk.order(sittings, mine, restore, subject=mine))
        return orders

    # what a challenge can be about

    def _matter(self, candidate_id: str, kind: str, id: str) -> Matter:
        for matter in self._matters(candidate_id):
            if (matter.kind, matter.id) == (kind, id):
                return matter
        raise Rejected("nothing-to-challenge")

    def _matters(self, candidate_id: str) -> list[Matter]:
        """Results, delivered exams without one, and sanctions of the candidate."""
        with self.desk.read() as connection:
            results = history.of_candidate(connection, candidate_id, page_size=200).results
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
        if known.candidate_id != candidate_id:
            raise NotFound("unknown-challenge")
        return known

    def _known_challenge(self, challenge_id: str) -> Challenge:
        with self.desk.read() as connection:
            known = challenge_list.one(connection, challenge_id)
        if known is None:
            raise NotFound("unknown-challenge")
        return known

    def _shown(self, known: Challenge) -> dict[str, Any]:
        with self.desk.read() as connection:
            messages = challenge_list.said(connection, known.challenge_id)
            attached = {key: files.one(connection, key) for message in messages for key in message.files}
        said = [
            {
                "by": message.by,
                "at": message.at.isoformat(),
                "text": self.desk.unseal(known.candidate_id, message.text),
                "files": [self._file(known.candidate_id, attached[key]) for key in message.files if attached[key]],
            }
            for message in messages
        ]
        return {**_line(known), "messages": said}

    def _file(self, candidate_id: str, file: files.File | None) -> dict[str, Any]:
        assert file is not None
        return {
            "file_id": file.file_id,
            "name": self.desk.unseal(candidate_id, file.name),
            "media_type": file.media_type,
            "size": file.size,
        }

    def _told(self, candidate_id: str, challenge_id: str, command: object) -> dict[str, Any]:
        written = self.desk.handle(challenges, candidate_id, command, subject=candidate_id)
        return {"challenge_id": challenge_id, "written": written.mark}

    def _reviewed(self, challenge_id: str, command: object) -> dict[str, Any]:
        return self._told(self._known_challenge(challenge_id).candidate_id, challenge_id, command)


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


def _line(one: Challenge) -> dict[str, Any]:
    return {
        "challenge_id": one.challenge_id,
        "kind": one.kind,
        "matter_kind": one.matter_kind,
        "matter_id": one.matter_id,
        "exam": one.exam,
        "question": one.question,
        "status": "under-review" if one.status == "proposed" else one.status,
        "opened_on": one.opened_at.date().isoformat(),
        "answer_until": one.answer_until.isoformat(),
        "fee_cents": one.fee_cents,
        "reason": one.reason if one.decided_at else None,
        "decided_on": iso(one.decided_at and one.decided_at.date()),
    }
