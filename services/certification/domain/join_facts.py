"""What a record knows of those that it stands for: their evidence, kind by kind, and which earnings they have told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from services.certification.domain.evidence import (
    ClaimVoided,
    Credits,
    EmeritusGrant,
    Evidence,
    Extension,
    Hold,
    HoldLifted,
    Revocation,
    RevocationLifted,
    Sanction,
    SanctionLifted,
    Sitting,
)


@dataclass(frozen=True, slots=True)
class Earning:
    """A certification earned on a day."""

    certification: str
    active_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceJoined:
    """All that the absorbed record rests on; a later one replaces it. `through` is its last fact of evidence."""

    absorbed_id: str
    through: int
    earned: tuple[Earning, ...]
    recorded_on: date
    sittings: tuple[Sitting, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    revocations_lifted: tuple[RevocationLifted, ...] = ()
    credits: tuple[Credits, ...] = ()
    claims_voided: tuple[ClaimVoided, ...] = ()
    extensions: tuple[Extension, ...] = ()
    grants: tuple[EmeritusGrant, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    sanctions_lifted: tuple[SanctionLifted, ...] = ()
    holds: tuple[Hold, ...] = ()
    holds_lifted: tuple[HoldLifted, ...] = ()

    def evidence(self) -> tuple[Evidence, ...]:
        """All pieces; their order means nothing to the fold."""
        return tuple(piece for name in KINDS for piece in getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceParted:
    """The merge was undone."""

    absorbed_id: str
    recorded_on: date


JoinFact: TypeAlias = EvidenceJoined | EvidenceParted

KINDS: dict[str, type] = {
    "sittings": Sitting,
    "revocations": Revocation,
    "revocations_lifted": RevocationLifted,
    "credits": Credits,
    "claims_voided": ClaimVoided,
    "extensions": Extension,
    "grants": EmeritusGrant,
    "sanctions": Sanction,
    "sanctions_lifted": SanctionLifted,
    "holds": Hold,
    "holds_lifted": HoldLifted,
}
"""Under which name the fact keeps which kind of evidence."""


def joined(
    absorbed_id: str, evidence: Iterable[Evidence], *, earned: tuple[Earning, ...], through: int, recorded_on: date
) -> EvidenceJoined:
    """The fact, its evidence sorted by kind."""
    pieces = tuple(evidence)
    kinds: dict[str, Any] = {
        name: tuple(piece for piece in pieces if type(piece) is kind) for name, kind in KINDS.items()
    }
    return EvidenceJoined(absorbed_id=absorbed_id, through=through, earned=earned, recorded_on=recorded_on, **kinds)
