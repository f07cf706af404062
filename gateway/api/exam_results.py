"""What the test provider reports and takes back (F6.6, R-X1)."""

from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation
from gateway.api.profile import withdrawn
from gateway.withdrawals import public_view_follows


async def report(ask: Ask) -> Answer:
    """Record a sitting; the same provider record again changes nothing."""
    body = {**ask.body, "taken_on": ask.body["taken_on"].isoformat()}
    return Answer(await ask.command("testing", "report_result", **body), 201)


async def revoke(ask: Ask) -> Answer:
    """Invalidate a result; done once certifications and public pages have followed."""
    result_id = ask.path["result_id"]
    answer = await ask.caller.result("testing", "revoke_result", result_id=result_id, reason=ask.body["reason"])
    ask.caller.wrote(answer["written"])
    done = await public_view_follows(ask.caller, answer["written"], through=("certification", "verification"))
    return withdrawn(done=done, result_id=result_id)


OPERATIONS = (
    Operation(
        method="POST", path="/api/provider/v1/results", summary="Report an exam result", handler=report,
        body=schemas.ExamResult(), answer=answers.Reported(), status=201, writes=True,
        also={409: "Unknown exam, impossible date, or a record that contradicts an earlier one."},
    ),
    Operation(
        method="POST", path="/api/provider/v1/results/{result_id}/revocation", summary="Revoke an exam result",
        handler=revoke, body=schemas.Revocation(), answer=answers.Revoked(), writes=True,
        also={202: "Revoked; certifications and public pages are following."},
    ),
)  # fmt: skip
