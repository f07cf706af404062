"""Groups: what they allow and who belongs to them (F12.1); what needs a second person becomes a proposal."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api.console.schemas import GroupName, GroupPermissions, NewGroup, NewMember
from gateway.console.words import PERMISSIONS
from gateway.language import say
from gateway.pages.console.visiting import permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/groups"
ONE = f"{LIST}/{{group_id}}"
NEW, NAME, ALLOWED, MEMBER = NewGroup(), GroupName(), GroupPermissions(), NewMember()
SECOND = "second-person-needed"


async def groups(visit: Visit) -> Response:
    """All groups, and the form for a new one."""
    return await _list(visit, NONE)


async def create(visit: Visit) -> Response:
    """Make a group without members."""
    entered = {"name": visit.form.get("name", "").strip(), "permissions": visit.many("permissions")}
    data, trouble = load(NEW, entered)
    if not trouble:
        await write_down(visit, "group-created")
        trouble = await send(visit, "identity", "create_group", **data, by=visit.candidate_id)
    return await _list(visit, trouble) if trouble else visit.go(LIST, notice="group-created")


async def group(visit: Visit) -> Response:
    """One group with its members."""
    await write_down(visit, "group-viewed")
    return await _show(visit, NONE)


async def rename(visit: Visit) -> Response:
    """Call it otherwise."""
    data, trouble = load(NAME, {"name": visit.form.get("name", "").strip()})
    if not trouble:
        await write_down(visit, "group-renamed")
        trouble = await send(visit, "identity", "rename_group", group_id=_id(visit), **data, by=visit.candidate_id)
    return await _show(visit, trouble) if trouble else visit.go(f"{LIST}/{_id(visit)}", notice="group-renamed")


async def change_permissions(visit: Visit) -> Response:
    """Replace what members may do; giving or taking the right to edit groups becomes a proposal."""
    data, trouble = load(ALLOWED, {"permissions": visit.many("permissions")})
    if trouble:
        return await _show(visit, trouble)
    await write_down(visit, "group-permissions-changed", reason=_reason(visit))
    try:
        await visit.command("identity", "change_group_permissions", group_id=_id(visit), **data, by=visit.candidate_id)
    except (Rejected, Failure) as error:
        if error.code != SECOND:
            return await _show(visit, trouble_of(error))
        return await _propose(visit, "group-permissions-change", "", {"group_id": _id(visit), **data})
    return visit.go(f"{LIST}/{_id(visit)}", notice="group-permissions-changed")


async def add_member(visit: Visit) -> Response:
    """Let somebody in; where one person is not enough, ask for a second."""
    data, trouble = load(MEMBER, {"email": visit.form.get("email", "").strip()})
    if trouble:
        return await _show(visit, trouble)
    try:
        member = await visit.caller.result("identity", "member_with", email=data["email"])
        await write_down(visit, "member-added", about=member["member_id"], reason=_reason(visit))
        await visit.command("identity", "add_member", group_id=_id(visit), **data, by=visit.candidate_id)
    except (Rejected, Failure) as error:
        if error.code != SECOND:
            return await _show(visit, trouble_of(error))
        return await _propose(visit, "group-member-add", member["member_id"], {"group_id": _id(visit)})
    return visit.go(f"{LIST}/{_id(visit)}", notice="member-added")


async def remove_member(visit: Visit) -> Response:
    """Let somebody go."""
    member_id = visit.path["member_id"]
    await write_down(visit, "member-removed", about=member_id)
    trouble = await send(
        visit, "identity", "remove_member", group_id=_id(visit), member_id=member_id, by=visit.candidate_id
    )
    return await _show(visit, trouble) if trouble else visit.go(f"{LIST}/{_id(visit)}", notice="member-removed")


async def _propose(visit: Visit, action: str, subject: str, arguments: dict[str, Any]) -> Response:
    if not _reason(visit):
        return await _show(visit, Trouble({"reason": say("This needs a second person. Please give a reason.")}))
    try:
        answer = await visit.command(
            "identity", "propose", action=action, subject=subject, arguments=arguments, reason=_reason(visit),
            by=visit.candidate_id, permissions=permissions(visit),
        )  # fmt: skip
    except (Rejected, Failure) as error:
        return await _show(visit, trouble_of(error))
    return visit.go(f"/console/approvals/identity/{answer['proposal_id']}", notice="proposal-made")


async def _list(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("identity", "groups")
    return visit.show(
        "console/groups", groups=found, trouble=trouble, permissions=PERMISSIONS, ticked=visit.many("permissions"),
        values={"name": visit.form.get("name", "")}, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


async def _show(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("identity", "group", group_id=_id(visit))
    entered = {name: visit.form.get(name, "") for name in ("email", "reason")}
    return visit.show(
        "console/group", group=found, trouble=trouble, permissions=PERMISSIONS,
        ticked=visit.many("permissions") or found["permissions"],
        values={"name": visit.form.get("name", found["name"]), **entered},
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


def _id(visit: Visit) -> str:
    return visit.path["group_id"]


def _reason(visit: Visit) -> str:
    return (visit.form.get("reason") or visit.form.get("permissions-reason", "")).strip()


PAGES = (
    Page(method="GET", path=LIST, handler=groups),
    Page(method="POST", path=LIST, handler=create),
    Page(method="GET", path=ONE, handler=group),
    Page(method="POST", path=f"{ONE}/name", handler=rename),
    Page(method="POST", path=f"{ONE}/permissions", handler=change_permissions),
    Page(method="POST", path=f"{ONE}/members", handler=add_member),
    Page(method="POST", path=f"{ONE}/members/{{member_id}}/remove", handler=remove_member),
)
