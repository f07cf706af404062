"""Short ways to write evidence, and the catalogue that all examples are about."""

from datetime import date

from services.certification.adapters.catalogue_files import load
from services.certification.domain.evidence import Credits, EmeritusGrant, Evidence, Extension, Revocation, Sitting
from services.certification.domain.fold import fold
from services.certification.domain.standing import Record, balance_on

CATALOGUE = load()


def day(text: str) -> date:
    return date.fromisoformat(text)


def passed(exam: str, on: str, *, known: str | None = None, ref: str | None = None) -> Sitting:
    return Sitting(result_id=ref or f"{exam}/{on}", exam=exam, taken_on=day(on), passed=True, known_on=day(known or on))


def failed(exam: str, on: str, *, ref: str | None = None) -> Sitting:
    return Sitting(result_id=ref or f"{exam}/{on}", exam=exam, taken_on=day(on), passed=False, known_on=day(on))


def revoked(ref: str, on: str, reason: str = "misconduct") -> Revocation:
    return Revocation(result_id=ref, revoked_on=day(on), reason=reason, known_on=day(on))


def credits_for(
    item: str, amount: int, completed: str, *, submitted: str | None = None, decided: str | None = None
) -> Credits:
    return Credits(
        item=item,
        credits=amount,
        completed_on=day(completed),
        submitted_on=day(submitted or completed),
        known_on=day(decided or completed),
    )


def extended(days: int, on: str) -> Extension:
    return Extension(days=days, extended_on=day(on), known_on=day(on))


def emeritus(on: str) -> EmeritusGrant:
    return EmeritusGrant(granted_on=day(on), known_on=day(on))


def folded(*evidence: Evidence, as_of: str) -> Record:
    return fold(evidence, CATALOGUE, day(as_of))


def lines(record: Record, as_of: str) -> dict[str, str]:
    """Each certification in words: status, active date, expire date."""
    return {
        title: f"{standing.status_on(day(as_of))} {standing.current.active_on} {standing.current.expires_on}"
        for title, standing in sorted(record.standings.items())
    }


def held(*evidence: Evidence, as_of: str) -> dict[str, str]:
    return lines(folded(*evidence, as_of=as_of), as_of)


def going(*evidence: Evidence, as_of: str) -> list[str]:
    return sorted(folded(*evidence, as_of=as_of).in_progress_on(day(as_of)))


def balance(*evidence: Evidence, as_of: str) -> int:
    return balance_on(folded(*evidence, as_of=as_of).balance, day(as_of))
