"""What a certification is called, as facts about it say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a certification is called and where it stands in the catalogue; the name is the one of the fact's day."""

    certification: str
    name: str
    abbreviation: str
    group: str
    level: str
    rank: int
    track: str
