"""The ways into an account besides the password: authenticator, recovery codes, passkeys (F1.14)."""

from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation

WRONG = {409: "The code is wrong or was used already."}
ROOT = "/api/v1/me/second-factor"


async def show(ask: Ask) -> Answer:
    """What there is."""
    return Answer(await ask.caller.result("identity", "second_factor", candidate_id=ask.candidate_id))


async def new_authenticator(ask: Ask) -> Answer:
    """The secret for the app; the same for this session until it is turned on."""
    me, here = ask.candidate_id, ask.principal.session
    return Answer(await ask.caller.result("identity", "new_authenticator", candidate_id=me, session_id=here))


async def turn_on(ask: Ask) -> Answer:
    """Turn the authenticator on by its first code."""
    here = {"candidate_id": ask.candidate_id, "session_id": ask.principal.session}
    return Answer(await ask.command("identity", "turn_on_authenticator", **here, **ask.body), 201)


async def turn_off(ask: Ask) -> Answer:
    """Turn it off by password and code."""
    await ask.command("identity", "turn_off_authenticator", candidate_id=ask.candidate_id, **ask.body)
    return Answer(status=204)


async def renew(ask: Ask) -> Answer:
    """Other recovery codes."""
    return Answer(await ask.command("identity", "renew_recovery_codes", candidate_id=ask.candidate_id, **ask.body), 201)


async def passkey_options(ask: Ask) -> Answer:
    """What the browser is asked for a new passkey."""
    return Answer({"options": await ask.caller.result("identity", "passkey_options", candidate_id=ask.candidate_id)})


async def register(ask: Ask) -> Answer:
    """Register a passkey."""
    return Answer(await ask.command("identity", "register_passkey", candidate_id=ask.candidate_id, **ask.body), 201)


async def rename(ask: Ask) -> Answer:
    """Give it another name."""
    await ask.command("identity", "rename_passkey", candidate_id=ask.candidate_id, **ask.path, **ask.body)
    return Answer(status=204)


async def remove(ask: Ask) -> Answer:
    """Remove it."""
    await ask.command("identity", "remove_passkey", candidate_id=ask.candidate_id, **ask.path)
    return Answer(status=204)


async def sign_on(ask: Ask) -> Answer:
    """Whether an outside provider opens the account."""
    return Answer(await ask.caller.result("identity", "sign_on", candidate_id=ask.candidate_id))


async def disconnect(ask: Ask) -> Answer:
    """Let it open the account no more."""
    await ask.command("identity", "disconnect_sign_on", candidate_id=ask.candidate_id)
    return Answer(status=204)


OPERATIONS = (
    Operation(
        method="GET", path=ROOT, before="mapping", summary="Authenticator, recovery codes and passkeys", handler=show,
        answer=answers.SecondFactor(),
    ),
    Operation(
        method="GET", path=f"{ROOT}/authenticator", before="mapping", summary="The secret for an authenticator app",
        handler=new_authenticator, answer=answers.NewAuthenticator(), also={409: "An authenticator is on already."},
    ),
    Operation(
        method="POST", path=f"{ROOT}/authenticator", before="mapping", summary="Ask for codes from now on",
        handler=turn_on, body=schemas.FactorCode(), answer=answers.RecoveryCodes(), status=201, writes=True, also=WRONG,
    ),
    Operation(
        method="POST", path=f"{ROOT}/authenticator/end", before="mapping", summary="Ask for no more codes",
        handler=turn_off, body=schemas.PasswordAndCode(), answer=schemas.Empty(), status=204, writes=True, also=WRONG,
    ),
    Operation(
        method="POST", path=f"{ROOT}/recovery-codes", before="mapping", summary="Replace the recovery codes",
        handler=renew, body=schemas.FactorCode(), answer=answers.RecoveryCodes(), status=201, writes=True, also=WRONG,
    ),
    Operation(
        method="GET", path="/api/v1/me/passkeys/options", before="mapping",
        summary="What a browser is asked for a new passkey", handler=passkey_options, answer=answers.PasskeyOptions(),
    ),
    Operation(
        method="POST", path="/api/v1/me/passkeys", before="mapping", summary="Register a passkey", handler=register,
        body=schemas.NewPasskey(), answer=answers.PasskeyMade(), status=201, writes=True,
        also={409: "The answer of the browser is not the one to our question."},
    ),
    Operation(
        method="PUT", path="/api/v1/me/passkeys/{passkey_id}", before="mapping", summary="Rename a passkey",
        handler=rename, body=schemas.PasskeyName(), answer=schemas.Empty(), status=204, writes=True,
    ),
    Operation(
        method="GET", path="/api/v1/me/sign-on", before="mapping", handler=sign_on, answer=answers.SignOn(),
        summary="Whether an outside provider opens the account. It is connected in a browser, on the page Security.",
    ),
    Operation(
        method="DELETE", path="/api/v1/me/sign-on", before="mapping", summary="Disconnect the outside provider",
        handler=disconnect, answer=schemas.Empty(), status=204, also={409: "It is the last way into the account."},
    ),
    Operation(
        method="DELETE", path="/api/v1/me/passkeys/{passkey_id}", before="mapping", summary="Remove a passkey",
        handler=remove, answer=schemas.Empty(), status=204,
    ),
)  # fmt: skip
