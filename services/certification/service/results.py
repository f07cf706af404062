"""What other services tell: exam results come in, are taken back, are given back."""

import contracts
from chassis.service import subscribe
from services.certification import reactions
from services.certification.projections import calendars, evidence_files
from services.certification.service.parts import Records


class Results(Records):
    """Evidence from exams, agreements accepted there, and accounts that are gone."""

    @subscribe(contracts.ExamStarted)
    def on_exam_started(self, event: contracts.ExamStarted) -> None:
        """The agreement was accepted at the test site (R-N3)."""
        self._react(reactions.on_exam_started(event, self.desk.today(), self.catalogue))

    @subscribe(contracts.AccountErased)
    def on_account_erased(self, event: contracts.AccountErased) -> None:
        """The files beside the candidate's claims go; facts stay under the id (R-P1)."""
        self.desk.write(lambda rows: evidence_files.forget(rows, event.candidate_id))
        self.desk.write(lambda rows: calendars.forget(rows, event.candidate_id))
        self.desk.frame.revealer.forget(event.candidate_id)

    @subscribe(contracts.ExamPassed)
    def on_exam_passed(self, event: contracts.ExamPassed) -> None:
        """Fold the pass in (R-F)."""
        self._react(reactions.on_exam_passed(event, self.desk.today(), self.catalogue))

    @subscribe(contracts.ExamFailed)
    def on_exam_failed(self, event: contracts.ExamFailed) -> None:
        """Keep the attempt at a lab (R-Q3)."""
        self._react(reactions.on_exam_failed(event, self.desk.today(), self.catalogue))

    @subscribe(contracts.ExamResultRevoked)
    def on_exam_result_revoked(self, event: contracts.ExamResultRevoked) -> None:
        """Fold again without the result (R-X1)."""
        self._react(reactions.on_exam_result_revoked(event, self.desk.today(), self.catalogue))

    @subscribe(contracts.ResultCorrected)
    def on_result_corrected(self, event: contracts.ResultCorrected) -> None:
        """Fold again with the new outcome (R-H4)."""
        self._react(reactions.on_result_corrected(event, self.desk.today(), self.catalogue))

    @subscribe(contracts.ExamResultRestored)
    def on_exam_result_restored(self, event: contracts.ExamResultRestored) -> None:
        """Fold again with the result (R-X3)."""
        self._react(reactions.on_exam_result_restored(event, self.desk.today(), self.catalogue))
