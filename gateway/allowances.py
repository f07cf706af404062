"""How large a request may be and how long it may take: the usual, and more for files, feeds and passwords."""

import re
from dataclasses import dataclass

from gateway import rpc

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Allowance:
    """The largest body in bytes, the seconds until the answer, and the seconds in which all its calls must be done."""

    body: int
    seconds: float
    calls: float
    patience: float = rpc.PATIENCE
    """Seconds for a single call."""


USUAL = Allowance(body=64 * KIB, seconds=1.5, calls=1.4)
"""An accepted request is answered within two seconds, if only by 503; a rush around it may take half a second."""

FEED = Allowance(body=128 * KIB, seconds=60.0, calls=58.0)
"""Five hundred lines, each decided for itself."""
HASHING = Allowance(body=64 * KIB, seconds=10.0, calls=9.8, patience=9.5)
"""Passwords are hashed slowly on purpose and few at a time, so in a rush people wait in line."""

ELSEWHERE = Allowance(body=64 * KIB, seconds=12.0, calls=11.7, patience=11.5)
"""An outside provider is asked up to four times, each with a deadline of its own."""

MORE = {
    "/api/provider/v1/credit-completions": FEED,
    "/console/credit-feed": FEED,
    "/api/provider/v1/records": Allowance(body=256 * MIB, seconds=1800.0, calls=1790.0),
    "/api/v1/me/challenges/files": Allowance(body=26 * MIB, seconds=60.0, calls=58.0),
    "/console/results": Allowance(body=2 * MIB, seconds=20.0, calls=18.0, patience=15.0),
    "/console/catalogue": Allowance(body=2 * MIB, seconds=20.0, calls=18.0, patience=15.0),
    "/api/console/v1/catalogue": Allowance(body=2 * MIB, seconds=20.0, calls=18.0, patience=15.0),
    "/api/v1/accounts": HASHING,
    "/api/v1/accounts/password": HASHING,
    "/api/v1/me/password": HASHING,
    "/api/v1/sessions": HASHING,
    "/login/password": HASHING,
    "/login/sign-on": ELSEWHERE,
    "/login/sign-on/back": ELSEWHERE,
    "/password/new": HASHING,
    "/security/password": HASHING,
    "/security/authenticator/off": HASHING,
    "/api/v1/me/second-factor/authenticator/end": HASHING,
    "/sign-up": HASHING,
}
"""Exact paths: what a larger allowance lets in must be read piece by piece, never gathered."""

CLAIM_FILES = re.compile(
    r"/(api/v1/me/credits/claims|certifications/continuing-education)/[^/]+/files"
    r"|/console/claims/[^/]+/files/[^/]+"
)
"""Files beside claims, on their way in and to the reviewer; each claim has an address of its own."""
CLAIM_FILE = Allowance(body=26 * MIB, seconds=120.0, calls=118.0)

CHALLENGE_FILES = re.compile(
    r"/testing-history/challenges/[^/]+/evidence"
    r"|/(testing-history|console|api/v1/me|api/console/v1)/challenges/[^/]+/files/[^/]+"
    r"|/support/cases/[^/]+"
    r"|/(support|console|api/v1/me|api/console/v1)/cases/[^/]+/files(/[^/]+)?"
)
"""Files beside challenges and cases, on their way in and out."""
CHALLENGE_FILE = Allowance(body=26 * MIB, seconds=60.0, calls=58.0)


def allowance(path: str) -> Allowance:
    """What a request to this path may use."""
    if CHALLENGE_FILES.fullmatch(path):
        return CHALLENGE_FILE
    return CLAIM_FILE if CLAIM_FILES.fullmatch(path) else MORE.get(path, USUAL)
