"""What the fulfillment service tells: kits offered, claimed, and offers taken back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class KitOffered:
    """A newly earned certification brought a free kit that waits to be claimed."""

    source: ClassVar[str] = "fulfillment"
    event_name: ClassVar[str] = "KitOffered"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    kit_id: str
    certification: str
    kind: Literal["certificate", "plaque"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitClaimed:
    """The candidate claimed the kit, and it was ordered."""

    source: ClassVar[str] = "fulfillment"
    event_name: ClassVar[str] = "KitClaimed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    kit_id: str
    certification: str
    kind: Literal["certificate", "plaque"]
    order_number: str
    claimed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KitOfferWithdrawn:
    """The offer ended before it was claimed."""

    source: ClassVar[str] = "fulfillment"
    event_name: ClassVar[str] = "KitOfferWithdrawn"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    kit_id: str
    certification: str
    reason: str
