"""R-F written down a second time, word by word and without a thought of speed, to compare the real fold with."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.certification.domain.catalogue import Catalogue, Certification, Requirement
from services.certification.domain.evidence import Credits, EmeritusGrant, Evidence, Extension, Revocation, Sitting


@dataclass
class Held:
    certification: Certification
    active: date
    expire: date | None
    cycle_start: date
    emeritus_until: date | None = None

    @property
    def is_expert(self) -> bool:
        return self.certification.level.id == "expert" and self.expire is not None

    @property
    def covered_until(self) -> date:
        assert self.expire is not None
        return max(self.expire, self.emeritus_until or self.expire)


@dataclass
class Outcome:
    held: dict[str, Held]
    ce_start: date
    credits: list[Credits]
    first_expert: date | None = None
    past: list[tuple[date, date]] = field(default_factory=list)
    """First and last day of expert certifications that were earned again since."""


def literally(evidence: Iterable[Evidence], catalogue: Catalogue, today: date) -> Outcome:
    known = [piece for piece in evidence if piece.known_on <= today]
    void = {piece.result_id for piece in known if isinstance(piece, Revocation)}
    sittings = [piece for piece in known if isinstance(piece, Sitting) and piece.result_id not in void]
    passes = [piece for piece in sittings if piece.passed]
    claims = [piece for piece in known if isinstance(piece, Credits)]
    extensions = {(piece.extended_on, piece.days) for piece in known if isinstance(piece, Extension)}
    grants = {piece.granted_on for piece in known if isinstance(piece, EmeritusGrant)}
    outcome = Outcome({}, date.min, [])
    days = {p.taken_on for p in passes} | {c.completed_on for c in claims} | {on for on, _ in extensions} | grants
    for d in sorted(days):
        for on, more in sorted(extensions):
            if on == d:
                extend(outcome, d, more)
        if any(p.taken_on == d for p in passes) or any(c.completed_on == d for c in claims):
            one_day(outcome, catalogue, d, sittings, claims)
        if d in grants:
            grant(outcome, d)
    return outcome


def grant(outcome: Outcome, d: date) -> None:
    """R-E1: from the tenth anniversary on, the term after the expire date, or another one in its last three months."""
    if outcome.first_expert is None or d < later(outcome.first_expert, 10):
        return
    for c in outcome.held.values():
        if not c.is_expert:
            continue
        assert c.expire is not None
        if c.emeritus_until is None:
            c.emeritus_until = later(c.expire, 1) if d <= later(c.expire, 1) else None
        elif months_earlier(c.emeritus_until, 3) <= d <= c.emeritus_until:
            c.emeritus_until = later(c.emeritus_until, 1)


def lifetime_from(outcome: Outcome, c: Held) -> date | None:
    """R-E3: the day after the last day of validity, or later the one that completes twenty unbroken years."""
    assert c.expire is not None
    spans = [
        *outcome.past,
        *((other.active, other.covered_until) for other in outcome.held.values() if other.is_expert),
    ]
    since = c.active
    for _ in spans:
        for first, last in spans:
            if first < since <= last + timedelta(days=1):
                since = first
    due = later(since, 20)
    return max(due, c.expire + timedelta(days=1)) if due <= c.covered_until + timedelta(days=1) else None


def comes_back(outcome: Outcome, catalogue: Catalogue, c: Held, passes: list[Sitting], d: date) -> bool:
    """R-E4: an emeritus passed an expert-level exam since the expire date, at most ten years after it."""
    assert c.expire is not None
    lifetime = lifetime_from(outcome, c)
    is_emeritus = (c.emeritus_until is not None and d <= c.emeritus_until) or (lifetime is not None and lifetime <= d)
    if not is_emeritus or retired(c, d) or d > later(c.expire, 10):
        return False
    roles = [catalogue.exams[code].role for code in {p.exam for p in passes if p.taken_on > c.expire}]
    return "expert_written" in roles or "expert_lab" in roles or ("core" in roles and "concentration" in roles)


def extend(outcome: Outcome, d: date, more: int) -> None:
    for c in outcome.held.values():
        if c.expire is not None and c.expire >= d:
            c.expire += timedelta(days=more)
            if c.emeritus_until is not None:
                c.emeritus_until = later(c.expire, 1)


def one_day(  # noqa: C901, PLR0912  one loop, line by line as R-F is written
    outcome: Outcome, catalogue: Catalogue, d: date, sittings: list[Sitting], claims: list[Credits]
) -> None:
    passes = [p for p in sittings if p.passed and p.taken_on <= d]
    act = [c for c in outcome.held.values() if c.expire is None or c.expire >= d]
    high = max((rank(c) for c in act), default=-1)
    for claim in sorted(claims, key=lambda c: -c.credits):
        in_time = claim.submitted_on <= claim.completed_on + timedelta(days=90)
        active = any(c.certification.level.earns_credits for c in act)
        again = any(c.item == claim.item and c.completed_on > outcome.ce_start for c in outcome.credits)
        if claim.completed_on == d and in_time and active and not again:
            outcome.credits.append(claim)
    in_hand = sum(
        c.credits for c in outcome.credits if c.completed_on > outcome.ce_start and d <= later(c.completed_on, 3)
    )
    rec = -1
    for c in act:
        if c.expire is None or retired(c, d):
            continue
        codes = {p.exam for p in passes if p.taken_on > c.cycle_start}
        points = sum(worth(catalogue, code, c) for code in codes)
        if rank(c) == high and c.certification.level.earns_credits:
            points += in_hand
        if points >= c.certification.level.points_required:
            rec = max(rec, rank(c))
    back = []
    if any(p.taken_on == d for p in passes):
        for c in outcome.held.values():
            if c.is_expert and c not in act and comes_back(outcome, catalogue, c, passes, d):
                back.append(c)
                rec = max(rec, rank(c))
    new = []
    for certification in catalogue.certifications.values():
        before = outcome.held.get(certification.id)
        if before in [*act, *back] or (certification.retired_on and d > certification.retired_on):
            continue
        if meets(certification.requirement, passes, sittings, before.active if before else date.min, d):
            new.append(certification)
    highest_new = max((c.level.rank for c in new), default=-1)
    for c in act:
        if c.expire is not None and not retired(c, d) and (rank(c) <= rec or rank(c) < highest_new):
            if later(d, 3) > c.expire:
                c.expire, c.emeritus_until = later(d, 3), None
            c.cycle_start = d
    for c in back:
        c.expire, c.cycle_start, c.emeritus_until = later(d, 3), d, None
    for certification in new:
        expire = None if certification.validity_years is None else later(d, 3)
        earlier = outcome.held.get(certification.id)
        if earlier is not None and earlier.is_expert:
            outcome.past.append((earlier.active, earlier.covered_until))
        if certification.level.id == "expert" and outcome.first_expert is None:
            outcome.first_expert = d
        outcome.held[certification.id] = Held(certification, d, expire, d)
    if (rec >= high and rec >= 0) or highest_new > high or (not act and new):
        outcome.ce_start = d


def in_progress(outcome: Outcome, evidence: Iterable[Evidence], catalogue: Catalogue, today: date) -> set[str]:
    """Not active, and some but not all parts filled by a pass that is still good; experts only after a lab attempt."""
    known = [piece for piece in evidence if piece.known_on <= today]
    void = {piece.result_id for piece in known if isinstance(piece, Revocation)}
    sittings = [piece for piece in known if isinstance(piece, Sitting) and piece.result_id not in void]
    found = set()
    for certification in catalogue.certifications.values():
        requirement, held = certification.requirement, outcome.held.get(certification.id)
        if held is not None and (held.expire is None or held.expire >= today):
            continue
        if certification.retired_on is not None and today > certification.retired_on:
            continue
        labs = {q.exam for group in requirement.groups for q in group.exams if catalogue.exams[q.exam].is_lab}
        if requirement.first_lab_months is not None and not any(s.exam in labs for s in sittings):
            continue
        after = date.min if held is None else held.active
        filled = [
            any(
                p.passed and p.exam == q.exam and p.taken_on > after
                and (q.pass_until is None or p.taken_on <= q.pass_until)
                and (requirement.window_years is None or later(p.taken_on, requirement.window_years) >= today)
                for p in sittings
                for q in group.exams
            )
            for group in requirement.groups
        ]  # fmt: skip
        if any(filled) and not all(filled):
            found.add(certification.id)
    return found


def rank(c: Held) -> int:
    return c.certification.level.rank


def retired(c: Held, d: date) -> bool:
    return c.certification.retired_on is not None and d > c.certification.retired_on


def worth(catalogue: Catalogue, code: str, c: Held) -> int:
    if catalogue.exams[code].role == "specialist_exam":
        own = {q.exam for group in c.certification.requirement.groups for q in group.exams}
        return 40 if code in own else 0
    return catalogue.exams[code].points[rank(c)]


def meets(requirement: Requirement, passes: list[Sitting], sittings: list[Sitting], after: date, d: date) -> bool:
    """Every way to choose one pass per group."""
    groups = [
        [
            p
            for p in passes
            for q in group.exams
            if p.exam == q.exam and p.taken_on > after and (q.pass_until is None or p.taken_on <= q.pass_until)
        ]
        for group in requirement.groups
    ]
    choices: list[list[Sitting]] = [[]]
    for group in groups:
        choices = [[*choice, p] for choice in choices for p in group]
    return any(fits(requirement, choice, sittings, d) for choice in choices)


def fits(requirement: Requirement, choice: list[Sitting], sittings: list[Sitting], d: date) -> bool:
    days = [p.taken_on for p in choice]
    if max(days) != d:
        return False
    if requirement.window_years is not None and max(days) > later(min(days), requirement.window_years):
        return False
    if requirement.first_lab_months is None:
        return True
    qualifier, lab = choice
    labs = {q.exam for q in requirement.groups[1].exams}
    if qualifier.taken_on > lab.taken_on:
        return False
    first = min(s.taken_on for s in sittings if s.exam in labs and s.taken_on >= qualifier.taken_on)
    return first <= half_years_later(qualifier.taken_on, 3)


def later(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29) and (day.year + years) % 4:
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def months_earlier(day: date, months: int) -> date:
    for last in (day.day, 30, 29, 28):
        month = day.month - months
        try:
            return date(day.year - (month < 1), month + 12 * (month < 1), last)
        except ValueError:
            continue
    raise AssertionError


def half_years_later(day: date, times: int) -> date:
    months = day.month - 1 + 6 * times
    year, month = day.year + months // 12, months % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError
