"""The address form of a country: which entries, in which order, under which names (F2.1)."""

from typing import Any

from gateway.language import Words, say, words
from gateway.pages.visit import Visit

STATES: dict[str, Words] = {
    "area": words("Area"),
    "county": words("County"),
    "department": words("Department"),
    "district": words("District"),
    "do_si": words("Do/Si"),
    "emirate": words("Emirate"),
    "island": words("Island"),
    "oblast": words("Oblast"),
    "parish": words("Parish"),
    "prefecture": words("Prefecture"),
}
STATE = words("State/Province")
CITIES: dict[str, Words] = {
    "district": words("District"),
    "post_town": words("Town/City"),
    "suburb": words("Suburb"),
}
CITY = words("City")
POSTAL_CODES: dict[str, Words] = {
    "eircode": words("Eircode"),
    "pin": words("PIN code"),
    "zip": words("ZIP code"),
}
POSTAL_CODE = words("Postal code")


async def form_for(visit: Visit, country: str) -> dict[str, Any]:
    """The form as the page draws it."""
    form = await visit.caller.result("identity", "address_form", country=country)
    return {
        "order": form["order"],
        "required": form["required"],
        "labels": {
            "state": STATES.get(form["state_kind"], STATE),
            "city": CITIES.get(form["city_kind"], CITY),
            "postal_code": POSTAL_CODES.get(form["postal_kind"], POSTAL_CODE),
        },
        "states": {one["key"]: _told(one["names"]) for one in form["states"]},
        "postal_example": form["postal_example"],
    }


def missing_parts(form: dict[str, Any], entered: dict[str, str]) -> dict[str, str]:
    """Parts that the country requires and that are empty; identity has the last word."""
    parts = (name for name in form["required"] if name in entered and not entered[name])
    return {name: say("Please fill this in.") for name in parts}


def _told(names: list[str]) -> str:
    """All names of a state, each once: `Tokyo · 東京都`."""
    return " · ".join(dict.fromkeys(names))
