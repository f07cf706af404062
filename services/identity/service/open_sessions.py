"""The person's own security page: open sessions, history of log-ins, another password (F1.14)."""

from datetime import UTC, datetime
from typing import Any

from chassis.command_handling import NewEffect
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.projections import Rows
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.account import account
from services.identity.domain.log_in import ChangePassword
from services.identity.domain.session import EndSession, session
from services.identity.projections import accounts, credentials, log_ins, profiles, sessions
from services.identity.projections.accounts import Account
from services.identity.service.parts import parts_of
from services.identity.service.passwords import new_password_hash
from services.identity.service.programs import end_programs
from services.identity.service.steady import steady

HISTORY = 50


class OpenSessions:
    """What a person sees of their log-ins, and how they end them."""

    desk: DeskAtWork

    @rpc
    def sessions(self, candidate_id: str) -> list[dict[str, Any]]:
        """Open sessions, the newest first (F1.14)."""
        now = datetime.now(UTC)
        with self.desk.read() as connection:
            known = sessions.all_of(connection, candidate_id)
        shown = [_shown(one) for one in known if one.until > now]
        return sorted(shown, key=lambda one: one["started_at"] or "", reverse=True)

    @rpc
    def end_session(self, candidate_id: str, session_id: str) -> dict[str, Any]:
        """Log out one device; one that is over already is fine, one of somebody else is not there."""
        with self.desk.read() as connection:
            known = sessions.all_of(connection, candidate_id)
        for one in known:
            if one.session_id == session_id:
                end_session(self.desk, one)
        return {"session_id": session_id}

    @rpc
    def log_out_everywhere(self, candidate_id: str, but: str = "") -> dict[str, Any]:
        """End all sessions, but for one if it is named, and what programs may know; tokens end within ten minutes."""
        end_programs(self.desk, candidate_id, "logged-out")
        return {"ended": end_sessions(self.desk, candidate_id, but=but)}

    @rpc
    def log_in_history(self, candidate_id: str) -> list[dict[str, Any]]:
        """The last attempts to log in, newest first (F1.14)."""
        found = account_of(self.desk, candidate_id)
        with self.desk.read() as connection:
            entries = log_ins.of_account(connection, found.account_id, HISTORY)
        return [{"at": one.at.isoformat(), "what": one.what, "device": one.device} for one in entries]

    @rpc
    def change_password(self, candidate_id: str, current: str, password: str, session_id: str = "") -> dict[str, Any]:
        """Replace the password by another; all other sessions end, programs stop, and a mail tells of it."""
        asked = schemas.change_password.load({"current": current, "password": password, "session_id": session_id})
        found = account_of(self.desk, candidate_id)
        with steady():
            only_right_password(self.desk, found, asked["current"])
        with self.desk.read() as connection:
            profile = profiles.of_candidate(connection, candidate_id)
        about = () if profile is None else (profile.first_name, profile.last_name, profile.email)
        hashed = new_password_hash(self.desk, asked["password"], about)
        command = ChangePassword(password=self.desk.seal(found.account_id, hashed))
        written = self._changed(found, command)
        end_sessions(self.desk, candidate_id, but=asked["session_id"])
        end_programs(self.desk, candidate_id, "logged-out")
        return {"candidate_id": candidate_id, "written": written.mark}

    def _changed(self, found: Account, command: ChangePassword) -> Any:
        now = datetime.now(UTC)
        entry_id = self.desk.new_id("password-set")
        entry = log_ins.Entry(at=now, what="password-set", device="")

        def note(rows: Rows) -> None:
            log_ins.note(rows, entry_id, found.account_id, entry)

        told = {"letter": "password-changed", "at": now.isoformat()}
        mail = NewEffect(key=f"password-changed/{entry_id}", kind="mail", subject=found.account_id, payload=told)
        return self.desk.handle(
            account, found.account_id, command, subject=found.account_id, also=note, effects=(mail,)
        )


def account_of(desk: DeskAtWork, candidate_id: str) -> Account:
    """The account that opens this record; raises NotFound for an unknown or erased candidate."""
    with desk.read() as connection:
        found = accounts.of_candidate(connection, candidate_id)
    if found is None:
        raise NotFound("candidate-unknown")
    return found


def only_right_password(desk: DeskAtWork, found: Account, password: str) -> None:
    """Refuse an act when the password beside it is wrong."""
    with desk.read() as connection:
        box = credentials.password_of(connection, found.account_id)
    stored = None if box is None else desk.unseal(found.account_id, box)
    if not parts_of(desk.frame).passwords.matches(password, stored):
        raise Rejected("password-wrong")


def end_session(desk: DeskAtWork, found: sessions.Session) -> None:
    """Close one session."""
    desk.handle(session, found.session_id, EndSession(at=datetime.now(UTC)), subject=found.candidate_id)


def end_sessions(desk: DeskAtWork, candidate_id: str, *, but: str = "") -> int:
    """Close the sessions of a candidate, but one; gives how many."""
    with desk.read() as connection:
        known = sessions.all_of(connection, candidate_id)
    others = [one for one in known if one.session_id != but]
    for one in others:
        end_session(desk, one)
    return len(others)


def _shown(one: sessions.Session) -> dict[str, Any]:
    return {
        "session_id": one.session_id,
        "device": one.device or "",
        "opened_by": one.opened_by or "password",
        "started_at": None if one.started_at is None else one.started_at.isoformat(),
        "until": one.until.isoformat(),
    }
