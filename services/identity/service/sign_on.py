"""Log-in by an outside OpenID provider, connecting it with an account, and accounts that begin with it (F1.14)."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError

from chassis.command_handling import Written
from chassis.decider import Rejected
from chassis.errors import Conflict, NotFound
from chassis.projections import Rows
from chassis.sealing import keyed_hash
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters.openid_client import OpenIdClient, Pending, Person, SignOnFailed
from services.identity.domain.account import account
from services.identity.domain.sign_on import (
    ConnectSignOn,
    DisconnectSignOn,
    LogInBySignOn,
    RegisterBySignOn,
    only_accounts_that_open,
)
from services.identity.projections import accounts, credentials, emails, sign_ons, used_challenges
from services.identity.projections.accounts import Account
from services.identity.service.open_sessions import account_of
from services.identity.service.opening import Caller, handle_noted, opened
from services.identity.service.parts import email_hash, parts_of
from services.identity.service.second_factor import BY_SIGN_ON, asks_for_code, question

log = structlog.get_logger()


class SignOns:
    """What the outside provider says is checked by its adapter; who it is with us is decided here."""

    desk: DeskAtWork

    @rpc
    def begin_sign_on(self) -> dict[str, Any]:
        """The provider's address to send a browser to, and what the browser must bring back."""
        with _told():
            address, pending = self._provider.begin()
        return {"address": address, "pending": pending}

    @rpc
    def log_in_by_sign_on(
        self, pending: str, answer: dict[str, str], candidate_id: str = "", network: str = "", device: str = ""
    ) -> dict[str, Any]:
        """Open the session of whoever the provider has seen; `candidate_id` is who was logged in already.

        Without an account that is connected, the answer is a `ticket`: for `register_by_sign_on`, or where `known`
        says that there is an account with this e-mail, for `connect_sign_on` once its owner has logged in. Who is
        logged in and connected hears so by `connected`.
        """
        asked = schemas.answer_of_sign_on.load(
            {"pending": pending, "answer": answer, "candidate_id": candidate_id, "network": network, "device": device}
        )
        person = self._person(asked["pending"], asked["answer"])
        found = self._connected_with(person)
        if asked["candidate_id"]:
            return self._for_connecting(person, found, asked["candidate_id"])
        if found is None:
            return self._unconnected(person)
        return self._enter(found, Caller(asked["network"], asked["device"]))

    @rpc
    def register_by_sign_on(
        self,
        ticket: str,
        first_name: str,
        last_name: str,
        country: str,
        privacy_version: str,
        terms_version: str,
        network: str = "",
        device: str = "",
    ) -> dict[str, Any]:
        """Create an account that the provider opens (F1.4, F1.5), and log in to it."""
        asked = schemas.register_by_sign_on.load(
            {
                "ticket": ticket,
                "first_name": first_name,
                "last_name": last_name,
                "country": country,
                "privacy_version": privacy_version,
                "terms_version": terms_version,
                "network": network,
                "device": device,
            }
        )
        with _told():
            person = self._provider.told(asked["ticket"])
        candidate_id = self.desk.new_id("candidate")
        if parts_of(self.desk.frame).keys.create(candidate_id) is None:
            raise NotFound("candidate-unknown")  # this very request was answered before, and the person erased since
        self._register_known(candidate_id, person, asked)
        with self.desk.read() as connection:
            found = accounts.with_id(connection, candidate_id)
        if found is None:
            raise Rejected("sign-on-over")
        return self._enter(found, Caller(asked["network"], asked["device"]))

    @rpc
    def connect_sign_on(self, candidate_id: str, ticket: str) -> dict[str, Any]:
        """Let the provider open this account from now on."""
        asked = schemas.sign_on_ticket.load({"ticket": ticket})
        with _told():
            person = self._provider.told(asked["ticket"])
        found = account_of(self.desk, candidate_id)
        known = self._connected_with(person)
        if known is not None and known.account_id != found.account_id:
            raise Rejected("sign-on-taken")
        command = ConnectSignOn(
            issuer=person.issuer, subject=self.desk.seal(found.account_id, person.subject), at=datetime.now(UTC)
        )

        def handle(claim: Callable[[Rows], None]) -> None:
            handle_noted(self.desk, found, command, "sign-on-added", letter="sign-on-added", also=claim)

        self._claimed(handle, person, found.account_id)
        return self.sign_on(candidate_id)

    @rpc
    def disconnect_sign_on(self, candidate_id: str) -> dict[str, Any]:
        """Let the provider open it no more; the last way in stays, and what is not connected is fine."""
        found = account_of(self.desk, candidate_id)

        def forget(rows: Rows) -> None:
            sign_ons.forget(rows, found.account_id)

        command = DisconnectSignOn(at=datetime.now(UTC))
        handle_noted(self.desk, found, command, "sign-on-removed", letter="sign-on-removed", also=forget)
        return {}

    @rpc
    def sign_on(self, candidate_id: str) -> dict[str, Any]:
        """Whether there is a provider, since when it opens this account, and whether a password does."""
        account_id = account_of(self.desk, candidate_id).account_id
        with self.desk.read() as connection:
            since = sign_ons.since(connection, account_id)
            password = credentials.password_of(connection, account_id) is not None
        offered = self.desk.settings.sign_on is not None
        return {
            "offered": offered,
            "since": None if since is None else since.isoformat(),
            "password": password,
        }

    # -- whom the provider has seen ------------------------------------------------------------------------------------

    @property
    def _provider(self) -> OpenIdClient:
        found = parts_of(self.desk.frame).sign_on
        if found is None:
            raise NotFound("sign-on-not-offered")
        return found

    def _person(self, text: str, answer: dict[str, str]) -> Person:
        """An answer counts once, before anything is asked of the provider."""
        with _told():
            pending = self._provider.pending(text, answer.get("state", ""))
            self._use_answer(pending)
            return self._provider.person(pending, answer)

    def _use_answer(self, pending: Pending) -> None:
        used = hashlib.sha256(pending.state.encode()).hexdigest()
        until, now = datetime.fromtimestamp(pending.ends_at, UTC), datetime.now(UTC)
        try:
            self.desk.write(lambda rows: used_challenges.use(rows, used, until, now))
        except (IntegrityError, Conflict) as again:
            raise SignOnFailed("sign-on-over", "used") from again

    def _subject_hash(self, person: Person) -> str:
        return keyed_hash(self.desk.settings.master_key, "sign-on", f"{person.issuer} {person.subject}")

    def _connected_with(self, person: Person) -> Account | None:
        with self.desk.read() as connection:
            account_id = sign_ons.account_with(connection, self._subject_hash(person))
            return None if account_id is None else accounts.with_id(connection, account_id)

    # -- what follows --------------------------------------------------------------------------------------------------

    def _for_connecting(self, person: Person, found: Account | None, candidate_id: str) -> dict[str, Any]:
        if found is None:
            return self._with_ticket(person, known=True)
        if found.candidate_id != candidate_id:
            raise Rejected("sign-on-taken")
        return {"connected": True}

    def _unconnected(self, person: Person) -> dict[str, Any]:
        """An e-mail that the provider has not confirmed shows nothing: it could be anybody's."""
        if not person.email_verified or schemas.sign_on_email.validate({"email": person.email}):
            raise Rejected("sign-on-email-not-confirmed")
        wanted = email_hash(self.desk.settings, person.email)
        with self.desk.read() as connection:
            known = emails.account_with(connection, wanted) is not None
        return self._with_ticket(person, known=known)

    def _with_ticket(self, person: Person, *, known: bool) -> dict[str, Any]:
        return {
            "ticket": self._provider.ticket(person),
            "known": known,
            "email": person.email,
            "first_name": person.first_name,
            "last_name": person.last_name,
        }

    def _enter(self, found: Account, caller: Caller) -> dict[str, Any]:
        """Open the session, or ask for the account's own second factor where the deployment wants it."""
        only_accounts_that_open(self.desk.state(account, found.account_id))
        wanted = self.desk.settings.sign_on
        if wanted is not None and wanted.second_factor and asks_for_code(self.desk, found):
            return {"second_factor": question(self.desk, found, BY_SIGN_ON)}
        handle_noted(self.desk, found, LogInBySignOn(at=datetime.now(UTC)), "by-provider", device=caller.device)
        return opened(self.desk, found, caller, "provider")

    # -- accounts ------------------------------------------------------------------------------------------------------

    def _register_known(self, candidate_id: str, person: Person, asked: dict[str, Any]) -> None:
        wanted = email_hash(self.desk.settings, person.email)
        command = self._registration_of(candidate_id, person, asked, taken=self._is_taken(wanted, candidate_id))

        def handle(claim: Callable[[Rows], None]) -> Written:
            def claim_both(rows: Rows) -> None:
                emails.claim(rows, wanted, candidate_id)
                claim(rows)

            return self.desk.handle(account, candidate_id, command, subject=candidate_id, also=claim_both)

        self._claimed(handle, person, candidate_id)

    def _registration_of(
        self, candidate_id: str, person: Person, asked: dict[str, Any], *, taken: bool
    ) -> RegisterBySignOn:
        def sealed(text: str) -> Any:
            return self.desk.seal(candidate_id, text)

        return RegisterBySignOn(
            email=sealed(person.email),
            email_taken=taken,
            first_name=sealed(asked["first_name"]),
            last_name=sealed(asked["last_name"]),
            country=asked["country"],
            privacy_version=asked["privacy_version"],
            terms_version=asked["terms_version"],
            issuer=person.issuer,
            subject=sealed(person.subject),
            at=self.desk.now(),
        )

    def _is_taken(self, wanted: str, candidate_id: str) -> bool:
        with self.desk.read() as connection:
            return emails.account_with(connection, wanted) not in {None, candidate_id}

    def _claimed(self, handle: Callable[[Callable[[Rows], None]], Any], person: Person, account_id: str) -> None:
        """The look-up is written with the fact, so of two accounts that are connected at once one is refused."""
        now = datetime.now(UTC)

        def claim(rows: Rows) -> None:
            sign_ons.claim(rows, self._subject_hash(person), account_id, now)

        try:
            handle(claim)
        except (IntegrityError, Conflict) as taken:
            raise Rejected("sign-on-taken") from taken


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong at the provider, as the refusal that people read; logged by its kind only."""
    try:
        yield
    except SignOnFailed as failed:
        log.warning("sign-on-failed", code=failed.code, why=failed.why)
        raise Rejected(failed.code) from failed
