# ruff: noqa: RUF001 - full-width digits are what is tested
"""The address form of each country: its parts, what is required, and how codes are written (F2.1)."""

import pytest

from chassis.errors import Invalid
from services.identity.adapters.address_forms import ANYWHERE, form_of
from tests.identity.front_door import HOME, refused

REQUIRED = ["Missing data for required field."]
TOKYO = {"country": "JP", "lines": ["神南1-19-11"], "city": "", "state": "Tokyo", "postal_code": "１５０－００４１"}


def complained(call, **arguments) -> dict:
    with pytest.raises(Invalid) as invalid:
        call(**arguments)
    return invalid.value.details["fields"]


@pytest.mark.feature("F2.1")
@pytest.mark.parametrize(
    ("country", "order", "state_kind", "postal_kind"),
    [
        ("US", ["lines", "city", "state", "postal_code"], "state", "zip"),
        ("JP", ["postal_code", "state", "lines"], "prefecture", "postal"),
        ("IE", ["lines", "city", "state", "postal_code"], "county", "eircode"),
        ("AE", ["lines", "state"], "emirate", "postal"),
    ],
)
def test_each_country_has_a_form_of_its_own(asked_as, country, order, state_kind, postal_kind):
    form = asked_as().address_form(country)
    assert (form["order"], form["state_kind"], form["postal_kind"]) == (order, state_kind, postal_kind)


@pytest.mark.feature("F2.1")
def test_states_are_known_by_all_their_names(asked_as):
    assert {"key": "東京都", "names": ["Tokyo", "東京都"]} in asked_as().address_form("JP")["states"]


@pytest.mark.feature("F2.1")
def test_what_the_country_requires_must_be_there(asked_as, registered_ada):
    empty = {"lines": ["1 Main St"], "city": "", "state": "", "postal_code": ""}
    us = complained(asked_as().change_address, candidate_id=registered_ada, country="US", **empty)
    assert us == {"city": REQUIRED, "state": REQUIRED, "postal_code": REQUIRED}
    emirates = complained(asked_as().change_address, candidate_id=registered_ada, country="AE", **empty)
    assert emirates == {"state": REQUIRED}


@pytest.mark.feature("F2.1")
@pytest.mark.parametrize(
    ("state", "postal_code", "wrong"),
    [
        ("CA", "95014", []),
        ("california", "95014-2083", []),
        ("CA", "9501", ["postal_code"]),
        ("CA", "10001", ["postal_code"]),
        ("Bavaria", "95014", ["state"]),
    ],
)
def test_state_and_postal_code_must_belong_together(asked_as, registered_ada, state, postal_code, wrong):
    place = {"country": "US", "lines": ["1 Main St"], "city": "Cupertino", "state": state, "postal_code": postal_code}
    if wrong:
        assert list(complained(asked_as().change_address, candidate_id=registered_ada, **place)) == wrong
    else:
        asked_as().change_address(registered_ada, **place)
        assert asked_as().profile(registered_ada)["address"]["state"] == "CA"


@pytest.mark.feature("F2.1")
def test_a_japanese_address_is_stored_as_the_post_writes_it(asked_as, registered_ada):
    asked_as().change_address(registered_ada, **TOKYO)
    kept = asked_as().profile(registered_ada)["address"]
    assert kept == {**TOKYO, "state": "東京都", "postal_code": "150-0041"}


@pytest.mark.rule("R-D1")
def test_a_box_is_refused_before_anything_else_is_asked(asked_as, registered_ada):
    place = {**HOME, "lines": ["PO Box 12"], "postal_code": ""}
    assert refused("po-box-address", asked_as().change_address, registered_ada, **place) == {"line": 1}


def test_places_without_data_take_any_address():
    assert form_of("XX") == ANYWHERE
