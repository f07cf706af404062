"""What the candidate's recent activity tells of kits (F3.4)."""

from typing import Any

from chassis.activity import Activity, Entry
from services.fulfillment.domain.kits import KitClaimed, KitOffered, KitOfferWithdrawn
from services.fulfillment.projections import METADATA
from services.fulfillment.projections.merges import MERGES


def entry_of(event: Any) -> Entry | None:
    """A kit was offered, ordered or taken back."""
    match event:
        case KitOffered(kit_id=kit_id, certification=certification, name=name, kind=kind):
            return Entry("kit-offered", {"kit_id": kit_id, "certification": certification, "name": name, "kind": kind})
        case KitClaimed(kit_id=kit_id, certification=certification, kind=kind):
            return Entry("kit-claimed", {"kit_id": kit_id, "certification": certification, "kind": kind})
        case KitOfferWithdrawn(kit_id=kit_id, certification=certification):
            return Entry("kit-withdrawn", {"kit_id": kit_id, "certification": certification})
    return None


ACTIVITY = Activity(METADATA, entry_of, MERGES)
