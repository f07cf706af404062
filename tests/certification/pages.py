"""Short ways for tests of certification's pages."""

from typing import Any

import httpx

from tests.certification.portal import Portal
from tests.certification.test_service import ADA
from tests.gateway.pages import Page, follow, send

CE = "/certifications/continuing-education"
PDF = b"%PDF-1.7 Ada"


def press(browser: httpx.Client, path: str, action: str, /, **entries: str) -> Page:
    """Send a form of a page and look at what comes next."""
    answer = send(browser, follow(browser, path), action, **entries)
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
    return follow(browser, answer.headers["location"])


def do(client: httpx.Client, method: str, path: str, body: Any = None, *, key: str = "") -> httpx.Response:
    """One request with a key that is its own unless told."""
    headers = {"Idempotency-Key": key or f"{method}{path}{body}".replace(" ", "")[:250]}
    return client.request(method, path, headers=headers, json={} if body is None else body)


def pending_claim(portal: Portal, item: str = "OTHER-16", completed_on: str = "2026-11-01") -> str:
    """A claim that Ada has handed in with a file, all by the API."""
    ada = portal.client(ADA)
    terms = ada.get("/api/v1/me/credits").json()["terms"]
    do(ada, "POST", "/api/v1/me/credits/terms", {"version": terms})
    lines = [{"item": item, "completed_on": completed_on}]
    claim = str(do(ada, "POST", "/api/v1/me/credits/claims", {"lines": lines}).json()["claim_id"])
    where = f"/api/v1/me/credits/claims/{claim}"
    headers = {"Content-Type": "application/pdf", "Idempotency-Key": f"file-{claim}"}
    assert ada.post(f"{where}/files?name=course.pdf", content=PDF, headers=headers).status_code == httpx.codes.CREATED
    assert do(ada, "POST", f"{where}/submission").status_code == httpx.codes.OK
    return claim
