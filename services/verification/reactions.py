"""What verification does when others' facts concern it: it mints codes, and takes everything of the erased away."""

from datetime import date

import contracts
from services.verification.domain.secret_code import SecretCode
from services.verification.domain.transcripts import CloseTranscripts
from services.verification.domain.verification_code import MintCode, code_id_of


def on_certification_earned(
    event: contracts.CertificationEarned, code: SecretCode, today: date
) -> list[tuple[str, MintCode]]:
    """Every certification has a verification code from the day it is first earned (R-G4)."""
    stream = code_id_of(event.candidate_id, event.certification)
    return [(stream, MintCode(certification=event.certification, code=code, today=today))]


def on_account_erased(event: contracts.AccountErased) -> list[tuple[str, CloseTranscripts]]:
    """An erased candidate's transcripts go (R-P1)."""
    return [(event.candidate_id, CloseTranscripts(closed_on=event.erased_on))]
