"""What a page is, and the one way in which each of them is served."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chassis.decider import Rejected
from chassis.errors import Failure, Unavailable
from gateway import access
from gateway.house import House
from gateway.language.reader import address
from gateway.pages import cookies
from gateway.pages.recalling import recall
from gateway.pages.render import error_page
from gateway.pages.visit import Visit
from gateway.problems import Problem, problem_of
from gateway.profile_gate import Step, is_open, step_in

BEGINNINGS: dict[Step, str] = {"mapping": "/mapping", "profile": "/personal-info"}
"""Where people are led who stand at a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as data; its path names it in the authorisation table."""

    method: str
    path: str
    handler: Callable[[Visit], Awaitable[Response]]
    takes_file: bool = False
    """Its form may bring one file."""
    before: Step = "nothing"
    """What may still be missing when it opens (F1.12)."""

    def route(self, house: House) -> Route:
        """The page as Starlette serves it."""

        async def endpoint(request: Request) -> Response:
            request.scope["certtrack.route"] = self.path
            visit = Visit(house, request, self.path)
            address(visit.reader())
            try:
                response = await self._answer(visit)
            except Problem as problem:
                response = error_page(problem, visit.theme)
            except (Rejected, Failure) as error:
                response = error_page(problem_of(error), visit.theme)
            finally:
                if visit.file is not None:
                    await visit.file.close()
            return visit.finish(response)

        return Route(self.path, endpoint, methods=[self.method])

    async def _answer(self, visit: Visit) -> Response:
        if access.allowed(self.method, self.path) != access.ANYONE:
            refusal = await self._admit(visit)
            if refusal is not None:
                return refusal
        if self.method == "POST":
            visit.takes_file = self.takes_file
            await visit.read_form()
        return await self.handler(visit)

    async def _admit(self, visit: Visit) -> Response | None:
        if not await visit.recognise():
            target = visit.request.url.path if self.method == "GET" else "/home"
            return visit.go("/login", **({"next": target} if target != "/home" else {}))
        assert visit.principal is not None
        if not access.may(visit.principal.rights, self.method, self.path):
            raise Problem(403, "role-missing")
        await recall(visit)
        if access.allowed(self.method, self.path) != access.CANDIDATE or self.before == "mapping":
            return None
        stands_at = await where_to_begin(visit)
        return None if is_open(self.before, stands_at) else visit.go(BEGINNINGS[stands_at])


async def where_to_begin(visit: Visit) -> Step:
    """What is to be done first (F1.12); a complete profile is remembered for an hour, a silent identity trusted."""
    if visit.remembered is not None:
        return "nothing"
    try:
        profile = await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id)
    except Unavailable:
        return "nothing"
    stands_at = step_in(profile)
    if stands_at == "nothing":
        remember_complete(visit, profile["name"])
    return stands_at


def remember_complete(visit: Visit, name: str) -> None:
    """Do not ask again for an hour; the name is for the account menu."""
    value = cookies.signed(visit.house, cookies.PROFILE, [visit.candidate_id, name])
    visit.seen_name = name
    visit.put(cookies.PROFILE, value, cookies.PROFILE_SECONDS)


def routes(house: House, pages: Sequence[Page]) -> list[Route]:
    """Starlette's routes of these pages."""
    return [page.route(house) for page in pages]


def local(target: str) -> str:
    """A path on this site to go on to; anything else leads home."""
    plain = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if plain else "/home"
