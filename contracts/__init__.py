"""The facts that services and partners exchange: one frozen dataclass per public event, importable from here.

An event's name on the wire is its class variable `event_name` (several events have a field called `name`).
"""

from contracts.certification import (
    CertificationEarned,
    CertificationExpired,
    CertificationExpiryCorrected,
    CertificationExtended,
    CertificationProgressed,
    CertificationProgressLapsed,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRevoked,
    EmeritusGranted,
    EmeritusLapsed,
)
from contracts.envelope import Event, Sealed, schema_name, type_name
from contracts.fulfillment import KitClaimed, KitOffered, KitOfferWithdrawn
from contracts.identity import (
    AccountErased,
    AccountMapped,
    AccountRegistered,
    AddressChanged,
    NameChanged,
    ProfileCompleted,
)
from contracts.testing import ExamFailed, ExamPassed, ExamResultRevoked
from contracts.verification import (
    TranscriptCreated,
    TranscriptDeleted,
    TranscriptDisabled,
    TranscriptDisclosed,
    TranscriptEnabled,
)

ALL: tuple[type[Event], ...] = (
    AccountRegistered,
    AccountMapped,
    ProfileCompleted,
    AccountErased,
    NameChanged,
    AddressChanged,
    ExamPassed,
    ExamFailed,
    ExamResultRevoked,
    CertificationProgressed,
    CertificationProgressLapsed,
    CertificationEarned,
    CertificationRecertified,
    CertificationExtended,
    CertificationExpiryCorrected,
    CertificationExpired,
    CertificationReinstated,
    CertificationRevoked,
    EmeritusGranted,
    EmeritusLapsed,
    KitOffered,
    KitClaimed,
    KitOfferWithdrawn,
    TranscriptCreated,
    TranscriptDisclosed,
    TranscriptDisabled,
    TranscriptEnabled,
    TranscriptDeleted,
)
"""Every version of every public event, in the order in which a candidate usually meets them."""

_BY_TYPE = {type_name(event): event for event in ALL}


def by_type(name: str) -> type[Event] | None:
    """Find the class of an envelope's `type`; None for one that this version does not know."""
    return _BY_TYPE.get(name)


__all__ = [
    "ALL",
    "AccountErased",
    "AccountMapped",
    "AccountRegistered",
    "AddressChanged",
    "CertificationEarned",
    "CertificationExpired",
    "CertificationExpiryCorrected",
    "CertificationExtended",
    "CertificationProgressLapsed",
    "CertificationProgressed",
    "CertificationRecertified",
    "CertificationReinstated",
    "CertificationRevoked",
    "EmeritusGranted",
    "EmeritusLapsed",
    "Event",
    "ExamFailed",
    "ExamPassed",
    "ExamResultRevoked",
    "KitClaimed",
    "KitOfferWithdrawn",
    "KitOffered",
    "NameChanged",
    "ProfileCompleted",
    "Sealed",
    "TranscriptCreated",
    "TranscriptDeleted",
    "TranscriptDisabled",
    "TranscriptDisclosed",
    "TranscriptEnabled",
    "by_type",
    "schema_name",
    "type_name",
]
