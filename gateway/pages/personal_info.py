"""Personal Info: name and ids to read, address and answers to give (F1.12, F2.1, F2.3, F2.6), account to erase."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.countries import CODES
from gateway.language import words
from gateway.pages.address_form import form_for, missing_parts
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page, remember_complete
from gateway.pages.visit import Visit

ADDRESS = schemas.Address()
LINES = ("line_1", "line_2", "line_3")
ENTRIES = ("country", *LINES, "city", "state", "postal_code")
PRESET_COUNTRY = "US"
ANSWERS = ("birth_date", "news")
BIRTH_DATE = schemas.BirthDate()
NEWS = {"no": False, "yes": True}
CHOOSE = words("Please choose No or Yes.")
FIELDS = {"too-young": "birth_date", "birth-date-impossible": "birth_date", "minors-get-no-news": "news"}
"""Where a refusal is told."""


async def show(visit: Visit) -> Response:
    """The profile with the address form."""
    profile = await _profile(visit)
    if profile["complete"]:
        remember_complete(visit, profile["name"])
    return await _page(visit, profile, NONE, _entries(profile))


async def change(visit: Visit) -> Response:
    """Save everything on the page; what is asked once is asked only while it is missing."""
    profile = await _profile(visit)
    entered = {name: visit.form.get(name, "").strip() for name in (*ENTRIES, *ANSWERS)}
    if visit.form.get("redraw"):
        return await _page(visit, profile, NONE, entered)
    address, trouble = _address(entered)
    lacking = missing_parts(await _form(visit, entered), entered)
    trouble = Trouble({**lacking, **trouble.fields, **_unanswered(profile, entered)})
    warnings: list[str] = []
    if not trouble:
        warnings, trouble = await _save(visit, profile, address, entered)
    if trouble:
        return await _page(visit, await _profile(visit), trouble, entered)
    now = await _profile(visit)
    if now["complete"]:
        remember_complete(visit, now["name"])
    return visit.go("/personal-info", notice="profile-saved-mailbox" if warnings else "profile-saved")


async def external_ids(visit: Visit) -> Response:
    """Under which numbers others know the candidate (F2.6)."""
    return visit.show("external_ids", profile=await _profile(visit))


async def _profile(visit: Visit) -> dict[str, Any]:
    return dict(await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id))


async def _form(visit: Visit, values: dict[str, str]) -> dict[str, Any]:
    return await form_for(visit, values["country"] if values["country"] in CODES else PRESET_COUNTRY)


def _address(entered: dict[str, str]) -> tuple[dict[str, Any], Trouble]:
    lines = [entered[name] for name in LINES if entered[name]]
    document = {name: entered[name] for name in ENTRIES if name not in LINES} | {"lines": lines}
    return load(ADDRESS, document)


def _unanswered(profile: dict[str, Any], entered: dict[str, str]) -> dict[str, str]:
    """Questions that need an answer: neither answer about news is preselected, so none may be missing (F2.3)."""
    wrong = {}
    if not profile["birth_date"]:
        wrong = load(BIRTH_DATE, {"birth_date": entered["birth_date"]})[1].fields
    return wrong if entered["news"] in NEWS else {**wrong, "news": str(CHOOSE)}


async def _save(
    visit: Visit, profile: dict[str, Any], address: dict[str, Any], entered: dict[str, str]
) -> tuple[list[str], Trouble]:
    """One command per answer; whoever sends the form again repeats those that were carried out already."""
    me = visit.candidate_id
    try:
        if not profile["birth_date"]:
            await visit.command("identity", "give_birth_date", candidate_id=me, birth_date=entered["birth_date"])
        await visit.command("identity", "answer_news", candidate_id=me, wanted=NEWS[entered["news"]])
        answer = await visit.command("identity", "change_address", candidate_id=me, **address)
    except (Rejected, Failure) as error:
        return [], _beside_its_field(trouble_of(error), error, entered)
    return list(answer["warnings"]), NONE


def _beside_its_field(trouble: Trouble, error: Rejected | Failure, entered: dict[str, str]) -> Trouble:
    if not isinstance(error, Rejected):
        return trouble
    field = FIELDS.get(error.code, "")
    if error.code == "po-box-address":
        field = refused_field(error.details.get("line", 1), entered)
    return Trouble({field: trouble.message}, status=trouble.status) if field else trouble


def refused_field(line: int | str, entered: dict[str, str]) -> str:
    """The form's field that identity refused: `city`, `state`, or the place of the line among those filled in."""
    filled = [name for name in LINES if entered[name]]
    return filled[line - 1] if isinstance(line, int) else line


def _entries(profile: dict[str, Any]) -> dict[str, str]:
    address = profile.get("address") or {}
    lines = dict(zip(LINES, [*address.get("lines", []), "", "", ""], strict=False))
    entries = {name: str(address.get(name) or "") for name in ENTRIES if name not in LINES} | lines
    news = {None: "", False: "no", True: "yes"}[profile.get("wants_news")]
    return entries | {"country": entries["country"] or PRESET_COUNTRY, "birth_date": "", "news": news}


async def _page(visit: Visit, profile: dict[str, Any], trouble: Trouble, values: dict[str, str]) -> Response:
    if "lines" in trouble.fields:  # the schema knows one list where the form has three fields
        fields = {LINES[0] if name == "lines" else name: words for name, words in trouble.fields.items()}
        trouble = replace(trouble, fields=fields)
    form = await _form(visit, values)
    return visit.show(
        "personal_info", profile=profile, trouble=trouble, values=values, form=form,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/personal-info", handler=show, before="profile"),
    Page(method="POST", path="/personal-info", handler=change, before="profile"),
    Page(method="GET", path="/personal-info/external-ids", handler=external_ids),
)
