"""Evidence by the day on which it counts; its order and its repetition make no difference."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from services.certification.domain.catalogue import Catalogue
from services.certification.domain.evidence import Credits, EmeritusGrant, Evidence, Extension, Sanction, Sitting


@dataclass(slots=True)
class Timeline:
    """What counts on which day; a claim handed in too late is set aside (R-CE3)."""

    passes: dict[date, dict[str, str]] = field(default_factory=dict)
    """Result id by exam code, by exam date."""
    lab_sittings: dict[str, list[date]] = field(default_factory=dict)
    """Days of every attempt at a lab, passed or failed, by exam code, ascending."""
    credits: dict[date, dict[str, int]] = field(default_factory=dict)
    """Credits by item, by completion day; a day whose only claim came late is there all the same, to be judged."""
    extensions: dict[date, set[int]] = field(default_factory=dict)
    grants: set[date] = field(default_factory=set)
    sanctions: dict[date, dict[str, str]] = field(default_factory=dict)
    """Reasons by certification, by day."""
    late_claims: set[tuple[str, date]] = field(default_factory=set)

    def days(self) -> list[date]:
        """Every day with evidence, ascending."""
        return sorted({*self.passes, *self.credits, *self.extensions, *self.grants, *self.sanctions})


def timeline_of(evidence: Iterable[Evidence], void: Collection[str], catalogue: Catalogue) -> Timeline:
    """Arrange evidence by day, without the sittings whose result ids are `void` (R-X1) and exams nobody knows."""
    found = Timeline()
    for piece in evidence:
        match piece:
            case Sitting(result_id=result_id, exam=exam) if exam in catalogue.exams and result_id not in void:
                _add_sitting(found, piece, is_lab=catalogue.exams[exam].is_lab)
            case Credits():
                _add_credits(found, piece, catalogue)
            case Extension(days=days, extended_on=day):
                found.extensions.setdefault(day, set()).add(days)
            case EmeritusGrant(granted_on=day):
                found.grants.add(day)
            case Sanction(certification=name, revoked_on=day, reason=reason):
                that_day = found.sanctions.setdefault(day, {})
                that_day[name] = min(reason, that_day.get(name, reason))
            case _:
                pass  # unknown exams, and decisions about other evidence, which in_force has applied already
    for days_of_lab in found.lab_sittings.values():
        days_of_lab.sort()
    return found


def _add_sitting(found: Timeline, sitting: Sitting, *, is_lab: bool) -> None:
    if is_lab:
        found.lab_sittings.setdefault(sitting.exam, []).append(sitting.taken_on)
    if sitting.passed:
        that_day = found.passes.setdefault(sitting.taken_on, {})
        that_day[sitting.exam] = min(sitting.result_id, that_day.get(sitting.exam, sitting.result_id))


def _add_credits(found: Timeline, claim: Credits, catalogue: Catalogue) -> None:
    that_day = found.credits.setdefault(claim.completed_on, {})
    if (claim.submitted_on - claim.completed_on).days > catalogue.credit_rules.claim_days:
        found.late_claims.add((claim.item, claim.completed_on))
    elif claim.credits > 0:
        that_day[claim.item] = max(claim.credits, that_day.get(claim.item, 0))
