"""The person besides the required data: work, local script, directory, guardian, review, own data (F2.4 to F2.11)."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from gateway import own_data
from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation

ME = "/api/v1/me"


def _command(method: str) -> Callable[[Ask], Awaitable[Answer]]:
    async def send(ask: Ask) -> Answer:
        await ask.command("identity", method, candidate_id=ask.candidate_id, **ask.body)
        return Answer(status=204)

    return send


async def companies(ask: Ask) -> Answer:
    """The managed list."""
    return Answer({"companies": await ask.caller.result("identity", "company_names")})


async def export(ask: Ask) -> Answer:
    """Everything, from all services."""
    data = await own_data.gathered(ask.caller, ask.candidate_id)
    return Answer(data.as_document(datetime.now(UTC).isoformat(timespec="seconds")))


async def answer_as_guardian(ask: Ask) -> Answer:
    """Consent, or take the consent back, by the mailed link."""
    return Answer(await ask.command("identity", "answer_as_guardian", **ask.body))


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/companies", summary="Standard names of companies", handler=companies,
        answer=answers.CompanyNames(),
    ),
    Operation(
        method="PUT", path=f"{ME}/company", summary="Say for whom you work", handler=_command("change_company"),
        body=schemas.Company(), answer=schemas.Empty(), status=204, writes=True,
    ),
    Operation(
        method="PUT", path=f"{ME}/job-title", summary="Say what you do at work", handler=_command("change_job_title"),
        body=schemas.JobTitle(), answer=schemas.Empty(), status=204, writes=True,
    ),
    Operation(
        method="PUT", path=f"{ME}/local-script", summary="Give name and address lines in local script",
        handler=_command("change_local_script"), body=schemas.NewLocalScript(), answer=schemas.Empty(), status=204,
        writes=True,
    ),
    Operation(
        method="PUT", path=f"{ME}/directory", summary="Choose what the public directory shows",
        handler=_command("choose_directory"), body=schemas.Directory(), answer=schemas.Empty(), status=204,
        writes=True, also={409: "Minors are not listed."},
    ),
    Operation(
        method="POST", path=f"{ME}/review", summary="Confirm that the profile is still right",
        handler=_command("confirm_profile"), body=schemas.Empty(), answer=schemas.Empty(), status=204, writes=True,
        before="profile", also={409: "Something is missing."},
    ),
    Operation(
        method="PUT", path=f"{ME}/guardian", summary="Ask a guardian for consent", handler=_command("ask_guardian"),
        body=schemas.Guardian(), answer=schemas.Empty(), status=204, writes=True,
        also={409: "No consent is needed, or the address is the candidate's own."},
    ),
    Operation(
        method="POST", path="/api/v1/guardian-answers", summary="Answer as a guardian by the mailed link",
        handler=answer_as_guardian, body=schemas.GuardianAnswer(), answer=answers.GuardianSaid(), writes=True,
        visitor=True, also={409: "The link is old, replaced, or was never ours."},
    ),
    Operation(
        method="GET", path=f"{ME}/export", summary="Everything that is stored about you", handler=export,
        answer=answers.OwnData(), before="mapping",
    ),
)  # fmt: skip
