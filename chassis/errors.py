"""The small set of errors that cross a service's border; each carries a stable code and never personal data."""

from typing import Any

from chassis.decider import Rejected


class Failure(Exception):
    """What a caller may be told; `code` is stable kebab-case, `details` is JSON."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class NotFound(Failure):
    """There is no such thing, or the caller may not know of it."""


class Conflict(Failure):
    """The same idempotency key came with another body, or others kept changing the same stream."""


class Invalid(Failure):
    """The request itself is malformed; `details["fields"]` maps a field to its messages."""


class Unavailable(Failure):
    """A part is away or too slow; the same request with the same key may be repeated."""


class StartRefused(Exception):
    """The process must not start like this; the message is one sentence for the operator."""


WIRE: dict[str, type[Rejected | Failure]] = {
    kind.__name__: kind for kind in (Rejected, NotFound, Conflict, Invalid, Unavailable)
}
"""Error classes by the name they travel under."""
