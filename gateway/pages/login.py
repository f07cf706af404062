"""Log-in in two steps (F1.1, F1.2), and log-out."""

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import idempotency
from gateway.api import schemas
from gateway.language import say
from gateway.pages import cookies
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page, local
from gateway.pages.visit import Visit
from gateway.visitors import device_of, network_of

HOME, CONSOLE = "/home", "/console"
EMAIL = schemas.NewSession(only=("email",))


async def front(visit: Visit) -> Response:
    """The address without a page: home, or the log-in."""
    return visit.go("/home" if visit.session else "/login")


async def ask_email(visit: Visit) -> Response:
    """Step 1."""
    return _step_1(visit, NONE)


async def take_email(visit: Visit) -> Response:
    """Remember the e-mail for step 2; whether it is known is not told."""
    data, trouble = load(EMAIL, {"email": visit.form.get("email", "").strip()})
    if trouble:
        return _step_1(visit, trouble)
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
    caller = {"network": network_of(visit.house.keys.network, visit.request), "device": device_of(visit.request)}
    try:
        answer = await visit.command(
            "identity", "log_in", who=who, email=email, password=visit.form["password"], **caller
        )
    except (Rejected, Failure) as error:
        return _step_2(visit, trouble_of(error), unconfirmed=error.code == "email-not-confirmed")
    visit.put(cookies.SESSION, answer["session"])
    visit.put(cookies.TOKEN, answer["token"])
    visit.drop(cookies.LOGIN, cookies.VISITOR)
    principal = await visit.house.tokens.principal(answer["token"])
    return visit.go(CONSOLE if target == HOME and "staff" in principal.roles else target)


async def log_out(visit: Visit) -> Response:
    """End the session; when identity is silent, this browser forgets it all the same."""
    visit.drop(cookies.SESSION, cookies.TOKEN, cookies.PROFILE, cookies.PREFERENCES, cookies.WRITTEN)
    try:
        await visit.caller.result("identity", "log_out", session=visit.session)
    except (Rejected, Failure):
        return visit.go("/login", notice="logged-out")
    return visit.go("/login", notice="logged-out")


def _step_1(visit: Visit, trouble: Trouble) -> Response:
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


def _remembered(visit: Visit) -> tuple[str, str]:
    known = cookies.unsigned(visit.house, visit.request, cookies.LOGIN, cookies.LOGIN_SECONDS)
    return (str(known[0]), str(known[1])) if isinstance(known, list) else ("", "/home")


PAGES = (
    Page(method="GET", path="/", handler=front),
    Page(method="GET", path="/login", handler=ask_email),
    Page(method="POST", path="/login", handler=take_email),
    Page(method="GET", path="/login/password", handler=ask_password),
    Page(method="POST", path="/login/password", handler=take_password),
    Page(method="POST", path="/logout", handler=log_out),
)
