"""What has to be done before anything else opens: first the mapping, then the required personal data (F1.12)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from chassis.errors import NotFound

if TYPE_CHECKING:
    from gateway.calls import Caller
    from gateway.tokens import Principal

Step: TypeAlias = Literal["nothing", "profile", "mapping"]
"""What a route waits for: `profile` opens before the profile is complete, `mapping` also before the mapping."""
ORDER: tuple[Step, ...] = ("mapping", "profile", "nothing")


async def step_of(caller: "Caller", principal: "Principal") -> Step:
    """The step at which this candidate stands; a token that says so spares the question."""
    if principal.complete:
        return "nothing"
    try:
        return step_in(await caller.result("identity", "profile", candidate_id=principal.subject))
    except NotFound:
        return "nothing"  # erased, or made by an operator: whatever is asked for will tell


def step_in(profile: Mapping[str, Any]) -> Step:
    """The step at which somebody with this profile stands."""
    if profile.get("mapping"):
        return "mapping"
    return "nothing" if profile["complete"] else "profile"


def is_open(before: Step, stands_at: Step) -> bool:
    """Whether a route that opens before this step is open for somebody who stands at that one."""
    return ORDER.index(before) <= ORDER.index(stands_at)
