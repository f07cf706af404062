"""The first log-in through the pages of a whole house: joined, as new or left to people; then the profile is due."""

from collections.abc import Callable, Iterator

import pytest

from tests.certification.pages import do, press
from tests.gateway.pages import checked, follow, send
from tests.identity.front_door import facts, mailed_link
from tests.whole_house import PERSON, WholeHouse, whole_house

DUE = "/personal-info"
HOME = {
    "country": "GB", "line_1": "12 St James's Square", "city": "London", "postal_code": "SW1Y 4LB",
    "birth_date": "1990-12-10", "news": "no",
}  # fmt: skip
LINUS = PERSON | {"first_name": "Linus", "last_name": "Berg"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    with whole_house(tmp_path_factory.mktemp("first")) as opened:
        yield opened


@pytest.fixture
def since(house) -> Callable[[], list[str]]:
    """The facts of identity since the test began."""
    before = len(facts(house.doors["identity"].frame))
    return lambda: facts(house.doors["identity"].frame)[before:]


def booked(house: WholeHouse, number: str, email: str, day: str, **other: str) -> str:
    """Whom the test provider has booked; gives the candidate id of the record."""
    person = {"first_name": "Linus", "last_name": "Berg", "birth_date": "1990-12-10"} | other
    return house.ask("identity").report_candidate(provider_id=number, email=email, booked_on=day, **person)[
        "candidate_id"
    ]


def signed_up(house: WholeHouse, email: str) -> str:
    """Somebody who has confirmed the e-mail, and has never logged in; gives the account's id."""
    account_id = house.ask("identity").register(email=email, **LINUS)["candidate_id"]
    link = mailed_link(house.doors["identity"].frame, "confirm-email", account_id)
    house.ask("identity").confirm_email(link)
    return account_id


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F1.12")
@pytest.mark.feature("F1.15")
def test_a_booked_person_is_joined_at_the_first_log_in_and_led_to_the_profile_and_then_home(house, since):
    record = booked(house, "VUE-2001", "joined@example.org", "2022-09-27")
    signed_up(house, "joined@example.org")
    browser = house.browser("joined@example.org")
    assert since()[-3:] == ["account-mapped", "name-changed", "session-started"]
    assert browser.get("/home").headers["location"] == DUE
    told = follow(browser, "/mapping")
    assert ("Account mapping is completed" in told.text, "VUE-2001" in told.text) == (True, True)
    assert DUE in told.links
    page = press(browser, DUE, DUE, **HOME)
    assert "Please fill in all required fields first." not in page.text
    assert since()[-4:] == [
        "birth-date-given", "notification-preference-changed", "address-changed", "profile-completed",
    ]  # fmt: skip
    assert browser.get("/home").status_code == 200
    assert house.ask("identity").profile(record)["complete"] is True


@pytest.mark.feature("F1.9")
def test_a_booked_person_is_joined_at_the_first_log_in_through_the_api(house, since):
    record = booked(house, "VUE-2005", "script@example.org", "2022-09-27")
    account_id = signed_up(house, "script@example.org")
    client = house.script("script@example.org")
    assert since()[-3:] == ["account-mapped", "name-changed", "session-started"]
    told = client.get("/api/v1/me").json()
    assert (told["candidate_id"], told["external_ids"]["vue"], told["mapping"]) == (record, "VUE-2005", "")
    assert record != account_id
    again = do(client, "POST", "/api/v1/me/record", {"external_id": "VUE-2005", "birth_date": "1990-12-10"})
    assert (again.status_code, again.json()["code"]) == (409, "record-joined-already")
    assert since()[-1] == "session-started"


@pytest.mark.feature("F1.15")
@pytest.mark.rule("R-M1")
def test_a_child_is_refused_on_the_page_and_nothing_is_kept(house, since):
    signed_up(house, "child@example.org")
    browser = house.browser("child@example.org")
    before = since()
    child = f"{house.clock.today().year - 12}-01-01"
    refused = send(browser, follow(browser, DUE), DUE, **HOME | {"birth_date": child})
    page = checked(refused)
    assert (refused.status_code, "#birth_date" in page.links, "at least 13 years old" in page.text) == (409, True, True)
    assert (since(), "birth_date" in follow(browser, DUE).forms[DUE]) == (before, True)


@pytest.mark.feature("F1.12")
def test_a_profile_that_lacks_an_answer_opens_nothing_and_says_what_is_missing(house, since):
    signed_up(house, "lacking@example.org")
    browser = house.browser("lacking@example.org")
    before = since()
    refused = send(browser, follow(browser, DUE), DUE, **HOME | {"birth_date": "", "news": ""})
    links = checked(refused).links
    assert (refused.status_code, "#birth_date" in links, "#news" in links, "#city" in links) == (
        422, True, True, False,
    )  # fmt: skip
    assert (since(), browser.get("/home").headers["location"]) == (before, DUE)


@pytest.mark.feature("F1.12")
@pytest.mark.feature("F1.15")
def test_the_profile_is_due_and_completed_through_the_api(house, since):
    signed_up(house, "due@example.org")
    client = house.script("due@example.org")
    first = client.get("/api/v1/me/certifications")
    assert (first.status_code, first.json()["code"]) == (403, "profile-first")
    assert client.get("/api/v1/me").json()["missing"] == ["address", "birth_date", "wants_news"]
    address = {"country": "GB", "lines": ["12 St James's Square"], "city": "London", "postal_code": "SW1Y 4LB"}
    assert do(client, "PUT", "/api/v1/me/birth-date", {"birth_date": "1990-12-10"}).status_code == 204
    assert do(client, "PUT", "/api/v1/me/news", {"wanted": False}).status_code == 204
    assert do(client, "PUT", "/api/v1/me/address", address).status_code == 200
    assert since()[-2:] == ["address-changed", "profile-completed"]
    assert client.get("/api/v1/me").json()["complete"] is True
    house.hand_on()
    assert client.get("/api/v1/me/certifications").status_code == 200


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F1.11")
def test_an_old_booking_leads_to_the_case_and_opens_nothing_else(house, since):
    booked(house, "VUE-2002", "old@example.org", "2022-09-26")
    signed_up(house, "old@example.org")
    browser = house.browser("old@example.org")
    assert since()[-3:] == ["login-succeeded", "account-mapping-requested", "session-started"]
    assert browser.get("/home").headers["location"] == "/mapping"
    assert browser.get(DUE).headers["location"] == "/mapping"
    page = follow(browser, "/mapping")
    assert "before September 27, 2022" in page.text
    [case] = [link for link in page.links if link.startswith("/support?kind=")]
    opened = press(browser, case, "/support", text="My passport has the number that you know.")
    assert (since()[-1], "Your case is open." in opened.text) == ("case-opened", True)
    assert browser.get("/home").headers["location"] == "/mapping"
    client = house.script("old@example.org")
    refused = client.get("/api/v1/me/certifications")
    assert (refused.status_code, refused.json()["code"]) == (403, "mapping-first")
    assert client.get("/api/v1/me").json()["mapping"] == "legacy-booking"


@pytest.mark.feature("F1.9")
@pytest.mark.parametrize(
    ("name", "bookings"),
    [("name-differs", ["Torvald"]), ("several-records", ["Berg", "Berg"])],
)
def test_what_fits_not_safely_is_left_to_people_and_the_page_says_so(house, since, name, bookings):
    for number, last_name in enumerate(bookings):
        booked(house, f"{name}-{number}", f"{name}@example.org", "2024-01-01", last_name=last_name)
    signed_up(house, f"{name}@example.org")
    browser = house.browser(f"{name}@example.org")
    assert "account-mapping-requested" in since()
    assert browser.get("/certifications").headers["location"] == "/mapping"
    page = follow(browser, "/mapping")
    assert "/support?kind=map-my-profile" in page.links
    assert "Account mapping is completed" not in page.text


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F1.11")
def test_somebody_new_joins_an_older_record_on_the_page_and_an_old_booking_is_refused_there(house, since):
    booked(house, "VUE-2003", "work@example.org", "2022-09-26")
    record = booked(house, "VUE-2004", "work@example.org", "2024-01-01")
    account_id = signed_up(house, "newcomer@example.org")
    browser = house.browser("newcomer@example.org")
    before = since()
    assert before[-3:] == ["account-mapped", "name-changed", "session-started"]
    page = follow(browser, "/mapping")
    for number, day in (("VUE-2003", "1990-12-10"), ("VUE-2004", "1991-12-10")):
        refused = send(browser, page, "/mapping", external_id=number, birth_date=day, idempotency_key=number)
        assert (refused.status_code, "Account mapping is completed" in checked(refused).text) == (409, True)
    assert since() == before
    assert house.ask("identity").profile(account_id)["external_ids"]["vue"] == ""
    joined = press(browser, "/mapping", "/mapping", external_id="vue-2004", birth_date="1990-12-10")
    assert "Your account and your record are joined. Please log in again." in joined.text
    assert since()[len(before) :] == ["account-mapped", "name-changed", "session-ended"]
    back = house.browser("newcomer@example.org")
    again = follow(back, "/mapping")
    assert ("VUE-2004" in again.text, "VUE-2003" in again.text) == (True, False)
    own = send(back, again, "/mapping", external_id="VUE-2004", birth_date="1990-12-10")
    assert own.status_code == 409
    assert "This is the ID of the record that your account opens already." in checked(own).text
    assert house.ask("identity").profile(record)["external_ids"]["vue"] == "VUE-2004"
