"""The second factor: turned on and off by the person, shown after the password (F1.14)."""

from datetime import UTC, datetime
from typing import Any

from chassis.decider import Rejected
from chassis.errors import Conflict, NotFound
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters.authenticators import step_of
from services.identity.domain.account import account
from services.identity.domain.account_state import Registered
from services.identity.domain.second_factor import (
    Code,
    Proof,
    ProveLogIn,
    RecoveryCode,
    RenewRecoveryCodes,
    TurnOffAuthenticator,
    TurnOnAuthenticator,
)
from services.identity.domain.sign_in_state import SignIn
from services.identity.projections import accounts, profiles, sign_in
from services.identity.projections.accounts import Account
from services.identity.service.open_sessions import account_of, only_right_password
from services.identity.service.opening import Caller, handle_noted, is_paused, opened, refuse
from services.identity.service.parts import parts_of
from services.identity.service.steady import steady

BY_PASSWORD, BY_SIGN_ON = "second-factor", "second-factor/sign-on"
"""After which first factor a code is asked for."""


class SecondFactor:
    """Authenticator and recovery codes."""

    desk: DeskAtWork

    @rpc
    def second_factor(self, candidate_id: str) -> dict[str, Any]:
        """What is on, how many recovery codes are left, and the passkeys, the oldest first."""
        found = account_of(self.desk, candidate_id)
        known = self._known(found)
        with self.desk.read() as connection:
            passkeys = sign_in.passkeys_of(connection, found.account_id)
        return {
            "authenticator": known.step is not None,
            "recovery_codes_left": len(known.recovery),
            "passkeys": [_shown(one) for one in passkeys],
        }

    @rpc
    def new_authenticator(self, candidate_id: str, session_id: str) -> dict[str, Any]:
        """The secret to put into the app, the same for this session until it is turned on."""
        asked = schemas.new_authenticator.load({"session_id": session_id})
        found = account_of(self.desk, candidate_id)
        if self._known(found).step is not None:
            raise Rejected("authenticator-on")
        secret = self._new_secret(found, asked["session_id"])
        with self.desk.read() as connection:
            profile = profiles.of_candidate(connection, candidate_id)
        if profile is None:
            raise NotFound("candidate-unknown")
        return {"secret": secret, "address": parts_of(self.desk.frame).authenticators.address(secret, profile.email)}

    @rpc
    def turn_on_authenticator(self, candidate_id: str, session_id: str, code: str) -> dict[str, Any]:
        """Ask for codes from now on, once the app has shown one; the recovery codes are told here and never again."""
        asked = schemas.turn_on_authenticator.load({"session_id": session_id, "code": code})
        found = account_of(self.desk, candidate_id)
        secret = self._new_secret(found, asked["session_id"])
        now = datetime.now(UTC)
        step = step_of(secret, asked["code"], now)
        if step is None:
            raise Rejected("code-wrong")
        codes, hashes = self._recovery_codes(found)
        command = TurnOnAuthenticator(
            secret=self.desk.seal(found.account_id, secret), first=Code(step), recovery_hashes=hashes, at=now
        )
        handle_noted(self.desk, found, command, "second-factor-on", letter="authenticator-on")
        return {"recovery_codes": codes}

    @rpc
    def turn_off_authenticator(self, candidate_id: str, password: str, code: str) -> dict[str, Any]:
        """Let the password be enough again; it and a code are needed for that."""
        asked = schemas.password_and_code.load({"password": password, "code": code})
        found = account_of(self.desk, candidate_id)
        with steady():
            only_right_password(self.desk, found, asked["password"])
            proof, now = self._proof(found, asked["code"]), datetime.now(UTC)
            command = TurnOffAuthenticator(proof=proof, at=now)
            handle_noted(self.desk, found, command, "second-factor-off", letter="authenticator-off")
        return {}

    @rpc
    def renew_recovery_codes(self, candidate_id: str, code: str) -> dict[str, Any]:
        """Other recovery codes in place of all earlier ones, told here and never again."""
        asked = schemas.code.load({"code": code})
        found = account_of(self.desk, candidate_id)
        proof, now = self._proof(found, asked["code"]), datetime.now(UTC)
        codes, hashes = self._recovery_codes(found)
        command = RenewRecoveryCodes(proof=proof, recovery_hashes=hashes, at=now)
        handle_noted(self.desk, found, command, "recovery-codes", letter="recovery-codes")
        return {"recovery_codes": codes}

    @rpc
    def prove_log_in(self, second_factor: str, code: str, network: str = "", device: str = "") -> dict[str, Any]:
        """Open the session after the password was right; wrong codes count like wrong passwords (F1.7).

        Raises Rejected `code-wrong`, `second-factor-over` when the password must be given again, or `log-in-refused`.
        """
        asked = schemas.prove_log_in.load(
            {"second_factor": second_factor, "code": code, "network": network, "device": device}
        )
        caller = Caller(asked["network"], asked["device"])
        found, first = self._asked_for_code(asked["second_factor"])
        if found.locked:
            raise Rejected("log-in-refused")
        if is_paused(self.desk, caller):
            raise Rejected("log-in-paused")
        try:
            proof = self._proof(found, asked["code"])
            command = ProveLogIn(proof=proof, at=datetime.now(UTC))
            what = "by-provider" if first == BY_SIGN_ON else "succeeded"
            handle_noted(self.desk, found, command, what, device=caller.device)
        except Rejected as refusal:
            if refusal.code != "code-wrong":
                raise
            with steady():
                refuse(self.desk, found, caller, "code-wrong")
        if first == BY_SIGN_ON:
            return opened(self.desk, found, caller, "provider-code")
        return opened(self.desk, found, caller, "code" if isinstance(proof, Code) else "recovery-code")

    def _asked_for_code(self, second_factor: str) -> tuple[Account, str]:
        """Who is asked, and after which first factor."""
        challenges = parts_of(self.desk.frame).challenges
        for first in (BY_PASSWORD, BY_SIGN_ON):
            asked = challenges.read(first, second_factor, datetime.now(UTC))
            with self.desk.read() as connection:
                found = None if asked is None else accounts.with_id(connection, asked.about)
            if found is not None:
                return found, first
        raise Rejected("second-factor-over")

    def _known(self, found: Account) -> SignIn:
        state = self.desk.state(account, found.account_id)
        return state.sign_in if isinstance(state, Registered) else SignIn()

    def _new_secret(self, found: Account, session_id: str) -> str:
        """Another one for each session, and another one after it was turned off."""
        known = self._known(found)
        turns = known.turned_on - 1 if known.step is not None else known.turned_on  # a retry meets the same secret
        return parts_of(self.desk.frame).authenticators.secret(found.account_id, session_id, str(turns))

    def _recovery_codes(self, found: Account) -> tuple[list[str], tuple[str, ...]]:
        parts = parts_of(self.desk.frame).authenticators
        codes = parts.recovery_codes(found.account_id, self.desk.new_id("recovery-codes"))
        return codes, tuple(parts.recovery_hash(found.account_id, one) for one in codes)

    def _proof(self, found: Account, code: str) -> Proof:
        """What the code is: of the app, or a recovery code; whether it counts is decided with the facts."""
        with self.desk.read() as connection:
            box = sign_in.secret_of(connection, found.account_id)
        if box is None:
            raise Rejected("authenticator-off")
        secret = self.desk.unseal(found.account_id, box)
        if secret is None:
            raise Conflict("account-erased")
        step = step_of(secret, "".join(code.split()), datetime.now(UTC))
        if step is not None:
            return Code(step)
        return RecoveryCode(parts_of(self.desk.frame).authenticators.recovery_hash(found.account_id, code))


def asks_for_code(desk: DeskAtWork, found: Account) -> bool:
    """Whether an authenticator is on."""
    with desk.read() as connection:
        return sign_in.secret_of(connection, found.account_id) is not None


def question(desk: DeskAtWork, found: Account, first: str) -> str:
    """What must come back with the code."""
    return parts_of(desk.frame).challenges.make(first, found.account_id, datetime.now(UTC))


def _shown(one: sign_in.Passkey) -> dict[str, Any]:
    return {
        "passkey_id": one.passkey_id,
        "name": one.name or "",
        "registered_at": one.registered_at.isoformat(),
        "used_at": None if one.used_at is None else one.used_at.isoformat(),
    }
