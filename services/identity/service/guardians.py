"""Guardians of minors: asked by mail, answering by the mailed link, without an account (R-M1)."""

from datetime import UTC, datetime
from typing import Any

from chassis.command_handling import NewEffect
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.projections import Rows
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters.links import Used
from services.identity.domain.account import account
from services.identity.domain.email import same_for_all_spellings
from services.identity.domain.guardian import AnswerAsGuardian, AskGuardian
from services.identity.projections import guardians, people, profiles
from services.identity.projections.people import Person
from services.identity.service.open_sessions import account_of
from services.identity.service.parts import parts_of
from services.identity.service.work import guardian_state


class Guardians:
    """Consent for minors."""

    desk: DeskAtWork

    @rpc
    def ask_guardian(self, candidate_id: str, guardian_name: str, guardian_email: str) -> dict[str, Any]:
        """Mail a guardian the link by which to consent; a newer link replaces an older one."""
        asked = schemas.guardian.load({"guardian_name": guardian_name, "guardian_email": guardian_email})
        found = account_of(self.desk, candidate_id)
        self._only_somebody_else(candidate_id, asked["guardian_email"])
        link_id = self.desk.new_id("link/guardian")
        guardian = guardians.Guardian(
            candidate_id=candidate_id, name=asked["guardian_name"], email=asked["guardian_email"]
        )
        command = AskGuardian(secret_hash=parts_of(self.desk.frame).links.hash_of(link_id), at=datetime.now(UTC))
        told = {"letter": "guardian", "link_id": link_id, "account_id": found.account_id}
        mail = NewEffect(key=f"guardian/{link_id}", kind="mail", subject=candidate_id, payload=told)

        def keep(rows: Rows) -> None:
            guardians.remember(rows, guardian)

        written = self.desk.handle(account, found.account_id, command, subject=candidate_id, also=keep, effects=(mail,))
        return {"candidate_id": candidate_id, "written": written.mark}

    @rpc
    def guardian_question(self, link: str) -> dict[str, Any]:
        """For whom the holder of this link is asked, and what was answered so far."""
        used = parts_of(self.desk.frame).links.used(schemas.link.load({"link": link})["link"])
        person = self._minor(used)
        with self.desk.read() as connection:
            profile = profiles.of_candidate(connection, person.candidate_id)
        if profile is None or self.desk.state(account, used.account_id).person.guardian_link != used.secret_hash:
            raise Rejected("link-not-valid")
        state = guardian_state(person)
        if state == "expired":
            raise Rejected("link-not-valid")
        return {"name": profile.name, "state": state}

    @rpc
    def answer_as_guardian(self, link: str, consents: bool) -> dict[str, Any]:
        """Consent, or take the consent back; the candidate gets a mail."""
        asked = schemas.guardian_answer.load({"link": link, "consents": consents})
        used = parts_of(self.desk.frame).links.used(asked["link"])
        person = self._minor(used)
        command = AnswerAsGuardian(
            consents=asked["consents"], secret_hash=used.secret_hash, at=datetime.now(UTC), on=self.desk.today()
        )
        letter = "guardian-consented" if asked["consents"] else "guardian-revoked"
        mail = NewEffect(
            key=f"{letter}/{self.desk.new_id(letter)}",
            kind="mail",
            subject=person.candidate_id,
            payload={"letter": letter, "page": "/home"},
        )
        written = self.desk.handle(account, used.account_id, command, subject=person.candidate_id, effects=(mail,))
        return {"state": "consented" if asked["consents"] else "revoked", "written": written.mark}

    def _minor(self, used: Used) -> Person:
        """Whom the link is about; a link of nobody is told like an old one."""
        with self.desk.read() as connection:
            person = people.of_account(connection, used.account_id)
        if person is None:
            raise Rejected("link-not-valid")
        return person

    def _only_somebody_else(self, candidate_id: str, email: str) -> None:
        with self.desk.read() as connection:
            profile = profiles.of_candidate(connection, candidate_id)
        if profile is None:
            raise NotFound("candidate-unknown")
        if same_for_all_spellings(profile.email) == same_for_all_spellings(email):
            raise Rejected("guardian-is-candidate")
