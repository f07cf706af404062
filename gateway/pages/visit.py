"""One visit to a page: who comes, with which form, and what goes back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from chassis.decider import Rejected
from chassis.languages import LANGUAGES
from gateway import idempotency, marks, wording
from gateway.calls import Caller
from gateway.house import House
from gateway.language import Reader, choosing
from gateway.pages import cookies
from gateway.pages.render import page
from gateway.problems import Problem
from gateway.rpc import PATIENCE

if TYPE_CHECKING:
    from gateway.tokens import Principal

MOST_FIELDS = 400
FORM = "application/x-www-form-urlencoded"
FILE_FORM = "multipart/form-data"


class Visit:
    """What a page's handler works with; `form` has one value per name, `many` all of them."""

    def __init__(self, house: House, request: Request, template: str) -> None:
        self.house, self.request, self.template = house, request, template
        self.principal: Principal | None = None
        self.session = request.cookies.get(cookies.SESSION, "")
        self.visitor = request.cookies.get(cookies.VISITOR, "")
        self.seen_name = ""
        self.form: dict[str, str] = {}
        self.takes_file = False
        self.file: UploadFile | None = None
        self._fields: list[tuple[str, str]] = []
        self._set: list[tuple[str, str, int | None]] = []
        self._dropped: list[str] = []
        self.caller = Caller(
            house.client,
            correlation=request.scope.get("certtrack.correlation", ""),
            traceparent=request.scope.get("certtrack.traceparent", ""),
            at_least=cookies.own_writes(house, request),
            until=request.scope.get("certtrack.until"),
            patience=request.scope.get("certtrack.patience", PATIENCE),
            answers=house.answers,
        )

    def reader(self) -> Reader:
        """Who reads the answer: a language chosen in this very address, else what the candidate has saved."""
        asked = self.query.get(choosing.PARAMETER, "")
        if asked in LANGUAGES:
            self.put(choosing.COOKIE, asked, choosing.COOKIE_SECONDS)
        language = asked if asked in LANGUAGES else choosing.chosen_by(self.request.scope)
        saved = self.saved
        return choosing.reader_of(saved, language, insists=asked in LANGUAGES) if saved else Reader(language)

    @property
    def saved(self) -> dict[str, Any] | None:
        """The candidate's preferences as far as this browser remembers them."""
        if not self.session:
            return None
        known = cookies.unsigned(self.house, self.request, cookies.PREFERENCES, cookies.PREFERENCES_SECONDS)
        return known if isinstance(known, dict) else None

    @property
    def candidate_id(self) -> str:
        """The candidate who is logged in."""
        assert self.principal is not None
        return self.principal.subject

    @property
    def theme(self) -> str:
        """The appearance chosen in this browser, or "system"."""
        return cookies.theme_of(self.request.cookies)

    @property
    def here(self) -> str:
        """The address to come back to; the front page where a form was just sent."""
        if self.request.method != "GET":
            return "/"
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def name(self) -> str:
        """The candidate's name as far as this browser remembers it."""
        known = self.remembered
        return self.seen_name or (known[1] if known else "")

    @property
    def remembered(self) -> list[str] | None:
        """Candidate and name of a complete profile that was seen within the hour."""
        known = cookies.unsigned(self.house, self.request, cookies.PROFILE, cookies.PROFILE_SECONDS)
        return known if isinstance(known, list) and known[0] == self.candidate_id else None

    @property
    def query(self) -> Mapping[str, str]:
        """Parameters of the address."""
        return self.request.query_params

    @property
    def path(self) -> dict[str, str]:
        """Parameters in the path."""
        return self.request.path_params

    def many(self, name: str) -> list[str]:
        """All values of a form's field."""
        return [value for field, value in self._fields if field == name]

    # who comes

    async def recognise(self) -> bool:
        """Whether the browser has a session; a token that has run out is replaced."""
        if not self.session:
            return False
        try:
            self.principal = await self.house.tokens.principal(self.request.cookies.get(cookies.TOKEN, ""))
        except Problem:
            return await self._refresh()
        return True

    async def _refresh(self) -> bool:
        try:
            answer = await self.caller.result("identity", "refresh", session=self.session)
        except Rejected:
            self.drop(cookies.SESSION, cookies.TOKEN)
            return False
        self.put(cookies.TOKEN, answer["token"])
        self.principal = await self.house.tokens.principal(answer["token"])
        return True

    # forms

    async def read_form(self) -> None:
        """Read the form and check that it is one of ours; Problem 403 when it is not."""
        kind = self.request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == FILE_FORM and self.takes_file:
            await self._read_file_form()
            return
        if kind != FORM:
            raise Problem(415, "content-type-unknown")
        try:
            text = (await self.request.body()).decode()
            self._fields = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError as error:
            raise Problem(400, "form-malformed") from error
        self.form = dict(self._fields)
        self._must_be_ours()

    async def _read_file_form(self) -> None:
        """A form with one file, which is kept on disk as long as the visit lasts."""
        try:
            found = await self.request.form(max_files=1, max_fields=MOST_FIELDS)
        except HTTPException as error:
            raise Problem(400, "form-malformed") from error
        self._fields = [(name, value) for name, value in found.multi_items() if isinstance(value, str)]
        self.file = next((value for value in found.values() if isinstance(value, UploadFile)), None)
        self.form = dict(self._fields)
        self._must_be_ours()

    def _must_be_ours(self) -> None:
        owner = self.session or self.visitor
        if not owner or not cookies.same(self.form.get("form_token", ""), cookies.form_token(self.house, owner)):
            raise Problem(403, "form-expired")

    @property
    def form_token(self) -> str:
        """What a form on this page must bring back."""
        if not self.session and not self.visitor:
            self.visitor = cookies.new_visitor()
            self.put(cookies.VISITOR, self.visitor)
        return cookies.form_token(self.house, self.session or self.visitor)

    async def command(self, service: str, method: str, *, who: str = "", **arguments: Any) -> dict[str, Any]:
        """Send the form's command: however often the form is sent, it acts once."""
        key = idempotency.checked(self.form.get("idempotency_key"))
        principal = who or self.candidate_id
        self.caller.identify(
            idempotency.command_id(principal, "POST", self.template, key),
            idempotency.body_hash(self.house.keys.body, self.path, arguments),
        )
        answer = dict(await self.caller.result(service, method, **arguments))
        self.caller.wrote(answer.get("written"))
        return answer

    # what goes back

    def put(self, name: str, value: str, seconds: int | None = None) -> None:
        """Set a cookie with the answer."""
        self._set.append((name, value, seconds))

    def drop(self, *names: str) -> None:
        """Take cookies back with the answer."""
        self._dropped.extend(names)

    def show(self, template: str, *, status: int = 200, keep_key: bool = False, **model: Any) -> Response:
        """Render a page; after a failure whose outcome is open, `keep_key` makes the form repeat the same command."""
        key = self.form.get("idempotency_key") if keep_key else None
        return page(
            template, status=status, visit=self, key=key or idempotency.fresh(),
            notice=wording.notice(self.query.get("notice", "")), **model,
        )  # fmt: skip

    def go(self, path: str, **query: str) -> Response:
        """Send the browser elsewhere, so that reloading repeats nothing."""
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)

    def finish(self, response: Response) -> Response:
        """Add the cookies."""
        for name, value, seconds in self._set:
            cookies.put(self.house, response, name, value, seconds=seconds)
        if self.caller.written:
            known = cookies.signed(self.house, cookies.WRITTEN, marks.write(self.caller.at_least))
            cookies.put(self.house, response, cookies.WRITTEN, known, seconds=cookies.WRITTEN_SECONDS)
        cookies.drop(self.house, response, *self._dropped)
        return response
