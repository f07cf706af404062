"""The authenticator: turned on by its first code, turned off by password and code; recovery codes told once (F1.14)."""

import io

import segno
from markupsafe import Markup
from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

CODE, BOTH = schemas.FactorCode(), schemas.PasswordAndCode()
BESIDE = {"code-wrong": "code", "password-wrong": "password"}


async def show(visit: Visit) -> Response:
    """The secret to scan while it is off; how to turn it off while it is on."""
    return await _page(visit, NONE)


async def turn_on(visit: Visit) -> Response:
    """Turn it on, and tell the recovery codes this once."""
    data, trouble = load(CODE, {"code": visit.form.get("code", "")})
    if trouble:
        return await _page(visit, trouble)
    here = {"candidate_id": visit.candidate_id, "session_id": visit.principal.session if visit.principal else ""}
    try:
        answer = await visit.command("identity", "turn_on_authenticator", **here, code="".join(data["code"].split()))
    except (Rejected, Failure) as error:
        return await _page(visit, _beside(error))
    return visit.show("recovery_codes", codes=answer["recovery_codes"], turned_on=True)


async def turn_off(visit: Visit) -> Response:
    """Let the password be enough again."""
    data, trouble = load(BOTH, {name: visit.form.get(name, "") for name in ("password", "code")})
    if trouble:
        return await _page(visit, trouble)
    try:
        await visit.command("identity", "turn_off_authenticator", candidate_id=visit.candidate_id, **data)
    except (Rejected, Failure) as error:
        return await _page(visit, _beside(error))
    return visit.go("/security", notice="authenticator-off")


async def renew(visit: Visit) -> Response:
    """Other recovery codes, told this once."""
    data, trouble = load(CODE, {"code": visit.form.get("renewal_code", "")})
    if trouble:
        return await _page(visit, Trouble({"renewal_code": trouble.fields["code"]}))
    try:
        answer = await visit.command(
            "identity", "renew_recovery_codes", candidate_id=visit.candidate_id, code=data["code"]
        )
    except (Rejected, Failure) as error:
        trouble = trouble_of(error)
        return await _page(visit, Trouble({"renewal_code": trouble.message}) if error.code in BESIDE else trouble)
    return visit.show("recovery_codes", codes=answer["recovery_codes"], turned_on=False)


def _beside(error: Rejected | Failure) -> Trouble:
    """What is wrong is told where it was typed."""
    trouble = trouble_of(error)
    return Trouble({BESIDE[error.code]: trouble.message}) if error.code in BESIDE else trouble


async def _page(visit: Visit, trouble: Trouble) -> Response:
    me = visit.candidate_id
    known = await visit.caller.result("identity", "second_factor", candidate_id=me)
    status = 200 if not trouble else trouble.status if trouble.repeatable else 422
    if known["authenticator"]:
        return visit.show("authenticator_on", known=known, trouble=trouble, status=status)
    here = visit.principal.session if visit.principal else ""
    new = await visit.caller.result("identity", "new_authenticator", candidate_id=me, session_id=here)
    return visit.show(
        "authenticator", secret=in_fours(new["secret"]), picture=picture(new["address"]), trouble=trouble,
        status=status,
    )  # fmt: skip


def in_fours(secret: str) -> str:
    """As people can type it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def picture(text: str) -> Markup:
    """The text as a QR code: dark on light whatever the theme, or cameras do not see it."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, nl=False, scale=5, border=4, dark="#000", light="#fff",
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704  drawn by the library, from numbers only


PAGES = (
    Page(method="GET", path="/security/authenticator", handler=show, before="mapping"),
    Page(method="POST", path="/security/authenticator", handler=turn_on, before="mapping"),
    Page(method="POST", path="/security/authenticator/off", handler=turn_off, before="mapping"),
    Page(method="POST", path="/security/recovery-codes", handler=renew, before="mapping"),
)
