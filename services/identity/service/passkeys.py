"""Passkeys: registered by whoever is logged in, and then enough to log in (F1.14)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from chassis.decider import Rejected
from chassis.errors import Conflict, NotFound
from chassis.projections import Rows
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters.challenges import Challenge
from services.identity.adapters.passkeys import Passkeys, WrongAnswer
from services.identity.domain.account import account
from services.identity.domain.passkey import LogInByPasskey, RegisterPasskey, RemovePasskey, RenamePasskey
from services.identity.projections import accounts, profiles, sign_in, used_challenges
from services.identity.projections.accounts import Account
from services.identity.service.open_sessions import account_of
from services.identity.service.opening import Caller, handle_noted, is_paused, opened
from services.identity.service.parts import parts_of

REGISTER, LOG_IN = "register-passkey", "log-in-by-passkey"


class LogInsByPasskey:
    """Devices and security keys that open an account."""

    desk: DeskAtWork

    @rpc
    def passkey_options(self, candidate_id: str) -> dict[str, Any]:
        """What the browser is asked in order to make a passkey."""
        found = account_of(self.desk, candidate_id)
        with self.desk.read() as connection:
            profile = profiles.of_candidate(connection, candidate_id)
            known = sign_in.passkeys_of(connection, found.account_id)
        if profile is None:
            raise NotFound("candidate-unknown")
        parts = parts_of(self.desk.frame)
        return parts.passkeys.to_register(
            parts.challenges.make(REGISTER, found.account_id, datetime.now(UTC)),
            account_id=found.account_id,
            email=profile.email,
            name=profile.name,
            known=[one.passkey_id for one in known],
        )

    @rpc
    def register_passkey(self, candidate_id: str, name: str, credential: dict[str, Any]) -> dict[str, Any]:
        """Let the device open the account from now on; raises Rejected `passkey-refused`."""
        asked = schemas.new_passkey.load({"name": name, "credential": credential})
        found = account_of(self.desk, candidate_id)
        text, challenge = self._challenge(REGISTER, asked["credential"])
        if challenge.about != found.account_id:
            raise Rejected("passkey-refused")
        try:
            made = parts_of(self.desk.frame).passkeys.registered(asked["credential"], text)
        except WrongAnswer as wrong:
            raise Rejected("passkey-refused") from wrong
        command = RegisterPasskey(
            passkey_id=made.passkey_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            name=self.desk.seal(found.account_id, asked["name"]),
            at=datetime.now(UTC),
        )
        self._once(found, command, "passkey-added", challenge, letter="passkey-added")
        return {"passkey_id": made.passkey_id}

    @rpc
    def rename_passkey(self, candidate_id: str, passkey_id: str, name: str) -> dict[str, Any]:
        """Call it otherwise."""
        asked = schemas.named_passkey.load({"passkey_id": passkey_id, "name": name})
        found = account_of(self.desk, candidate_id)
        command = RenamePasskey(passkey_id=asked["passkey_id"], name=self.desk.seal(found.account_id, asked["name"]))
        self.desk.handle(account, found.account_id, command, subject=found.account_id)
        return {"passkey_id": asked["passkey_id"]}

    @rpc
    def remove_passkey(self, candidate_id: str, passkey_id: str) -> dict[str, Any]:
        """Let it open nothing any more; one that is gone already is fine."""
        asked = schemas.passkey.load({"passkey_id": passkey_id})
        found = account_of(self.desk, candidate_id)
        command = RemovePasskey(passkey_id=asked["passkey_id"], at=datetime.now(UTC))
        handle_noted(self.desk, found, command, "passkey-removed", letter="passkey-removed")
        return {"passkey_id": asked["passkey_id"]}

    @rpc
    def passkey_log_in_options(self) -> dict[str, Any]:
        """What a browser is asked in order to log in; nobody needs to say who they are."""
        parts = parts_of(self.desk.frame)
        return parts.passkeys.to_log_in(parts.challenges.make(LOG_IN, "", datetime.now(UTC)))

    @rpc
    def log_in_by_passkey(self, credential: dict[str, Any], network: str = "", device: str = "") -> dict[str, Any]:
        """Open a session without a password; raises Rejected `passkey-refused` for whatever is wrong."""
        asked = schemas.log_in_by_passkey.load({"credential": credential, "network": network, "device": device})
        caller = Caller(asked["network"], asked["device"])
        if is_paused(self.desk, caller):
            raise Rejected("log-in-paused")
        text, challenge = self._challenge(LOG_IN, asked["credential"])
        with self.desk.read() as connection:
            known = sign_in.passkey(connection, str(asked["credential"].get("id", "")))
            found = None if known is None else accounts.with_id(connection, known.account_id)
        if known is None or found is None:
            raise Rejected("passkey-refused")
        try:
            counted = parts_of(self.desk.frame).passkeys.sign_count(asked["credential"], text, known.public_key)
        except WrongAnswer as wrong:
            raise Rejected("passkey-refused") from wrong
        command = LogInByPasskey(passkey_id=known.passkey_id, sign_count=counted, at=datetime.now(UTC))
        self._once(found, command, "succeeded", challenge, device=caller.device)
        return opened(self.desk, found, caller, "passkey")

    def _challenge(self, purpose: str, credential: dict[str, Any]) -> tuple[str, Challenge]:
        """The challenge of ours that was answered; one that is too old is told like one that never was."""
        try:
            text = Passkeys.challenge_in(credential)
        except WrongAnswer as wrong:
            raise Rejected("passkey-refused") from wrong
        challenge = parts_of(self.desk.frame).challenges.read(purpose, text, datetime.now(UTC))
        if challenge is None:
            raise Rejected("passkey-refused")
        return text, challenge

    def _once(self, found: Account, command: object, what: str, challenge: Challenge, **more: str) -> None:
        """Decide the command; a challenge is answered once, so that nobody sends an answer again (WebAuthn, 13.4.3)."""

        def use(rows: Rows) -> None:
            used_challenges.use(rows, challenge.hash, challenge.until, datetime.now(UTC))

        try:
            handle_noted(self.desk, found, command, what, also=use, **more)
        except (IntegrityError, Conflict) as again:
            raise Rejected("passkey-refused") from again
