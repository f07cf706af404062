"""Approvals: ask for an action, look at what it would change, grant, decline, withdraw."""

from typing import Any

from gateway.api import schemas as plain
from gateway.api.console import answers, schemas
from gateway.api.console.asking import permissions, write_down
from gateway.api.operation import Answer, Ask, Operation
from gateway.console import proposals

LIST = "/api/console/v1/approvals"
ONE = f"{LIST}/{{service}}/{{proposal_id}}"


async def listed(ask: Ask) -> Answer:
    """Proposals of all services in one state, the newest first."""
    found = await proposals.listed(ask.caller, ask.query["state"], ask.query["page"], ask.query["subject"])
    body = {"proposals": found.proposals, "total": found.total, "pages": found.pages, "unavailable": found.silent}
    return Answer(body)


async def one(ask: Ask) -> Answer:
    """One proposal."""
    found = await proposals.one(ask.caller, ask.path["service"], ask.path["proposal_id"])
    if found["subject"]:
        await write_down(ask, "proposal-viewed", about=found["subject"])
    return Answer(found)


async def preview(ask: Ask) -> Answer:
    """What an action would change, before anybody asks for it."""
    asked = ask.body
    return Answer(
        await ask.caller.result(
            asked["service"], "preview_proposal", action=asked["action"], subject=asked["subject"],
            arguments=asked["arguments"],
        )
    )  # fmt: skip


async def propose(ask: Ask) -> Answer:
    """Ask for an action."""
    asked = dict(ask.body)
    service = asked.pop("service")
    await write_down(ask, "proposal-made", about=asked["subject"], reason=asked["reason"])
    return Answer(
        await ask.command(service, "propose", **asked, by=ask.candidate_id, permissions=permissions(ask)), 201
    )


async def approve(ask: Ask) -> Answer:
    """Agree as the second person; the action happens with it."""
    return await _settle(ask, "approve", "proposal-approved", permissions=permissions(ask))


async def decline(ask: Ask) -> Answer:
    """Refuse as the second person."""
    reason = ask.body["reason"]
    return await _settle(ask, "decline", "proposal-declined", permissions=permissions(ask), reason=reason)


async def withdraw(ask: Ask) -> Answer:
    """Take the own proposal back."""
    return await _settle(ask, "withdraw_proposal", "proposal-withdrawn")


async def _settle(ask: Ask, method: str, what: str, **more: Any) -> Answer:
    service, proposal_id = proposals.known(ask.path["service"]), ask.path["proposal_id"]
    found = await ask.caller.result(service, "proposal", proposal_id=proposal_id)
    await write_down(ask, what, about=found["subject"], reason=more.get("reason", ""))
    return Answer(await ask.command(service, method, proposal_id=proposal_id, by=ask.candidate_id, **more))


REFUSED = {409: "The rules refuse it; `code` says why."}
OPERATIONS = (
    Operation(
        method="GET", path=LIST, summary="Proposals", handler=listed, query=schemas.Proposals(),
        answer=answers.Proposals(),
    ),
    Operation(
        method="POST", path=LIST, summary="Ask for an action", handler=propose, body=schemas.NewProposal(),
        answer=answers.ProposalId(), status=201, writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{LIST}/preview", summary="Preview an action", handler=preview,
        body=schemas.ActionWanted(), answer=answers.Preview(), also=REFUSED,
    ),
    Operation(method="GET", path=ONE, summary="One proposal", handler=one, answer=answers.OneProposal()),
    Operation(
        method="POST", path=f"{ONE}/approve", summary="Grant a proposal", handler=approve, body=plain.Empty(),
        answer=answers.ProposalId(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{ONE}/decline", summary="Decline a proposal", handler=decline, body=schemas.Reason(),
        answer=answers.ProposalId(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{ONE}/withdraw", summary="Withdraw a proposal", handler=withdraw, body=plain.Empty(),
        answer=answers.ProposalId(), writes=True, also=REFUSED,
    ),
)  # fmt: skip
