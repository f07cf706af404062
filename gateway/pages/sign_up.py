"""Create account (F1.4), with the documents that are agreed to (F1.5)."""

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from contracts import texts
from gateway import idempotency
from gateway.api import schemas
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.legal import current
from gateway.pages.page import Page
from gateway.pages.visit import Visit

ASKED = ("email", "first_name", "last_name", "country", "password")
NEW_ACCOUNT = schemas.NewAccount()


async def ask(visit: Visit) -> Response:
    """The empty form."""
    return _form(visit, NONE)


async def register(visit: Visit) -> Response:
    """Create the account, then lead to the mailbox."""
    entered = {name: visit.form.get(name, "") for name in ASKED}
    data, trouble = load(NEW_ACCOUNT, entered | _documents())
    if trouble:
        return _form(visit, trouble)
    who = idempotency.visitor(visit.house.keys.visitor, data["email"])
    try:
        await visit.command("identity", "register", who=who, **data)
    except (Rejected, Failure) as error:
        return _form(visit, trouble_of(error))
    return visit.go("/sign-up/sent")


async def sent(visit: Visit) -> Response:
    """What to do next."""
    return visit.show("mail_sent", what="confirm", again="/confirm/again")


def _documents() -> dict[str, str]:
    """The versions that are shown with the form; identity records what was agreed to (F1.5)."""
    return {"privacy_version": current(texts.PRIVACY), "terms_version": current(texts.SITE_TERMS)}


def _form(visit: Visit, trouble: Trouble) -> Response:
    values = {name: visit.form.get(name, "") for name in ASKED if name != "password"}
    return visit.show(
        "sign_up", trouble=trouble, values=values, **_documents(),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/sign-up", handler=ask),
    Page(method="POST", path="/sign-up", handler=register),
    Page(method="GET", path="/sign-up/sent", handler=sent),
)
