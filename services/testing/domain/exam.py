"""What the programme says about one exam: its role, its dated names and versions, and its bookable days."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamName:
    """How an exam is called from `starts_on` on; None means since its launch."""

    starts_on: date | None
    acronym: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamVersion:
    """One dated blueprint of an exam; a pass of any version counts for the code."""

    version: str
    starts_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """One exam of the catalogue; names and versions ascend by their first day, days are inclusive."""

    code: str
    role: str
    names: tuple[ExamName, ...]
    versions: tuple[ExamVersion, ...] = ()
    available_from: date | None = None
    last_test_on: date | None = None
    track: str = ""
    minutes: int = 0
    price_cents: int = 0
    delivery: tuple[str, ...] = ()
    beta: bool = False

    @property
    def is_lab(self) -> bool:
        """Practical exams have a list of their own (F6.3)."""
        return self.role == "expert_lab"

    def name_on(self, day: date) -> ExamName:
        """The acronym and title that were printed on that day (F6.1)."""
        return [name for name in self.names if name.starts_on is None or name.starts_on <= day][-1]

    def version_on(self, day: date) -> str | None:
        """The version delivered on that day; None where the catalogue knows none."""
        started = [known.version for known in self.versions if known.starts_on is None or known.starts_on <= day]
        return started[-1] if started else None

    def next_version_after(self, day: date, version: str | None) -> date | None:
        """First day after `day` on which another version than `version` can be taken; None if none is announced."""
        later = [known.starts_on for known in self.versions if known.starts_on is not None and known.version != version]
        return min((start for start in later if start > day), default=None)

    def can_be_taken_on(self, day: date) -> bool:
        """Whether the exam was offered on that day."""
        began = self.available_from is None or self.available_from <= day
        return began and (self.last_test_on is None or day <= self.last_test_on)
