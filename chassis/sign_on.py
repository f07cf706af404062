"""The outside OpenID provider by which people may log in, as an operator sets it; all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PREFIX = "CERTTRACK_SIGN_ON_"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DEFAULT_SCOPES = "openid email profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn:
    """Where people log in, and as which client we ask there."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str = DEFAULT_SCOPES
    second_factor: bool = True
    """Whether an account's own authenticator is asked for after the provider's log-in."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "SignOn | None":
        """None where nothing is set; raises ValueError for half of it, and for addresses that others could read."""
        given = {name: environment.get(f"{PREFIX}{name}", "") for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")}
        if not any(given.values()):
            return None
        for name, value in given.items():
            if not value:
                raise ValueError(f"{PREFIX}{name} must be set beside the other settings of the outside provider")
        if not is_safe(given["ISSUER"]):
            raise ValueError(f"{PREFIX}ISSUER must be an https address")
        scopes = environment.get(f"{PREFIX}SCOPES") or DEFAULT_SCOPES
        if "openid" not in scopes.split():
            raise ValueError(f"{PREFIX}SCOPES must name openid")
        return cls(
            issuer=given["ISSUER"],
            client_id=given["CLIENT_ID"],
            client_secret=given["CLIENT_SECRET"],
            scopes=scopes,
            second_factor=_on(environment),
        )


def is_safe(address: str) -> bool:
    """HTTPS, or plain HTTP on this very machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _on(environment: Mapping[str, str]) -> bool:
    name = f"{PREFIX}SECOND_FACTOR"
    words = {"": True, "on": True, "off": False}
    if environment.get(name, "") not in words:
        raise ValueError(f"{name} must be on or off")
    return words[environment.get(name, "")]
