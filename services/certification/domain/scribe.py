"""How the news of a title are put down as facts, each with names, dates and the catalogue's version."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from services.certification.domain.catalogue import Catalogue
from services.certification.domain.days import ONE_DAY
from services.certification.domain.facts import (
    CertificationEarned,
    CertificationExpired,
    CertificationExpiryCorrected,
    CertificationExtended,
    CertificationReactivated,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRestored,
    CertificationRevoked,
    EmeritusForeseen,
    EmeritusGranted,
    EmeritusLapsed,
    LifetimeEmeritusGranted,
)
from services.certification.domain.heading import Heading
from services.certification.domain.standing import Holding, Move
from services.certification.domain.told import ToldTitle

Cause: TypeAlias = Literal[
    "late-evidence",
    "result-revoked",
    "result-restored",
    "claim-revoked",
    "sanction",
    "sanction-lifted",
    "catalogue-changed",
    "records-merged",
    "merge-undone",
]
"""Why dates that were told may turn out otherwise."""
BLANKET = "blanket-extension"


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes for one day, one version of the catalogue and one cause of corrections."""

    catalogue: Catalogue
    today: date
    cause: Cause

    def heading(self, title: str, day: date, known: Heading | None = None) -> Heading:
        """The catalogue's words for a title on a day; `known` serves where the catalogue has dropped the title."""
        certification = self.catalogue.certifications.get(title)
        if certification is None and known is not None:
            return known
        certification = self.catalogue.certifications[title]
        return Heading(
            certification=title,
            name=certification.name_on(day),
            abbreviation=certification.abbreviation,
            group=certification.group,
            level=certification.level.id,
            rank=certification.level.rank,
            track=certification.track,
        )

    def earned(self, title: str, holding: Holding) -> CertificationEarned:
        """With the expire date that the earning itself gave."""
        certification = self.catalogue.certifications[title]
        return CertificationEarned(
            heading=self.heading(title, holding.active_on),
            kit=certification.kit,
            pdf=certification.pdf,
            active_on=holding.active_on,
            expires_on=holding.first_expires_on,
            evidence=holding.evidence,
            catalogue=self.catalogue.version,
        )

    def moves(
        self, title: str, holding: Holding, told: int
    ) -> Iterator[CertificationRecertified | CertificationExtended | CertificationReactivated]:
        """The moves of the expire date after the first `told` ones, each from date to date."""
        expires_on = holding.dates[told]
        for move in holding.moves[told:]:
            if expires_on is not None:  # what never expires is never moved
                yield self._move(title, holding, expires_on, move)
            expires_on = move.expires_on

    def _move(
        self, title: str, holding: Holding, old: date, move: Move
    ) -> CertificationRecertified | CertificationExtended | CertificationReactivated:
        heading = self.heading(title, move.on)
        if move.option == "reactivation":
            return CertificationReactivated(
                heading=heading,
                active_on=holding.active_on,
                old_expires_on=old,
                expires_on=move.expires_on,
                reactivated_on=move.on,
                catalogue=self.catalogue.version,
            )
        if move.option == "extension":
            return CertificationExtended(
                heading=heading,
                active_on=holding.active_on,
                old_expires_on=old,
                expires_on=move.expires_on,
                extended_on=move.on,
                reason=BLANKET,
                catalogue=self.catalogue.version,
            )
        return CertificationRecertified(
            heading=heading,
            active_on=holding.active_on,
            old_expires_on=old,
            expires_on=move.expires_on,
            renewed_on=move.on,
            option=move.option,
            catalogue=self.catalogue.version,
        )

    def corrected(self, title: str, old: date, holding: Holding, new: date) -> CertificationExpiryCorrected:
        """The told date was wrong."""
        return CertificationExpiryCorrected(
            heading=self.heading(title, self.today),
            active_on=holding.active_on,
            old_expires_on=old,
            expires_on=new,
            corrected_on=self.today,
            reason=self.cause,
            catalogue=self.catalogue.version,
        )

    def reinstated(self, title: str, old: date, holding: Holding, new: date) -> CertificationReinstated:
        """The told end was none."""
        return CertificationReinstated(
            heading=self.heading(title, self.today),
            active_on=holding.active_on,
            old_expires_on=old,
            expires_on=new,
            reinstated_on=self.today,
            reason=self.cause,
            catalogue=self.catalogue.version,
        )

    def revoked(self, title: str, held: Holding | ToldTitle, on: date, reason: str) -> CertificationRevoked:
        """Taken away, with the dates that it had."""
        return CertificationRevoked(
            heading=self.heading(title, on, held.heading if isinstance(held, ToldTitle) else None),
            active_on=held.active_on,
            expires_on=held.expires_on,
            revoked_on=on,
            reason=reason,
            catalogue=self.catalogue.version,
        )

    def expired(self, title: str, held: Holding | ToldTitle, expires_on: date) -> CertificationExpired:
        """The day after the last day has come."""
        expired_on = expires_on + ONE_DAY
        return CertificationExpired(
            heading=self.heading(title, expired_on, held.heading if isinstance(held, ToldTitle) else None),
            active_on=held.active_on,
            expires_on=expires_on,
            expired_on=expired_on,
            catalogue=self.catalogue.version,
        )

    def restored(self, title: str, holding: Holding) -> CertificationRestored:
        """What was told as revoked is held."""
        return CertificationRestored(
            heading=self.heading(title, self.today),
            active_on=holding.active_on,
            expires_on=holding.expires_on,
            restored_on=self.today,
            reason=self.cause,
            catalogue=self.catalogue.version,
        )

    def foreseen(
        self, title: str, holding: Holding, expires_on: date, until: date | None, lifetime_from: date | None
    ) -> EmeritusForeseen:
        """Emeritus is going to follow the expire date, or is not any more."""
        return EmeritusForeseen(
            heading=self.heading(title, self.today),
            active_on=holding.active_on,
            expires_on=expires_on,
            until=until,
            catalogue=self.catalogue.version,
            lifetime_from=lifetime_from,
        )

    def granted(
        self,
        title: str,
        held: Holding | ToldTitle,
        expires_on: date,
        until: date,
        on: date,
    ) -> EmeritusGranted:
        """A term of emeritus begins, or is prolonged."""
        return EmeritusGranted(
            heading=self.heading(title, on, held.heading if isinstance(held, ToldTitle) else None),
            active_on=held.active_on,
            expires_on=expires_on,
            until=until,
            granted_on=on,
            catalogue=self.catalogue.version,
            lifetime_from=held.lifetime_from,
        )

    def for_life(self, title: str, held: Holding | ToldTitle, expires_on: date, on: date) -> LifetimeEmeritusGranted:
        """The status stays for good."""
        return LifetimeEmeritusGranted(
            heading=self.heading(title, on, held.heading if isinstance(held, ToldTitle) else None),
            active_on=held.active_on,
            expires_on=expires_on,
            granted_on=on,
            catalogue=self.catalogue.version,
        )

    def lapsed(self, title: str, held: Holding | ToldTitle, expires_on: date, on: date) -> EmeritusLapsed:
        """The term is over, or was taken back."""
        return EmeritusLapsed(
            heading=self.heading(title, on, held.heading if isinstance(held, ToldTitle) else None),
            active_on=held.active_on,
            expires_on=expires_on,
            lapsed_on=on,
            catalogue=self.catalogue.version,
        )
