"""Forgot e-mail address (F1.8): the same answer whether or not somebody was found."""

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import idempotency
from gateway.api import schemas
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

ASKED = ("name", "country", "external_id", "exam_on")
FORGOTTEN = schemas.ForgottenEmail()


async def ask(visit: Visit) -> Response:
    """The empty form."""
    return _form(visit, NONE)


async def remind(visit: Visit) -> Response:
    """Have the reminder mailed, if it matches."""
    entered = {name: visit.form.get(name, "").strip() for name in ASKED}
    data, trouble = load(FORGOTTEN, {**entered, "exam_on": entered["exam_on"] or None})
    if trouble:
        return _form(visit, trouble)
    who = idempotency.visitor(visit.house.keys.visitor, data["name"])
    try:
        await visit.command("identity", "remind_of_email", who=who, **data)
    except (Rejected, Failure) as error:
        return _form(visit, trouble_of(error))
    return visit.show("mail_sent", what="email", again="/email/forgotten")


def _form(visit: Visit, trouble: Trouble) -> Response:
    values = {name: visit.form.get(name, "") for name in ASKED}
    return visit.show(
        "forgotten_email", trouble=trouble, values=values,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/email/forgotten", handler=ask),
    Page(method="POST", path="/email/forgotten", handler=remind),
)
