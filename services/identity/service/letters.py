"""Mail to candidates: ordered by facts, sent as effects."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import structlog

import contracts
from chassis.errors import NotFound
from chassis.service import DeskAtWork, Effect, effect_handler, rpc, subscribe
from services.identity import reactions, schemas
from services.identity.adapters import mailbox
from services.identity.adapters.letters import Letter, congratulation, letter, masked, moment_in_words
from services.identity.adapters.links import PAGES
from services.identity.projections import accounts, cases, profiles
from services.identity.projections.profiles import Profile
from services.identity.service.parts import parts_of

log = structlog.get_logger()


class Letters:
    """What candidates are written about."""

    desk: DeskAtWork

    @subscribe(contracts.CertificationEarned)
    def on_certification_earned(self, event: contracts.CertificationEarned) -> None:
        """Congratulate, and tell how to claim the kit (F8.1)."""
        for mail in reactions.on_certification_earned(event):
            payload = {"certification": mail.name, "kit": mail.kit, "active_on": mail.active_on}
            self.desk.effect("mail", key=mail.key, subject=mail.candidate_id, payload=payload)

    @effect_handler("mail")
    def send_mail(self, effect: Effect) -> None:
        """Send one letter; name and e-mail are looked up now, so an erased candidate gets none."""
        profile = self._receiver(effect.subject) or self._visitor(effect)
        if profile is None:
            log.info("mail-not-sent", reason="no-account", effect_id=effect.key)
            return
        written = self._letter(effect, profile)
        parts_of(self.desk.frame).mail.send(written, to=profile.email, name=profile.name, key=effect.key)

    @rpc
    def mailbox(self, to: str = "") -> list[dict[str, Any]]:
        """The last mails of the embedded mailbox; NotFound where people live, or a mail server is set."""
        settings = self.desk.settings
        if settings.mode == "production" or settings.smtp_url:
            raise NotFound("no-mailbox")
        asked = schemas.mailbox.load({"to": to})
        return [asdict(mail) for mail in mailbox.newest(settings.data / "mailbox", to=asked["to"])]

    def _receiver(self, subject: str) -> Profile | None:
        """Whoever the mail is about, named by account or by candidate."""
        with self.desk.read() as connection:
            found = accounts.with_id(connection, subject)
            return profiles.of_candidate(connection, found.candidate_id if found is not None else subject)

    def _visitor(self, effect: Effect) -> Profile | None:
        """Whoever opened a case without an account: known by the address that they gave."""
        with self.desk.read() as connection:
            found = cases.with_id(connection, effect.payload.get("case_id", ""))
        if found is None or not found.contact:
            return None
        return profiles.visitor(found.owner, found.contact)

    def _letter(self, effect: Effect, profile: Profile) -> Letter:
        told = effect.payload
        name = told.get("letter", "congratulation")
        if name == "congratulation":
            return congratulation(
                name=profile.name,
                certification=told["certification"],
                kit=told["kit"],
                active_on=date.fromisoformat(told["active_on"]),
            )
        words = {"name": profile.name, "hint": masked(profile.email)}
        if "at" in told:
            words["moment"] = moment_in_words(datetime.fromisoformat(told["at"]))
        return letter(name, words, link=self._link(effect))

    def _link(self, effect: Effect) -> str:
        links = parts_of(self.desk.frame).links
        purpose = effect.payload["letter"]
        if purpose in PAGES:
            return links.address(purpose, effect.subject, effect.payload["link_id"])
        if effect.payload.get("case_id") == effect.subject:
            return links.page(f"{effect.payload['page']}?key={links.case_key(effect.subject)}")
        return links.page(effect.payload.get("page", "/login"))
