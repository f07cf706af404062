"""Announcements: the programme writes them, candidates see those that are for them and put them away (F3.3)."""

from datetime import timedelta
from typing import Any

import contracts
from chassis.errors import NotFound
from chassis.service import DeskAtWork, rpc, subscribe
from services.identity import schemas
from services.identity.domain.announcement import (
    ChangeAnnouncement,
    Command,
    DraftAnnouncement,
    PublishAnnouncement,
    Reader,
    WithdrawAnnouncement,
    announcement,
    reaches,
)
from services.identity.domain.dismissals import DismissAnnouncement, dismissals
from services.identity.projections import announcements, profiles, standings

SOON = timedelta(seconds=60)
"""So far ahead an answer looks for the next announcement that begins."""


class Announcements:
    """What candidates are told by the programme."""

    desk: DeskAtWork

    @subscribe(contracts.CertificationRecertified)
    @subscribe(contracts.CertificationExtended)
    @subscribe(contracts.CertificationExpiryCorrected)
    @subscribe(contracts.CertificationExpired)
    @subscribe(contracts.CertificationReinstated)
    @subscribe(contracts.CertificationRevoked)
    @subscribe(contracts.CertificationRestored)
    @subscribe(contracts.CertificationReactivated)
    @subscribe(contracts.CertificationHeld)
    @subscribe(contracts.CertificationHoldLifted)
    @subscribe(contracts.LifetimeEmeritusGranted)
    @subscribe(contracts.EmeritusGranted)
    @subscribe(contracts.EmeritusLapsed)
    def on_standing_changed(self, event: contracts.Event) -> None:
        """Audiences read it from the projections; nothing is decided."""

    @rpc
    def draft_announcement(self, by: str, **notice: Any) -> dict[str, Any]:
        """Write an announcement that nobody sees before it is published."""
        told = schemas.notice.load(notice)
        announcement_id = self.desk.new_id("announcement")
        return self._act(announcement_id, DraftAnnouncement(notice=told, by=by, now=self.desk.now()))

    @rpc
    def change_announcement(self, announcement_id: str, by: str, **notice: Any) -> dict[str, Any]:
        """Replace what it says, when and to whom."""
        told = schemas.notice.load(notice)
        return self._act(announcement_id, ChangeAnnouncement(notice=told, by=by, now=self.desk.now()))

    @rpc
    def publish_announcement(self, announcement_id: str, by: str) -> dict[str, Any]:
        """Let its audience see it."""
        return self._act(announcement_id, PublishAnnouncement(by=by, now=self.desk.now()))

    @rpc
    def withdraw_announcement(self, announcement_id: str, by: str) -> dict[str, Any]:
        """Take it back for good."""
        return self._act(announcement_id, WithdrawAnnouncement(by=by))

    @rpc
    def announcements_list(self, page: int = 1, page_size: int = 50) -> list[dict[str, Any]]:
        """One page of all announcements, the one written last first."""
        asked = schemas.page.load({"page": page, "page_size": page_size})
        with self.desk.read() as connection:
            found = announcements.page(connection, **asked)
        return [_whole(one) for one in found]

    @rpc
    def announcement(self, announcement_id: str) -> dict[str, Any]:
        """One announcement, and how many candidates it reaches; raises NotFound."""
        with self.desk.read() as connection:
            found = announcements.one(connection, announcement_id)
            reach = announcements.reach(connection, found.whom, self.desk.today()) if found else 0
        if found is None:
            raise NotFound("announcement-unknown")
        return {**_whole(found), "reach": reach}

    @rpc
    def announcement_reach(self, **audience: Any) -> dict[str, Any]:
        """How many candidates an audience has, before anything is written."""
        asked = schemas.audience.load(audience)
        with self.desk.read() as connection:
            return {"reach": announcements.reach(connection, asked, self.desk.today())}

    @rpc
    def announcements(self, candidate_id: str, language: str = "") -> list[dict[str, Any]]:
        """What the candidate is shown now, the newest first."""
        asked = schemas.reader.load({"candidate_id": candidate_id, "language": language})
        return self.announced(asked["candidate_id"], asked["language"])[0]

    @rpc
    def dismiss_announcement(self, candidate_id: str, announcement_id: str) -> dict[str, Any]:
        """Put one away for good; refuses one that the candidate is not shown."""
        schemas.one_announcement.load({"candidate_id": candidate_id, "announcement_id": announcement_id})
        is_shown = any(one["announcement_id"] == announcement_id for one in self.announced(candidate_id, "")[0])
        command = DismissAnnouncement(announcement_id=announcement_id, is_shown=is_shown, at=self.desk.now())
        written = self.desk.handle(dismissals, candidate_id, command, subject=candidate_id)
        return {"announcement_id": announcement_id, "written": written.mark}

    def announced(self, candidate_id: str, language: str) -> tuple[list[dict[str, Any]], float]:
        """What the candidate is shown now, and for how many seconds that stays so."""
        now = self.desk.now()
        with self.desk.read() as connection:
            candidates = announcements.shown(connection, candidate_id, now, now + SOON)
            if not candidates:
                return [], SOON.total_seconds()
            profile = profiles.of_candidate(connection, candidate_id)
            held = standings.held(connection, candidate_id, self.desk.today())
        reader = Reader(country=profile.country if profile else "", language=language, held=held)
        meant = [one for one in candidates if reaches(one.whom, reader)]
        turns = [one.shown_until if one.shown_from <= now else one.shown_from for one in meant]
        return [_told(one) for one in meant if one.shown_from <= now], (min([*turns, now + SOON]) - now).total_seconds()

    def _act(self, announcement_id: str, command: Command) -> dict[str, Any]:
        written = self.desk.handle(announcement, announcement_id, command, subject="")
        return {"announcement_id": announcement_id, "written": written.mark}


def _told(one: announcements.Announcement) -> dict[str, Any]:
    return {
        "announcement_id": one.announcement_id,
        "title": one.title,
        "text": one.text,
        "shown_from": one.shown_from.isoformat(),
        "shown_until": one.shown_until.isoformat(),
    }


def _whole(one: announcements.Announcement) -> dict[str, Any]:
    return {
        **_told(one),
        "state": one.state,
        "audience": one.audience,
        "written_at": one.written_at.isoformat(),
        "written_by": one.written_by,
    }
