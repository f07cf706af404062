"""Refused log-ins: a wrong password beside an unknown e-mail, which must take the same time (F1.2)."""

import time
from contextlib import ExitStack
from statistics import median

from chassis.decider import Rejected
from tests.bench import installation
from tests.bench.ground import Ground
from tests.bench.measuring import Figure
from tests.system import System, candidate

TRIES = 60
CLOSE_MS = 5.0
"""Medians closer than this cannot be told apart over a network."""


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """The two medians, tries taken in turn, with password hashes as strong as in production."""
    with ExitStack() as stack:
        system = installation.started(ground, stack, CERTTRACK_ARGON2="strong")
        known = candidate(system, "Ada", "Lovelace").get("/api/v1/me")["email"]
        emails = {"wrong password": known, "unknown e-mail": "nobody@example.org"}
        taken: dict[str, list[float]] = {name: [] for name in emails}
        for number in range(max(int(TRIES * scale), 1)):
            for name, email in emails.items():
                taken[name].append(_refused(system, email, f"{name}-{number}"))
    wrong, unknown = (median(taken[name]) for name in emails)
    goal = f"medians within {CLOSE_MS:.0f} ms"
    return [
        Figure(
            name="refused log-in, wrong password",
            value=wrong,
            unit="ms",
            goal=goal,
            met=abs(wrong - unknown) < CLOSE_MS,
        ),
        Figure(name="refused log-in, unknown e-mail", value=unknown, unit="ms", kind="peer", of_peer=wrong / unknown),
    ]


def _refused(system: System, email: str, network: str) -> float:
    """Milliseconds until the refusal; every try comes from a network of its own, so that none is paused."""
    began = time.perf_counter()
    try:
        system.call("identity", "log_in", email=email, password="wrong horse battery", network=network)
    except Rejected:
        return 1000 * (time.perf_counter() - began)
    raise AssertionError("a wrong password opened an account")
