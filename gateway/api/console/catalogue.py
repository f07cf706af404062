"""Changes of the programme's catalogue; their activation is asked for with `catalogue-activate` (F12.3)."""

from gateway.api.console import catalogue_schemas as schemas
from gateway.api.console.asking import write_down
from gateway.api.operation import Answer, Ask, Operation

LIST = "/api/console/v1/catalogue"
ONE = f"{LIST}/{{change_id}}"


async def changes(ask: Ask) -> Answer:
    """The version in force, and the changes that were handed in last."""
    return Answer(await ask.caller.result("certification", "catalogue_changes"))


async def hand_in(ask: Ask) -> Answer:
    """Keep changed tables that fit together; refused with file, line and reason."""
    await write_down(ask, "catalogue-handed-in")
    made = await ask.command("certification", "hand_in_catalogue", **ask.body, by=ask.candidate_id)
    return Answer(made, 201)


async def change(ask: Ask) -> Answer:
    """One change, and how far its preview or its records have come."""
    return Answer(await ask.caller.result("certification", "catalogue_change", change_id=ask.path["change_id"]))


async def differences(ask: Ask) -> Answer:
    """Certifications that would stand differently."""
    return Answer(
        await ask.caller.result(
            "certification", "catalogue_differences", change_id=ask.path["change_id"], after=ask.query["after"]
        )
    )


OPERATIONS = (
    Operation(
        method="GET", path=LIST, summary="Changes of the catalogue", handler=changes,
        answer=schemas.CatalogueChanges(),
    ),
    Operation(
        method="POST", path=LIST, summary="Hand changed tables of the catalogue in", handler=hand_in,
        body=schemas.CatalogueFiles(), answer=schemas.CatalogueChangeId(), status=201, writes=True,
        also={409: "The tables do not fit together; `complaint` names file, line and reason."},
    ),
    Operation(
        method="GET", path=ONE, summary="One change of the catalogue", handler=change,
        answer=schemas.CatalogueChange(),
    ),
    Operation(
        method="GET", path=f"{ONE}/differences", summary="Whose state a change of the catalogue changes",
        handler=differences, query=schemas.DifferencesPlace(), answer=schemas.CatalogueDifferences(),
    ),
)  # fmt: skip
