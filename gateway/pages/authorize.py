"""Consent: a program asks a person for some of what we know; yes and no lead back to the program (RFC 6749, 4.1)."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.pages.forms import NONE, Trouble, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

ASKED = (
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method", "prompt",
)  # fmt: skip
PATH = "/oauth/authorize"


async def ask(visit: Visit) -> Response:
    """Who asks for what; whoever is not logged in logs in first, and what was agreed to before is not asked again."""
    request = {name: visit.query[name] for name in ASKED if name in visit.query}
    try:
        found = await visit.caller.result("identity", "check_authorization", request=request)
        if found["error"]:
            return visit.go(_back(request, found, error=found["error"]))
        known = await _agreed_before(visit, request)
    except (Rejected, Failure) as refusal:
        return _refused(visit, trouble_of(refusal))
    if request.get("prompt") == "none":
        return visit.go(_back(request, found, **known))
    if known.get("error") == "login_required":
        return visit.go("/login", next=f"{PATH}?{urlencode(request)}")
    if "code" in known:
        return _lead(visit, request, found, code=known["code"])
    return visit.show("consent", request=request, found=found, site=urlsplit(request["redirect_uri"]).netloc)


async def _agreed_before(visit: Visit, request: dict[str, str]) -> dict[str, str]:
    """The code that the client gets without a question, or the registered error why it gets none."""
    try:
        if not await visit.recognise():
            return {"error": "login_required"}
        known = await visit.caller.result(
            "identity", "authorize_again", candidate_id=visit.candidate_id, session_id=_here(visit), request=request
        )
    except Rejected as refusal:
        if refusal.code != "session-over":
            raise
        return {"error": "login_required"}
    return {name: known[name] for name in ("code", "error") if name in known}


async def answer(visit: Visit) -> Response:
    """Yes or no; the page after it leads back by itself, because a form's own answer may not leave this site."""
    request = {name: visit.form[name] for name in ASKED if name in visit.form}
    try:
        found = await visit.caller.result("identity", "check_authorization", request=request)
        if found["error"] or visit.form.get("answer") != "yes":
            return _lead(visit, request, found, error=found["error"] or "access_denied")
        agreed = await visit.command(
            "identity", "authorize", candidate_id=visit.candidate_id, session_id=_here(visit), request=request
        )
    except (Rejected, Failure) as refusal:
        return _refused(visit, trouble_of(refusal))
    return _lead(visit, request, found, code=agreed["code"])


def _here(visit: Visit) -> str:
    return visit.principal.session if visit.principal else ""


def _lead(visit: Visit, request: dict[str, str], found: dict[str, Any], **told: str) -> Response:
    return visit.show("lead_back", target=_back(request, found, **told), client=found["client"])


def _back(request: dict[str, str], found: dict[str, Any], **told: str) -> str:
    """The client's address with what it is told; the issuer is named, so that answers cannot be mixed up (RFC 9207)."""
    state = {"state": request["state"]} if request.get("state") else {}
    target = request["redirect_uri"]
    return f"{target}{'&' if '?' in target else '?'}{urlencode({**told, **state, 'iss': found['issuer']})}"


def _refused(visit: Visit, trouble: Trouble = NONE) -> Response:
    return visit.show("consent_refused", trouble=trouble, status=trouble.status if trouble.repeatable else 400)


PAGES = (
    Page(method="GET", path=PATH, handler=ask),
    Page(method="POST", path=PATH, handler=answer, before="mapping"),
)
