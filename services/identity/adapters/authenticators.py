"""Authenticator apps (TOTP, RFC 6238): their secret, what the app scans, and which of their codes is right now."""

import hmac
from datetime import datetime

import pyotp

from chassis.ids import derived_code
from chassis.sealing import keyed_hash, subkey

SECRET_ALPHABET, SECRET_LENGTH = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32
SECONDS = 30
DRIFT = 1
"""Steps that a clock may be ahead or behind."""
RECOVERY_ALPHABET, RECOVERY_LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 10
"""No letters and digits that look alike."""
RECOVERY_CODES = 10


class Authenticators:
    """Everything that needs the deployment's master key, or the clock of the app."""

    def __init__(self, master: bytes, issuer: str) -> None:
        """`issuer` is the name under which apps list the account."""
        self._master = master
        self._issuer = issuer

    def secret(self, *about: str) -> str:
        """The secret for one setting-up, the same as long as it is the same one."""
        return derived_code(subkey(self._master, "authenticator"), SECRET_ALPHABET, SECRET_LENGTH, *about)

    def address(self, secret: str, email: str) -> str:
        """What the QR code says."""
        return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=self._issuer)

    def recovery_codes(self, *about: str) -> list[str]:
        """Codes for one issue, written in two halves."""
        key = subkey(self._master, "recovery-codes")
        codes = [
            derived_code(key, RECOVERY_ALPHABET, RECOVERY_LENGTH, *about, str(number))
            for number in range(RECOVERY_CODES)
        ]
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def recovery_hash(self, account_id: str, code: str) -> str:
        """What is stored of a recovery code, however it is typed."""
        plain = "".join(character for character in code.casefold() if character.isalnum())
        return keyed_hash(self._master, "recovery-code", f"{account_id}/{plain}")


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, if that is about now."""
    app = pyotp.TOTP(secret, interval=SECONDS)
    current = int(now.timestamp()) // SECONDS
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(app.at(step * SECONDS).encode(), code.encode()):
            return step
    return None
