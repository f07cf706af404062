"""Results from a file, on pages and over the API: two people, then the certification that comes of them (F12.2)."""

import json

import pytest

from tests.certification.pages import do
from tests.certification.test_service import ADA
from tests.gateway.pages import checked, follow, send

PAGE, APPROVALS = "/console/results", "/api/console/v1/approvals"
MAY = ("results.import", "approvals.request", "approvals.decide")
CCNA = {
    "kind": "result", "id": "SITE-1", "candidate_id": ADA, "exam": "200-301", "taken_on": "2026-11-02",
    "outcome": "pass", "score": 880,
}  # fmt: skip


def upload(browser, *lines, why="The site was off line."):
    page = follow(browser, PAGE)
    entries = {**page.forms[PAGE], "why": why}
    del entries["file"]
    content = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return browser.post(PAGE, data=entries, files={"file": ("results.jsonl", content, "application/x-ndjson")})


def held(world):
    return [
        (line["certification"], line["status"], line["active_on"])
        for line in world.candidate().get("/api/v1/me/certifications").json()["certifications"]
    ]


@pytest.mark.feature("F12.2")
def test_two_people_take_results_from_a_file_on_pages_and_the_candidate_holds_what_they_earn(world):
    anna, otto = (world.portal.browser(name, *MAY) for name in ("ANNA", "OTTO"))
    asked = upload(anna, CCNA)
    assert "Take results from a file" in follow(anna, asked.headers["location"]).text
    (address,) = [link for link in follow(otto, "/console/approvals").links if "/approvals/testing/" in link]
    assert f"{address}/approve" not in follow(anna, address).forms
    page = follow(otto, address)
    assert f"{ADA}: 200-301 2026-11-02" in page.text
    done = send(otto, page, f"{address}/approve")
    assert "granted" in follow(otto, done.headers["location"]).text.lower()
    world.hand_on()
    assert held(world) == [("ccna", "active", "2026-11-02")]
    written = [(entry["what"], entry["by"]) for entry in world.portal.identity.trail]
    assert written == [("proposal-made", "ANNA"), ("proposal-approved", "OTTO")]


@pytest.mark.feature("F12.2")
def test_the_same_goes_over_the_api_and_not_by_one_person(world):
    anna, otto = (world.portal.client(name, *MAY) for name in ("ANNA", "OTTO"))
    wanted = {
        "service": "testing", "action": "import-results", "subject": "", "reason": "The site was off line.",
        "arguments": {"records": [CCNA]},
    }  # fmt: skip
    proposal = do(anna, "POST", APPROVALS, wanted).json()["proposal_id"]
    alone = do(anna, "POST", f"{APPROVALS}/testing/{proposal}/approve", {})
    assert (alone.status_code, alone.json()["code"]) == (409, "second-person-needed")
    assert do(otto, "POST", f"{APPROVALS}/testing/{proposal}/approve", {}).status_code == 200
    world.hand_on()
    assert held(world) == [("ccna", "active", "2026-11-02")]
    unknown = do(anna, "POST", APPROVALS, {**wanted, "arguments": {"records": [{**CCNA, "exam": "999-999"}]}})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "import-line-refused")


@pytest.mark.feature("F12.2")
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "There is no result in this file."),
        ([CCNA, "", "{"], "Line 3: The line is not a JSON object."),
        ([CCNA, "", {**CCNA, "id": "SITE-2", "exam": "999-999"}], "Line 3: The catalogue has no exam with this code."),
        ([CCNA, "", {**CCNA, "id": "SITE-2", "score": 9}], "Line 3: score: "),
        ([CCNA] * 201, "At most 200 results at once."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_line(world, lines, said):
    anna = world.portal.browser("ANNA", *MAY)
    refused = checked(upload(anna, *lines))
    assert said in refused.text
    assert [link for link in follow(anna, "/console/approvals").links if "/approvals/testing/" in link] == []


@pytest.mark.feature("F12.2")
def test_whoever_may_not_import_finds_neither_page_nor_menu(world):
    grace = world.portal.browser("GRACE", "approvals.request")
    assert grace.get(PAGE).status_code == 403
    assert PAGE not in follow(grace, "/console").links
