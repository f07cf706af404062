"""Mailed links: asked for with one answer for everybody, opened by a button so that no mail scanner uses them up."""

from dataclasses import dataclass

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import idempotency
from gateway.api import schemas
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

EMAIL = schemas.EmailOnly()
RESET = schemas.ResetPassword()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """A kind of link: the page that asks for it, the page that it opens, and what identity calls both."""

    ask_path: str
    ask_method: str
    open_path: str
    open_method: str
    asks: str
    """Name of the words for the asking page."""
    notice: str

    async def ask(self, visit: Visit) -> Response:
        """The form for the e-mail address."""
        return self._asking(visit, NONE)

    async def mail(self, visit: Visit) -> Response:
        """Have the link mailed; whether the address is known is not told."""
        data, trouble = load(EMAIL, {"email": visit.form.get("email", "").strip()})
        if trouble:
            return self._asking(visit, trouble)
        who = idempotency.visitor(visit.house.keys.visitor, data["email"])
        try:
            await visit.command("identity", self.ask_method, who=who, email=data["email"])
        except (Rejected, Failure) as error:
            return self._asking(visit, trouble_of(error))
        return visit.show("mail_sent", what=self.asks, again=self.ask_path)

    async def opened(self, visit: Visit) -> Response:
        """The page that the mailed link leads to."""
        return self._opening(visit, NONE, visit.query.get("link", ""))

    async def use(self, visit: Visit) -> Response:
        """Use the link up."""
        return await self.send(visit, link=visit.form.get("link", ""))

    async def send(self, visit: Visit, **arguments: str) -> Response:
        """Tell identity, then lead to the log-in."""
        who = idempotency.visitor(visit.house.keys.visitor, arguments["link"])
        try:
            await visit.command("identity", self.open_method, who=who, **arguments)
        except (Rejected, Failure) as error:
            return self._opening(visit, trouble_of(error), arguments["link"])
        return visit.go("/login", notice=self.notice)

    def again(self, visit: Visit, trouble: Trouble) -> Response:
        """The opened page once more, with what is wrong."""
        return self._opening(visit, trouble, visit.form.get("link", ""))

    def _asking(self, visit: Visit, trouble: Trouble) -> Response:
        return visit.show(
            "mail_link", what=self.asks, action=self.ask_path, trouble=trouble,
            email=visit.form.get("email", visit.query.get("email", "")), status=trouble.status if trouble else 200,
            keep_key=trouble.repeatable,
        )  # fmt: skip

    def _opening(self, visit: Visit, trouble: Trouble, link: str) -> Response:
        return visit.show(
            "open_link", what=self.asks, action=self.open_path, again=self.ask_path, link=link, trouble=trouble,
            status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
        )  # fmt: skip


CONFIRM = Mailed(
    ask_path="/confirm/again", ask_method="mail_confirmation", open_path="/confirm", open_method="confirm_email",
    asks="confirm", notice="confirmed",
)  # fmt: skip
UNLOCK = Mailed(
    ask_path="/unlock", ask_method="mail_unlock", open_path="/unlock/open", open_method="unlock_account",
    asks="unlock", notice="unlocked",
)  # fmt: skip
PASSWORD = Mailed(
    ask_path="/password/forgotten", ask_method="mail_password_link", open_path="/password/new",
    open_method="reset_password", asks="password", notice="password-set",
)  # fmt: skip


async def choose_password(visit: Visit) -> Response:
    """Take the new password, typed once into a field that can show it."""
    data, trouble = load(RESET, {name: visit.form.get(name, "") for name in ("link", "password")})
    return PASSWORD.again(visit, trouble) if trouble else await PASSWORD.send(visit, **data)


PAGES = (
    *(
        page
        for kind in (CONFIRM, UNLOCK, PASSWORD)
        for page in (
            Page(method="GET", path=kind.ask_path, handler=kind.ask),
            Page(method="POST", path=kind.ask_path, handler=kind.mail),
            Page(method="GET", path=kind.open_path, handler=kind.opened),
        )
    ),
    Page(method="POST", path=CONFIRM.open_path, handler=CONFIRM.use),
    Page(method="POST", path=UNLOCK.open_path, handler=UNLOCK.use),
    Page(method="POST", path=PASSWORD.open_path, handler=choose_password),
)
