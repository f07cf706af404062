"""Versions of the certification agreement: a newer one is accepted before the next booking (R-N3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementVersion:
    """A version that is in force from a day on."""

    version: str
    starts_on: date


def in_force(versions: Sequence[AgreementVersion], on: date) -> AgreementVersion:
    """The version of a day; the first one also before it began."""
    return max((one for one in versions if one.starts_on <= on), key=lambda one: one.starts_on, default=versions[0])


def is_outdated(current: AgreementVersion, accepted: Collection[str], last_sat_on: date | None) -> bool:
    """Whether somebody accepted only older versions; whoever accepted none yet does so when the first exam begins.

    No exam begins without the agreement, so a sitting stands for the version of its day.
    """
    if current.version in accepted or (last_sat_on is not None and last_sat_on >= current.starts_on):
        return False
    return bool(accepted) or last_sat_on is not None
