"""Log-in by an outside OpenID provider: there and back, and what follows (F1.14)."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure, NotFound
from contracts import texts
from gateway import idempotency
from gateway.api import schemas
from gateway.pages import cookies, login
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.legal import current
from gateway.pages.page import Page, local
from gateway.pages.security import page_with
from gateway.pages.visit import Visit

ANSWER = ("code", "state", "iss", "error")
ASKED = ("first_name", "last_name", "country")
NEW_ACCOUNT = schemas.NewAccountBySignOn()
CONNECT = "/security/sign-on"


async def leave(visit: Visit) -> Response:
    """Send the browser to the provider; what it must bring back stays with it."""
    try:
        answer = await visit.caller.result("identity", "begin_sign_on")
    except (Rejected, Failure) as error:
        return login.step_1(visit, _told(error))
    pending = [answer["pending"], local(visit.query.get("next", login.HOME))]
    visit.put(cookies.SIGN_ON, cookies.signed(visit.house, cookies.SIGN_ON, pending), cookies.LOGIN_SECONDS)
    return visit.go(answer["address"])


async def back(visit: Visit) -> Response:
    """Who comes back enters, is asked for more, or hears why not; an answer counts once."""
    pending, target = _pending(visit)
    if not pending:
        return visit.go("/login", notice="sign-on-over")
    visit.drop(cookies.SIGN_ON)
    here = visit.candidate_id if await visit.recognise() else ""
    answer = {name: visit.query[name] for name in ANSWER if name in visit.query}
    _identify(visit, pending, answer)
    try:
        comes: dict[str, Any] = {"pending": pending, "answer": answer, "candidate_id": here, **login.caller_of(visit)}
        told = await visit.caller.result("identity", "log_in_by_sign_on", **comes)
    except (Rejected, Failure) as error:
        return login.step_1(visit, _told(error))
    if told.get("connected"):
        return visit.go("/security", notice="sign-on-connected")
    if "ticket" in told:
        return _with_ticket(visit, told, target, here=bool(here))
    return await login.go_on(visit, told, target)


async def ask_account(visit: Visit) -> Response:
    """The form for somebody whom the provider knows and we do not."""
    return _form(visit, NONE)


async def register(visit: Visit) -> Response:
    """Create the account, and enter."""
    known = _ticket(visit)
    if known is None:
        return visit.go("/login", notice="sign-on-over")
    data, trouble = load(NEW_ACCOUNT, {name: visit.form.get(name, "") for name in ASKED} | _documents())
    if trouble:
        return _form(visit, trouble)
    who = idempotency.visitor(visit.house.keys.visitor, known["email"])
    try:
        answer = await visit.command(
            "identity", "register_by_sign_on", who=who, ticket=known["ticket"], **data, **login.caller_of(visit)
        )
    except (Rejected, Failure) as error:
        return _form(visit, trouble_of(error))
    visit.drop(cookies.SIGN_ON_TICKET)
    return await login.go_on(visit, answer, known["target"])


async def ask_connection(visit: Visit) -> Response:
    """Whether this account and that log-in belong together."""
    known = _ticket(visit)
    return visit.go("/security") if known is None else visit.show("connect_sign_on", email=known["email"], trouble=NONE)


async def connect(visit: Visit) -> Response:
    """Let the provider open this account from now on."""
    known = _ticket(visit)
    if known is None:
        return visit.go("/security", notice="sign-on-over")
    try:
        await visit.command("identity", "connect_sign_on", candidate_id=visit.candidate_id, ticket=known["ticket"])
    except (Rejected, Failure) as error:
        trouble = trouble_of(error)
        return visit.show("connect_sign_on", email=known["email"], trouble=trouble, status=trouble.status)
    visit.drop(cookies.SIGN_ON_TICKET)
    return visit.go("/security", notice="sign-on-connected")


async def disconnect(visit: Visit) -> Response:
    """Let it open the account no more."""
    try:
        await visit.command("identity", "disconnect_sign_on", candidate_id=visit.candidate_id)
    except Rejected as error:
        return await page_with(visit, trouble_of(error))
    return visit.go("/security", notice="sign-on-disconnected")


def _told(error: Rejected | Failure) -> Trouble:
    """Where no provider is set, the address leads nowhere."""
    if isinstance(error, NotFound):
        raise error
    return trouble_of(error)


def _identify(visit: Visit, pending: str, answer: dict[str, str]) -> None:
    """The provider's answer is the command: coming back twice with it acts once."""
    who = idempotency.visitor(visit.house.keys.visitor, pending)
    visit.caller.identify(
        idempotency.command_id(who, "GET", visit.template, idempotency.body_hash(visit.house.keys.body, pending)),
        idempotency.body_hash(visit.house.keys.body, answer),
    )


def _with_ticket(visit: Visit, told: dict[str, Any], target: str, *, here: bool) -> Response:
    """To the question whether both belong together, after a log-in where there was none; or to a new account."""
    kept = {name: told[name] for name in ("ticket", "email", "first_name", "last_name")} | {"target": target}
    value = cookies.signed(visit.house, cookies.SIGN_ON_TICKET, kept)
    visit.put(cookies.SIGN_ON_TICKET, value, cookies.LOGIN_SECONDS)
    if here:
        return visit.go(CONNECT)
    if not told["known"]:
        return visit.go("/sign-up/sign-on")
    remembered = cookies.signed(visit.house, cookies.LOGIN, [told["email"], CONNECT])
    visit.put(cookies.LOGIN, remembered, cookies.LOGIN_SECONDS)
    return visit.go("/login/password", notice="sign-on-known")


def _pending(visit: Visit) -> tuple[str, str]:
    known = cookies.unsigned(visit.house, visit.request, cookies.SIGN_ON, cookies.LOGIN_SECONDS)
    return (str(known[0]), str(known[1])) if isinstance(known, list) else ("", login.HOME)


def _ticket(visit: Visit) -> dict[str, str] | None:
    known = cookies.unsigned(visit.house, visit.request, cookies.SIGN_ON_TICKET, cookies.LOGIN_SECONDS)
    return known if isinstance(known, dict) else None


def _documents() -> dict[str, str]:
    return {"privacy_version": current(texts.PRIVACY), "terms_version": current(texts.SITE_TERMS)}


def _form(visit: Visit, trouble: Trouble) -> Response:
    known = _ticket(visit)
    if known is None:
        return visit.go("/login", notice="sign-on-over")
    values = {name: visit.form.get(name, known.get(name, "")) for name in ASKED}
    return visit.show(
        "sign_up_by_sign_on", trouble=trouble, values=values, email=known["email"], **_documents(),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/login/sign-on", handler=leave),
    Page(method="GET", path="/login/sign-on/back", handler=back),
    Page(method="GET", path="/sign-up/sign-on", handler=ask_account),
    Page(method="POST", path="/sign-up/sign-on", handler=register),
    Page(method="GET", path=CONNECT, handler=ask_connection, before="mapping"),
    Page(method="POST", path=CONNECT, handler=connect, before="mapping"),
    Page(method="POST", path=f"{CONNECT}/end", handler=disconnect, before="mapping"),
)
