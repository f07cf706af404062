"""Answers that take a full step of time, so that their time tells nothing about who has an account (F1.2, F1.8)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

STEP = 0.25
"""Seconds."""


@contextmanager
def steady(*, steps: int = 1) -> Iterator[None]:
    """Whatever happens within, and however it ends, takes a multiple of so many steps."""
    began = time.monotonic()
    whole = steps * STEP
    try:
        yield
    finally:
        time.sleep(whole - (time.monotonic() - began) % whole)
