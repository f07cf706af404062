"""Ids: random ones for new beginnings, derived ones where a retry must meet the same thing again."""

import base64
import hashlib
import secrets

_ALPHABET = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_id() -> str:
    """A fresh id of 26 characters, 130 random bits."""
    return _text(secrets.token_bytes(17))


def derived_id(*parts: str) -> str:
    """The id that these parts always give; 26 characters, not secret."""
    return _text(hashlib.blake2b("\x1f".join(parts).encode(), digest_size=17).digest())


def derived_code(secret: bytes, alphabet: str, length: int, *parts: str) -> str:
    """The code that these parts always give under `secret`; unguessable without it."""
    stream = hashlib.shake_256(secret + b"\x1f" + "\x1f".join(parts).encode()).digest(length * 8)
    return "".join(
        alphabet[int.from_bytes(stream[index * 8 : index * 8 + 8], "big") % len(alphabet)] for index in range(length)
    )


def partition_of(subject: str, partitions: int) -> int:
    """Where a candidate's events are numbered; events without a candidate go to 0."""
    if not subject or partitions == 1:
        return 0
    return int.from_bytes(hashlib.blake2b(subject.encode(), digest_size=8).digest(), "big") % partitions


def _text(data: bytes) -> str:
    plain = base64.b32encode(data)
    return plain.translate(bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _ALPHABET)).decode()[:26]
