"""Password hashes by argon2id, computed outside the loop of greenlets because one takes 50 ms and 64 MiB."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import eventlet.patcher
import eventlet.tpool
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chassis.errors import Unavailable

Answer = TypeVar("Answer")

AT_ONCE = 2
"""Hashes computed at the same time; bounds memory at 128 MiB, and a flood of log-ins at its source."""
LONGEST_WAIT = 6.0
"""Seconds in line for one of these places; whoever would wait longer is told to come back."""


class Passwords:
    """Makes and checks hashes; checking against nothing takes as long as checking against a hash."""

    def __init__(self, *, fast: bool = False, longest_wait: float = LONGEST_WAIT) -> None:
        """`fast` spares time and memory in tests and demonstrations; settings refuse it in production."""
        self._hasher = PasswordHasher(time_cost=1, memory_cost=256, parallelism=1) if fast else PasswordHasher()
        self._longest_wait = longest_wait
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._nobodys = self._hasher.hash("nobody's password")

    def hashed(self, password: str) -> str:
        """The hash as it may be stored, with its parameters and salt."""
        return self._outside(self._hasher.hash, password)

    def matches(self, password: str, stored: str | None) -> bool:
        """Whether the password has this hash; never without one, and not sooner either."""
        try:
            return self._outside(self._hasher.verify, stored or self._nobodys, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def _outside(self, work: Callable[..., Answer], *arguments: Any) -> Answer:
        if not self._slots.acquire(timeout=self._longest_wait):
            raise Unavailable("busy")
        try:
            if eventlet.patcher.is_monkey_patched("thread"):
                return eventlet.tpool.execute(work, *arguments)  # type: ignore[no-any-return]  # eventlet is untyped
            return work(*arguments)
        finally:
            self._slots.release()
