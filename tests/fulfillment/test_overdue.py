"""The report of kits that should have arrived (R-G3)."""

import json
from datetime import date

import pytest
from marshmallow import ValidationError

import contracts
from services.fulfillment.domain.kits import kit_id_of
from services.fulfillment.projections import overdue

DAY = date(2026, 11, 1)


@pytest.fixture
def ordered(told, asked_as, sealed):
    """Somebody has ordered a kit today; gives the order number."""

    def order(candidate_id: str) -> str:
        address = json.dumps({"lines": ["12 St James's Square"], "city": "London"})
        told(
            contracts.NameChanged(candidate_id=candidate_id, name=sealed(candidate_id, "Ada Lovelace")),
            contracts.AddressChanged(candidate_id=candidate_id, country="GB", address=sealed(candidate_id, address)),
            contracts.ProfileCompleted(candidate_id=candidate_id),
            contracts.CertificationEarned(
                candidate_id=candidate_id, certification="ccna", name="Certified Associate", abbreviation="CCNA",
                group="Associate", level="associate", track="networking", kit="certificate", pdf=True,
                active_on=DAY, expires_on=date(2029, 11, 1), evidence=("R-1",), catalogue="2026-11",
            ),
        )  # fmt: skip
        kit_id = kit_id_of(candidate_id, "ccna", DAY)
        return str(asked_as().claim_kit(candidate_id, kit_id, "Ada Lovelace")["order_number"])

    return order


@pytest.mark.rule("R-G3")
@pytest.mark.feature("F12.1")
def test_a_kit_is_overdue_from_the_day_after_the_sixteenth_week(ordered, asked_as, frame):
    number = ordered("C-ADA")
    frame.clock.pass_days(16 * 7)
    assert asked_as().report_kits_overdue() == {"rows": [], "next": None}
    frame.clock.pass_days(1)
    assert asked_as().report_kits_overdue() == {
        "rows": [
            {
                "order_number": number,
                "name": "Certified Associate",
                "kind": "certificate",
                "claimed_on": "2026-11-20",
                "promise_until": "2027-03-12",
                "days_late": 1,
                "candidate_id": "C-ADA",
            }
        ],
        "next": None,
    }


def test_a_long_report_goes_on_where_it_ended(ordered, asked_as, frame, monkeypatch):
    monkeypatch.setattr(overdue, "PAGE_SIZE", 2)
    for name in ("C-ADA", "C-GRACE", "C-LINUS"):
        ordered(name)
    frame.clock.pass_days(200)
    first = asked_as().report_kits_overdue()
    second = asked_as().report_kits_overdue(first["next"])
    assert [row["candidate_id"] for row in first["rows"] + second["rows"]] == ["C-ADA", "C-GRACE", "C-LINUS"]
    assert second["next"] is None


def test_a_place_that_makes_no_sense_is_refused(asked_as):
    with pytest.raises(ValidationError):
        asked_as().report_kits_overdue("yesterday")
