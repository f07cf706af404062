"""Two records become one through the console, and one session shows what both have held (F1.13, F12.2)."""

from collections.abc import Iterator

import pytest

from tests.certification.pages import do, press
from tests.gateway.pages import checked, follow, send
from tests.whole_house import WholeHouse, whole_house

MAY = (
    "candidates.read", "candidates.personal-data", "candidates.merge", "cases.work", "approvals.request",
    "approvals.decide",
)  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    with whole_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture
def people(house, request) -> tuple[str, str, str]:
    """Ada with one pass, her second record with two others, and the case in which she tells of it."""
    name = request.node.name.replace("_", "")[-40:]
    ada = house.person(f"{name}@example.org")
    twin = house.person(f"{name}.king@example.org")
    for candidate_id, exam, day in ((ada, "350-401", "2025-01-10"), (twin, "300-410", "2025-06-01")):
        house.ask("testing").report_result(
            candidate_id=candidate_id,
            exam=exam,
            taken_on=day,
            outcome="pass",
            provider_reference=f"{candidate_id}{exam}",
        )
    house.hand_on()
    case_id = house.ask("identity").open_case("merge", "Two of me.", candidate_id=ada)["case_id"]
    return ada, twin, case_id


def asked(house, case_id: str, record: str) -> str:
    """Ask in the console for the merge; gives the address of the proposal."""
    vera = house.staff("VERA", *MAY)
    page = follow(vera, f"/console/cases/{case_id}/merge?record={record}")
    sent = send(vera, page, f"/console/cases/{case_id}/merge", reason="Passport seen.")
    assert "You have asked for it." in follow(vera, sent.headers["location"]).text
    [proposal] = house.ask("identity").proposals("open")["proposals"]
    return f"/console/approvals/identity/{proposal['proposal_id']}"


@pytest.mark.feature("F1.13")
@pytest.mark.feature("F12.2")
def test_support_sees_both_as_one_asks_and_a_second_person_grants(house, people):
    ada, twin, case_id = people
    vera, omar = house.staff("VERA", *MAY), house.staff("OMAR", *MAY)
    assert "Look for the second record" in follow(vera, f"/console/cases/{case_id}").text
    preview = follow(vera, f"/console/cases/{case_id}/merge?record={twin}")
    assert "Cisco Certified Network Professional Enterprise" in preview.text
    assert "350-401" in preview.text
    assert "300-410" in preview.text
    where = asked(house, case_id, twin)
    waiting = follow(omar, where)
    assert f"/console/cases/{case_id}/merge?record={twin}" in waiting.links
    granted = send(omar, waiting, f"{where}/approve")
    assert "Granted" in follow(omar, granted.headers["location"]).text
    house.hand_on()
    held = {one["certification"] for one in house.ask("certification").status(ada)["certifications"]}
    assert "ccnp-enterprise" in held
    exams = house.portal.browser(ada).get("/testing-history").text
    assert ("350-401" in exams, "300-410" in exams) == (True, True)
    page = follow(vera, f"/console/candidates/{ada}")
    assert ("Records merged into this one" in page.text, twin in page.text) == (True, True)
    assert vera.get(f"/console/candidates/{twin}").headers["location"].startswith(f"/console/candidates/{ada}?")


@pytest.mark.feature("F1.13")
@pytest.mark.feature("F12.2")
def test_two_people_undo_it_through_the_console_and_each_holds_its_own(house, people):
    ada, twin, case_id = people
    vera, omar = house.staff("VERA", *MAY), house.staff("OMAR", *MAY)
    before = house.ask("certification").status(ada)
    where = asked(house, case_id, twin)
    press(omar, where, f"{where}/approve")
    house.hand_on()
    page = press(
        vera, f"/console/candidates/{ada}", f"/console/candidates/{ada}/separation",
        **{"separation-absorbed_id": twin, "separation-reason": "Two people after all."},
    )  # fmt: skip
    assert "You have asked for it." in page.text
    [proposal] = house.ask("identity").proposals("open")["proposals"]
    where = f"/console/approvals/identity/{proposal['proposal_id']}"
    press(omar, where, f"{where}/approve")
    house.hand_on()
    assert house.ask("certification").status(ada)["certifications"] == before["certifications"]
    assert "Records merged into this one" not in follow(vera, f"/console/candidates/{ada}").text
    assert twin in follow(vera, f"/console/candidates/{twin}").text


@pytest.mark.feature("F1.13")
@pytest.mark.feature("F12.2")
def test_through_the_api_too(house, people):
    ada, twin, case_id = people
    vera, omar = house.portal.client("VERA", *MAY), house.portal.client("OMAR", *MAY)
    found = vera.get(f"/api/console/v1/cases/{case_id}/merge", params={"record": twin}).json()
    assert (found["kept"]["candidate_id"], found["absorbed"]["candidate_id"], found["obstacle"]) == (ada, twin, "")
    assert [line["exam"] for line in found["exams"]] == ["300-410", "350-401"]
    where = f"/api/console/v1/cases/{case_id}/proposals"
    body = {"action": "records-merge", "reason": "Passport seen.", "values": {"absorbed_id": twin}}
    proposal = do(vera, "POST", where, body).json()["proposal_id"]
    granted = do(omar, "POST", f"/api/console/v1/approvals/identity/{proposal}/approve")
    assert granted.status_code == 200
    assert house.ask("identity").merged_records(twin)["candidate_id"] == ada
    undo = {
        "service": "identity", "action": "records-separate", "subject": ada, "reason": "Two people.",
        "arguments": {"absorbed_id": twin},
    }  # fmt: skip
    house.clock.pass_days(15)
    late = do(vera, "POST", "/api/console/v1/approvals", undo)
    house.clock.pass_days(-15)
    assert (late.status_code, late.json()["code"]) == (409, "merge-undo-too-late")


@pytest.mark.feature("F1.13")
@pytest.mark.feature("F12.2")
def test_a_record_that_cannot_go_into_itself_and_one_that_is_unknown_are_told_on_the_page(house, people):
    ada, _, case_id = people
    vera = house.staff("VERA", *MAY)
    same = checked(vera.get(f"/console/cases/{case_id}/merge?record={ada}"))
    assert "These are the same record." in same.text
    assert "Say in the reason" not in same.text
    unknown = vera.get(f"/console/cases/{case_id}/merge?record=C-NOBODY")
    assert unknown.status_code == 404
    assert house.portal.browser("EVE", "cases.work").get(f"/console/cases/{case_id}/merge").status_code == 403
