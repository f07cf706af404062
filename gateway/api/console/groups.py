"""Groups of staff (F12.1)."""

from gateway.api.console import answers, schemas
from gateway.api.console.asking import write_down
from gateway.api.operation import Answer, Ask, Operation

LIST = "/api/console/v1/groups"
ONE = f"{LIST}/{{group_id}}"


async def listed(ask: Ask) -> Answer:
    """All groups by name."""
    return Answer({"groups": await ask.caller.result("identity", "groups")})


async def one(ask: Ask) -> Answer:
    """One group with its members."""
    await write_down(ask, "group-viewed")
    return Answer(await ask.caller.result("identity", "group", group_id=ask.path["group_id"]))


async def create(ask: Ask) -> Answer:
    """Make a group without members."""
    await write_down(ask, "group-created")
    return Answer(await ask.command("identity", "create_group", **ask.body, by=ask.candidate_id), 201)


async def rename(ask: Ask) -> Answer:
    """Call it otherwise."""
    await write_down(ask, "group-renamed")
    return Answer(await _on_one(ask, "rename_group", **ask.body))


async def change_permissions(ask: Ask) -> Answer:
    """Replace what members may do; giving the right to edit groups needs a proposal."""
    await write_down(ask, "group-permissions-changed")
    return Answer(await _on_one(ask, "change_group_permissions", **ask.body))


async def add_member(ask: Ask) -> Answer:
    """Let somebody in; a group that can edit groups needs a proposal."""
    member = await ask.caller.result("identity", "member_with", email=ask.body["email"])
    await write_down(ask, "member-added", about=member["member_id"])
    return Answer(await _on_one(ask, "add_member", **ask.body), 201)


async def remove_member(ask: Ask) -> Answer:
    """Let somebody go; their sessions end."""
    member_id = ask.path["member_id"]
    await write_down(ask, "member-removed", about=member_id)
    return Answer(await _on_one(ask, "remove_member", member_id=member_id))


async def _on_one(ask: Ask, method: str, **arguments: object) -> dict[str, object]:
    return await ask.command("identity", method, group_id=ask.path["group_id"], **arguments, by=ask.candidate_id)


REFUSED = {409: "The rules refuse it, for example because a second person is needed."}
OPERATIONS = (
    Operation(method="GET", path=LIST, summary="Groups", handler=listed, answer=answers.Groups()),
    Operation(
        method="POST", path=LIST, summary="Create a group", handler=create, body=schemas.NewGroup(),
        answer=answers.GroupId(), status=201, writes=True,
    ),
    Operation(method="GET", path=ONE, summary="One group", handler=one, answer=answers.OneGroup()),
    Operation(
        method="PUT", path=f"{ONE}/name", summary="Rename a group", handler=rename, body=schemas.GroupName(),
        answer=answers.GroupId(), writes=True,
    ),
    Operation(
        method="PUT", path=f"{ONE}/permissions", summary="Change what a group may do", handler=change_permissions,
        body=schemas.GroupPermissions(), answer=answers.GroupId(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{ONE}/members", summary="Add a member", handler=add_member, body=schemas.NewMember(),
        answer=answers.GroupId(), status=201, writes=True, also=REFUSED,
    ),
    Operation(
        method="DELETE", path=f"{ONE}/members/{{member_id}}", summary="Remove a member", handler=remove_member,
        answer=answers.GroupId(), writes=True, also=REFUSED,
    ),
)  # fmt: skip
