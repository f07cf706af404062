"""Personal information: read, change the mailing address, erase the account (F2.1, F2.2, R-P1)."""

from gateway import wording
from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation
from gateway.withdrawals import public_view_follows


async def read(ask: Ask) -> Answer:
    """The candidate's own profile."""
    return Answer(await ask.caller.result("identity", "profile", candidate_id=ask.candidate_id))


async def change_address(ask: Ask) -> Answer:
    """Replace the mailing address."""
    return Answer(await ask.command("identity", "change_address", candidate_id=ask.candidate_id, **ask.body))


async def erase(ask: Ask) -> Answer:
    """Erase the account; done once no public page shows the person any more."""
    answer = await ask.caller.result("identity", "erase", candidate_id=ask.candidate_id)
    ask.caller.wrote(answer["written"])
    ask.house.answers.forget(ask.candidate_id)
    return withdrawn(done=await public_view_follows(ask.caller, answer["written"], through=("verification",)))


def withdrawn(*, done: bool, **ids: str) -> Answer:
    """200 when nobody can read it any more, else 202."""
    notice = wording.notice("withdrawn" if done else "withdrawing")
    return Answer({**ids, "state": "done" if done else "in-progress", "detail": notice}, 200 if done else 202)


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me", summary="Personal information", handler=read, answer=answers.Profile(),
    ),
    Operation(
        method="PUT", path="/api/v1/me/address", summary="Change the mailing address", handler=change_address,
        body=schemas.Address(), answer=answers.AddressSaved(), writes=True,
        also={409: "The rules refuse this address, for example a P.O. box."},
    ),
    Operation(
        method="DELETE", path="/api/v1/me", summary="Erase the account", handler=erase,
        answer=answers.Withdrawal(), writes=True, also={202: "Erased; the public pages are being taken down."},
    ),
)  # fmt: skip
