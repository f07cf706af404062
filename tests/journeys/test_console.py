"""The console in front of real services: staff ask, a second person grants, and everything is written down."""

import csv
import io
from collections.abc import Iterator

import httpx
import pytest

from tests.gateway.pages import Page, follow, send
from tests.system import PASSWORD, Person, System, candidate, eventually, provider, result

pytestmark = [pytest.mark.usefixtures("judges"), pytest.mark.server, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("console"), "sqlite") as running:
        yield running


class Clerk:
    """A member of staff with a browser and a client of the API."""

    def __init__(self, system: System, name: str, *groups: str) -> None:
        self.api = candidate(system, name, "Clerk")
        self.email, self.id = self.api.email, self.api.candidate_id
        for group in groups:
            system.call("identity", "staff_add", email=self.email, group_id=group)
        self.browser = httpx.Client(base_url=system.url, timeout=5.0)
        system.clients.append(self.browser)
        self.log_in()

    def log_in(self) -> None:
        answer = self.api.do("POST", "/api/v1/sessions", {"email": self.email, "password": PASSWORD})
        self.api.token = answer["token"]
        self.browser.cookies.clear()
        first = follow(self.browser, "/login")
        send(self.browser, first, "/login", email=self.email)
        self.landed = send(
            self.browser, follow(self.browser, "/login/password"), "/login/password", password=PASSWORD
        ).headers["location"]

    def page(self, path: str) -> Page:
        return follow(self.browser, path)

    def press(self, path: str, action: str, **entries: str | list[str]) -> Page:
        """Send a form of a page and look at what comes next."""
        answer = send(self.browser, self.page(path), action, **entries)
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
        return self.page(answer.headers["location"])

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        answer = self.api.ask(method, path, body)
        return answer.status_code, str(answer.json()["code"])


@pytest.fixture(scope="module")
def anna(system: System) -> Clerk:
    return Clerk(system, "Anna", "administrator")


@pytest.fixture(scope="module")
def otto(system: System, anna: Clerk) -> Clerk:
    return Clerk(system, "Otto", "administrator")


@pytest.fixture(scope="module")
def vera(system: System, anna: Clerk) -> Clerk:
    return Clerk(system, "Vera", "support")


@pytest.fixture(scope="module")
def ada(system: System) -> Person:
    """Ada has passed CCNA."""
    ada = candidate(system, "Ada", "Lovelace")
    provider(system).do("POST", "/api/provider/v1/results", result(ada.candidate_id, "200-301", "2026-09-01"))
    eventually(lambda: ada.get("/api/v1/me/certifications")["certifications"], lambda found: len(found) == 1)
    return ada


def members(system: System, group: str) -> list[str]:
    return [one["member_id"] for one in system.call("identity", "group", group_id=group)["members"]]


@pytest.mark.feature("F12.1")
def test_staff_land_on_the_console_and_candidates_do_not(system, anna, ada):
    assert anna.landed == "/console"
    assert "/console/groups" in anna.page("/console").links
    assert ada.ask("GET", "/api/console/v1/approvals").status_code == httpx.codes.FORBIDDEN


@pytest.mark.feature("F12.1")
def test_a_group_is_made_renamed_and_given_permissions_by_pages(system, anna):
    page = anna.press("/console/groups", "/console/groups", name="Auditors", permissions=["audit.read"])
    assert "Auditors" in page.text
    (group,) = [one for one in system.call("identity", "groups") if one["name"] == "Auditors"]
    assert group["permissions"] == ["audit.read"]
    here = f"/console/groups/{group['group_id']}"
    assert "Watchers" in anna.press(here, f"{here}/name", name="Watchers").text
    anna.press(here, f"{here}/permissions", permissions=["audit.read", "reports.read"])
    changed = system.call("identity", "group", group_id=group["group_id"])
    assert (changed["name"], changed["permissions"]) == ("Watchers", ["audit.read", "reports.read"])


@pytest.mark.feature("F12.1")
def test_members_come_and_go_by_pages(system, anna, ada):
    here = "/console/groups/reviewer"
    email = system.call("identity", "profile", candidate_id=ada.candidate_id)["email"]
    assert email in anna.press(here, f"{here}/members", email=email).text
    assert members(system, "reviewer") == [ada.candidate_id]
    page = anna.press(here, f"{here}/members/{ada.candidate_id}/remove")
    assert email not in page.text
    assert members(system, "reviewer") == []


@pytest.mark.feature("F12.1")
def test_groups_are_edited_by_the_api_and_the_last_rule_holds(system, anna, vera):
    made = anna.api.do("POST", "/api/console/v1/groups", {"name": "Readers", "permissions": ["reports.read"]})
    where = f"/api/console/v1/groups/{made['group_id']}"
    anna.api.do("PUT", f"{where}/name", {"name": "Book readers"})
    anna.api.do("PUT", f"{where}/permissions", {"permissions": ["audit.read"]})
    anna.api.do("POST", f"{where}/members", {"email": vera.email})
    found = anna.api.get(where)
    assert (found["name"], found["permissions"]) == ("Book readers", ["audit.read"])
    assert [one["member_id"] for one in found["members"]] == [vera.id]
    anna.api.do("DELETE", f"{where}/members/{vera.id}")
    vera.log_in()
    assert vera.refused("GET", "/api/console/v1/groups") == (403, "role-missing")
    assert anna.refused("POST", f"{where}/members", {"email": "nobody@example.org"}) == (404, "account-unknown")


@pytest.mark.feature("F12.1")
def test_an_administrator_is_made_by_two_people_through_pages(system, anna, otto):
    grace = Clerk(system, "Grace")
    here = "/console/groups/administrator"
    page = anna.press(here, f"{here}/members", email=grace.email, reason="we need a third")
    assert "This waits for a second person" in page.text
    assert grace.id not in members(system, "administrator")

    (waiting,) = [one for one in system.call("identity", "proposals")["proposals"] if one["subject"] == grace.id]
    where = f"/console/approvals/identity/{waiting['proposal_id']}"
    assert f"{where}/approve" not in anna.page(where).forms
    assert where in otto.page("/console").links
    assert "we need a third" in otto.page(where).text
    page = otto.press(where, f"{where}/approve")
    assert "Granted. It has happened." in page.text
    assert grace.id in members(system, "administrator")


@pytest.mark.feature("F12.1")
def test_a_proposal_is_declined_with_a_reason_that_the_asker_reads(system, anna, otto):
    linus = Clerk(system, "Linus")
    here = "/console/groups/administrator"
    anna.press(here, f"{here}/members", email=linus.email, reason="he asked nicely")
    (waiting,) = [one for one in system.call("identity", "proposals")["proposals"] if one["subject"] == linus.id]
    where = f"/console/approvals/identity/{waiting['proposal_id']}"
    otto.press(where, f"{where}/decline", reason="not yet")
    assert "not yet" in anna.page(where).text
    assert linus.id not in members(system, "administrator")


@pytest.mark.feature("F12.1")
def test_proposals_by_the_api_are_refused_to_the_asker_and_can_be_withdrawn(system, anna, otto):
    body = {
        "service": "identity", "action": "group-permissions-change", "reason": "reorganised",
        "arguments": {"group_id": "support", "permissions": ["groups.edit"]},
    }  # fmt: skip
    shown = anna.api.ask("POST", "/api/console/v1/approvals/preview", {k: v for k, v in body.items() if k != "reason"})
    assert {"what": "permission", "before": None, "after": "groups.edit"} in shown.json()["changes"]
    made = anna.api.do("POST", "/api/console/v1/approvals", body)["proposal_id"]
    where = f"/api/console/v1/approvals/identity/{made}"
    assert anna.refused("POST", f"{where}/approve", {}) == (409, "second-person-needed")
    assert otto.refused("POST", f"{where}/withdraw", {}) == (409, "proposal-of-another")
    anna.api.do("POST", f"{where}/withdraw", {})
    assert anna.api.get(where)["state"] == "withdrawn"
    assert otto.refused("POST", f"{where}/decline", {"reason": "late"}) == (409, "proposal-settled")
    assert made in [
        one["proposal_id"] for one in anna.api.get("/api/console/v1/approvals?state=withdrawn")["proposals"]
    ]


@pytest.mark.feature("F12.1")
def test_a_candidate_is_found_and_seen_with_all_facts_and_the_look_is_written_down(system, anna, vera, ada):
    page = vera.page("/console/candidates?text=lovel")
    assert f"/console/candidates/{ada.candidate_id}" in page.links
    page = vera.page(f"/console/candidates/{ada.candidate_id}")
    assert "Ada Lovelace" in page.text
    assert "Certification earned" in page.text
    seen = anna.api.get(f"/api/console/v1/audit?about={ada.candidate_id}&by={vera.id}")["entries"]
    assert [one["what"] for one in seen] == ["candidate-viewed"]
    assert "Looked at a candidate" in anna.page(f"/console/audit?about={ada.candidate_id}").text


@pytest.mark.feature("F12.1")
def test_the_api_tells_the_record_and_the_line_of_time(system, vera, ada):
    found = vera.api.get("/api/console/v1/candidates?certification=ccna&country=GB")["candidates"]
    assert ada.candidate_id in [one["candidate_id"] for one in found]
    record = vera.api.get(f"/api/console/v1/candidates/{ada.candidate_id}")
    assert (record["profile"]["name"], record["unavailable"]) == ("Ada Lovelace", [])
    names, before = [], ""
    for _ in range(9):
        told = vera.api.get(f"/api/console/v1/candidates/{ada.candidate_id}/timeline?before={before}")
        names += [fact["name"] for fact in told["facts"]]
        before = told["before"]
        if not before:
            break
    assert {"account-registered", "exam-passed", "certification-earned", "kit-offered"} <= set(names)
    assert not before


@pytest.mark.feature("F12.1")
def test_without_the_permission_nobody_sees_names(system, anna, ada):
    clerk = Clerk(system, "Nemo")
    made = anna.api.do("POST", "/api/console/v1/groups", {"name": "Blind", "permissions": ["candidates.read"]})
    anna.api.do("POST", f"/api/console/v1/groups/{made['group_id']}/members", {"email": clerk.email})
    clerk.log_in()
    assert clerk.refused("GET", "/api/console/v1/candidates?text=ada") == (403, "permission-missing")
    assert clerk.browser.get("/console/candidates?text=ada").status_code == httpx.codes.FORBIDDEN
    page = clerk.page(f"/console/candidates/{ada.candidate_id}")
    assert "Lovelace" not in page.text
    profile = clerk.api.get(f"/api/console/v1/candidates/{ada.candidate_id}")["profile"]
    assert (profile["name"], profile["address"], profile["country"]) == (None, None, "GB")


@pytest.mark.feature("F12.1")
def test_reports_are_read_on_screen_by_the_api_and_as_a_spreadsheet(system, vera, ada):
    page = vera.page("/console/reports/active-certifications")
    assert "CCNA" in page.text or "Associate" in page.text
    rows = vera.api.get("/api/console/v1/reports/active-certifications")["rows"]
    assert [(row["certification"], row["country"]) for row in rows if row["certification"] == "ccna"] == [
        ("ccna", "GB")
    ]
    answer = vera.browser.get("/console/reports/active-certifications/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert lines[0] == ["Certification", "Country", "Holders"]
    assert len(lines) == 1 + len(rows)
    assert vera.browser.get("/console/reports/nothing").status_code == httpx.codes.NOT_FOUND


@pytest.mark.parametrize("report", ["expiring", "pass-rates", "kits-overdue", "case-ages", "claims-waiting"])
def test_every_report_opens_even_where_there_is_nothing_to_report(system, vera, report):
    vera.page(f"/console/reports/{report}")
    assert vera.browser.get(f"/console/reports/{report}/csv").status_code == httpx.codes.OK


@pytest.mark.feature("F12.1")
def test_leaving_a_group_logs_out_at_once(system, anna):
    clerk = Clerk(system, "Ivan", "support")
    assert clerk.page("/console").headings == 1
    anna.api.do("DELETE", f"/api/console/v1/groups/support/members/{clerk.id}")
    clerk.browser.cookies.delete("token")
    assert clerk.browser.get("/console").headers["location"].startswith("/login")


def test_a_silent_service_leaves_its_place_on_the_page(system, vera, ada):
    system.kill("fulfillment")
    page = vera.browser.get(f"/console/candidates/{ada.candidate_id}")
    assert page.status_code == httpx.codes.OK
    assert "Ada Lovelace" in page.text
    eventually(system.healthy, bool, 30.0)
