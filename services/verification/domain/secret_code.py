"""Codes that open something for whoever holds them: transcript links and verification codes (R-G4, R-G5)."""

import re
from dataclasses import dataclass

from chassis.decider import Sealed

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ123456789"
"""No look-alikes: I, L, O, U and 0 are left out."""
LENGTH = 16
"""Characters; 79 random bits."""

_TYPED_EXTRAS = re.compile(r"[\s-]+")
_LONGEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretCode:
    """A code as facts keep it: `hash` finds it again, `box` shows it to its owner; neither opens anything."""

    hash: str
    box: Sealed


def as_typed(text: object) -> str:
    """The code that somebody meant, whatever they sent: any case, with spaces or hyphens; never an error."""
    if not isinstance(text, str):
        return ""
    return _TYPED_EXTRAS.sub("", text[:_LONGEST]).upper().encode("ascii", "replace").decode("ascii")
