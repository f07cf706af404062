"""Answers that take a full step of time, so that their time tells nothing about who has an account (F1.2, F1.8)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

STEP = 0.25
"""Seconds."""


@contextmanager
def steady() -> Iterator[None]:
    """Whatever happens within, and however it ends, takes a multiple of `STEP`."""
    began = time.monotonic()
    try:
        yield
    finally:
        time.sleep(STEP - (time.monotonic() - began) % STEP)
