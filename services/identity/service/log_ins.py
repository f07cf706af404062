"""Log-ins: password in, session and token out; tokens for operators; the keys that tokens are checked with."""

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from chassis.decider import Rejected
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.log_in import RecordLogIn
from services.identity.domain.session import UseSession, session
from services.identity.projections import accounts, credentials, emails, sessions
from services.identity.projections.accounts import Account
from services.identity.service.open_sessions import end_session
from services.identity.service.opening import (
    Caller,
    handle_noted,
    is_paused,
    opened,
    refuse,
    secret_hash,
    token_for,
)
from services.identity.service.parts import email_hash, parts_of
from services.identity.service.second_factor import BY_PASSWORD, asks_for_code, question
from services.identity.service.steady import steady


class LogIns:
    """Sessions and tokens; their times are real ones, whatever day the installation's clock shows."""

    desk: DeskAtWork

    @rpc
    def log_in(self, email: str, password: str, network: str = "", device: str = "") -> dict[str, Any]:
        """Open a session (F1.1, F1.2); Rejected `log-in-refused` for whatever is wrong, a locked account included.

        Only whoever knows the password hears `email-not-confirmed`; a network with too many failures `log-in-paused`.
        Where an authenticator is on, the answer is a `second_factor` that `prove_log_in` takes with its code.
        """
        asked = schemas.log_in.load({"email": email, "password": password, "network": network, "device": device})
        caller = Caller(asked["network"], asked["device"])
        found, stored = self._stored_password(asked["email"])
        if is_paused(self.desk, caller) or not self._opens(asked["password"], stored, found):
            with steady():
                refuse(self.desk, found, caller)
        assert found is not None
        if asks_for_code(self.desk, found):
            return {"second_factor": question(self.desk, found, BY_PASSWORD)}
        now = datetime.now(UTC)
        handle_noted(self.desk, found, RecordLogIn(succeeded=True, at=now), "succeeded", device=caller.device)
        return opened(self.desk, found, caller, "password")

    @rpc
    def refresh(self, session: str) -> dict[str, Any]:
        """A new token for an open session; raises Rejected `session-over`."""
        found = self._open_session(session)
        self._use(found)
        return token_for(self.desk, found.candidate_id, found.session_id, found.opened_by or "")

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
            account_id = emails.log_in_with(connection, wanted) or ""
            found = accounts.with_id(connection, account_id)
            box = credentials.password_of(connection, account_id)
        if found is None or box is None:
            return None, None
        return found, self.desk.unseal(account_id, box)

    def _opens(self, password: str, stored: str | None, found: Account | None) -> bool:
        """The password is always compared, so that a lock cannot be told from a wrong password by its time."""
        matches = parts_of(self.desk.frame).passwords.matches(password, stored)
        return matches and found is not None and not found.locked

    # -- sessions ------------------------------------------------------------------------------------------------------

    def _use(self, found: sessions.Session) -> None:
        self.desk.handle(session, found.session_id, UseSession(at=datetime.now(UTC)), subject=found.candidate_id)

    def _session(self, text: str) -> sessions.Session | None:
        """The session that this secret belongs to, if nobody has closed it."""
        session_id, _, secret = str(text).partition(".")
        with self.desk.read() as connection:
            found = sessions.with_id(connection, session_id)
        return found if found is not None and hmac.compare_digest(found.secret_hash, secret_hash(secret)) else None

    def _open_session(self, text: str) -> sessions.Session:
        """The session, if its account is still there; how long it lasts is the session's own matter."""
        found = self._session(text)
        if found is None:
            raise Rejected("session-over")
        with self.desk.read() as connection:
            if accounts.of_candidate(connection, found.candidate_id) is None:
                raise Rejected("session-over")
        return found
