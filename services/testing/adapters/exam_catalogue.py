"""The programme's exams and retake rules, read from the catalogue's YAML files into the domain's value objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from services.testing.domain.exam import Exam, ExamName, ExamVersion
from services.testing.domain.retakes import AttemptLimit, RetakePolicy, RetakeWait

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ROLLING_YEAR = 365
RESULTS_WITH_A_WAIT = ("passed", "failed")


@dataclass(frozen=True, slots=True)
class ExamCatalogue:
    """Exams by code, and the retake rules in force."""

    exams: Mapping[str, Exam]
    retakes: RetakePolicy


@cache
def exam_catalogue() -> ExamCatalogue:
    """The catalogue delivered with this release, read once per process."""
    exams = (_exam(entry) for entry in _read("exams.yaml")["exams"])
    return ExamCatalogue(
        exams={exam.code: exam for exam in exams},
        retakes=_retake_policy(_read("policies.yaml")),
    )


def _read(name: str) -> Any:
    text = (files("contracts") / "catalogue" / name).read_text(encoding="utf-8")
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
    )


def _retake_policy(policies: dict[str, Any]) -> RetakePolicy:
    rules = policies["retakes"]
    return RetakePolicy(
        waits=tuple(_wait(rule) for rule in rules if rule.get("after") in RESULTS_WITH_A_WAIT),
        limits=tuple(
            AttemptLimit(roles=frozenset(rule["roles"]), attempts=rule["attempts"], days=ROLLING_YEAR)
            for rule in rules
            if rule.get("rule") == "max_attempts"
        ),
    )


def _wait(rule: dict[str, Any]) -> RetakeWait:
    return RetakeWait(
        after=rule["after"],
        roles=frozenset(rule["roles"]),
        days=rule["wait_days"],
        same_version_only=rule.get("same_version_only", False),
    )
