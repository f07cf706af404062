"""Log-ins: password in, session and token out; tokens for operators; the keys that tokens are checked with."""

import hashlib
import hmac
import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chassis.decider import Rejected
from chassis.projections import Rows
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.account import account
from services.identity.domain.log_in import MOST_FAILURES, RecordLogIn
from services.identity.domain.session import StartSession, UseSession, session
from services.identity.projections import accounts, attempts, credentials, emails, groups, log_ins, profiles, sessions
from services.identity.projections.accounts import Account
from services.identity.service.mailed_links import mail_link
from services.identity.service.mapping import map_at_log_in
from services.identity.service.open_sessions import end_session
from services.identity.service.parts import email_hash, parts_of
from services.identity.service.steady import steady

TOKEN_SECONDS = 600
SECRET_ALPHABET = string.ascii_letters + string.digits
SECRET_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Caller:
    """From where somebody tries to log in: a hashed network address, and what they will recognise the device by."""

    network: str
    device: str


class LogIns:
    """Sessions and tokens; their times are real ones, whatever day the installation's clock shows."""

    desk: DeskAtWork

    @rpc
    def log_in(self, email: str, password: str, network: str = "", device: str = "") -> dict[str, Any]:
        """Open a session (F1.1, F1.2); Rejected `log-in-refused` for whatever is wrong, a locked account included.

        Only whoever knows the password hears `email-not-confirmed`; a network with too many failures `log-in-paused`.
        """
        asked = schemas.log_in.load({"email": email, "password": password, "network": network, "device": device})
        caller = Caller(asked["network"], asked["device"])
        found, stored = self._stored_password(asked["email"])
        if self._is_paused(caller) or not self._opens(asked["password"], stored, found):
            with steady():
                self._refuse(found, caller)
        assert found is not None
        self._record(found, caller)
        return self._opened(self._mapped(found), caller)

    @rpc
    def refresh(self, session: str) -> dict[str, Any]:
        """A new token for an open session; raises Rejected `session-over`."""
        found = self._open_session(session)
        self._use(found)
        return self._token(found.candidate_id, found.session_id)

    @rpc
    def log_out(self, session: str) -> dict[str, Any]:
        """Close the session; one that is over already is fine."""
        found = self._session(session)
        if found is not None:
            end_session(self.desk, found)
        return {}

    @rpc
    def jwks(self) -> dict[str, Any]:
        """The public keys that tokens are checked with, as a JSON Web Key Set."""
        return parts_of(self.desk.frame).tokens.jwks()

    @rpc
    def issue_token(self, subject: str, roles: Sequence[str], lifetime_seconds: int) -> dict[str, Any]:
        """A token without a session, for operators and the test provider's system."""
        asked = schemas.issue_token.load({"subject": subject, "roles": roles, "lifetime_seconds": lifetime_seconds})
        token, _ = parts_of(self.desk.frame).tokens.issue(
            asked["subject"], asked["roles"], seconds=asked["lifetime_seconds"]
        )
        return {"token": token}

    # -- is it right? --------------------------------------------------------------------------------------------------

    def _stored_password(self, email: str) -> tuple[Account | None, str | None]:
        """Account and argon2 hash; the hash is None for an unknown e-mail."""
        wanted = email_hash(self.desk.settings, email)
        with self.desk.read() as connection:
            account_id = emails.account_with(connection, wanted) or ""
            found = accounts.with_id(connection, account_id)
            box = credentials.password_of(connection, account_id)
        if found is None or box is None:
            return None, None
        return found, self.desk.unseal(account_id, box)

    def _opens(self, password: str, stored: str | None, found: Account | None) -> bool:
        """The password is always compared, so that a lock cannot be told from a wrong password by its time."""
        matches = parts_of(self.desk.frame).passwords.matches(password, stored)
        return matches and found is not None and not found.locked

    def _is_paused(self, caller: Caller) -> bool:
        if not caller.network:
            return False
        with self.desk.read() as connection:
            return attempts.lately(connection, caller.network, datetime.now(UTC)) >= MOST_FAILURES

    # -- what comes of it ----------------------------------------------------------------------------------------------

    def _refuse(self, found: Account | None, caller: Caller) -> None:
        """Count the failure for account and network, mail the link that unlocks, and tell nothing of it."""
        if self._is_paused(caller):
            raise Rejected("log-in-paused")
        now = datetime.now(UTC)
        if caller.network:
            attempt_id = self.desk.new_id("attempt")
            self.desk.write(lambda rows: attempts.remember(rows, attempt_id, caller.network, now))
        if found is not None:
            self._note(found, caller, RecordLogIn(succeeded=False, at=now), "failed")
            mail_link(self.desk, found.account_id, "unlock")
        raise Rejected("log-in-refused")

    def _record(self, found: Account, caller: Caller) -> None:
        self._note(found, caller, RecordLogIn(succeeded=True, at=datetime.now(UTC)), "succeeded")

    def _note(self, found: Account, caller: Caller, command: RecordLogIn, what: str) -> None:
        entry_id = self.desk.new_id(f"log-in/{what}")
        entry = log_ins.Entry(at=command.at, what=what, device=caller.device)

        def remember(rows: Rows) -> None:
            log_ins.note(rows, entry_id, found.account_id, entry)

        self.desk.handle(account, found.account_id, command, subject=found.account_id, also=remember)

    def _mapped(self, found: Account) -> str:
        """The candidate whose record the account opens; the first log-in joins them (F1.9)."""
        if found.mapped:
            return found.candidate_id
        return map_at_log_in(self.desk, found)

    # -- sessions ------------------------------------------------------------------------------------------------------

    def _opened(self, candidate_id: str, caller: Caller) -> dict[str, Any]:
        self._end_lapsed(candidate_id)
        session_id, secret = self._start(candidate_id, caller)
        return {"session": f"{session_id}.{secret}", **self._token(candidate_id, session_id)}

    def _start(self, candidate_id: str, caller: Caller) -> tuple[str, str]:
        session_id = self.desk.new_id("session")
        secret = self.desk.secret_code("session", alphabet=SECRET_ALPHABET, length=SECRET_LENGTH)
        device = self.desk.seal(candidate_id, caller.device) if caller.device else None
        command = StartSession(secret_hash=_hash(secret), at=datetime.now(UTC), device=device)
        self.desk.handle(session, session_id, command, subject=candidate_id)
        return session_id, secret

    def _use(self, found: sessions.Session) -> None:
        self.desk.handle(session, found.session_id, UseSession(at=datetime.now(UTC)), subject=found.candidate_id)

    def _end_lapsed(self, candidate_id: str) -> None:
        """Sessions that nobody closed are closed at the next log-in, so that they do not gather."""
        now = datetime.now(UTC)
        with self.desk.read() as connection:
            known = sessions.all_of(connection, candidate_id)
        for found in known:
            if found.until <= now:
                end_session(self.desk, found)

    def _token(self, candidate_id: str, session_id: str) -> dict[str, Any]:
        with self.desk.read() as connection:
            permissions = groups.permissions_of(connection, candidate_id)
            profile = profiles.of_candidate(connection, candidate_id)
        token, expires_at = parts_of(self.desk.frame).tokens.issue(
            candidate_id,
            ["candidate", "staff"] if permissions else ["candidate"],
            seconds=TOKEN_SECONDS,
            session_id=session_id,
            permissions=permissions,
            complete=profile is not None and profile.complete,
        )
        ends = datetime.fromtimestamp(expires_at, UTC).isoformat()
        return {"candidate_id": candidate_id, "token": token, "expires_at": ends}

    def _session(self, text: str) -> sessions.Session | None:
        """The session that this secret belongs to, if nobody has closed it."""
        session_id, _, secret = str(text).partition(".")
        with self.desk.read() as connection:
            found = sessions.with_id(connection, session_id)
        return found if found is not None and hmac.compare_digest(found.secret_hash, _hash(secret)) else None

    def _open_session(self, text: str) -> sessions.Session:
        """The session, if its account is still there; how long it lasts is the session's own matter."""
        found = self._session(text)
        if found is None:
            raise Rejected("session-over")
        with self.desk.read() as connection:
            if accounts.of_candidate(connection, found.candidate_id) is None:
                raise Rejected("session-over")
        return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
