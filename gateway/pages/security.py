"""Security: open sessions, history of log-ins, another password (F1.14)."""

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.pages import cookies
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

PASSWORDS = schemas.ChangePassword()


async def show(visit: Visit) -> Response:
    """Everything at a glance."""
    return await page_with(visit, NONE)


async def change_password(visit: Visit) -> Response:
    """Replace the password."""
    data, trouble = load(PASSWORDS, {name: visit.form.get(name, "") for name in ("current", "password")})
    if trouble:
        return await page_with(visit, trouble)
    try:
        await visit.command(
            "identity", "change_password", candidate_id=visit.candidate_id, session_id=_here(visit), **data
        )
    except (Rejected, Failure) as error:
        return await page_with(visit, _beside_its_field(trouble_of(error), error))
    return visit.go("/security", notice="password-changed")


async def end_one(visit: Visit) -> Response:
    """Log one device out; ending this very session leads to the log-in."""
    await visit.command("identity", "end_session", candidate_id=visit.candidate_id, **visit.path)
    return _left(visit) if visit.path["session_id"] == _here(visit) else visit.go("/security", notice="session-ended")


async def end_all(visit: Visit) -> Response:
    """Log out everywhere, here as well."""
    await visit.command("identity", "log_out_everywhere", candidate_id=visit.candidate_id)
    return _left(visit)


async def withdraw(visit: Visit) -> Response:
    """Let a program know nothing more."""
    await visit.command("identity", "withdraw_program", candidate_id=visit.candidate_id, **visit.path)
    return visit.go("/security", notice="program-withdrawn")


def _left(visit: Visit) -> Response:
    visit.drop(cookies.SESSION, cookies.TOKEN, cookies.PROFILE, cookies.WRITTEN)
    return visit.go("/login", notice="logged-out")


def _here(visit: Visit) -> str:
    assert visit.principal is not None
    return visit.principal.session


def _beside_its_field(trouble: Trouble, error: Rejected | Failure) -> Trouble:
    """A wrong or a weak password is told where it was typed."""
    fields = {"password-wrong": "current", "password-too-short": "password", "password-known": "password"}
    if isinstance(error, Rejected) and error.code in fields:
        return Trouble({fields[error.code]: trouble.message})
    return trouble


async def page_with(visit: Visit, trouble: Trouble) -> Response:
    """The page, with what could not be done."""
    me, caller = visit.candidate_id, visit.caller
    answers, silent = await caller.together(
        sessions=caller.ask("identity", "sessions", candidate_id=me),
        log_ins=caller.ask("identity", "log_in_history", candidate_id=me),
        second_factor=caller.ask("identity", "second_factor", candidate_id=me),
        programs=caller.ask("identity", "programs", candidate_id=me),
        sign_on=caller.ask("identity", "sign_on", candidate_id=me),
    )
    return visit.show(
        "security", sessions=answers["sessions"], log_ins=answers["log_ins"], known=answers["second_factor"],
        sign_on=answers["sign_on"], programs=answers["programs"],
        silent=silent, here=_here(visit), trouble=trouble, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/security", handler=show, before="mapping"),
    Page(method="POST", path="/security/password", handler=change_password, before="mapping"),
    Page(method="POST", path="/security/sessions/{session_id}/end", handler=end_one, before="mapping"),
    Page(method="POST", path="/security/programs/{client_id}/withdraw", handler=withdraw, before="mapping"),
    Page(method="POST", path="/security/log-out-everywhere", handler=end_all, before="mapping"),
)
