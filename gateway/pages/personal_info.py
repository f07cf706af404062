"""Personal Info: name and e-mail to read, mailing address to change (F2.1, F2.2, F1.12), account to erase (F2.11)."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.pages import cookies
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page, remember_complete
from gateway.pages.visit import Visit
from gateway.withdrawals import public_view_follows

ADDRESS = schemas.Address()
LINES = ("line_1", "line_2", "line_3")
ENTRIES = ("country", *LINES, "city", "state", "postal_code")
PRESET_COUNTRY = "US"


async def show(visit: Visit) -> Response:
    """The profile with the address form."""
    profile = await _profile(visit)
    if profile["complete"]:
        remember_complete(visit, profile["name"])
    return _page(visit, profile, NONE, _entries(profile))


async def change(visit: Visit) -> Response:
    """Save the mailing address."""
    entered = {name: visit.form.get(name, "").strip() for name in ENTRIES}
    lines = [entered[name] for name in LINES if entered[name]]
    document = {name: value for name, value in entered.items() if name not in LINES} | {"lines": lines}
    data, trouble = load(ADDRESS, document)
    if not trouble:
        trouble = await _save(visit, data, entered)
    if trouble:
        return _page(visit, await _profile(visit), trouble, entered)
    return visit.go("/personal-info", notice="address-saved")


async def ask_erase(visit: Visit) -> Response:
    """What erasing means, and the button."""
    return visit.show("erase", trouble=NONE)


async def erase(visit: Visit) -> Response:
    """Erase the account, and forget this browser."""
    try:
        answer = await visit.command("identity", "erase", candidate_id=visit.candidate_id)
    except (Rejected, Failure) as error:
        trouble = trouble_of(error)
        return visit.show("erase", trouble=trouble, status=trouble.status, keep_key=trouble.repeatable)
    visit.house.answers.forget(visit.candidate_id)
    done = await public_view_follows(visit.caller, answer["written"], through=("verification",))
    visit.drop(cookies.SESSION, cookies.TOKEN, cookies.PROFILE, cookies.PREFERENCES)
    return visit.go("/login", notice="erased" if done else "erasing")


async def _profile(visit: Visit) -> dict[str, Any]:
    return dict(await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id))


async def _save(visit: Visit, data: dict[str, Any], entered: dict[str, str]) -> Trouble:
    try:
        await visit.command("identity", "change_address", candidate_id=visit.candidate_id, **data)
    except (Rejected, Failure) as error:
        trouble = trouble_of(error)
        if isinstance(error, Rejected) and error.code == "po-box-address":
            return Trouble(
                {refused_field(error.details.get("line", 1), entered): trouble.message}, status=trouble.status
            )
        return trouble
    return NONE


def refused_field(line: int | str, entered: dict[str, str]) -> str:
    """The form's field that identity refused: `city`, `state`, or the place of the line among those filled in."""
    filled = [name for name in LINES if entered[name]]
    return filled[line - 1] if isinstance(line, int) else line


def _entries(profile: dict[str, Any]) -> dict[str, str]:
    address = profile.get("address") or {}
    lines = dict(zip(LINES, [*address.get("lines", []), "", "", ""], strict=False))
    entries = {name: str(address.get(name) or "") for name in ENTRIES if name not in LINES} | lines
    return entries | {"country": entries["country"] or PRESET_COUNTRY}


def _page(visit: Visit, profile: dict[str, Any], trouble: Trouble, values: dict[str, str]) -> Response:
    if "lines" in trouble.fields:  # the schema knows one list where the form has three fields
        fields = {LINES[0] if name == "lines" else name: words for name, words in trouble.fields.items()}
        trouble = replace(trouble, fields=fields)
    return visit.show(
        "personal_info", profile=profile, trouble=trouble, values=values, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/personal-info", handler=show, before_profile=True),
    Page(method="POST", path="/personal-info", handler=change, before_profile=True),
    Page(method="GET", path="/personal-info/erase", handler=ask_erase, before_profile=True),
    Page(method="POST", path="/personal-info/erase", handler=erase, before_profile=True),
)
