"""What the demo's people do around exams: book, wait for a score, object; and what two of the house hold back."""

from collections.abc import Callable
from itertools import count
from typing import Any

from deploy.api import Api, Refused

CARD = "4242 4242 4242 4242"
RIGHTS = ["results.correct"]
NOT_YET = {"name-not-confirmed", "agreement-missing"}
"""What testing says until it has heard of the new account, or of the agreement."""
Patiently = Callable[[Callable[[], Any]], Any]


def book(api: Api, name: str, exam: str, site: str, *, key: str, patiently: Patiently) -> None:
    """An appointment some weeks ahead, paid with a test card."""
    agreement = api.send("GET", "/api/v1/me/agreement")
    if not agreement["stands"]:
        api.send("POST", "/api/v1/me/agreement", {"version": agreement["current"]}, key=f"{key}-agreement")
    times = api.send("GET", f"/api/v1/exams/{exam}/sessions?site={site}&days=40")["sessions"]
    wish = {"exam": exam, "site": site, "starts_at": times[-1]["starts_at"], "confirmed_name": name, "card": CARD}

    def booked() -> bool:
        """A refusal is remembered under its key, so as long as the name is unknown each try is new."""
        try:
            api.send("POST", "/api/v1/me/appointments", wish, key=f"{key}-{next(tries)}")
        except Refused as refused:
            if refused.code in NOT_YET:
                return False
            if refused.code != "already-booked":
                raise
        return True

    tries = count()
    patiently(booked)


def challenge(api: Api, result_id: str, *, key: str) -> None:
    """An objection to one question."""
    objection = {
        "kind": "exam_item", "matter_kind": "result", "matter_id": result_id, "question": 12,
        "statement": "None of the answers to question 12 is right.",
    }  # fmt: skip
    api.send("POST", "/api/v1/me/challenges", objection, key=key)


def hold(call: Callable[..., Any], candidate_id: str, result_id: str, *, key: str) -> None:
    """A result under review, by the word of two people."""
    asked = call(
        "testing", "propose", command=f"operator|demo|propose-{key}", action="hold-result", subject=candidate_id,
        arguments={"result_id": result_id, "reason": "score-irregular"}, reason="The score is unusually high.",
        by="demo-one", permissions=RIGHTS,
    )  # fmt: skip
    call(
        "testing", "approve", command=f"operator|demo|approve-{key}", proposal_id=asked["proposal_id"], by="demo-two",
        permissions=RIGHTS,
    )  # fmt: skip
