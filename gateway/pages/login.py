"""Log-in in two steps (F1.1, F1.2), with a code where an authenticator is on, or by a passkey (F1.14); log-out."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import idempotency
from gateway.api import schemas
from gateway.language import say
from gateway.pages import cookies
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page, local
from gateway.pages.passkeys import read_credential
from gateway.pages.visit import Visit
from gateway.visitors import device_of, network_of

HOME, CONSOLE = "/home", "/console"
EMAIL = schemas.NewSession(only=("email",))


async def front(visit: Visit) -> Response:
    """The address without a page: home, or the log-in."""
    return visit.go("/home" if visit.session else "/login")


async def ask_email(visit: Visit) -> Response:
    """Step 1."""
    return step_1(visit, NONE)


async def take_email(visit: Visit) -> Response:
    """Remember the e-mail for step 2; whether it is known is not told."""
    data, trouble = load(EMAIL, {"email": visit.form.get("email", "").strip()})
    if trouble:
        return step_1(visit, trouble)
    remembered = [data["email"], local(visit.form.get("next", "/home"))]
    visit.put(cookies.LOGIN, cookies.signed(visit.house, cookies.LOGIN, remembered), cookies.LOGIN_SECONDS)
    return visit.go("/login/password")


async def ask_password(visit: Visit) -> Response:
    """Step 2."""
    return _step_2(visit, NONE)


async def take_password(visit: Visit) -> Response:
    """Log in; a wrong password and an unknown e-mail look the same."""
    email, target = _remembered(visit)
    if not email:
        return visit.go("/login")
    if not visit.form.get("password"):
        return _step_2(visit, Trouble({"password": say("Please fill this in.")}))
    who = idempotency.visitor(visit.house.keys.visitor, email)
    try:
        answer = await visit.command(
            "identity", "log_in", who=who, email=email, password=visit.form["password"], **caller_of(visit)
        )
    except (Rejected, Failure) as error:
        return _step_2(visit, trouble_of(error), unconfirmed=error.code == "email-not-confirmed")
    return await go_on(visit, answer, target)


async def go_on(visit: Visit, answer: dict[str, Any], target: str) -> Response:
    """Enter, or be asked for the code first."""
    if "second_factor" in answer:
        pending = cookies.signed(visit.house, cookies.SECOND_FACTOR, [answer["second_factor"], target])
        visit.put(cookies.SECOND_FACTOR, pending, cookies.LOGIN_SECONDS)
        return visit.go("/login/code")
    return await enter(visit, answer, target)


async def ask_code(visit: Visit) -> Response:
    """Step 3, where an authenticator is on."""
    return _step_3(visit, NONE)


async def take_code(visit: Visit) -> Response:
    """Log in by the code; who takes too long begins again."""
    pending, target = _pending(visit)
    if not pending:
        return visit.go("/login")
    code = visit.form.get("code", "").strip()
    if not code:
        return _step_3(visit, Trouble({"code": say("Please fill this in.")}))
    who = idempotency.visitor(visit.house.keys.visitor, pending)
    try:
        answer = await visit.command(
            "identity", "prove_log_in", who=who, second_factor=pending, code=code, **caller_of(visit)
        )
    except Rejected as error:
        if error.code == "second-factor-over":
            visit.drop(cookies.SECOND_FACTOR)
            return visit.go("/login", notice="second-factor-over")
        return _step_3(visit, trouble_of(error))
    except Failure as error:
        return _step_3(visit, trouble_of(error))
    return await enter(visit, answer, target)


async def ask_passkey(visit: Visit) -> Response:
    """The page whose script asks the device."""
    return await _by_passkey(visit, NONE)


async def take_passkey(visit: Visit) -> Response:
    """Log in by what the device has answered."""
    credential, trouble = read_credential(visit)
    if trouble:
        return await _by_passkey(visit, trouble)
    who = idempotency.visitor(visit.house.keys.visitor, visit.form["credential"])
    try:
        answer = await visit.command(
            "identity", "log_in_by_passkey", who=who, credential=credential, **caller_of(visit)
        )
    except (Rejected, Failure) as error:
        return await _by_passkey(visit, trouble_of(error))
    return await enter(visit, answer, local(visit.form.get("next", HOME)))


async def enter(visit: Visit, answer: dict[str, Any], target: str) -> Response:
    """Remember the session in this browser and go on; staff begin at the console."""
    visit.put(cookies.SESSION, answer["session"])
    visit.put(cookies.TOKEN, answer["token"])
    visit.drop(cookies.LOGIN, cookies.SECOND_FACTOR, cookies.VISITOR)
    principal = await visit.house.tokens.principal(answer["token"])
    return visit.go(CONSOLE if target == HOME and "staff" in principal.roles else target)


def caller_of(visit: Visit) -> dict[str, str]:
    """From where the log-in comes."""
    return {"network": network_of(visit.house.keys.network, visit.request), "device": device_of(visit.request)}


async def log_out(visit: Visit) -> Response:
    """End the session; when identity is silent, this browser forgets it all the same."""
    visit.drop(cookies.SESSION, cookies.TOKEN, cookies.PROFILE, cookies.PREFERENCES, cookies.WRITTEN)
    try:
        await visit.caller.result("identity", "log_out", session=visit.session)
    except (Rejected, Failure):
        return visit.go("/login", notice="logged-out")
    return visit.go("/login", notice="logged-out")


def step_1(visit: Visit, trouble: Trouble) -> Response:
    """The log-in page; an outside provider's refusal is told there, too."""
    target = visit.form.get("next") or visit.query.get("next", "")
    values = {"email": visit.form.get("email", "")}
    return visit.show("login", trouble=trouble, target=local(target) if target else "/home", values=values,
                      status=trouble.status if trouble else 200)  # fmt: skip


def _step_2(visit: Visit, trouble: Trouble, *, unconfirmed: bool = False) -> Response:
    email, _ = _remembered(visit)
    if not email:
        return visit.go("/login")
    status = 200 if not trouble else trouble.status if trouble.repeatable else 422
    return visit.show("password", trouble=trouble, email=email, unconfirmed=unconfirmed, status=status)


def _step_3(visit: Visit, trouble: Trouble) -> Response:
    pending, _ = _pending(visit)
    if not pending:
        return visit.go("/login")
    status = 200 if not trouble else trouble.status if trouble.repeatable else 422
    return visit.show("login_code", trouble=trouble, status=status)


async def _by_passkey(visit: Visit, trouble: Trouble) -> Response:
    options = await visit.caller.result("identity", "passkey_log_in_options")
    target = visit.form.get("next") or visit.query.get("next", HOME)
    status = 200 if not trouble else trouble.status if trouble.repeatable else 422
    return visit.show("login_passkey", options=options, target=local(target), trouble=trouble, status=status)


def _pending(visit: Visit) -> tuple[str, str]:
    known = cookies.unsigned(visit.house, visit.request, cookies.SECOND_FACTOR, cookies.LOGIN_SECONDS)
    return (str(known[0]), str(known[1])) if isinstance(known, list) else ("", HOME)


def _remembered(visit: Visit) -> tuple[str, str]:
    known = cookies.unsigned(visit.house, visit.request, cookies.LOGIN, cookies.LOGIN_SECONDS)
    return (str(known[0]), str(known[1])) if isinstance(known, list) else ("", "/home")


PAGES = (
    Page(method="GET", path="/", handler=front),
    Page(method="GET", path="/login", handler=ask_email),
    Page(method="POST", path="/login", handler=take_email),
    Page(method="GET", path="/login/password", handler=ask_password),
    Page(method="POST", path="/login/password", handler=take_password),
    Page(method="GET", path="/login/code", handler=ask_code),
    Page(method="POST", path="/login/code", handler=take_code),
    Page(method="GET", path="/login/passkey", handler=ask_passkey),
    Page(method="POST", path="/login/passkey", handler=take_passkey),
    Page(method="POST", path="/logout", handler=log_out),
)
