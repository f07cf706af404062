"""Testing's entry points: the test provider reports, operators revoke, candidates read their history."""

from datetime import date
from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.four_eyes import FourEyes
from chassis.service import Desk, Plan, rpc
from services.testing import schemas
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.announcements import announce
from services.testing.domain.exam import Exam
from services.testing.domain.retakes import Sat, next_allowed_on
from services.testing.domain.sittings import ReportResult, RevokeResult, result_id_of, sittings
from services.testing.projections import METADATA, history
from services.testing.vocabulary import UPCASTS, VOCABULARY

PLAN = Plan(
    source="testing",
    vocabulary=VOCABULARY,
    upcasts=UPCASTS,
    announce=announce,
    projections=(history.PROJECTION,),
    metadata=METADATA,
    reveals=False,
)


class TestingService(FourEyes):
    """Exam results."""

    name = "testing"
    desk = Desk(PLAN)

    @rpc
    def report_result(
        self,
        candidate_id: str,
        exam: str,
        taken_on: str,
        outcome: str,
        provider_reference: str,
        score: int | None = None,
        exam_version: str | None = None,
    ) -> dict[str, Any]:
        """Record one sitting; the same provider record again changes nothing, a contradicting one is refused (F6.6)."""
        asked = schemas.report_result.load(
            {
                "candidate_id": candidate_id,
                "exam": exam,
                "taken_on": taken_on,
                "outcome": outcome,
                "score": score,
                "exam_version": exam_version,
                "provider_reference": provider_reference,
            }
        )
        result_id = self._result_id_for(asked.pop("candidate_id"), provider_reference)
        asked["exam"] = _exam(asked["exam"])
        command = ReportResult(**asked, today=self.desk.today(), reported_at=self.desk.now())
        written = self.desk.handle(sittings, candidate_id, command, subject=candidate_id)
        return {"result_id": result_id, "written": written.mark}

    @rpc
    def revoke_result(self, result_id: str, reason: str) -> dict[str, Any]:
        """Invalidate a result (R-X1); raises NotFound for an unknown one."""
        asked = schemas.revoke_result.load({"result_id": result_id, "reason": reason})
        with self.desk.read() as connection:
            candidate_id = history.candidate_of(connection, result_id)
        if candidate_id is None:
            raise NotFound("unknown-result")
        command = RevokeResult(**asked, revoked_on=self.desk.today())
        written = self.desk.handle(sittings, candidate_id, command, subject=candidate_id)
        return {"result_id": result_id, "written": written.mark}

    @rpc
    def history(
        self, candidate_id: str, sort: str = "taken_on", descending: bool = True, page: int = 1, page_size: int = 50
    ) -> dict[str, Any]:
        """One page of the testing history, each line with the day from which the exam may be sat again (F6.7)."""
        asked = schemas.history.load(
            {
                "candidate_id": candidate_id,
                "sort": sort,
                "descending": descending,
                "page": page,
                "page_size": page_size,
            }
        )
        with self.desk.read() as connection:
            found = history.of_candidate(connection, **asked)
            dates = history.exam_dates(connection, candidate_id, found)
        return {"results": [_line(line, dates[line.exam]) for line in found.results], "total": found.total}

    def _result_id_for(self, candidate_id: str, provider_reference: str) -> str:
        """The record's result id; refuses a record that was already reported about somebody else."""
        result_id = result_id_of(provider_reference)
        with self.desk.read() as connection:
            owner = history.candidate_of(connection, result_id)
        if owner not in {None, candidate_id}:
            raise Rejected("provider-record-contradicts", result_id=result_id)
        return result_id


def _exam(code: str) -> Exam:
    exam = exam_catalogue().exams.get(code)
    if exam is None:
        raise Rejected("unknown-exam", exam=code)
    return exam


def _line(line: history.Result, exam_dates: list[date]) -> dict[str, Any]:
    return {
        "result_id": line.result_id,
        "exam": line.exam,
        "acronym": line.acronym,
        "title": line.title,
        "exam_version": line.exam_version,
        "taken_on": line.taken_on.isoformat(),
        "attempt": line.attempt,
        "outcome": line.outcome,
        "score": line.score,
        "next_allowed_on": _next_allowed_on(line, exam_dates),
    }


def _next_allowed_on(line: history.Result, exam_dates: list[date]) -> str | None:
    catalogue = exam_catalogue()
    exam = catalogue.exams.get(line.exam)
    if exam is None:
        return None
    sat = Sat(exam_version=line.exam_version, taken_on=line.taken_on, outcome=line.outcome)
    day = next_allowed_on(catalogue.retakes, exam, sat, exam_dates)
    return None if day is None else day.isoformat()
