"""Programs, passkeys, authenticator and password, through page and API of a whole house (F1.14).

Everybody logs in by password here: programs are allowed in a session, and identity's own tokens are checked.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest

from tests.certification.pages import do, press
from tests.gateway.pages import checked, follow, send
from tests.identity.front_door import facts
from tests.identity.test_openid_provider import BACK, SCOPE, VERIFIER, request_of
from tests.identity.test_passkeys import Device
from tests.whole_house import PERSON, WholeHouse, whole_house

PROGRAMS, PASSKEYS = "/api/v1/me/programs", "/api/v1/me/passkeys"
CONSENT = "/oauth/authorize"
WITHDRAWN = ["consent-withdrawn", "grant-ended"]

pytestmark = pytest.mark.feature("F1.14")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    with whole_house(tmp_path_factory.mktemp("security")) as opened:
        yield opened


@pytest.fixture(scope="module")
def ada(house) -> str:
    return house.person("ada@example.org")


@pytest.fixture(scope="module")
def browser(house, ada) -> httpx.Client:
    """Ada's browser."""
    return house.browser("ada@example.org")


@pytest.fixture(scope="module")
def client(house, ada) -> httpx.Client:
    """Ada's own script."""
    return house.script("ada@example.org")


@pytest.fixture(scope="module")
def grace(house) -> httpx.Client:
    """A script of Grace."""
    house.person("grace@example.org", first_name="Grace", last_name="Hopper")
    return house.script("grace@example.org")


@pytest.fixture
def since(house):
    """The facts of identity since the test began."""
    before = len(facts(house.doors["identity"].frame))
    return lambda: facts(house.doors["identity"].frame)[before:]


# -- programs ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def app(house) -> dict[str, str]:
    """A program that speaks for people: id and secret."""
    return house.ask("identity").clients_add(
        name="Ada's app", redirect_uris=[BACK], scopes=SCOPE.split(), signed_by="Ed25519"
    )


@pytest.fixture
def allowed(house, ada, app, browser) -> Iterator[str]:
    """Ada says yes on the page; gives the access token of the program, which knows nothing more afterwards."""
    request = httpx.QueryParams({**request_of(app), "state": "s1"})
    page = follow(browser, f"{CONSENT}?{request}")
    assert "your e-mail address" in page.text
    led = checked(send(browser, page, CONSENT, answer="yes"))
    [code] = [parse_qs(urlsplit(link).query)["code"][0] for link in led.links if link.startswith(BACK)]
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    tokens = house.portal.anybody().post("/oauth/token", data={**app, **asked}).json()
    assert facts(house.doors["identity"].frame)[-1] == "grant-given"
    yield tokens["access_token"]
    house.ask("identity").withdraw_program(ada, app["client_id"])


def told(house, token: str) -> httpx.Response:
    """What the program is told of the person."""
    return house.portal.anybody().get("/oauth/userinfo", headers={"Authorization": f"Bearer {token}"})


def test_a_program_allowed_on_the_page_is_listed_and_withdrawn_there(house, app, browser, allowed, since):
    where = f"/security/programs/{app['client_id']}/withdraw"
    page = follow(browser, "/security")
    assert ("Ada's app" in page.text, where in page.forms) == (True, True)
    assert told(house, allowed).json()["email"] == "ada@example.org"
    after = press(browser, "/security", where)
    assert since() == WITHDRAWN
    assert "The program may know nothing more of you." in after.text
    assert ("Ada's app" in after.text, where in after.forms) == (False, False)
    refused = told(house, allowed)
    assert (refused.status_code, 'error="invalid_token"' in refused.headers["www-authenticate"]) == (401, True)


def test_saying_no_gives_the_program_an_error_and_leaves_no_fact(app, browser, since):
    before = since()
    page = follow(browser, f"{CONSENT}?{httpx.QueryParams(request_of(app))}")
    led = checked(send(browser, page, CONSENT, answer="no"))
    [back] = [parse_qs(urlsplit(link).query) for link in led.links if link.startswith(BACK)]
    assert (back["error"], "code" in back, since()) == (["access_denied"], False, before)
    assert "Ada's app" not in follow(browser, "/security").text


def test_a_program_is_listed_and_withdrawn_through_the_api(house, app, client, allowed, since):
    [listed] = client.get(PROGRAMS).json()["programs"]
    assert (listed["client_id"], listed["name"], listed["scopes"]) == (app["client_id"], "Ada's app", SCOPE.split())
    ended = do(client, "DELETE", f"{PROGRAMS}/{app['client_id']}")
    assert (ended.status_code, ended.json(), since()) == (200, {"ended": 1}, WITHDRAWN)
    assert client.get(PROGRAMS).json() == {"programs": []}
    assert told(house, allowed).status_code == 401


def test_neither_an_unknown_program_nor_one_of_somebody_else_is_withdrawn(
    house, app, browser, client, grace, allowed, since
):
    before = since()
    for script, program in ((client, "APP-NOBODY"), (grace, app["client_id"])):
        assert do(script, "DELETE", f"{PROGRAMS}/{program}").json() == {"ended": 0}
    assert (since(), grace.get(PROGRAMS).json()) == (before, {"programs": []})
    assert f"/security/programs/{app['client_id']}/withdraw" in follow(browser, "/security").forms
    assert told(house, allowed).status_code == 200


def test_an_unknown_program_and_a_foreign_address_are_refused_on_the_page(app, browser, since):
    before = since()
    for other in ({"client_id": "APP-NOBODY"}, {"redirect_uri": "https://evil.example/back"}):
        answer = browser.get(CONSENT, params=request_of(app, **other))
        page = checked(answer)
        assert (answer.status_code, [link for link in page.links if "example/back" in link]) == (400, [])
    assert since() == before


# -- passkeys ----------------------------------------------------------------------------------------------------------


def registered(client: httpx.Client, device: Device, name: str) -> httpx.Response:
    options = client.get(f"{PASSKEYS}/options").json()["options"]
    return do(client, "POST", PASSKEYS, {"name": name, "credential": device.register(options)})


def named(client: httpx.Client) -> dict[str, str]:
    """The passkeys as the API lists them: names by id."""
    found = client.get("/api/v1/me/second-factor").json()["passkeys"]
    return {one["passkey_id"]: one["name"] for one in found}


def test_a_passkey_is_registered_named_and_removed_through_the_api(house, client, since):
    device = Device(counted=1, id=b"api-device")
    made = registered(client, device, "My phone")
    passkey_id = made.json()["passkey_id"]
    assert (made.status_code, since(), named(client)) == (201, ["passkey-registered"], {passkey_id: "My phone"})
    where = f"{PASSKEYS}/{passkey_id}"
    assert do(client, "PUT", where, {"name": "Old phone"}).status_code == 204
    assert (since()[1:], named(client)) == (["passkey-renamed"], {passkey_id: "Old phone"})
    assert do(client, "DELETE", where).status_code == 204
    assert (since()[2:], named(client)) == (["passkey-removed"], {})
    device.counted += 1
    asked = client.get("/api/v1/sessions/passkey").json()["options"]
    refused = do(house.portal.anybody(), "POST", "/api/v1/sessions/passkey", {"credential": device.log_in(asked)})
    assert (refused.status_code, refused.json()["code"]) == (409, "passkey-refused")


def test_a_passkey_of_another_site_or_of_nobody_is_refused_through_the_api(client, since):
    foreign = registered(client, Device(origin="https://evil.example", id=b"evil"), "Evil")
    assert (foreign.status_code, foreign.json()["code"]) == (409, "passkey-refused")
    unknown = do(client, "PUT", f"{PASSKEYS}/nothing", {"name": "Mine"})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "passkey-unknown")
    unnamed = registered(client, Device(id=b"unnamed"), "")
    assert (unnamed.status_code, list(unnamed.json()["fields"])) == (422, ["name"])
    assert (since(), named(client)) == ([], {})


def test_nobody_names_or_removes_the_passkey_of_somebody_else_through_the_api(client, grace):
    passkey_id = registered(client, Device(id=b"not-yours"), "My key").json()["passkey_id"]
    renamed = do(grace, "PUT", f"{PASSKEYS}/{passkey_id}", {"name": "Hers"})
    assert (renamed.status_code, renamed.json()["code"]) == (409, "passkey-unknown")
    do(grace, "DELETE", f"{PASSKEYS}/{passkey_id}")
    assert named(client) == {passkey_id: "My key"}
    do(client, "DELETE", f"{PASSKEYS}/{passkey_id}")


def test_a_passkey_on_the_page_is_renamed_and_removed(browser, client, since):
    passkey_id = registered(client, Device(id=b"page-device"), "Page phone").json()["passkey_id"]
    where = f"/security/passkeys/{passkey_id}"
    renamed = press(browser, "/security", f"{where}/name", name="Desk key")
    assert (since()[-1], "Desk key" in renamed.text, "Page phone" in renamed.text) == ("passkey-renamed", True, False)
    removed = press(browser, "/security", f"{where}/remove")
    assert (since()[-1], "Desk key" in removed.text) == ("passkey-removed", False)


# -- authenticator and password ----------------------------------------------------------------------------------------


@pytest.fixture
def linus(house, request) -> str:
    """Somebody of whom this test alone knows; gives the e-mail."""
    email = f"{request.node.name.replace('_', '')[-40:]}@example.org"
    house.person(email, first_name="Linus", last_name="Berg")
    return email


def test_an_authenticator_is_turned_on_renewed_and_turned_off_through_the_api(house, linus, since):
    client, where = house.script(linus), "/api/v1/me/second-factor"
    begun = len(since())
    wrong = do(client, "POST", f"{where}/authenticator", {"code": "000000"})
    assert (wrong.status_code, wrong.json()["code"], len(since())) == (409, "code-wrong", begun)
    secret = client.get(f"{where}/authenticator").json()["secret"]
    on = do(client, "POST", f"{where}/authenticator", {"code": pyotp.TOTP(secret).now()})
    assert (on.status_code, since()[begun:]) == (201, ["authenticator-turned-on", "recovery-codes-issued"])
    assert client.get(where).json() == {"authenticator": True, "recovery_codes_left": 10, "passkeys": []}
    renewed = do(client, "POST", f"{where}/recovery-codes", {"code": on.json()["recovery_codes"][0]})
    codes = renewed.json()["recovery_codes"]
    assert (renewed.status_code, len(set(codes))) == (201, 10)
    assert since()[-2:] == ["recovery-code-used", "recovery-codes-issued"]
    both = {"password": PERSON["password"], "code": on.json()["recovery_codes"][1]}
    void = do(client, "POST", f"{where}/authenticator/end", both)
    assert (void.status_code, void.json()["code"]) == (409, "code-wrong")
    off = do(client, "POST", f"{where}/authenticator/end", both | {"code": codes[0]})
    assert (off.status_code, since()[-1]) == (204, "authenticator-turned-off")
    assert client.get(where).json() == {"authenticator": False, "recovery_codes_left": 0, "passkeys": []}


def test_an_authenticator_is_renewed_and_turned_off_on_the_page(house, linus, since):
    client, browser, where = house.script(linus), house.browser(linus), "/security/authenticator"
    secret = client.get("/api/v1/me/second-factor/authenticator").json()["secret"]
    code = pyotp.TOTP(secret).now()
    on = do(client, "POST", "/api/v1/me/second-factor/authenticator", {"code": code}).json()["recovery_codes"]
    page = follow(browser, where)
    told = checked(send(browser, page, "/security/recovery-codes", renewal_code=on[0]))
    renewed = [word for word in told.text.split() if len(word) == len(on[0]) and word[5] == "-"]
    assert (len(set(renewed)), since()[-2:]) == (10, ["recovery-code-used", "recovery-codes-issued"])
    wrong = send(browser, page, f"{where}/off", password=PERSON["password"], code=on[1])
    assert (wrong.status_code, "#code" in checked(wrong).links) == (422, True)
    off = press(browser, where, f"{where}/off", password=PERSON["password"], code=renewed[0])
    assert (since()[-1], "/security/authenticator" in off.links) == ("authenticator-turned-off", True)
    assert "Turn on an authenticator" in off.text


def test_a_password_is_changed_through_the_api_and_the_old_one_opens_nothing(house, linus, since):
    client, new = house.script(linus), "another horse battery"
    begun = len(since())
    wrong = do(client, "PUT", "/api/v1/me/password", {"current": "guessed horse battery", "password": new})
    assert (wrong.status_code, wrong.json()["code"], len(since())) == (409, "password-wrong", begun)
    right = do(client, "PUT", "/api/v1/me/password", {"current": PERSON["password"], "password": new})
    assert (right.status_code, since()[begun:]) == (204, ["password-set", "session-ended"])
    visitor = house.portal.anybody()
    old = do(visitor, "POST", "/api/v1/sessions", {"email": linus, "password": PERSON["password"]})
    assert (old.status_code, old.json()["code"]) == (401, "log-in-refused")
    assert do(visitor, "POST", "/api/v1/sessions", {"email": linus, "password": new}).json()["token"]
