"""A letter with blanks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter with blanks: `$name` and whatever else its event tells; `button` names its link, if it has one."""

    event: str
    """The fact that it is about."""
    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""
