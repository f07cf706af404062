"""Passwords that attackers try first: lists from breaches, names, words and patterns, which zxcvbn brings along."""

from collections.abc import Sequence

from zxcvbn import zxcvbn

LONGEST = 72
"""Characters that are looked at; more would only take longer."""
FEWEST_GUESSES = 10**8
"""A password that is found sooner counts as known: it stands on a list, or differs from one by little."""


def is_known(password: str, about: Sequence[str] = ()) -> bool:
    """Whether the password is one of those; `about` holds the person's own names, which are tried as well."""
    found = zxcvbn(password[:LONGEST], user_inputs=[text for text in about if text], max_length=LONGEST)
    return int(found["guesses"]) < FEWEST_GUESSES
