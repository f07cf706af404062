"""The programme number of a candidate: CSCO and eight digits, given once and never to anybody else."""

import hashlib


def csco_id(candidate_id: str, attempt: int) -> str:
    """The number to try for this candidate; another attempt gives another one."""
    digest = hashlib.blake2b(f"{candidate_id}/{attempt}".encode(), digest_size=8).digest()
    return f"CSCO{int.from_bytes(digest, 'big') % 10**8:08}"
