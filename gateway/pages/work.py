"""Company, job title, local script, directory, and the review of the profile (F2.4, F2.5, F2.8 to F2.10)."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.language import Words, words
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

COMPANY, JOB_TITLE = "/personal-info/company", "/personal-info/job-title"
LOCAL, DIRECTORY = "/personal-info/local-script", "/personal-info/directory"
LINES = ("line_1", "line_2", "line_3")
FIELDS: dict[str, Words] = {
    "certifications": words("Certifications"),
    "city": words("City"),
    "country": words("Country or region"),
    "company": words("Company"),
}
"""What the directory may show besides the name."""


async def company(visit: Visit) -> Response:
    """For whom the candidate works."""
    return await _show(visit, "company", NONE)


async def change_company(visit: Visit) -> Response:
    """A name of the list, or another one."""
    entered = {"company": visit.form.get("other", "").strip() or visit.form.get("company", "")}
    return await _save(visit, "company", "change_company", schemas.Company(), entered, COMPANY)


async def job_title(visit: Visit) -> Response:
    """What the candidate does at work."""
    return await _show(visit, "job_title", NONE)


async def change_job_title(visit: Visit) -> Response:
    """Another one."""
    entered = {"job_title": visit.form.get("job_title", "").strip()}
    return await _save(visit, "job_title", "change_job_title", schemas.JobTitle(), entered, JOB_TITLE)


async def local_script(visit: Visit) -> Response:
    """Name and address lines as the local carrier reads them best."""
    return await _show(visit, "local_script", NONE)


async def change_local_script(visit: Visit) -> Response:
    """Other ones."""
    lines = [line for name in LINES if (line := visit.form.get(name, "").strip())]
    entered = {"name": visit.form.get("name", "").strip(), "lines": lines}
    return await _save(visit, "local_script", "change_local_script", schemas.NewLocalScript(), entered, LOCAL)


async def directory(visit: Visit) -> Response:
    """Whether the public directory shows the candidate, and with what."""
    return await _show(visit, "directory", NONE)


async def choose_directory(visit: Visit) -> Response:
    """Be found, or not."""
    entered = {"listed": visit.form.get("listed") == "yes", "shown": visit.many("shown")}
    return await _save(visit, "directory", "choose_directory", schemas.Directory(), entered, DIRECTORY)


async def confirm(visit: Visit) -> Response:
    """Say that the profile is still right."""
    try:
        await visit.command("identity", "confirm_profile", candidate_id=visit.candidate_id)
    except (Rejected, Failure) as error:
        return await _show(visit, "confirm", trouble_of(error))
    return visit.go("/personal-info", notice="profile-confirmed")


async def _save(visit: Visit, page: str, method: str, schema: Any, entered: dict[str, Any], here: str) -> Response:
    data, trouble = load(schema, entered)
    if not trouble:
        try:
            await visit.command("identity", method, candidate_id=visit.candidate_id, **data)
        except (Rejected, Failure) as error:
            trouble = trouble_of(error)
    return await _show(visit, page, trouble) if trouble else visit.go(here, notice="profile-saved")


async def _show(visit: Visit, page: str, trouble: Trouble) -> Response:
    profile: dict[str, Any] = await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id)
    names = await visit.caller.result("identity", "company_names") if page == "company" else []
    return visit.show(
        page, profile=profile, names=dict.fromkeys(names), directory_fields=FIELDS, trouble=trouble,
        values=visit.form, status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=COMPANY, handler=company),
    Page(method="POST", path=COMPANY, handler=change_company),
    Page(method="GET", path=JOB_TITLE, handler=job_title),
    Page(method="POST", path=JOB_TITLE, handler=change_job_title),
    Page(method="GET", path=LOCAL, handler=local_script),
    Page(method="POST", path=LOCAL, handler=change_local_script),
    Page(method="GET", path=DIRECTORY, handler=directory),
    Page(method="POST", path=DIRECTORY, handler=choose_directory),
    Page(method="POST", path="/personal-info/confirm", handler=confirm, before="profile"),
)
