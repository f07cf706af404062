"""What people say of themselves, through the pages and the API of a whole house: the fact, and what comes next."""

from collections.abc import Iterator

import pytest

from tests.certification.pages import do, press
from tests.gateway.pages import checked, follow, send
from tests.identity.front_door import HOME, facts
from tests.whole_house import PERSON, WholeHouse, whole_house

ALL = ["names.change", "cases.work"]
HERE = "/personal-info"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    with whole_house(tmp_path_factory.mktemp("people")) as opened:
        yield opened


@pytest.fixture(scope="module")
def ada(house) -> str:
    return house.person("ada@example.org")


@pytest.fixture
def last(house):
    """The newest facts of identity."""
    return lambda count=1: facts(house.doors["identity"].frame)[-count:]


@pytest.mark.feature("F2.1")
@pytest.mark.feature("F2.2")
def test_a_new_address_is_a_fact_and_stands_on_the_page(house, ada, last):
    browser = house.portal.browser(ada)
    page = press(browser, HERE, HERE, line_1="7 Analytical Row")
    assert (last(), page.forms[HERE]["line_1"]) == (["address-changed"], "7 Analytical Row")
    refused = send(browser, follow(browser, HERE), HERE, line_1="P.O. Box 12")
    assert (refused.status_code, "#line_1" in checked(refused).links) == (409, True)
    box = {"country": "GB", "lines": ["Postfach 10"], "city": "London", "postal_code": "SW1Y 4LB"}
    by_api = do(house.portal.client(ada), "PUT", "/api/v1/me/address", box)
    assert (by_api.status_code, by_api.json()["code"]) == (409, "po-box-address")
    assert last() == ["address-changed"]


@pytest.mark.feature("F2.3")
def test_the_answer_about_news_is_a_fact_and_stays_chosen(house, ada, last):
    browser = house.portal.browser(ada)
    page = press(browser, HERE, HERE, news="yes")
    assert ("notification-preference-changed" in last(2), page.forms[HERE]["news"]) == (True, "yes")
    client = house.portal.client(ada)
    assert do(client, "PUT", "/api/v1/me/news", {"wanted": False}).status_code == 204
    assert do(client, "PUT", "/api/v1/me/news", {"wanted": "perhaps not"}).status_code == 422
    assert follow(browser, HERE).forms[HERE]["news"] == "no"


@pytest.mark.feature("F2.4")
@pytest.mark.feature("F2.5")
@pytest.mark.feature("F2.8")
def test_work_and_local_script_are_facts_and_stand_on_their_pages(house, ada, last):
    browser = house.portal.browser(ada)
    company = press(browser, f"{HERE}/company", f"{HERE}/company", other="Babbage & Sons")
    assert (last(), "Babbage &amp; Sons" in str(company.text) or "Babbage & Sons" in company.text) == (
        ["company-changed"], True,
    )  # fmt: skip
    title = press(browser, f"{HERE}/job-title", f"{HERE}/job-title", job_title="Programmer")
    assert (last(), title.forms[f"{HERE}/job-title"]["job_title"]) == (["job-title-changed"], "Programmer")
    local = press(browser, f"{HERE}/local-script", f"{HERE}/local-script", name="エイダ", line_1="神南1-19-11")
    assert (last(), local.forms[f"{HERE}/local-script"]["name"]) == (["local-script-changed"], "エイダ")


@pytest.mark.feature("F2.4")
def test_a_company_given_through_the_api_is_a_fact_and_stands_as_the_list_writes_it(house, ada, last):
    client, where = house.portal.client(ada), "/api/v1/me/company"
    assert "Cisco Systems" in client.get("/api/v1/companies").json()["companies"]
    assert do(client, "PUT", where, {"company": "cisco systems"}).status_code == 204
    told = client.get("/api/v1/me").json()
    assert (last(), told["company"], told["company_listed"]) == (["company-changed"], "Cisco Systems", True)
    assert "This is a name of the list." in follow(house.portal.browser(ada), f"{HERE}/company").text
    refused = do(client, "PUT", where, {"company": "x" * 121})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["company"])
    assert client.get("/api/v1/me").json()["company"] == "Cisco Systems"


@pytest.mark.feature("F2.5")
def test_a_job_title_given_through_the_api_is_a_fact_and_stands_on_the_page(house, ada, last):
    client, where = house.portal.client(ada), "/api/v1/me/job-title"
    assert do(client, "PUT", where, {"job_title": "Countess of computing"}).status_code == 204
    assert (last(), client.get("/api/v1/me").json()["job_title"]) == (["job-title-changed"], "Countess of computing")
    page = f"{HERE}/job-title"
    browser = house.portal.browser(ada)
    assert follow(browser, page).forms[page]["job_title"] == "Countess of computing"
    refused = do(client, "PUT", where, {"job_title": "x" * 121})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["job_title"])
    by_page = send(browser, follow(browser, page), page, job_title="x" * 121)
    assert (by_page.status_code, "#job_title" in checked(by_page).links) == (422, True)
    assert client.get("/api/v1/me").json()["job_title"] == "Countess of computing"


@pytest.mark.feature("F2.8")
def test_local_script_given_through_the_api_is_a_fact_and_stands_on_the_page(house, ada, last):
    client, where, page = house.portal.client(ada), "/api/v1/me/local-script", f"{HERE}/local-script"
    written = {"name": "エイダ・ラブレス", "lines": ["東京都渋谷区", "神南1-19-11"]}
    assert do(client, "PUT", where, written, key="written").status_code == 204
    assert (last(), client.get("/api/v1/me").json()["local_script"]) == (["local-script-changed"], written)
    form = follow(house.portal.browser(ada), page).forms[page]
    assert (form["name"], form["line_1"], form["line_2"]) == ("エイダ・ラブレス", "東京都渋谷区", "神南1-19-11")
    refused = do(client, "PUT", where, {"name": "エイダ", "lines": ["1", "2", "3", "4"]}, key="too-many")
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["lines"])
    assert client.get("/api/v1/me").json()["local_script"] == written


@pytest.fixture
def newcomer(house, request) -> str:
    """Somebody who has logged in and has answered nothing yet."""
    email = f"{request.node.name.replace('_', '')[-40:]}@example.org"
    candidate_id = house.ask("identity").register(email=email, **PERSON)["candidate_id"]
    house.confirm(candidate_id, email)
    return candidate_id


@pytest.mark.feature("F1.15")
@pytest.mark.rule("R-M1")
def test_a_birth_date_is_given_once_through_the_api_and_no_child_gets_in(house, newcomer, last):
    client, where = house.portal.client(newcomer), "/api/v1/me/birth-date"
    before = last()
    child = do(client, "PUT", where, {"birth_date": f"{house.clock.today().year - 12}-01-01"})
    assert (child.status_code, child.json()["code"]) == (409, "too-young")
    never = do(client, "PUT", where, {"birth_date": "1990-02-30"})
    assert (never.status_code, list(never.json()["fields"]), last()) == (422, ["birth_date"], before)
    assert do(client, "PUT", where, {"birth_date": "1990-12-10"}).status_code == 204
    assert (last(), client.get("/api/v1/me").json()["birth_date"]) == (["birth-date-given"], "1990-12-10")
    assert "birth_date" not in follow(house.portal.browser(newcomer), HERE).forms[HERE]
    again = do(client, "PUT", where, {"birth_date": "1991-12-10"})
    assert (again.status_code, again.json()["code"]) == (409, "birth-date-given")
    assert (last(), client.get("/api/v1/me").json()["birth_date"]) == (["birth-date-given"], "1990-12-10")


@pytest.mark.rule("R-M1")
@pytest.mark.feature("F2.3")
def test_a_minor_gets_no_news_through_the_api_or_the_page_and_an_adult_who_asks_does(house, ada, newcomer, last):
    minor = house.portal.client(newcomer)
    born = f"{house.clock.today().year - 15}-01-01"
    assert do(minor, "PUT", "/api/v1/me/birth-date", {"birth_date": born}).status_code == 204
    assert last(3) == ["birth-date-given", "guardian-consent-required", "notification-preference-changed"]
    refused = do(minor, "PUT", "/api/v1/me/news", {"wanted": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "minors-get-no-news")
    browser = house.portal.browser(newcomer)
    home = {"country": "GB", "line_1": "12 St James's Square", "city": "London", "postal_code": "SW1Y 4LB"}
    by_page = send(browser, follow(browser, HERE), HERE, news="yes", **home)
    assert (by_page.status_code, "#news" in checked(by_page).links) == (409, True)
    assert (last(), minor.get("/api/v1/me").json()["wants_news"]) == (["notification-preference-changed"], False)
    adult = house.portal.client(ada)
    assert do(adult, "PUT", "/api/v1/me/news", {"wanted": True}).status_code == 204
    assert (last(), adult.get("/api/v1/me").json()["wants_news"]) == (["notification-preference-changed"], True)


@pytest.mark.feature("F2.6")
def test_external_ids_are_shown_and_nothing_can_be_entered(house, ada):
    page = follow(house.portal.browser(ada), f"{HERE}/external-ids")
    assert ("ada@example.org" in page.text, "CSCO" in page.text) == (True, True)
    assert [action for method, action in page.methods if method == "POST" and "external" in action] == []
    ids = house.portal.client(ada).get("/api/v1/me").json()["external_ids"]
    assert (ids["cisco_com"], ids["vue"], ids["credly"]) == ("ada@example.org", "", "")


@pytest.mark.feature("F2.9")
def test_everything_is_right_completes_the_profile_that_was_due(house, ada, last):
    grace = house.person("grace@example.org", first_name="Grace", last_name="Hopper")
    browser = house.portal.browser(grace)
    house.clock.pass_days(366)
    house.ask("identity").daily()
    house.clock.pass_days(-366)
    assert house.ask("identity").profile(grace)["missing"] == ["review"]
    page = press(browser, HERE, f"{HERE}/confirm")
    assert last() == ["profile-completed"]
    assert "Everything is right" not in page.text
    assert house.ask("identity").profile(grace)["complete"] is True
    assert do(house.portal.client(ada), "POST", "/api/v1/me/review").status_code == 204
    assert house.ask("identity").profile(ada)["missing"] == []
    lacking = house.ask("identity").register(email="new@example.org", **PERSON)["candidate_id"]
    refused = do(house.portal.client(lacking), "POST", "/api/v1/me/review")
    assert (refused.status_code, refused.json()["code"]) == (409, "profile-first")


@pytest.mark.feature("F2.10")
def test_the_directory_shows_what_was_chosen_and_nobody_under_age(house, ada, newcomer, last):
    browser, where = house.portal.browser(ada), f"{HERE}/directory"
    page = press(browser, where, where, listed="yes", shown="city")
    assert (last(), page.forms[where]["listed"]) == (["directory-opted-in"], "yes")
    assert house.ask("identity").profile(ada)["directory"] == ["name", "city"]
    client = house.portal.client(ada)
    assert do(client, "PUT", "/api/v1/me/directory", {"listed": False, "shown": []}).status_code == 204
    assert last() == ["directory-opted-out"]
    odd = do(client, "PUT", "/api/v1/me/directory", {"listed": True, "shown": ["city", "birth_date"]})
    assert (odd.status_code, list(odd.json()["fields"]["shown"])) == (422, ["1"])
    house.ask("identity").give_birth_date(newcomer, f"{house.clock.today().year - 15}-01-01")
    house.ask("identity").change_address(newcomer, **HOME)
    minor = house.portal.browser(newcomer)
    young = send(minor, follow(minor, where), where, listed="yes", shown="city")
    assert (young.status_code, "Under 18 nobody stands in the directory." in checked(young).text) == (409, True)
    by_api = do(house.portal.client(newcomer), "PUT", "/api/v1/me/directory", {"listed": True, "shown": ["city"]})
    assert (by_api.status_code, by_api.json()["code"]) == (409, "minors-are-not-listed")
    assert last(3).count("directory-opted-in") == 0


@pytest.mark.feature("F1.10")
@pytest.mark.feature("F2.7")
def test_log_in_and_name_change_by_a_case_over_the_api_and_stand_on_the_persons_page(house, ada, last):
    vera, omar = (
        house.portal.client("VERA", *ALL, "approvals.request"),
        house.portal.client("OMAR", *ALL, "approvals.decide"),
    )
    for action, values in (
        ("name-change", {"first_name": "Ada", "last_name": "Byron"}),
        ("email-change", {"email": "ada.byron@example.org"}),
    ):
        case_id = house.ask("identity").open_case("other", "Please.", candidate_id=ada)["case_id"]
        body = {"action": action, "reason": "Passport seen.", "values": values}
        asked = do(vera, "POST", f"/api/console/v1/cases/{case_id}/proposals", body)
        where = f"/api/console/v1/approvals/identity/{asked.json()['proposal_id']}"
        own = do(vera, "POST", f"{where}/approve")
        assert own.status_code == 403  # who may only ask
        assert do(omar, "POST", f"{where}/approve").status_code == 200
    assert {"legal-name-corrected", "email-changed"} <= set(last(14))
    page = follow(house.portal.browser(ada), f"{HERE}/external-ids")
    assert "ada.byron@example.org" in page.text
    assert house.portal.client(ada).get("/api/v1/me").json()["name"] == "Ada Byron"


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F1.11")
@pytest.mark.feature("F1.12")
def test_a_record_is_joined_by_its_id_and_an_old_booking_is_refused(house, last):
    def booked(number: str, day: str) -> None:
        house.ask("identity").report_candidate(
            provider_id=number, first_name="Linus", last_name="Berg", email="work@example.org", booked_on=day,
            birth_date="1990-12-10",
        )  # fmt: skip

    booked("VUE-1990", "2022-09-26")
    booked("VUE-1991", "2024-01-01")
    linus = house.ask("identity").register(email="linus@example.org", **PERSON | {"first_name": "Linus"})
    house.confirm(linus["candidate_id"], "linus@example.org")
    browser = house.portal.browser(linus["candidate_id"])
    assert browser.get("/certifications").headers["location"] == HERE
    body = {"external_id": "VUE-1990", "birth_date": "1990-12-10"}
    client = house.portal.client(linus["candidate_id"])
    old = do(client, "POST", "/api/v1/me/record", body)
    assert (old.status_code, old.json()["code"]) == (409, "mapping-needs-case")
    wrong = do(client, "POST", "/api/v1/me/record", body | {"birth_date": "1991-01-01"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "record-not-found")
    joined = do(client, "POST", "/api/v1/me/record", body | {"external_id": "vue-1991"})
    assert joined.status_code == 200
    assert "account-mapped" in last(4)
