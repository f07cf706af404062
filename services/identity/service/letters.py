"""Mail to candidates: ordered by facts, sent as effects."""

from datetime import date

import structlog

import contracts
from chassis.service import DeskAtWork, Effect, effect_handler, subscribe
from services.identity import reactions
from services.identity.adapters.letters import congratulation
from services.identity.projections import profiles
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
        with self.desk.read() as connection:
            profile = profiles.of_candidate(connection, effect.subject)
        if profile is None:
            log.info("mail-not-sent", reason="no-account", effect_id=effect.key)
            return
        letter = congratulation(
            name=profile.name,
            certification=effect.payload["certification"],
            kit=effect.payload["kit"],
            active_on=date.fromisoformat(effect.payload["active_on"]),
        )
        parts_of(self.desk.frame).mail.send(letter, to=profile.email, name=profile.name, key=effect.key)
