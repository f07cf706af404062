"""Accounts and sessions (F1.1, F1.2, F1.4, F1.5)."""

from chassis.decider import Rejected
from chassis.errors import Failure, NotFound
from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation
from gateway.visitors import device_of, network_of


async def register(ask: Ask) -> Answer:
    """Create an account."""
    return Answer(await ask.command("identity", "register", **ask.body), 201)


async def log_in(ask: Ask) -> Answer:
    """Open a session."""
    answer = await ask.command("identity", "log_in", **ask.body, **_caller(ask))
    return Answer(answer, 202 if "second_factor" in answer else 201)


async def prove(ask: Ask) -> Answer:
    """Open the session by the second factor."""
    return Answer(await ask.command("identity", "prove_log_in", **ask.body, **_caller(ask)), 201)


async def passkey_options(ask: Ask) -> Answer:
    """What the browser is asked for a log-in by passkey."""
    return Answer({"options": await ask.caller.result("identity", "passkey_log_in_options")})


async def log_in_by_passkey(ask: Ask) -> Answer:
    """Open a session by a passkey."""
    return Answer(await ask.command("identity", "log_in_by_passkey", **ask.body, **_caller(ask)), 201)


def _caller(ask: Ask) -> dict[str, str]:
    return {"network": network_of(ask.house.keys.network, ask.request), "device": device_of(ask.request)}


async def refresh(ask: Ask) -> Answer:
    """Exchange the session's secret for a fresh token."""
    return Answer(await ask.command("identity", "refresh", **ask.body))


async def log_out(ask: Ask) -> Answer:
    """End the session; one that has ended already is fine."""
    try:
        await ask.command("identity", "log_out", **ask.body)
    except (Rejected, NotFound) as error:
        if isinstance(error, Failure) or error.code == "session-over":
            return Answer(status=204)
        raise
    return Answer(status=204)


OPERATIONS = (
    Operation(
        method="POST", path="/api/v1/accounts", summary="Create an account", handler=register,
        body=schemas.NewAccount(), answer=answers.Account(), status=201, writes=True, visitor=True,
        also={409: "There is already an account with this e-mail address."},
    ),
    Operation(
        method="POST", path="/api/v1/sessions", summary="Log in", handler=log_in,
        body=schemas.NewSession(), answer=answers.Session(), status=201, visitor=True,
        also={
            202: "An authenticator is on: send its code with `second_factor` to /api/v1/sessions/second-factor.",
            401: "E-mail address or password is not right.",
            409: "The e-mail address is not confirmed yet.",
            429: "Too many failures from this network; come back in a quarter of an hour.",
        },
    ),
    Operation(
        method="POST", path="/api/v1/sessions/second-factor", summary="Show the second factor", handler=prove,
        body=schemas.SecondFactorProof(), answer=answers.Session(), status=201,
        also={401: "The code is wrong, or the password must be given again.", 429: "Too many failures."},
    ),
    Operation(
        method="GET", path="/api/v1/sessions/passkey", summary="What a browser is asked for a log-in by passkey",
        handler=passkey_options, answer=answers.PasskeyOptions(),
    ),
    Operation(
        method="POST", path="/api/v1/sessions/passkey", summary="Log in by a passkey", handler=log_in_by_passkey,
        body=schemas.PasskeyAnswer(), answer=answers.Session(), status=201,
        also={401: "The passkey opens nothing, or not any more."},
    ),
    Operation(
        method="POST", path="/api/v1/sessions/refresh", summary="Get a fresh token", handler=refresh,
        body=schemas.SessionSecret(), answer=answers.Token(), also={401: "The session has ended."},
    ),
    Operation(
        method="DELETE", path="/api/v1/sessions", summary="Log out", handler=log_out,
        body=schemas.SessionSecret(), answer=schemas.Empty(), status=204,
    ),
)  # fmt: skip
