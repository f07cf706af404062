"""What could come next: how to renew, what a pass would bring, what a requirement still takes."""

from datetime import date, timedelta
from typing import Any

from chassis.decider import Rejected
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain import adviser
from services.certification.domain.comparison import WhatIf, what_if
from services.certification.service.parts import Records
from services.certification.service.reading import place_line

MOST_EXAMS_NAMED = 8
FARTHEST = timedelta(days=3 * 366)


class Advising(Records):
    """Questions about the future of one record; answered by the same fold as everything else."""

    @rpc
    def advice(self, candidate_id: str) -> dict[str, Any]:
        """For each active certification that ends: every option of renewal, cheapest first (F4.7, F3.5)."""
        schemas.candidate.load({"candidate_id": candidate_id})
        today = self.desk.today()
        found = adviser.advice(self._state(candidate_id).all_evidence(), self.catalogue, today)
        return {"as_of": today.isoformat(), "advice": [self._advice_line(each, today) for each in found]}

    @rpc
    def what_if(self, candidate_id: str, passes: list[dict[str, str]]) -> dict[str, Any]:
        """The record as it would be if these exams were passed on these days."""
        asked = schemas.what_if.load({"candidate_id": candidate_id, "passes": passes})
        today = self.desk.today()
        supposed = [(each["exam"], each["on"]) for each in asked["passes"]]
        for exam, on in supposed:
            self._must_be_possible(exam, on, today)
        return self._what_if_answer(what_if(self._state(candidate_id).all_evidence(), self.catalogue, today, supposed))

    def _must_be_possible(self, exam: str, on: date, today: date) -> None:
        if exam not in self.catalogue.exams:
            raise Rejected("unknown-exam", exam=exam)
        if not today <= on <= today + FARTHEST:
            raise Rejected("what-if-day-out-of-range", first=today.isoformat(), last=(today + FARTHEST).isoformat())
        if not self.catalogue.exams[exam].is_offered_on(on):
            raise Rejected("exam-not-available", exam=exam, on=on.isoformat())

    def _what_if_answer(self, answer: WhatIf) -> dict[str, Any]:
        changed = {change.certification for change in answer.changes}
        return {
            "on": answer.on.isoformat(),
            "certifications": [
                {
                    "certification": name,
                    "name": self._name_of(name, answer.on),
                    "changes": name in changed,
                    "before": place_line(answer.before[name]) if name in answer.before else None,
                    "after": place_line(answer.after[name]) if name in answer.after else None,
                }
                for name in sorted({*answer.before, *answer.after})
            ],
        }

    def _advice_line(self, advice: adviser.Advice, today: date) -> dict[str, Any]:
        return {
            "certification": advice.certification,
            "name": self._name_of(advice.certification, today),
            "level": self.catalogue.certifications[advice.certification].level.id,
            "expires_on": advice.expires_on.isoformat(),
            "days_left": (advice.expires_on - today).days,
            "retired": advice.retired,
            "options": [self._option_line(option, today) for option in advice.options],
        }

    def _option_line(self, option: adviser.AdvisedOption, today: date) -> dict[str, Any]:
        return {
            "option": option.id,
            "exams": [
                {
                    "count": part.count,
                    "choices": len(part.exams),
                    "exams": [self._exam_line(code, today) for code in part.exams[:MOST_EXAMS_NAMED]],
                }
                for part in option.exams
            ],
            "credits": option.credits,
            "price_usd": option.price_usd,
            "renews": [
                {"certification": name, "name": self._name_of(name, today), "expires_on": day.isoformat()}
                for name, day in option.renews
            ],
            "earns": [{"certification": name, "name": self._name_of(name, today)} for name in option.earns],
        }

    def _exam_line(self, code: str, today: date) -> dict[str, Any]:
        exam = self.catalogue.exams[code]
        name = exam.name_on(today)
        return {"exam": code, "acronym": name.acronym, "title": name.title, "price_usd": exam.price_usd}
