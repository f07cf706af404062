"""The catalogue in force: that of the release until certification tells of another one; this process then follows."""

import os
from dataclasses import dataclass, field

import structlog
from nameko.timer import timer

import contracts
from chassis.service import DeskAtWork, subscribe
from services.testing.adapters.exam_catalogue import ExamCatalogue, exam_catalogue, exam_catalogue_of
from services.testing.projections import catalogue as kept

log = structlog.get_logger()
LOOK_SECONDS = 1


@dataclass(slots=True)
class _Held:
    """One per process, because a process is one service."""

    version: str = ""
    catalogue: ExamCatalogue = field(default_factory=lambda: exam_catalogue(retake_profile()))


_HELD: list[_Held] = []


def catalogue() -> ExamCatalogue:
    """The catalogue with the retake profile that the operator chose."""
    return _held().catalogue


def retake_profile() -> str:
    """The waits of labs that the operator chose; empty for the default."""
    return os.environ.get("CERTTRACK_RETAKE_PROFILE", "")


class Rules:
    """Follows the programme's rules."""

    desk: DeskAtWork

    @subscribe(contracts.CatalogueActivated)
    def on_catalogue_activated(self, event: contracts.CatalogueActivated) -> None:
        """The projection keeps the tables; every process takes them up within a second."""

    @timer(interval=LOOK_SECONDS, eager=True)  # type: ignore[untyped-decorator]  # nameko ships no types
    def look_for_rules(self) -> None:
        """Take up other tables; what this release cannot read is told, and the rules stay as they are."""
        with self.desk.read() as connection:
            version = kept.version(connection)
            if version == _held().version:
                return
            tables = kept.texts(connection)
        _held().version = version
        try:
            _held().catalogue = exam_catalogue_of(tables, retake_profile())
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            log.error("catalogue-not-readable", version=version, reason=type(wrong).__name__)


def _held() -> _Held:
    if not _HELD:
        _HELD.append(_Held())
    return _HELD[0]
