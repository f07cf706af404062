"""Which passwords an account may have."""

from chassis.decider import Rejected

SHORTEST = 12
"""Characters (F1.6)."""


def only_long_passwords(password: str) -> str:
    """The password as given, if it is long enough; length is counted in characters, whatever their script."""
    if len(password) < SHORTEST:
        raise Rejected("password-too-short", shortest=SHORTEST)
    return password


def only_unknown_passwords(password: str, *, is_known: bool) -> str:
    """The password as given, unless attackers would try it early (F1.6)."""
    if is_known:
        raise Rejected("password-known")
    return password
