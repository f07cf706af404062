"""Accounts: sign-up, personal data, erasure, and the keys that other services open personal data with."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import IntegrityError

from chassis.command_handling import Written
from chassis.errors import Conflict, NotFound
from chassis.projections import Rows
from chassis.service import DeskAtWork, rpc
from contracts.permissions import ADMINISTRATOR
from services.identity import schemas
from services.identity.adapters import mailbox
from services.identity.domain.account import EraseAccount, RegisterAccount, account
from services.identity.domain.group import RemoveMember, group
from services.identity.projections import (
    case_files,
    emails,
    groups,
    guardians,
    log_ins,
    profiles,
    records,
    shells,
    sign_ons,
)
from services.identity.projections.merges import MERGES
from services.identity.service.mailed_links import link_mail
from services.identity.service.open_sessions import account_of, end_sessions
from services.identity.service.parts import email_hash, parts_of
from services.identity.service.passwords import new_password_hash


class Accounts:
    """A candidate's own data."""

    desk: DeskAtWork

    @rpc
    def register(
        self,
        email: str,
        password: str,
        first_name: str,
        last_name: str,
        country: str,
        privacy_version: str,
        terms_version: str,
    ) -> dict[str, Any]:
        """Create an account (F1.4, F1.5); an e-mail has one account, also when two ask at the same moment."""
        asked = schemas.register.load(
            {
                "email": email,
                "password": password,
                "first_name": first_name,
                "last_name": last_name,
                "country": country,
                "privacy_version": privacy_version,
                "terms_version": terms_version,
            }
        )
        candidate_id = self.desk.new_id("candidate")
        if parts_of(self.desk.frame).keys.create(candidate_id) is None:
            raise NotFound("candidate-unknown")  # this very request was answered before, and the person erased since
        command = self._registration(candidate_id, asked)
        written = self._register(candidate_id, email_hash(self.desk.settings, email), command)
        return {"candidate_id": candidate_id, "written": written.mark}

    def _registration(self, candidate_id: str, asked: dict[str, Any]) -> RegisterAccount:
        def sealed(text: str) -> Any:
            return self.desk.seal(candidate_id, text)

        about = (asked["first_name"], asked["last_name"], asked["email"])
        return RegisterAccount(
            email=sealed(asked["email"]),
            email_taken=False,
            first_name=sealed(asked["first_name"]),
            last_name=sealed(asked["last_name"]),
            password=sealed(new_password_hash(self.desk, asked["password"], about)),
            country=asked["country"],
            privacy_version=asked["privacy_version"],
            terms_version=asked["terms_version"],
            link_hash=parts_of(self.desk.frame).links.hash_of(self.desk.new_id("link/confirm-email")),
            at=self.desk.now(),
        )

    def _register(self, candidate_id: str, wanted: str, command: RegisterAccount) -> Written:
        """The e-mail's row is written with the facts, so of two registrations at once one fails and asks again."""

        def claim(rows: Rows) -> None:
            emails.claim(rows, wanted, candidate_id)

        mail = link_mail(candidate_id, "confirm-email", self.desk.new_id("link/confirm-email"))

        def handle(command: RegisterAccount) -> Written:
            return self.desk.handle(account, candidate_id, command, subject=candidate_id, also=claim, effects=(mail,))

        command = replace(command, email_taken=self._is_taken(wanted, candidate_id))
        try:
            return handle(command)
        except (IntegrityError, Conflict):
            command = replace(command, email_taken=self._is_taken(wanted, candidate_id))
            if not command.email_taken:
                raise
            return handle(command)

    def _is_taken(self, wanted: str, candidate_id: str) -> bool:
        with self.desk.read() as connection:
            return emails.account_with(connection, wanted) not in {None, candidate_id}

    @rpc
    def erase(self, candidate_id: str) -> dict[str, Any]:
        """Forget the person, with every record that was merged into theirs (R-P1, F1.13)."""
        with self.desk.read() as connection:
            absorbed = MERGES.of(connection, candidate_id)
        for one in absorbed:
            self._forget(one)
        return self._forget(candidate_id)

    def _forget(self, candidate_id: str) -> dict[str, Any]:
        """Key, look-up and clear text go in one transaction with the fact."""
        account_id = self._account_id(candidate_id)
        keys = parts_of(self.desk.frame).keys

        def forget(rows: Rows) -> None:
            emails.forget(rows, account_id)
            sign_ons.forget(rows, account_id)
            log_ins.forget(rows, account_id)
            records.forget(rows, candidate_id)
            guardians.forget(rows, candidate_id)
            for one in {candidate_id, account_id}:
                case_files.forget(rows, one)
            for one in {candidate_id, account_id}:
                keys.destroy(rows, one)

        with self.desk.read() as connection:
            memberships = groups.groups_of(connection, candidate_id)
            profile = profiles.of_candidate(connection, candidate_id)
            guardian = guardians.of_candidate(connection, candidate_id)
            booked_only = profile is None and shells.with_id(connection, candidate_id) is not None
        for group_id in memberships:
            last_stands = group_id == ADMINISTRATOR
            leave = RemoveMember(member_id=candidate_id, by=(candidate_id,), last_stands=last_stands)
            self.desk.handle(group, group_id, leave, subject=candidate_id)
        command = EraseAccount(on=self.desk.today(), booked_only=booked_only)
        written = self.desk.handle(account, account_id, command, subject=candidate_id, also=forget)
        for one in {candidate_id, account_id}:
            self.desk.frame.revealer.forget(one)
        end_sessions(self.desk, candidate_id)
        for known in (profile, guardian):
            if known is not None:
                mailbox.forget(self.desk.settings.data / "mailbox", to=known.email)
        return {"candidate_id": candidate_id, "written": written.mark}

    @rpc
    def keys(self, candidate_ids: Sequence[str]) -> dict[str, str | None]:
        """Data keys in base64 for the services that show personal data; null for an erased candidate."""
        asked = schemas.keys.load({"candidate_ids": candidate_ids})
        return parts_of(self.desk.frame).keys.as_text(asked["candidate_ids"])

    def _account_id(self, candidate_id: str) -> str:
        """The account of the record; an erased or unknown one has the record's own id."""
        try:
            return account_of(self.desk, candidate_id).account_id
        except NotFound:
            return candidate_id
