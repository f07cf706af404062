"""Mail to candidates: ordered by facts, sent as effects."""

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

import structlog

import contracts
from chassis.decider import Sealed
from chassis.errors import NotFound
from chassis.languages import SOURCE
from chassis.service import DeskAtWork, Effect, effect_handler, rpc, subscribe
from services.identity import reactions, schemas
from services.identity.adapters import mailbox
from services.identity.adapters.letters import Letter, congratulation, in_words, letter, masked, moment_in_words
from services.identity.adapters.links import PAGES
from services.identity.projections import accounts, cases, guardians, preferred, profiles
from services.identity.projections.merges import MERGES
from services.identity.projections.profiles import Profile
from services.identity.service.parts import parts_of

log = structlog.get_logger()

CONGRATULATION = "congratulation"
OF_THE_RECORD = (CONGRATULATION, "expiry-reminder", "expiry-today")
"""Letters about certifications; of two records that were merged only the kept one brings them."""


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
        profile = self._receiver(effect)
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

    def _receiver(self, effect: Effect) -> Profile | None:
        """Whoever the mail is for: the guardian, an address from before, the candidate, or a case's visitor.

        Mail about a record that was merged goes to the one that stands for it, but for what is marked as its `own`.
        """
        with self.desk.read() as connection:
            found = accounts.with_id(connection, effect.subject)
            candidate_id = found.candidate_id if found is not None else effect.subject
            kept = candidate_id if "own" in effect.payload else MERGES.resolved(connection, candidate_id)
            if kept != candidate_id and effect.payload.get("letter", CONGRATULATION) in OF_THE_RECORD:
                return None  # the record that stands for it has news of its own
            candidate_id = kept
            profile = profiles.of_candidate(connection, candidate_id)
            guardian = guardians.of_candidate(connection, candidate_id)
        if profile is None:
            return self._visitor(effect)
        if effect.payload.get("letter") == "guardian":
            return None if guardian is None else replace(profile, name=guardian.name, email=guardian.email)
        if "to" in effect.payload:
            earlier = self.desk.unseal(candidate_id, Sealed(effect.payload["to"]))
            return None if earlier is None else replace(profile, email=earlier)
        return profile

    def _visitor(self, effect: Effect) -> Profile | None:
        """Whoever opened a case without an account: known by the address that they gave."""
        with self.desk.read() as connection:
            found = cases.with_id(connection, effect.payload.get("case_id", ""))
        if found is None or not found.contact:
            return None
        return profiles.visitor(found.owner, found.contact)

    def _letter(self, effect: Effect, profile: Profile) -> Letter:
        told, language = effect.payload, self._language(profile.candidate_id)
        name = told.get("letter", CONGRATULATION)
        if name == CONGRATULATION:
            return congratulation(
                name=profile.name,
                certification=told["certification"],
                kit=told["kit"],
                active_on=date.fromisoformat(told["active_on"]),
                language=language,
            )
        return letter(name, self._words(effect, profile, language), link=self._link(effect), language=language)

    def _words(self, effect: Effect, profile: Profile, language: str) -> dict[str, str]:
        """What fills the blanks."""
        told = effect.payload
        words: dict[str, str] = {
            "name": profile.name,
            "hint": masked(profile.email),
            **{key: told[key] for key in ("certification", "exam", "site") if key in told},
        }
        if "at" in told:
            words["moment"] = moment_in_words(datetime.fromisoformat(told["at"]), language, told.get("zone", "UTC"))
        if "day" in told:
            words["day"] = in_words(date.fromisoformat(told["day"]), language)
        if told["letter"] == "guardian":
            with self.desk.read() as connection:
                candidate = profiles.of_candidate(connection, profile.candidate_id)
            words["candidate"] = candidate.name if candidate is not None else ""
        return words

    def _language(self, candidate_id: str) -> str:
        """The language that the candidate has chosen."""
        with self.desk.read() as connection:
            return preferred.of_candidate(connection, candidate_id).language or SOURCE

    def _link(self, effect: Effect) -> str:
        links = parts_of(self.desk.frame).links
        purpose = effect.payload["letter"]
        if purpose in PAGES:
            return links.address(purpose, effect.payload.get("account_id", effect.subject), effect.payload["link_id"])
        if effect.payload.get("case_id") == effect.subject:
            return links.page(f"{effect.payload['page']}?key={links.case_key(effect.subject)}")
        return links.page(effect.payload.get("page", "/login"))
