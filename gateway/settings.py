"""What the gateway is told at its start; read once."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from chassis.errors import StartRefused

MODES = ("production", "demo", "test")
SHORTEST_KEY = 16
HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Settings:
    """Addresses, mode and the deployment's master key, which is only ever used to derive keys."""

    amqp_uri: str
    master_key: bytes = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    mode: str = "production"
    remembered: int = 1000
    """Candidates whose answers are kept in memory until an event drops them; 0 asks every time."""
    sign_on_label: str = ""
    """What the button says that leads to the outside provider's log-in; empty where there is none."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Take the settings from environment variables; StartRefused names the one that is missing or wrong."""
        mode = environment.get("CERTTRACK_MODE", "production")
        if mode not in MODES:
            raise StartRefused(f"CERTTRACK_MODE must be one of {', '.join(MODES)}.")
        key = _needed(environment, "CERTTRACK_MASTER_KEY").encode()
        if len(key) < SHORTEST_KEY:
            raise StartRefused(f"CERTTRACK_MASTER_KEY must have at least {SHORTEST_KEY} characters.")
        return cls(
            amqp_uri=_amqp(_needed(environment, "AMQP_URI")),
            master_key=key,
            host=environment.get("CERTTRACK_HOST", "127.0.0.1"),
            port=_port(environment.get("CERTTRACK_PORT", "8000")),
            mode=mode,
            remembered=_count(environment.get("CERTTRACK_REMEMBERED", "1000")),
            sign_on_label=environment.get("CERTTRACK_SIGN_ON_LABEL", "").strip(),
        )

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel by HTTPS only, except on this machine's own loopback in demo and test mode."""
        return self.mode == "production" or not _is_loopback(self.host)

    def key(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose; the same in every gateway of the deployment."""
        return hmac.new(self.master_key, f"certtrack-gateway/{purpose}".encode(), hashlib.sha256).digest()


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise StartRefused(f"{name} is not set.")
    return value


def _amqp(uri: str) -> str:
    if not uri.startswith(("amqp://", "amqps://")):
        raise StartRefused("AMQP_URI must begin with amqp:// or amqps://.")
    return uri


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= HIGHEST_PORT:
        raise StartRefused("CERTTRACK_PORT must be a port number.")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise StartRefused("CERTTRACK_REMEMBERED must be a number of candidates.")
    return int(text)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
