"""Claims of continuing education that wait: read with their files, approved, refused, asked about (F5.7)."""

from typing import Any

from starlette.responses import Response

from gateway import evidence_files
from gateway.api.console.claim_schemas import ClaimQuestion, ClaimRefusal, ClaimRevocation
from gateway.api.console.schemas import Reason
from gateway.console.words import CLAIM_REASONS
from gateway.pages.console.visiting import may, permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, answered, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/claims"
ONE = f"{LIST}/{{claim_id}}"
QUESTION, REFUSAL, REVOCATION, WHY = ClaimQuestion(), ClaimRefusal(), ClaimRevocation(), Reason()
PAGE_SIZE = 25


async def queue(visit: Visit) -> Response:
    """What waits, the longest waiting first; or any claim, found by its number."""
    wanted, trouble = visit.query.get("claim", "").strip(), NONE
    if wanted:
        known, trouble = await answered(visit.caller.result("certification", "claim", claim_id=wanted[:60]))
        if known:
            return visit.go(f"{LIST}/{known['claim_id']}")
    after = visit.query.get("after", "")
    found = await visit.caller.result("certification", "claim_queue", after=after, limit=PAGE_SIZE)
    return visit.show(
        "console/claims", found=found, wanted=wanted, trouble=trouble, status=trouble.status if trouble else 200
    )


async def claim(visit: Visit) -> Response:
    """One claim with everything that a decision needs."""
    return await _one(visit, NONE)


async def approve(visit: Visit) -> Response:
    """Let its credits count."""
    return await _act(visit, "approve_claim", {}, NONE, "claim-approved")


async def refuse(visit: Visit) -> Response:
    """Refuse it for one of the catalogue's reasons, which the candidate reads word for word."""
    data, trouble = load(REFUSAL, {"reason": visit.form.get("reason", "")})
    return await _act(visit, "reject_claim", data, trouble, "claim-rejected")


async def ask(visit: Visit) -> Response:
    """Ask the candidate for more evidence."""
    data, trouble = load(QUESTION, {"question": visit.form.get("question", "").strip()})
    return await _act(visit, "request_evidence", data, trouble, "evidence-requested")


async def take_back(visit: Visit) -> Response:
    """Look at what taking an approved claim back would change, or ask for it; a second person decides."""
    claim_id = visit.path["claim_id"]
    data, trouble = load(REVOCATION, {"claim_id": claim_id, "reason": visit.form.get("because", "")})
    why, missing = load(WHY, {"reason": visit.form.get("why", "").strip()})
    looks = visit.form.get("act") == "preview"
    complaints = {"because": trouble.fields["reason"]} if trouble else {}
    if missing and not looks:
        complaints["why"] = missing.fields["reason"]
    if complaints:
        return await _one(visit, Trouble(complaints))
    found = await visit.caller.result("certification", "claim", claim_id=claim_id)
    asked = {"action": "claim-revoke", "subject": found["candidate_id"], "arguments": data}
    if looks:
        seen, trouble = await answered(visit.caller.result("certification", "preview_proposal", **asked))
        return await _one(visit, trouble, changes=None if seen is None else seen["changes"])
    await write_down(visit, "proposal-made", about=found["candidate_id"], reason=why["reason"])
    trouble = await send(
        visit, "certification", "propose", **asked, reason=why["reason"], by=visit.candidate_id,
        permissions=permissions(visit),
    )  # fmt: skip
    return await _one(visit, trouble) if trouble else visit.go("/console/approvals", notice="proposal-made")


async def evidence(visit: Visit) -> Response:
    """A file of a claim; that somebody opened it is written down first."""
    claim_id, evidence_id = visit.path["claim_id"], visit.path["evidence_id"]
    file = await evidence_files.of_claim(visit.caller, claim_id, evidence_id)
    await write_down(visit, "evidence-opened", about=file["candidate_id"])
    return evidence_files.download(visit.caller, file)


async def _act(visit: Visit, method: str, data: dict[str, Any], trouble: Trouble, done: str) -> Response:
    if not trouble:
        found = await visit.caller.result("certification", "claim", claim_id=visit.path["claim_id"])
        await write_down(visit, done, about=found["candidate_id"])
        trouble = await send(
            visit, "certification", method, claim_id=visit.path["claim_id"], by=visit.candidate_id, **data
        )
    here = f"{LIST}/{visit.path['claim_id']}"
    return await _one(visit, trouble) if trouble else visit.go(here, notice=done)


async def _one(visit: Visit, trouble: Trouble, *, changes: list[dict[str, Any]] | None = None) -> Response:
    found = await visit.caller.result("certification", "claim", claim_id=visit.path["claim_id"])
    await write_down(visit, "claim-viewed", about=found["candidate_id"])
    return visit.show(
        "console/claim", claim=found, trouble=trouble, values=visit.form,
        changes=changes, reasons=CLAIM_REASONS, may_ask=may(visit, "approvals.request"),
        refusals={each["reason"]: each["words"] for each in found["refusals"]},
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=queue),
    Page(method="GET", path=ONE, handler=claim),
    Page(method="POST", path=f"{ONE}/approval", handler=approve),
    Page(method="POST", path=f"{ONE}/refusal", handler=refuse),
    Page(method="POST", path=f"{ONE}/question", handler=ask),
    Page(method="POST", path=f"{ONE}/taking-back", handler=take_back),
    Page(method="GET", path=f"{ONE}/files/{{evidence_id}}", handler=evidence),
)
