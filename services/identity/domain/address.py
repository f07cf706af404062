"""A mailing address that a parcel can reach."""

from dataclasses import dataclass
from typing import Any

from chassis.decider import Rejected
from services.identity.domain.po_boxes import is_mailbox_shop, is_po_box


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where kits are sent (F2.1); `country` is the ISO 3166 two-letter code, empty fields are empty strings."""

    country: str
    lines: tuple[str, ...]
    city: str
    state: str
    postal_code: str

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what the candidate should look at again; the address is good nevertheless (R-D2)."""
        return ("private-mailbox",) if any(is_mailbox_shop(line) for line in self.lines) else ()

    def as_plain(self) -> dict[str, Any]:
        """The address as it is sealed, stored and shown: JSON of the same five fields."""
        return {
            "country": self.country,
            "lines": list(self.lines),
            "city": self.city,
            "state": self.state,
            "postal_code": self.postal_code,
        }


def only_addresses_that_parcels_reach(address: Address) -> Address:
    """The address as given; raises Rejected for a post-office box, naming the line from 1, `city` or `state` (R-D1)."""
    fields: list[tuple[int | str, str]] = [*enumerate(address.lines, start=1)]
    for name, text in (*fields, ("city", address.city), ("state", address.state)):
        if is_po_box(text):
            raise Rejected("po-box-address", line=name)
    return address
