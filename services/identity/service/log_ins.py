"""Log-ins: password in, session and token out; tokens for operators; the keys that tokens are checked with."""

import hashlib
import hmac
import string
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from chassis.decider import Rejected
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.account import RecordLogIn, account
from services.identity.domain.session import EndSession, StartSession, UseSession, session
from services.identity.projections import credentials, emails, groups, sessions
from services.identity.service.parts import email_hash, parts_of

TOKEN_SECONDS = 600
SECRET_ALPHABET = string.ascii_letters + string.digits
SECRET_LENGTH = 43
REFUSAL_STEP = 0.25
"""Seconds; a refusal comes at a full step, so that its time does not tell whether the account exists (F1.2)."""


class LogIns:
    """Sessions and tokens; their times are real ones, whatever day the installation's clock shows."""

    desk: DeskAtWork

    @rpc
    def log_in(self, email: str, password: str) -> dict[str, Any]:
        """Open a session (F1.1, F1.2); raises Rejected `log-in-refused` for whatever is wrong."""
        began = time.monotonic()
        asked = schemas.log_in.load({"email": email, "password": password})
        candidate_id, stored = self._stored_password(asked["email"])
        if not parts_of(self.desk.frame).passwords.matches(asked["password"], stored):
            if stored is not None:
                self._record(candidate_id, succeeded=False)
            time.sleep(REFUSAL_STEP - (time.monotonic() - began) % REFUSAL_STEP)
            raise Rejected("log-in-refused")
        self._record(candidate_id, succeeded=True)
        self._end_lapsed(candidate_id)
        session_id, secret = self._start(candidate_id)
        return {"session": f"{session_id}.{secret}", **self._token(candidate_id, session_id)}

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
            self._end(found.session_id, found.candidate_id)
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

    def _stored_password(self, email: str) -> tuple[str, str | None]:
        """Candidate and argon2 hash; the hash is None for an unknown e-mail."""
        wanted = email_hash(self.desk.settings, email)
        with self.desk.read() as connection:
            candidate_id = emails.candidate_with(connection, wanted)
            box = None if candidate_id is None else credentials.password_of(connection, candidate_id)
        if candidate_id is None or box is None:
            return "", None
        return candidate_id, self.desk.unseal(candidate_id, box)

    def _record(self, candidate_id: str, *, succeeded: bool) -> None:
        command = RecordLogIn(succeeded=succeeded, at=datetime.now(UTC))
        self.desk.handle(account, candidate_id, command, subject=candidate_id)

    def _start(self, candidate_id: str) -> tuple[str, str]:
        session_id = self.desk.new_id("session")
        secret = self.desk.secret_code("session", alphabet=SECRET_ALPHABET, length=SECRET_LENGTH)
        command = StartSession(secret_hash=_hash(secret), at=datetime.now(UTC))
        self.desk.handle(session, session_id, command, subject=candidate_id)
        return session_id, secret

    def _use(self, found: sessions.Session) -> None:
        self.desk.handle(session, found.session_id, UseSession(at=datetime.now(UTC)), subject=found.candidate_id)

    def _end(self, session_id: str, candidate_id: str) -> None:
        self.desk.handle(session, session_id, EndSession(at=datetime.now(UTC)), subject=candidate_id)

    def _end_lapsed(self, candidate_id: str) -> None:
        """Sessions that nobody closed are closed at the next log-in, so that they do not gather."""
        with self.desk.read() as connection:
            lapsed = sessions.lapsed(connection, candidate_id, datetime.now(UTC))
        for session_id in lapsed:
            self._end(session_id, candidate_id)

    def _token(self, candidate_id: str, session_id: str) -> dict[str, Any]:
        with self.desk.read() as connection:
            permissions = groups.permissions_of(connection, candidate_id)
        roles = ["candidate", "staff"] if permissions else ["candidate"]
        token, expires_at = parts_of(self.desk.frame).tokens.issue(
            candidate_id, roles, seconds=TOKEN_SECONDS, session_id=session_id, permissions=permissions
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
            if credentials.password_of(connection, found.candidate_id) is None:
                raise Rejected("session-over")
        return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
