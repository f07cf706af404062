"""Company names that people have written: support says which company it is, or lets the name stand (F2.4)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from services.identity.projections import companies
from tests.certification.pages import do, press
from tests.gateway.pages import checked, follow, send
from tests.identity.front_door import facts, refused
from tests.whole_house import WholeHouse, whole_house

WRITTEN = "Analytical Engines Ltd"


def names(asked_as) -> list[str]:
    return [one["company"] for one in asked_as().companies_to_review()["companies"]]


@pytest.mark.feature("F2.4")
def test_a_written_name_waits_until_it_is_one_of_the_list(frame, asked_as, registered_ada):
    asked_as().change_company(registered_ada, WRITTEN)
    assert (names(asked_as), asked_as().profile(registered_ada)["company_waits"]) == ([WRITTEN], True)
    refused("company-not-listed", asked_as().review_company, registered_ada, WRITTEN, "Engines Inc", "VERA")
    asked_as().review_company(registered_ada, WRITTEN, "cisco systems", "VERA")
    profile = asked_as().profile(registered_ada)
    known = (profile["company"], profile["company_listed"], profile["company_waits"])
    assert (known, names(asked_as)) == (("Cisco Systems", True, False), [])
    assert facts(frame)[-1] == "company-reviewed"


@pytest.mark.feature("F2.4")
def test_a_name_that_stands_is_looked_at_once_and_saved_again_for_nothing(frame, asked_as, registered_ada):
    asked_as().change_company(registered_ada, WRITTEN)
    asked_as().review_company(registered_ada, WRITTEN, "", "VERA")
    refused("company-not-waiting", asked_as().review_company, registered_ada, WRITTEN, "", "OMAR")
    asked_as().change_company(registered_ada, WRITTEN)
    profile = asked_as().profile(registered_ada)
    assert (profile["company"], profile["company_listed"], profile["company_waits"]) == (WRITTEN, False, False)
    assert (facts(frame).count("company-changed"), names(asked_as)) == (1, [])


@pytest.mark.feature("F2.4")
def test_what_the_person_has_changed_meanwhile_is_not_overwritten(asked_as, registered_ada):
    asked_as().change_company(registered_ada, WRITTEN)
    asked_as().change_company(registered_ada, "Babbage & Sons")
    refused("company-not-waiting", asked_as().review_company, registered_ada, WRITTEN, "IBM", "VERA")
    assert (names(asked_as), asked_as().profile(registered_ada)["company"]) == (["Babbage & Sons"], "Babbage & Sons")
    for gone in ("IBM", ""):
        asked_as().change_company(registered_ada, WRITTEN)
        asked_as().change_company(registered_ada, gone)
        assert names(asked_as) == []


@pytest.mark.rule("R-P1")
@pytest.mark.feature("F2.4")
def test_an_erased_person_leaves_no_name_in_the_queue(frame, asked_as, registered_ada):
    asked_as().change_company(registered_ada, WRITTEN)
    asked_as().erase(registered_ada)
    with frame.database.read() as connection:
        assert connection.execute(select(companies.table)).all() == []


# -- in the console ----------------------------------------------------------------------------------------------------

LIST, API = "/console/companies", "/api/console/v1/companies"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    with whole_house(tmp_path_factory.mktemp("companies")) as opened:
        yield opened


@pytest.fixture
def writer(house, request) -> str:
    """Somebody whose company is not on the list."""
    candidate_id = house.person(f"{request.node.name.replace('_', '')[-40:]}@example.org")
    house.ask("identity").change_company(candidate_id, WRITTEN)
    return candidate_id


@pytest.mark.feature("F2.4")
def test_support_says_on_the_page_which_company_it_is_and_the_person_sees_it(house, writer):
    vera = house.staff("VERA", "cases.work", "audit.read")
    where = f"{LIST}/{writer}"
    form = follow(vera, LIST)
    assert (WRITTEN in form.text, where in form.forms) == (True, True)
    nothing = send(vera, form, where, answer="listed")
    assert (nothing.status_code, "Please choose a company of the list" in checked(nothing).text) == (422, True)
    page = press(vera, LIST, where, answer="listed", company="IBM")
    assert ("It waits no more." in page.text, where in page.forms) == (True, False)
    assert facts(house.doors["identity"].frame)[-1] == "company-reviewed"
    told = follow(house.portal.browser(writer), "/personal-info/company").text
    assert ("This is a name of the list." in told, "IBM" in told) == (True, True)
    assert "Looked at a company name" in follow(vera, "/console/audit").text


@pytest.mark.feature("F2.4")
def test_a_name_that_stands_and_one_that_changed_meanwhile_on_the_page(house, writer):
    vera, where = house.staff("VERA", "cases.work"), f"{LIST}/{writer}"
    seen = follow(vera, LIST)
    house.ask("identity").change_company(writer, "Babbage & Sons")
    late = send(vera, seen, where, answer="as-written")
    assert (late.status_code, "changed or looked at meanwhile" in checked(late).text) == (409, True)
    press(vera, LIST, where, answer="as-written")
    told = follow(house.portal.browser(writer), "/personal-info/company").text
    assert "This name is not on the list. It is shown as you have written it." in told
    assert house.portal.client(writer).get("/api/v1/me").json()["company"] == "Babbage & Sons"
    assert house.staff("EVE", "candidates.read").get(LIST).status_code == 403


@pytest.mark.feature("F2.4")
def test_companies_are_listed_and_looked_at_through_the_api(house, writer):
    vera = house.portal.client("VERA", "cases.work")

    def waiting() -> list[str]:
        return [one["company"] for one in vera.get(API).json()["companies"] if one["candidate_id"] == writer]

    assert waiting() == [WRITTEN]
    unknown = do(vera, "POST", f"{API}/{writer}", {"seen": WRITTEN, "company": "Engines Inc"})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "company-not-listed")
    assert do(vera, "POST", f"{API}/{writer}", {"seen": WRITTEN, "company": "IBM"}).status_code == 204
    assert waiting() == []
    me = house.portal.client(writer).get("/api/v1/me").json()
    assert (me["company"], me["company_listed"], me["company_waits"]) == ("IBM", True, False)
    eve = house.portal.client("EVE", "candidates.read")
    assert do(eve, "POST", f"{API}/{writer}", {"seen": WRITTEN}).status_code == 403
