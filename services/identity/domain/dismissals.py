"""Which announcements a candidate has put away: for good, and on every device (F3.3)."""

from dataclasses import dataclass
from datetime import datetime

from chassis.decider import Decider, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementDismissed:
    """The candidate does not want to see the announcement again."""

    announcement_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissAnnouncement:
    """Put an announcement away; `is_shown` tells whether the candidate is shown it now."""

    announcement_id: str
    is_shown: bool
    at: datetime


State = frozenset[str]


def evolve(state: State, event: AnnouncementDismissed) -> State:
    """The announcements put away after one more fact."""
    return state | {event.announcement_id}


def dismiss_announcement(command: DismissAnnouncement, state: State) -> list[AnnouncementDismissed]:
    """Twice changes nothing; what one is not shown cannot be put away."""
    if command.announcement_id in state:
        return []
    if not command.is_shown:
        raise Rejected("announcement-unknown")
    return [AnnouncementDismissed(announcement_id=command.announcement_id, at=command.at)]


dismissals: Decider[DismissAnnouncement, State, AnnouncementDismissed] = Decider(
    category="dismissals", initial=frozenset(), evolve=evolve, decide=dismiss_announcement
)
"""Streams `dismissals-<candidate id>`."""
