"""Sealing of personal text: AES-256-GCM under a key per candidate, wrapped by the deployment's master key."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.decider import Sealed

_NONCE = 12


class Keys(Protocol):
    """Where a service gets candidates' data keys."""

    def keys_for(self, candidate_ids: Collection[str]) -> dict[str, bytes | None]:
        """Keys by candidate id; None for an erased candidate. Raises Unavailable."""
        ...


class BrokenSeal(Exception):
    """A sealed text does not open with its candidate's key: corrupt, or moved from another candidate."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return AESGCM.generate_key(256)


def master_key(text: str) -> bytes:
    """The deployment's key from its base64 setting."""
    key = base64.b64decode(text, validate=True)
    if len(key) != 32:  # noqa: PLR2004  AES-256
        raise ValueError("the master key must be 32 bytes in base64")
    return key


def subkey(master: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose, derived from the master key."""
    return hmac.new(master, b"certtrack/" + purpose.encode(), hashlib.sha256).digest()


def keyed_hash(master: bytes, purpose: str, text: str) -> str:
    """A look-up value that reveals nothing without the master key; 64 hexadecimal digits."""
    return hmac.new(subkey(master, purpose), text.encode(), hashlib.sha256).hexdigest()


def wrap(master: bytes, key: bytes) -> str:
    """A data key as it may be stored."""
    return _encrypt(subkey(master, "wrap"), key, b"data-key")


def unwrap(master: bytes, wrapped: str) -> bytes:
    """The data key back."""
    return _decrypt(subkey(master, "wrap"), wrapped, b"data-key")


def seal(key: bytes, candidate_id: str, text: str) -> Sealed:
    """Personal text as facts may hold it, bound to its candidate."""
    return Sealed(_encrypt(key, text.encode(), candidate_id.encode()))


def unseal(key: bytes, candidate_id: str, box: Sealed) -> str:
    """The clear text; raises BrokenSeal."""
    return _decrypt(key, box, candidate_id.encode()).decode()


def _encrypt(key: bytes, data: bytes, bound_to: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, data, bound_to)).decode()


def _decrypt(key: bytes, text: str, bound_to: bytes) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal("a sealed text does not open") from error
