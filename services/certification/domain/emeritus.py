"""Honorary status of experts: terms, lifetime, and the way back to Active (R-E1, R-E3, R-E4)."""

from collections.abc import Iterable, Mapping
from datetime import date

from services.certification.domain.catalogue import Catalogue, EmeritusRules, ExamsNeeded
from services.certification.domain.days import days_after, months_after, years_after
from services.certification.domain.title import Cycle, Title


def term_after(day: date, rules: EmeritusRules) -> date:
    """The last day of a term that follows a day."""
    return months_after(day, rules.term_months)


def grant(cycle: Cycle, day: date, first_expert_on: date | None, rules: EmeritusRules) -> None:
    """A term after the expire date, another one from the last months of a term on (R-E1)."""
    if first_expert_on is None or day < years_after(first_expert_on, rules.eligible_after_years):
        return
    ends_on = cycle.emeritus_until
    if ends_on is None and day <= term_after(cycle.expires_on, rules):
        cycle.emeritus_until = term_after(cycle.expires_on, rules)
    elif ends_on is not None and months_after(ends_on, -rules.reapply_months) <= day <= ends_on:
        cycle.emeritus_until = term_after(ends_on, rules)


def lifetime_from(title: Title, titles: Iterable[Title], rules: EmeritusRules) -> date | None:
    """The first day of lifetime emeritus: unbroken years as an expert, Active or Emeritus, of whatever track (R-E3)."""
    if not title.is_expert or title.struck_on is not None or rules.lifetime_after_years is None:
        return None
    due_on = years_after(_unbroken_since(title, titles), rules.lifetime_after_years)
    if due_on > days_after(title.covers_until, 1):
        return None
    return max(due_on, days_after(title.expires_on, 1))


def _unbroken_since(title: Title, titles: Iterable[Title]) -> date:
    """The first day of the run of days, each covered by some expert certification, that leads up to this one."""
    spans = [(each.active_on, each.covers_until) for each in titles if each.is_expert and each.struck_on is None]
    spans += [
        (holding.active_on, holding.covers_until) for each in titles if each.is_expert for holding in each.earlier
    ]
    since, moved = title.active_on, True
    while moved:
        earlier = [start for start, end in spans if start < since <= days_after(end, 1)]
        moved = bool(earlier)
        since = min([since, *earlier])
    return since


def returns_on(title: Title, day: date, last_passed: Mapping[str, date], catalogue: Catalogue) -> bool:
    """Whether an emeritus is active again by exams passed since the expire date (R-E4)."""
    rules = catalogue.emeritus_rules
    emeritus = title.emeritus_until is not None and title.emeritus_until >= day
    lifetime = title.lifetime_from is not None and title.lifetime_from <= day
    if not (emeritus or lifetime) or title.is_active_on(day) or title.cycle.renewable_until < day:
        return False
    if day > years_after(title.expires_on, rules.return_within_years):
        return False
    passed = {code for code, on in last_passed.items() if on > title.expires_on}
    return any(
        all(_enough(needed, passed, catalogue) for needed in option.exams)
        for option in title.certification.level.options
        if option.id in rules.return_via
    )


def _enough(needed: ExamsNeeded, passed: set[str], catalogue: Catalogue) -> bool:
    return sum(catalogue.exams[code].role in needed.roles for code in passed) >= needed.count


def eligible_on(first_expert_on: date, rules: EmeritusRules) -> date:
    """From when on emeritus can be asked for (R-E1)."""
    return months_after(first_expert_on, rules.apply_after_months)


def anniversary_of(first_expert_on: date, years: int) -> date:
    """The same day some years later; 29 February falls to 28 (R-E5)."""
    return years_after(first_expert_on, years)
