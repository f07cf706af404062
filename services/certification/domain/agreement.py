"""Which versions of the agreement somebody has accepted, and what they are enough for (R-N3, R-Q1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.certification.domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Accepted:
    """A version of the agreement that was accepted."""

    version: str
    on: date
    place: str


def accepted_by(recorded: Iterable[Accepted], sat_on: Iterable[date], catalogue: Catalogue) -> list[Accepted]:
    """Every acceptance, oldest first; no exam begins without one (R-N3), so each day of a sitting is one, too."""
    implied = [Accepted(version, day, "test-site") for day in sat_on if (version := catalogue.agreement_on(day))]
    return sorted({*recorded, *implied}, key=lambda each: (each.on, each.version, each.place))


def is_enough(accepted: Iterable[Accepted], catalogue: Catalogue, today: date) -> bool:
    """Whether the version that new earnings need, or a newer one, was accepted; always where there is none."""
    enough = catalogue.agreements_enough_on(today)
    return not enough or any(each.version in enough for each in accepted)


def is_outdated(accepted: Iterable[Accepted], catalogue: Catalogue, today: date) -> bool:
    """Whether older versions were accepted, and not the one in force; whoever accepted none does so at an exam."""
    versions = {each.version for each in accepted}
    return bool(versions) and catalogue.agreement_on(today) not in versions
