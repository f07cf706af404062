"""Which decisions about evidence still hold: what was lifted counts as if it had never been decided."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.certification.domain.evidence import (
    ClaimVoided,
    Credits,
    Evidence,
    Hold,
    HoldLifted,
    Revocation,
    RevocationLifted,
    Sanction,
    SanctionLifted,
)
from services.certification.domain.standing import HeldDays


def evidence_in_force(known: Iterable[Evidence]) -> list[Evidence]:
    """Without revocations and sanctions that were lifted, and without the credits of claims that were taken back."""
    pieces = list(known)
    lifted = _last_lifts(pieces)
    sanctions_lifted = {piece.sanction_id for piece in pieces if isinstance(piece, SanctionLifted)}
    void_claims = {piece.claim_id for piece in pieces if isinstance(piece, ClaimVoided)}
    if not (lifted or sanctions_lifted or void_claims):
        return pieces
    return [piece for piece in pieces if not _is_lifted(piece, lifted, sanctions_lifted, void_claims)]


def _last_lifts(pieces: Sequence[Evidence]) -> dict[str, date]:
    found: dict[str, date] = {}
    for piece in pieces:
        if isinstance(piece, RevocationLifted):
            found[piece.result_id] = max(piece.lifted_on, found.get(piece.result_id, date.min))
    return found


def _is_lifted(piece: Evidence, lifted: dict[str, date], sanctions: set[str], claims: set[str]) -> bool:
    match piece:
        case Revocation(result_id=result_id, revoked_on=day):
            return result_id in lifted and day <= lifted[result_id]
        case Sanction(sanction_id=sanction_id):
            return sanction_id in sanctions
        case Credits(claim_id=claim_id):
            return bool(claim_id) and claim_id in claims
    return False


def holds_of(known: Iterable[Evidence]) -> dict[str, tuple[HeldDays, ...]]:
    """The days on hold of each certification."""
    pieces = list(known)
    ends: dict[str, date] = {}
    for piece in pieces:
        if isinstance(piece, HoldLifted):
            ends[piece.hold_id] = min(piece.lifted_on, ends.get(piece.hold_id, date.max))
    found: dict[str, set[HeldDays]] = {}
    for piece in pieces:
        if isinstance(piece, Hold):
            days = HeldDays(piece.held_on, ends.get(piece.hold_id))
            found.setdefault(piece.certification, set()).add(days)
    return {name: tuple(sorted(days, key=_order)) for name, days in found.items()}


def _order(days: HeldDays) -> tuple[date, date]:
    return (days.since, days.until or date.max)
