"""The dashboard page with late, silent and empty services, without any server."""

import asyncio
import time

import httpx
import pytest

from chassis.errors import Unavailable
from gateway import rpc
from gateway.app import build
from gateway.house import House
from gateway.pages import cookies
from gateway.settings import Settings
from tests.gateway import places
from tests.gateway.pages import checked

PROFILE = {"candidate_id": "ADA", "name": "Ada Lovelace", "complete": True}
STATUS = {"certifications": [], "in_progress": [], "ce_balance": 0, "as_of": "2026-11-27"}
NEWCOMER = {
    "identity": {"profile": PROFILE, "announcements": [], "activity": [], "good_for": 60},
    "certification": {"status": STATUS, "expirations": [], "activity": [], "outcomes": {}},
    "testing": {"history": {"results": [], "total": 0}, "received": [], "activity": []},
    "fulfillment": {"kits": [], "offered": {}, "activity": []},
    "verification": {"transcripts": [], "minted": {}, "activity": []},
}
CLAIMS = {"iss": "certtrack", "sub": "ADA", "roles": ["candidate"], "sid": "S1", "exp": int(time.time()) + 36_000}


class Services(rpc.Client):
    """Services at the other end of no wire: as late as told, some of them silent."""

    def __init__(self) -> None:
        super().__init__(places.NOWHERE)
        self.lag = 0.0
        self.silent: set[str] = set()

    def call(self, service, method, _arguments, *, headers, seconds=rpc.PATIENCE):  # noqa: ARG002  the call of a Client
        answer = asyncio.get_running_loop().create_future()
        told = {"profile": PROFILE, "overview": NEWCOMER[service]}.get(method)
        if told is None or service in self.silent:
            answer.set_exception(Unavailable("too-slow"))
        else:
            answer.set_result(rpc.Reply(told, stale=False, as_of=time.time() - self.lag))
        return answer


@pytest.fixture
def services():
    return Services()


@pytest.fixture
def home(services):
    """Visits the dashboard of Ada, who has a token, so many times; gives the last page."""
    template = places.house()
    house = House(
        Settings(amqp_uri=places.NOWHERE, master_key=places.MASTER_KEY.encode(), mode="test"),
        services, template.tokens, template.cache, template.keys, template.answers, template.ear,
    )  # fmt: skip

    def visit(times=1):
        async def scene():
            known = {cookies.SESSION: "s", cookies.TOKEN: places.signed(CLAIMS)}
            transport = httpx.ASGITransport(build(house))
            async with httpx.AsyncClient(transport=transport, base_url="http://test", cookies=known) as client:
                return [await client.get("/home") for _ in range(times)][-1]

        answer = asyncio.run(scene())
        assert answer.status_code == httpx.codes.OK
        return checked(answer)

    return visit


MARK = "Part of this page shows what was known at"


@pytest.mark.feature("F3.6")
@pytest.mark.parametrize(("lag", "is_marked"), [(59.0, False), (61.0, True)])
def test_data_that_lags_by_more_than_a_minute_is_marked_with_its_time(services, home, lag, is_marked):
    services.lag = lag
    assert (MARK in home().text) is is_marked


@pytest.mark.feature("F3.6")
def test_a_newcomer_is_told_what_comes_next(home):
    page = home()
    assert "Welcome, Ada Lovelace" in page.text
    assert "Nothing has happened yet." in page.text
    assert "No certification expires within the next 180 days." in page.text
    assert "No result has come in during the last 60 days." in page.text
    assert "Things to do" not in page.text


@pytest.mark.feature("F3.6")
def test_a_silent_service_leaves_a_placeholder(services, home):
    services.silent = {"certification", "testing"}
    page = home()
    assert "Upcoming expirations cannot be shown right now." in page.text
    assert "Your latest results cannot be shown right now." in page.text
    assert "Part of this page cannot be shown right now." in page.text
    assert MARK not in page.text


@pytest.mark.feature("F3.6")
def test_what_a_silent_service_said_last_is_shown_with_its_time(services, home):
    home()
    services.silent = set(NEWCOMER)
    page = home()
    assert MARK in page.text
    assert "No certification expires within the next 180 days." in page.text
    assert "cannot be shown right now" not in page.text
