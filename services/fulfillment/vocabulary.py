"""Under which names fulfillment's facts are stored; a name once used is forever."""

from collections.abc import Callable
from typing import Any

from services.fulfillment.domain.kits import KitClaimed, KitOffered, KitOfferWithdrawn, OffersClosed

VOCABULARY: dict[tuple[str, int], type] = {
    ("kit-offered", 1): KitOffered,
    ("kit-claimed", 1): KitClaimed,
    ("kit-offer-withdrawn", 1): KitOfferWithdrawn,
    ("offers-closed", 1): OffersClosed,
}

UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], tuple[str, int, dict[str, Any]]]] = {}
"""Older shapes, each with the function that gives the next newer name, version and fields."""
