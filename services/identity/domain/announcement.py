"""What the programme tells its candidates on their dashboards: drafted, published, changed, withdrawn (F3.3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from chassis.decider import Decider, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom an announcement is for; an empty dimension leaves nobody out.

    Level and track speak of one and the same active certification.
    """

    levels: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A certification that is active today, as far as audiences ask."""

    level: str
    track: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What an audience may ask about a candidate; `language` is empty where nobody has told it."""

    country: str
    language: str
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is told, from a moment until before another one."""

    title: str
    text: str
    shown_from: datetime
    shown_until: datetime
    audience: Audience


def reaches(audience: Audience, reader: Reader) -> bool:
    """Whether the announcement is for this candidate; one whose language is not known is spoken to in any."""
    return (
        _fits(audience.countries, reader.country)
        and (not reader.language or _fits(audience.languages, reader.language))
        and _holds(audience, reader.held)
    )


def _fits(wanted: tuple[str, ...], value: str) -> bool:
    return not wanted or value in wanted


def _holds(audience: Audience, held: tuple[Held, ...]) -> bool:
    if not audience.levels and not audience.tracks:
        return True
    return any(_fits(audience.levels, one.level) and _fits(audience.tracks, one.track) for one in held)


# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementDrafted:
    """Somebody wrote an announcement that nobody sees yet."""

    notice: Notice
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementPublished:
    """Its audience sees it from its first moment on."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementChanged:
    """It says something else from now on, or to others, or at another time."""

    notice: Notice
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementWithdrawn:
    """Nobody sees it any more."""

    by: str


Event: TypeAlias = AnnouncementDrafted | AnnouncementPublished | AnnouncementChanged | AnnouncementWithdrawn

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAnnouncement:
    """Write an announcement."""

    notice: Notice
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishAnnouncement:
    """Let its audience see it."""

    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAnnouncement:
    """Say something else; what candidates have dismissed stays dismissed."""

    notice: Notice
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAnnouncement:
    """Take it back."""

    by: str


Command: TypeAlias = DraftAnnouncement | PublishAnnouncement | ChangeAnnouncement | WithdrawAnnouncement

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Absent:
    """Nobody wrote it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Written, not seen."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class Published:
    """Seen by its audience in its time."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Taken back for good."""


State: TypeAlias = Absent | Draft | Published | Withdrawn


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case AnnouncementDrafted(notice=notice):
            return Draft(notice)
        case AnnouncementPublished():
            return Published(state.notice) if isinstance(state, Draft) else state
        case AnnouncementChanged(notice=notice):
            return type(state)(notice) if isinstance(state, Draft | Published) else state
        case AnnouncementWithdrawn():
            return Withdrawn()
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def draft_announcement(command: DraftAnnouncement, state: State) -> list[Event]:
    """The same draft again changes nothing."""
    if not isinstance(state, Absent):
        return []
    only_announcements_that_are_still_to_end(command.notice, command.now)
    return [AnnouncementDrafted(notice=command.notice, by=command.by)]


def publish_announcement(command: PublishAnnouncement, state: State) -> list[Event]:
    """Publishing twice changes nothing."""
    known = only_announcements_that_stand(state)
    if isinstance(known, Published):
        return []
    only_announcements_that_are_still_to_end(known.notice, command.now)
    return [AnnouncementPublished(by=command.by)]


def change_announcement(command: ChangeAnnouncement, state: State) -> list[Event]:
    """Drafts and published announcements alike."""
    known = only_announcements_that_stand(state)
    if known.notice == command.notice:
        return []
    only_announcements_that_are_still_to_end(command.notice, command.now)
    return [AnnouncementChanged(notice=command.notice, by=command.by)]


def withdraw_announcement(command: WithdrawAnnouncement, state: State) -> list[Event]:
    """Withdrawing twice changes nothing."""
    if isinstance(state, Withdrawn):
        return []
    only_announcements_that_stand(state)
    return [AnnouncementWithdrawn(by=command.by)]


def only_announcements_that_stand(state: State) -> Draft | Published:
    """The announcement, if there is one to act on."""
    match state:
        case Draft() | Published():
            return state
        case Absent():
            raise Rejected("announcement-unknown")
        case Withdrawn():
            raise Rejected("announcement-withdrawn")
        case _ as unknown:
            assert_never(unknown)


def only_announcements_that_are_still_to_end(notice: Notice, now: datetime) -> None:
    """The end lies behind the beginning and behind now."""
    if notice.shown_until <= notice.shown_from:
        raise Rejected("announcement-ends-before-it-begins")
    if notice.shown_until <= now:
        raise Rejected("announcement-ended")


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case DraftAnnouncement():
            return draft_announcement(command, state)
        case PublishAnnouncement():
            return publish_announcement(command, state)
        case ChangeAnnouncement():
            return change_announcement(command, state)
        case WithdrawAnnouncement():
            return withdraw_announcement(command, state)
        case _ as unknown:
            assert_never(unknown)


announcement: Decider[Command, State, Event] = Decider(
    category="announcement", initial=Absent(), evolve=evolve, decide=decide
)
"""Streams `announcement-<announcement id>`."""
