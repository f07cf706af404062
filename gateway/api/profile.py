"""Personal information: read, change the mailing address, erase the account (F2.1, F2.2, R-P1)."""

from gateway import wording
from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation


async def read(ask: Ask) -> Answer:
    """The candidate's own profile."""
    return Answer(await ask.caller.result("identity", "profile", candidate_id=ask.candidate_id))


async def change_address(ask: Ask) -> Answer:
    """Replace the mailing address."""
    return Answer(await ask.command("identity", "change_address", candidate_id=ask.candidate_id, **ask.body))


async def give_birth_date(ask: Ask) -> Answer:
    """Say when one was born."""
    await ask.command("identity", "give_birth_date", candidate_id=ask.candidate_id, **ask.body)
    return Answer(status=204)


async def answer_news(ask: Ask) -> Answer:
    """Say whether one wants news."""
    await ask.command("identity", "answer_news", candidate_id=ask.candidate_id, **ask.body)
    return Answer(status=204)


async def join_record(ask: Ask) -> Answer:
    """Open an older record; all sessions end, so log in again."""
    return Answer(await ask.command("identity", "join_record", candidate_id=ask.candidate_id, **ask.body))


async def erase(ask: Ask) -> Answer:
    """Ask to be erased; it happens two weeks later."""
    return Answer(await ask.command("identity", "request_erasure", candidate_id=ask.candidate_id, **ask.query), 202)


async def stay(ask: Ask) -> Answer:
    """Think better of it."""
    await ask.command("identity", "withdraw_erasure", candidate_id=ask.candidate_id)
    return Answer(status=204)


def withdrawn(*, done: bool, **ids: str) -> Answer:
    """200 when nobody can read it any more, else 202."""
    notice = wording.notice("withdrawn" if done else "withdrawing")
    return Answer({**ids, "state": "done" if done else "in-progress", "detail": notice}, 200 if done else 202)


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me", summary="Personal information", handler=read, answer=answers.Profile(),
        before="mapping",
    ),
    Operation(
        method="PUT", path="/api/v1/me/address", summary="Change the mailing address", handler=change_address,
        body=schemas.Address(), answer=answers.AddressSaved(), writes=True, before="profile",
        also={409: "The rules refuse this address, for example a P.O. box."},
    ),
    Operation(
        method="PUT", path="/api/v1/me/birth-date", summary="Give the birth date, once", handler=give_birth_date,
        body=schemas.BirthDate(), answer=schemas.Empty(), status=204, writes=True, before="profile",
        also={409: "It was given already, or the person is under 13."},
    ),
    Operation(
        method="PUT", path="/api/v1/me/news", summary="Answer whether news by mail are wanted", handler=answer_news,
        body=schemas.News(), answer=schemas.Empty(), status=204, writes=True, before="profile",
        also={409: "Minors get no news."},
    ),
    Operation(
        method="POST", path="/api/v1/me/record", summary="Join an older record by VUE or CSCO id and birth date",
        handler=join_record, body=schemas.JoinRecord(), answer=answers.Joined(), writes=True, before="mapping",
        also={409: "No record fits, or people must look at it: open a case."},
    ),
    Operation(
        method="DELETE", path="/api/v1/me", summary="Ask to be erased, in two weeks", handler=erase, before="mapping",
        query=schemas.Erasure(),
        answer=answers.ErasureAsked(), status=202, writes=True,
    ),
    Operation(
        method="DELETE", path="/api/v1/me/erasure", summary="Keep the account after all", handler=stay,
        before="mapping", answer=schemas.Empty(), status=204, writes=True,
    ),
)  # fmt: skip
