"""Cookies of the portal: what they are called, how long they live, and how they are signed."""

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from gateway import marks
from gateway.house import House
from gateway.marks import Mark

SESSION, TOKEN = "session", "token"
VISITOR, LOGIN, WRITTEN, PROFILE = "visitor", "login", "written", "profile"
SECOND_FACTOR = "second_factor"
SIGN_ON, SIGN_ON_TICKET = "sign_on", "sign_on_ticket"
"""What comes back from the outside provider is checked against the first; the second is of whom it has seen."""
LOGIN_SECONDS = 600
WRITTEN_SECONDS = 120
"""Own writes are hints for the next few pages; later everything has caught up anyway."""
PROFILE_SECONDS = 3_600
THEME, THEMES = "theme", ("light", "dark")
"""The appearance that this browser's user chose; without it the device decides."""
THEME_SECONDS = 31_536_000
PREFERENCES = "preferences"
PREFERENCES_SECONDS = 600
"""What was changed on another device is followed after so long at the latest."""


def put(house: House, response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie that scripts cannot read; without `seconds` it ends with the browser."""
    response.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=house.settings.secure_cookies
    )


def drop(house: House, response: Response, *names: str) -> None:
    """Take cookies back."""
    for name in names:
        response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=house.settings.secure_cookies)


def signed(house: House, purpose: str, value: Any) -> str:
    """A value that only this deployment can have written."""
    return str(URLSafeTimedSerializer(house.keys.cookies, salt=purpose).dumps(value))


def unsigned(house: House, request: Request, purpose: str, seconds: int) -> Any:
    """The value of a signed cookie; None when it is missing, too old or not ours."""
    try:
        return URLSafeTimedSerializer(house.keys.cookies, salt=purpose).loads(
            request.cookies.get(purpose, ""), max_age=seconds
        )
    except BadData:
        return None


def own_writes(house: House, request: Request) -> tuple[Mark, ...]:
    """The marks of what this browser has written lately."""
    return marks.read(str(unsigned(house, request, WRITTEN, WRITTEN_SECONDS) or ""))


def new_visitor() -> str:
    """An id for a browser without a log-in; forms are bound to it."""
    return secrets.token_urlsafe(24)


def form_token(house: House, owner: str) -> str:
    """The token that a form of this session, or of this visitor, must bring back."""
    return hmac.new(house.keys.forms, owner.encode(), sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def theme_of(sent: Mapping[str, str]) -> str:
    """The appearance among a browser's cookies, or "system"."""
    return sent[THEME] if sent.get(THEME) in THEMES else "system"
