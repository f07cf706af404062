"""What two people do to a result, on pages and over the API, and what the candidate's history says then (F12.2)."""

from typing import Any

import httpx
import pytest

from gateway import wording
from tests.gateway.pages import checked, follow, send
from tests.journeys.exams import browsing, report, reviewers
from tests.system import Person, System, candidate

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

APPROVALS = "/api/console/v1/approvals"
STEPS: list[tuple[str, dict[str, Any], str]] = [
    ("hold-result", {"reason": "score-irregular"}, "held"),
    ("release-result", {"reason": "review-passed"}, "fail"),
    ("correct-result", {"reason": "rescored", "outcome": "pass", "score": 830}, "pass"),
    ("revoke-result", {"reason": "misconduct"}, "invalidated"),
    ("restore-result", {"reason": "appeal-upheld"}, "pass"),
]
"""The life of one result, with the word that each step leaves (3.3)."""


@pytest.fixture(scope="module")
def system(portal: System) -> System:
    return portal


@pytest.fixture(scope="module")
def both(system: System) -> list[Person]:
    return reviewers(system)


@pytest.mark.feature("F12.2")
@pytest.mark.feature("F6.6")
def test_a_result_is_held_released_corrected_revoked_and_restored_on_pages(system: System, both: list[Person]) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    mine, (hers, his) = browsing(system, ada), (browsing(system, one) for one in both)
    result_id, where = report(system, ada, "200-301", 9, "fail"), f"/console/exams/{ada.candidate_id}"
    for action, arguments, word in STEPS:
        entered = {"action": action, "result_id": result_id, "why": "A letter of the site.", **texts(arguments)}
        assert send(hers, follow(hers, where), where, **entered).headers["location"].startswith("/console/approvals")
        link = next(one for one in follow(his, "/console/approvals").links if "/approvals/testing/" in one)
        assert f"{link}/approve" not in follow(hers, link).forms
        granted = send(his, follow(his, link), f"{link}/approve")
        assert granted.status_code == httpx.codes.SEE_OTHER, checked(granted).text
        assert [one["outcome"] for one in ada.get("/api/v1/me/exams")["results"]] == [word]
        shown = [words for _, words in follow(mine, "/testing-history").sentences]
        assert wording.status(word) in shown[shown.index("200-301") :]


def texts(arguments: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in arguments.items()}


@pytest.mark.feature("F12.2")
def test_the_same_goes_over_the_api_and_one_person_alone_changes_nothing(system: System, both: list[Person]) -> None:
    ada, (one, two) = candidate(system, "Ada", "Lovelace"), both
    result_id = report(system, ada, "200-301", 9, "fail")
    for action, arguments, word in STEPS:
        asked = {
            "service": "testing", "action": action, "subject": ada.candidate_id, "reason": "A letter of the site.",
            "arguments": {"result_id": result_id, **arguments},
        }  # fmt: skip
        assert ada.ask("POST", APPROVALS, asked).json()["code"] == "role-missing"
        proposal = one.do("POST", APPROVALS, asked)["proposal_id"]
        alone = one.ask("POST", f"{APPROVALS}/testing/{proposal}/approve", {})
        assert (alone.status_code, alone.json()["code"]) == (409, "second-person-needed")
        two.do("POST", f"{APPROVALS}/testing/{proposal}/approve", {})
        assert [line["outcome"] for line in ada.get("/api/v1/me/exams")["results"]] == [word]
