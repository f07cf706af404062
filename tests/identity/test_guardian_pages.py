"""The consent of a guardian on the pages of both, and over the API: asked, refused, given, taken back, too late."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from services.identity.domain.guardian import AWAITED
from services.identity.projections import people
from tests.certification.pages import do, press
from tests.gateway.pages import checked, follow, send
from tests.identity.front_door import HOME, facts, mailed_link
from tests.whole_house import PERSON, WholeHouse, whole_house

pytestmark = pytest.mark.rule("R-M1")
HERE = "/personal-info/guardian"
MOTHER = {"guardian_name": "Anne Berg", "guardian_email": "anne@example.org"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    with whole_house(tmp_path_factory.mktemp("guardians")) as opened:
        yield opened


@pytest.fixture
def linus(house, request) -> str:
    """Somebody of 15 who has given everything else."""
    email = f"{request.node.name.replace('_', '')[-40:]}@example.org"
    person = PERSON | {"first_name": "Linus", "last_name": "Berg"}
    candidate_id = house.ask("identity").register(email=email, **person)["candidate_id"]
    house.confirm(candidate_id, email)
    house.ask("identity").give_birth_date(candidate_id, f"{house.clock.today().year - 15}-01-01")
    house.ask("identity").change_address(candidate_id, **HOME)
    return str(candidate_id)


@pytest.fixture
def last(house):
    """The newest fact of identity."""
    return lambda: facts(house.doors["identity"].frame)[-1]


def link_of(house, candidate_id: str) -> str:
    return f"/guardian?link={mailed_link(house.doors['identity'].frame, 'guardian', candidate_id)}"


@pytest.mark.feature("F1.15")
def test_a_guardian_is_asked_refuses_consents_and_takes_it_back_on_the_pages(house, linus, last):
    minor, guardian = house.portal.browser(linus), house.portal.anybody()
    assert "Nobody was asked yet." in follow(minor, HERE).text
    asked = press(minor, HERE, HERE, **MOTHER)
    assert (last(), "We have mailed anne@example.org a link" in asked.text) == ("guardian-asked", True)
    where = link_of(house, linus)
    assert "Linus Berg is under 18" in follow(guardian, where).text
    for answer, fact, said, told in (
        ("no", "guardian-consent-taken-back", "You do not consent.", "Your guardian does not consent."),
        ("yes", "guardian-consent-recorded", "You have consented.", "Your guardian has consented."),
        ("no", "guardian-consent-taken-back", "You do not consent.", "Your guardian does not consent."),
    ):
        after = press(guardian, where, "/guardian", consents=answer)
        assert (last(), said in after.text, told in follow(minor, HERE).text) == (fact, True, True)


@pytest.mark.feature("F1.15")
def test_a_guardian_who_has_not_answered_in_time_is_asked_again(house, linus, last):
    minor = house.portal.browser(linus)
    press(minor, HERE, HERE, **MOTHER)
    late = link_of(house, linus)
    with house.doors["identity"].frame.database.write() as connection:
        long_ago = datetime.now(UTC) - AWAITED
        own = update(people.table).where(people.table.c.candidate_id == linus)
        connection.execute(own.values(guardian_since=long_ago))
    page = follow(minor, HERE)
    assert "anne@example.org has not answered within 14 days" in page.text
    assert page.forms[HERE]["guardian_email"] == "anne@example.org"
    assert house.portal.client(linus).get("/api/v1/me").json()["guardian"] == "expired"
    gone = house.portal.anybody().get(late)
    assert (gone.status_code, "is too old" in checked(gone).text) == (409, True)
    own = send(minor, page, HERE, guardian_name="Linus", guardian_email=house.ask("identity").profile(linus)["email"])
    assert (own.status_code, last()) == (409, "guardian-asked")
    again = press(minor, HERE, HERE, guardian_name="Anne Berg")
    assert "We have mailed anne@example.org a link" in again.text


@pytest.mark.feature("F1.15")
def test_a_guardian_is_asked_and_answers_over_the_api_and_a_wrong_link_does_not(house, linus, last):
    client, anybody = house.portal.client(linus), house.portal.anybody()
    assert do(client, "PUT", "/api/v1/me/guardian", MOTHER).status_code == 204
    link = link_of(house, linus).partition("link=")[2]
    wrong = do(anybody, "POST", "/api/v1/guardian-answers", {"link": f"{linus}.wrong", "consents": True})
    assert (wrong.status_code, wrong.json()["code"], last()) == (409, "link-not-valid", "guardian-asked")
    given = do(anybody, "POST", "/api/v1/guardian-answers", {"link": link, "consents": True})
    assert (given.json()["state"], last()) == ("consented", "guardian-consent-recorded")
    assert client.get("/api/v1/me").json()["guardian"] == "consented"
    twice = do(client, "PUT", "/api/v1/me/guardian", MOTHER, key="twice")
    assert (twice.status_code, twice.json()["code"]) == (409, "guardian-consented")
