"""What an address of one country needs: which parts in which order, which of them, and how they are written (F2.1)."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from services.identity.domain.address import Address

Part: TypeAlias = Literal["lines", "city", "state", "postal_code"]
Complaint: TypeAlias = Literal["missing", "state-unknown", "postal-code-wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state, province or prefecture: its key as the post writes it, and its names."""

    key: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressForm:
    """The form of one country; kinds are codes such as `prefecture`, `post_town` or `zip`."""

    country: str
    order: tuple[Part, ...]
    required: frozenset[Part]
    state_kind: str
    city_kind: str
    postal_kind: str
    states: tuple[State, ...]
    """All that there are; empty where any text will do."""
    postal_patterns: tuple[str, ...]
    postal_examples: tuple[str, ...]

    def state_called(self, text: str) -> State | None:
        """The state with this key or name, in any case."""
        wanted = text.casefold()
        return next((one for one in self.states if wanted in {n.casefold() for n in (one.key, *one.names)}), None)


def tidied(address: Address, form: AddressForm) -> Address:
    """The address as the post writes it: half-width capitals in the postal code, the state by its key."""
    code = unicodedata.normalize("NFKC", address.postal_code).upper().removeprefix("〒").strip()
    state = form.state_called(address.state)
    return replace(address, postal_code=code, state=address.state if state is None else state.key)


def complaints(address: Address, form: AddressForm) -> dict[Part, Complaint]:
    """What the country's post would complain about, by part; empty for a good address."""
    given: dict[Part, bool] = {
        "lines": bool(address.lines),
        "city": bool(address.city),
        "state": bool(address.state),
        "postal_code": bool(address.postal_code),
    }
    found: dict[Part, Complaint] = {part: "missing" for part in form.order if part in form.required and not given[part]}
    if address.state and form.states and form.state_called(address.state) is None:
        found["state"] = "state-unknown"
    if address.postal_code and form.postal_patterns and not _fits(address.postal_code, form.postal_patterns):
        found["postal_code"] = "postal-code-wrong"
    return found


def _fits(code: str, patterns: tuple[str, ...]) -> bool:
    """The first pattern is the country's; those after it are beginnings that its state allows."""
    whole, *beginnings = patterns
    return re.fullmatch(whole, code) is not None and all(re.match(one, code) for one in beginnings)
