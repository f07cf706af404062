"""The programme's exams and retake rules, read from the catalogue's YAML files into the domain's value objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from chassis.errors import StartRefused
from services.testing.domain.agreements import AgreementVersion
from services.testing.domain.exam import Exam, ExamName, ExamVersion
from services.testing.domain.policies import BookingTerms, ChallengeTerms, PostingTerms
from services.testing.domain.qualifiers import LabRequirement, Qualifier
from services.testing.domain.retakes import AttemptLimit, RetakePolicy, RetakeWait

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ROLLING_YEAR = 365
RESULTS_WITH_A_WAIT = ("passed", "failed")


@dataclass(frozen=True, slots=True)
class ExamCatalogue:
    """Exams by code, and the retake rules in force."""

    exams: Mapping[str, Exam]
    retakes: RetakePolicy
    labs: Mapping[str, LabRequirement]
    booking: BookingTerms
    posting: PostingTerms
    challenges: Mapping[str, ChallengeTerms]
    agreements: tuple[AgreementVersion, ...]


@cache
def exam_catalogue(retake_profile: str = "") -> ExamCatalogue:
    """The catalogue delivered with this release, read once; StartRefused for a retake profile that it does not have."""
    return exam_catalogue_of({}, retake_profile)


def exam_catalogue_of(tables: Mapping[str, str], retake_profile: str = "") -> ExamCatalogue:
    """With these tables in place of the delivered ones; the policies are always the release's."""
    exams = (_exam(entry) for entry in _read("exams", tables)["exams"])
    policies, requirements = _read("policies", {}), _read("requirements", tables)["requirements"]
    return ExamCatalogue(
        exams={exam.code: exam for exam in exams},
        retakes=_retake_policy(policies, _ladder(policies["retake_profiles"], retake_profile)),
        labs=dict(_lab(entry) for entry in requirements if "first_lab_months" in entry),
        booking=_booking(policies["appointments"]),
        posting=_posting(policies["results"]),
        challenges={rule["kind"]: _challenge(rule) for rule in policies["challenges"]},
        agreements=tuple(_agreement(entry) for entry in _read("programme", tables)["agreements"]),
    )


def _ladder(profiles: list[dict[str, Any]], wanted: str) -> tuple[int, ...]:
    """The lab waits of the profile that the operator chose, or of the default one."""
    for profile in profiles:
        if profile["id"] == wanted or (not wanted and profile["default"]):
            return tuple(profile["waits"])
    names = ", ".join(profile["id"] for profile in profiles)
    raise StartRefused(f"CERTTRACK_RETAKE_PROFILE must be one of {names}.")


def _lab(entry: dict[str, Any]) -> tuple[str, LabRequirement]:
    groups = {group["group"]: group["any_of"] for group in entry["all_of"]}
    qualifiers = (Qualifier(exam=one["exam"], pass_until=one.get("pass_until")) for one in groups["qualifier"])
    return groups["lab"][0]["exam"], LabRequirement(
        qualifiers=tuple(qualifiers),
        first_lab_months=entry["first_lab_months"],
        window_years=entry["window_years"],
    )


def _agreement(entry: dict[str, Any]) -> AgreementVersion:
    return AgreementVersion(version=entry["version"], starts_on=entry["from"])


def _booking(terms: dict[str, Any]) -> BookingTerms:
    return BookingTerms(
        change_before=timedelta(hours=terms["reschedule_or_cancel_before_hours"]),
        lab_paid_before=timedelta(days=terms["lab_payment_due_days_before"]),
    )


def _posting(terms: dict[str, Any]) -> PostingTerms:
    return PostingTerms(
        business_days=terms["latest_posting_business_days"],
        lab=timedelta(hours=terms["lab_posting_hours"]),
        design_practical=timedelta(weeks=terms["design_practical_posting_weeks"]),
    )


def _challenge(rule: dict[str, Any]) -> ChallengeTerms:
    return ChallengeTerms(
        kind=rule["kind"],
        window_days=rule["window_days"],
        sla_days=rule["sla_days"],
        fee_cents=100 * rule["fee_usd"],
        who=rule["who"],
        opens_after_business_days=rule.get("opens_after_business_days", 0),
        refund_if_upheld=rule.get("refund_if_upheld", False),
        once_per_attempt=rule.get("once_per_attempt", False),
    )


def _read(name: str, tables: Mapping[str, str]) -> Any:
    text = tables.get(name) or (files("contracts") / "catalogue" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=LOADER)  # noqa: S506  both loaders are safe ones


def _exam(entry: dict[str, Any]) -> Exam:
    names = (ExamName(starts_on=name["from"], acronym=name["acronym"], title=name["title"]) for name in entry["names"])
    versions = (ExamVersion(version=each["version"], starts_on=each["from"]) for each in entry.get("versions", ()))
    return Exam(
        code=entry["code"],
        role=entry["role"],
        names=tuple(sorted(names, key=lambda name: name.starts_on or date.min)),
        versions=tuple(sorted(versions, key=lambda version: version.starts_on or date.min)),
        available_from=entry["available_from"],
        last_test_on=entry["last_test_on"],
        track=entry["track"] or "",
        minutes=entry["minutes"] or 0,
        price_cents=100 * (entry["price_usd"] or 0),
        delivery=tuple(entry["delivery"]),
        beta=entry.get("beta", False),
    )


def _retake_policy(policies: dict[str, Any], ladder: tuple[int, ...]) -> RetakePolicy:
    rules = policies["retakes"]
    return RetakePolicy(
        waits=tuple(_wait(rule, ladder) for rule in rules if rule.get("after") in RESULTS_WITH_A_WAIT),
        limits=tuple(
            AttemptLimit(roles=frozenset(rule["roles"]), attempts=rule["attempts"], days=ROLLING_YEAR)
            for rule in rules
            if rule.get("rule") == "max_attempts"
        ),
        betas_once=any(rule.get("rule") == "once_only" for rule in rules),
    )


def _wait(rule: dict[str, Any], ladder: tuple[int, ...]) -> RetakeWait:
    return RetakeWait(
        after=rule["after"],
        roles=frozenset(rule["roles"]),
        days=rule["wait_days"],
        same_version_only=rule.get("same_version_only", False),
        ladder=ladder if rule["roles"] == ["expert_lab"] else (),
    )
