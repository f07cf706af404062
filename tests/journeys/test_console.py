"""The console in front of real services: staff ask, a second person grants, and everything is written down."""

import csv
import io
from collections.abc import Iterator

import httpx
import pytest

from tests.corner import Corner
from tests.gateway.pages import Page, follow, send
from tests.system import PASSWORD, Person, System, candidate, eventually, provider, result

pytestmark = [pytest.mark.usefixtures("judges"), pytest.mark.server, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def system(place: Corner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("console"), "sqlite", place=place) as running:
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


# -- cases


def proposed(system: System, subject: str) -> str:
    """Where the one open proposal about somebody is decided."""
    (waiting,) = system.call("identity", "proposals", subject=subject)["proposals"]
    return f"/console/approvals/identity/{waiting['proposal_id']}"


@pytest.mark.feature("F1.16")
def test_support_answers_and_closes_a_case_by_pages(system, vera):
    grace = candidate(system, "Grace", "Hopper")
    case_id = grace.do("POST", "/api/v1/me/cases", {"kind": "other", "text": "My exam is missing."})["case_id"]
    here = f"/console/cases/{case_id}"
    assert here in vera.page("/console/cases").links
    assert "My exam is missing." in vera.page(here).text
    assert "Your answer was sent." in vera.press(here, f"{here}/answers", text="Which one?", waits="yes").text
    assert grace.get(f"/api/v1/me/cases/{case_id}")["state"] == "waiting"
    assert "The case is closed." in vera.press(here, f"{here}/closing", outcome="solved").text
    assert here in vera.page("/console/cases?state=solved").links
    assert grace.get(f"/api/v1/me/cases/{case_id}")["messages"][-1]["text"] == "Which one?"


@pytest.mark.feature("F2.7")
@pytest.mark.feature("F12.2")
def test_a_legal_name_changes_by_a_case_and_two_people(system, otto, vera):
    grace = candidate(system, "Grace", "Hopper")
    case_id = grace.do("POST", "/api/v1/me/cases", {"kind": "name-change", "text": "I have married."})["case_id"]
    here, act = f"/console/cases/{case_id}", "name-change"
    entries = {"action": act, f"{act}-first_name": "Grace", f"{act}-last_name": "Murray", f"{act}-reason": "Passport."}
    empty = send(vera.browser, vera.page(here), f"{here}/proposals", action=act)
    assert empty.status_code == 422
    asked = send(vera.browser, vera.page(here), f"{here}/proposals", **entries)
    assert "agree now" in vera.page(asked.headers["location"]).text
    where = proposed(system, grace.candidate_id)
    assert "Grace Murray" in otto.page(where).text
    otto.press(where, f"{where}/approve")
    assert grace.get("/api/v1/me")["name"] == "Grace Murray"
    assert grace.get(f"/api/v1/me/cases/{case_id}")["state"] == "solved"


@pytest.mark.feature("F1.15")
@pytest.mark.feature("F12.2")
def test_a_birth_date_is_corrected_by_the_api_but_makes_nobody_a_child(system, otto, vera):
    grace = candidate(system, "Grace", "Hopper")
    case_id = grace.do("POST", "/api/v1/me/cases", {"kind": "other", "text": "A typing error."})["case_id"]
    path = f"/api/console/v1/cases/{case_id}/proposals"
    body = {"action": "birth-date-change", "reason": "Passport.", "values": {"birth_date": "2020-01-01"}}
    assert vera.refused("POST", path, body) == (409, "too-young")
    vera.api.do("POST", path, body | {"values": {"birth_date": "1991-12-10"}})
    where = proposed(system, grace.candidate_id).replace("/console/", "/api/console/v1/")
    assert vera.refused("POST", f"{where}/approve", {}) == (403, "role-missing")
    otto.api.do("POST", f"{where}/approve", {})
    assert grace.get("/api/v1/me")["birth_date"] == "1991-12-10"


@pytest.mark.feature("F12.2")
def test_an_account_is_suspended_by_two_people_and_opened_again(system, otto, vera):
    eve = candidate(system, "Eve", "Example")
    here = f"/console/candidates/{eve.candidate_id}"
    vera.press(here, f"{here}/suspension", reason="Shared questions.")
    where = proposed(system, eve.candidate_id)
    otto.press(where, f"{where}/approve")
    assert "This account is suspended" in vera.page(here).text
    log_in = {"email": eve.email, "password": PASSWORD}
    refused = eve.ask("POST", "/api/v1/sessions", log_in)
    assert (refused.status_code, refused.json()["code"]) == (409, "account-suspended")
    again = {"service": "identity", "action": "account-suspend", "subject": eve.candidate_id, "reason": "Again."}
    assert vera.refused("POST", "/api/console/v1/approvals", again) == (409, "nothing-would-change")
    lifted = vera.api.do("POST", "/api/console/v1/approvals", again | {"action": "account-reinstate"})
    otto.api.do("POST", f"/api/console/v1/approvals/identity/{lifted['proposal_id']}/approve", {})
    assert eve.ask("POST", "/api/v1/sessions", log_in).status_code == httpx.codes.CREATED


@pytest.mark.feature("F12.1")
def test_the_ages_of_cases_are_reported(system, vera):
    candidate(system, "Grace", "Hopper").do("POST", "/api/v1/me/cases", {"kind": "merge", "text": "Two of me."})
    rows = vera.api.get("/api/console/v1/reports/case-ages")["rows"]
    assert [(row["open"], row["oldest_days"]) for row in rows if row["kind"] == "merge"] == [(1, 0)]
