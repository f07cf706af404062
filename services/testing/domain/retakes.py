"""When a candidate may sit the same exam again (R-T1 to R-T5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from services.testing.domain.exam import Exam

Outcome = Literal["pass", "fail", "invalidated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetakeWait:
    """Full calendar days that lie between a sitting with this result and the next one."""

    after: Literal["passed", "failed"]
    roles: frozenset[str]
    days: int
    same_version_only: bool = False
    ladder: tuple[int, ...] = ()
    """Days by the number of failures so far, where the operator's profile has steps; the last step goes on."""

    def days_after(self, failures: int) -> int:
        """How many days lie after so many failures."""
        return self.ladder[min(failures, len(self.ladder)) - 1] if self.ladder else self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLimit:
    """At most `attempts` sittings of one code within any `days` calendar days."""

    roles: frozenset[str]
    attempts: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetakePolicy:
    """The programme's retake rules in force."""

    waits: tuple[RetakeWait, ...]
    limits: tuple[AttemptLimit, ...] = ()
    betas_once: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sat:
    """What the retake rules need to know about one sitting."""

    exam_version: str | None
    taken_on: date
    outcome: Outcome


def depends_on_others(policy: RetakePolicy, exam: Exam) -> bool:
    """Whether the next day depends on more than the last sitting: on how many failed, or on how many a year had."""
    counted = any(wait.ladder and exam.role in wait.roles for wait in policy.waits)
    return counted or any(exam.role in limit.roles for limit in policy.limits)


def next_allowed_on(
    policy: RetakePolicy, exam: Exam, sat: Sat, all_sittings: Iterable[date], *, failures: int = 1
) -> date | None:
    """First day on which the exam may be sat again; None where no rule gives one or the exam has closed by then."""
    day = earliest_on(policy, exam, sat, all_sittings, failures=failures)
    if day is None or (exam.beta and policy.betas_once):
        return None
    return day if exam.last_test_on is None or day <= exam.last_test_on else None


def earliest_on(
    policy: RetakePolicy, exam: Exam, sat: Sat, all_sittings: Iterable[date], *, failures: int = 1
) -> date | None:
    """Where the wait after a sitting ends, whether the exam is still offered then or not; None where there is no wait.

    `all_sittings` are the candidate's exam dates of this code, in any order; `failures` counts the failed ones up to
    this one. An invalidated result is a failed sitting: it counts as never passed (R-X1).
    """
    after = "passed" if sat.outcome == "pass" else "failed"
    wait = next((wait for wait in policy.waits if wait.after == after and exam.role in wait.roles), None)
    if wait is None:
        return None
    day = _after_the_wait(wait, exam, sat, failures)
    for limit in policy.limits:
        if exam.role in limit.roles:
            day = max(day, _after_the_limit(limit, sat.taken_on, all_sittings))
    return day


def _after_the_wait(wait: RetakeWait, exam: Exam, sat: Sat, failures: int) -> date:
    day = sat.taken_on + timedelta(days=wait.days_after(failures) + 1)
    if not wait.same_version_only:
        return day
    other_version = exam.next_version_after(sat.taken_on, sat.exam_version)
    return day if other_version is None else min(day, other_version)


def _after_the_limit(limit: AttemptLimit, taken_on: date, all_sittings: Iterable[date]) -> date:
    counted = sorted(day for day in all_sittings if day <= taken_on)[-limit.attempts :]
    if len(counted) < limit.attempts:
        return taken_on
    return counted[0] + timedelta(days=limit.days)
