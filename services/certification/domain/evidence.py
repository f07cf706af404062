"""What a candidate's record is folded from; each piece says on which day the platform learnt it (`known_on`)."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """An exam taken and its result; a failed one matters only as a lab attempt (R-Q3)."""

    result_id: str
    exam: str
    taken_on: date
    passed: bool
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A result taken back: the sitting counts as if it had never been (R-X1)."""

    result_id: str
    revoked_on: date
    reason: str
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """An approved claim of continuing-education credits for one item; R-CE1 to R-CE8 decide whether it counts."""

    item: str
    credits: int
    completed_on: date
    submitted_on: date
    known_on: date
    claim_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimVoided:
    """An approved claim was taken back: its credits count as never claimed (R-X2)."""

    claim_id: str
    voided_on: date
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationLifted:
    """A result that was taken back is good again: its revocation counts as if it had never been."""

    result_id: str
    lifted_on: date
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """The programme takes one certification away, whatever the results say (R-X4)."""

    sanction_id: str
    certification: str
    revoked_on: date
    reason: str
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionLifted:
    """The certification is given back as if it had never been taken (R-X3)."""

    sanction_id: str
    lifted_on: date
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """While it lasts nobody may rely on the certification; its dates run on."""

    hold_id: str
    certification: str
    held_on: date
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted:
    """The certification stands as its dates say again."""

    hold_id: str
    lifted_on: date
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A blanket decision: what is active on `extended_on` is valid some days longer (R-V6)."""

    days: int
    extended_on: date
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusGrant:
    """Emeritus status was granted and paid for another term (R-E1)."""

    granted_on: date
    known_on: date


Evidence: TypeAlias = (
    Sitting
    | Revocation
    | RevocationLifted
    | Credits
    | ClaimVoided
    | Extension
    | EmeritusGrant
    | Sanction
    | SanctionLifted
    | Hold
    | HoldLifted
)


def dated(piece: Evidence) -> date:
    """The day on which a piece counts."""
    match piece:
        case Sitting(taken_on=day) | Revocation(revoked_on=day) | Credits(completed_on=day):
            return day
        case Extension(extended_on=day) | EmeritusGrant(granted_on=day) | Sanction(revoked_on=day) | Hold(held_on=day):
            return day
        case RevocationLifted(lifted_on=day) | SanctionLifted(lifted_on=day) | HoldLifted(lifted_on=day):
            return day
        case ClaimVoided(voided_on=day):
            return day
        case _ as unknown:
            assert_never(unknown)
