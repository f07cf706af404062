"""What the certification service tells: every change of what a candidate holds, and until when."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationProgressed:
    """The candidate met a first part of a certification's requirements."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationProgressed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationProgressLapsed:
    """The time to add the missing parts ran out, or the met part was taken back."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationProgressLapsed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationEarned:
    """The candidate met all requirements; after an expiry this is a new earning with a new active date."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationEarned"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    name: str
    abbreviation: str
    group: str
    level: str
    track: str
    kit: Literal["none", "certificate", "plaque"]
    pdf: bool
    active_on: date
    expires_on: date | None
    evidence: tuple[str, ...]
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRecertified:
    """The certification was renewed, by own evidence or together with another certification."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationRecertified"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    old_expires_on: date
    expires_on: date
    renewed_on: date
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExtended:
    """The programme's operator extended the validity in a blanket decision."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationExtended"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    old_expires_on: date
    expires_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExpiryCorrected:
    """Evidence that came late or was taken back moved the expire date."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationExpiryCorrected"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    old_expires_on: date
    expires_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExpired:
    """The expire date passed without a renewal."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationExpired"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationReinstated:
    """Evidence dated in time became known later and made an expired certification active again."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationReinstated"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRevoked:
    """The certification was taken away because its requirements are no longer met."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationRevoked"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    revoked_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusGranted:
    """An expert certification turned into the honorary emeritus status."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "EmeritusGranted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusLapsed:
    """The emeritus term ended without another."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "EmeritusLapsed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
