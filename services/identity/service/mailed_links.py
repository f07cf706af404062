"""One-time links: mailed on request with the same answer for everybody, used once."""

from datetime import UTC, datetime
from typing import Any

from nameko.timer import timer

from chassis.command_handling import NewEffect, Written
from chassis.decider import Rejected
from chassis.projections import Rows
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters.links import Used
from services.identity.domain.account import UNCONFIRMED, LapseRegistration, account
from services.identity.domain.account_facts import Purpose
from services.identity.domain.log_in import ConfirmEmail, IssueLink, ResetPassword, UnlockAccount
from services.identity.projections import accounts, emails, log_ins
from services.identity.service.open_sessions import end_sessions
from services.identity.service.parts import email_hash, parts_of
from services.identity.service.passwords import new_password_hash
from services.identity.service.programs import end_programs
from services.identity.service.steady import steady

LAPSE_SECONDS = 3600
LAPSE_PAGE = 200
SENT: dict[str, Any] = {"sent": "if-known"}
"""The answer to whoever asks for a link, whether or not the address is known."""


class MailedLinks:
    """Links for confirming an e-mail, unlocking an account, and choosing a new password."""

    desk: DeskAtWork

    @rpc
    def mail_confirmation(self, email: str) -> dict[str, Any]:
        """Mail the confirmation again (F1.6)."""
        return self._mail_if_known(email, "confirm-email")

    @rpc
    def mail_unlock(self, email: str) -> dict[str, Any]:
        """Mail the link that unlocks the account (F1.7)."""
        return self._mail_if_known(email, "unlock")

    @rpc
    def mail_password_link(self, email: str) -> dict[str, Any]:
        """Mail the link for choosing a new password."""
        return self._mail_if_known(email, "reset-password")

    @rpc
    def confirm_email(self, link: str) -> dict[str, Any]:
        """Use the link that was mailed after signing up (F1.6); raises Rejected `link-not-valid`."""
        used = self._used(link)
        command = ConfirmEmail(secret_hash=used.secret_hash, at=datetime.now(UTC))
        return {"written": self.desk.handle(account, used.account_id, command, subject=used.account_id).mark}

    @rpc
    def unlock_account(self, link: str) -> dict[str, Any]:
        """Use the link that was mailed when the account was locked (F1.7); sessions elsewhere end."""
        used = self._used(link)
        command = UnlockAccount(secret_hash=used.secret_hash, at=datetime.now(UTC))
        written = self._noted(used, command, "unlocked")
        end_sessions(self.desk, self._record_of(used))
        return {"written": written.mark}

    @rpc
    def reset_password(self, link: str, password: str) -> dict[str, Any]:
        """Choose a new password by a mailed link; all sessions end, and programs stop."""
        asked = schemas.new_password.load({"link": link, "password": password})
        used = self._used(link)
        self._record_of(used)
        box = self.desk.seal(used.account_id, new_password_hash(self.desk, asked["password"], ()))
        command = ResetPassword(secret_hash=used.secret_hash, password=box, at=datetime.now(UTC))
        written = self._noted(used, command, "password-set")
        end_sessions(self.desk, self._record_of(used))
        end_programs(self.desk, self._record_of(used), "logged-out")
        return {"written": written.mark}

    @timer(interval=LAPSE_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def give_up_unconfirmed(self) -> None:
        """Forget registrations that nobody confirmed within a week, so that the address is free again."""
        lapse_registrations(self.desk)

    def _mail_if_known(self, email: str, purpose: Purpose) -> dict[str, Any]:
        asked = schemas.email.load({"email": email})
        with steady():
            with self.desk.read() as connection:
                account_id = emails.log_in_with(connection, email_hash(self.desk.settings, asked["email"]))
            if account_id is not None:
                mail_link(self.desk, account_id, purpose)
        return SENT

    def _used(self, link: str) -> Used:
        return parts_of(self.desk.frame).links.used(schemas.link.load({"link": link})["link"])

    def _record_of(self, used: Used) -> str:
        """The candidate whose record the link's account opens; a link of nobody is told like an old one."""
        with self.desk.read() as connection:
            found = accounts.with_id(connection, used.account_id)
        if found is None:
            raise Rejected("link-not-valid")
        return found.candidate_id

    def _noted(self, used: Used, command: UnlockAccount | ResetPassword, what: str) -> Written:
        entry_id = self.desk.new_id(what)
        entry = log_ins.Entry(at=command.at, what=what, device="")

        def note(rows: Rows) -> None:
            log_ins.note(rows, entry_id, used.account_id, entry)

        return self.desk.handle(account, used.account_id, command, subject=used.account_id, also=note)


def mail_link(desk: DeskAtWork, account_id: str, purpose: Purpose) -> None:
    """Issue a link and mail it in one transaction; nothing where it would be of no use."""
    link_id = desk.new_id(f"link/{purpose}")
    command = IssueLink(purpose=purpose, secret_hash=parts_of(desk.frame).links.hash_of(link_id), at=datetime.now(UTC))
    effect = link_mail(account_id, purpose, link_id)
    desk.handle(account, account_id, command, subject=account_id, effects=(effect,))


def link_mail(account_id: str, purpose: Purpose, link_id: str) -> NewEffect:
    """The mail that brings a link; its secret is made again when it leaves."""
    payload = {"letter": purpose, "link_id": link_id}
    return NewEffect(key=f"{purpose}/{link_id}", kind="mail", subject=account_id, payload=payload)


def lapse_registrations(desk: DeskAtWork) -> int:
    """Forget what was never confirmed; gives how many accounts."""
    keys = parts_of(desk.frame).keys
    with desk.read() as connection:
        old = accounts.unconfirmed_since(connection, desk.now() - UNCONFIRMED, LAPSE_PAGE)
    for account_id in old:

        def forget(rows: Rows, account_id: str = account_id) -> None:
            emails.forget(rows, account_id)
            log_ins.forget(rows, account_id)
            keys.destroy(rows, account_id)

        command = LapseRegistration(on=desk.today())
        desk.handle(account, account_id, command, subject=account_id, also=forget)
        desk.frame.revealer.forget(account_id)
    return len(old)
