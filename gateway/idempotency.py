"""Command ids: who asks, what for, and the key they chose; with a hash that tells a repetition from a reuse."""

import hashlib
import hmac
import uuid
from typing import Any

import orjson

from gateway.problems import Problem

LONGEST_KEY = 255


def checked(key: str | None) -> str:
    """The client's Idempotency-Key; Problem 400 when it is missing or not 1 to 255 visible ASCII characters."""
    if not key:
        raise Problem(400, "idempotency-key-missing")
    if len(key) > LONGEST_KEY or not all("!" <= character <= "~" for character in key):
        raise Problem(400, "idempotency-key-malformed")
    return key


def fresh() -> str:
    """A key for a form that is about to be shown."""
    return uuid.uuid4().hex


def command_id(principal: str, method: str, template: str, key: str) -> str:
    """`principal|METHOD /route/template|key`."""
    return f"{principal}|{method} {template}|{key}"


def body_hash(secret: bytes, *parts: Any) -> str:
    """A keyed hash of canonical JSON: bodies hold passwords, so a plain hash would let them be guessed."""
    return hmac.new(secret, orjson.dumps(parts, option=orjson.OPT_SORT_KEYS), hashlib.sha256).hexdigest()


def visitor(secret: bytes, email: str) -> str:
    """The principal of somebody without a log-in: keyed hash of the e-mail, so that keys of two people never meet."""
    digest = hmac.new(secret, email.strip().casefold().encode(), hashlib.sha256)
    return f"visitor-{digest.hexdigest()[:32]}"
