"""From where somebody comes: a hash of the network, and words by which people recognise their own device."""

import hashlib
import hmac
import re
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

BROWSERS = (
    ("Edge", r"Edg(?:A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(?:Firefox|FxiOS)/"),
    ("Chrome", r"(?:Chrome|CriOS)/"),
    ("Safari", r"Version/.*Safari/"),
)
SYSTEMS = (
    ("Windows", r"Windows"),
    ("iPad", r"iPad"),
    ("iPhone", r"iPhone"),
    ("Android", r"Android"),
    ("macOS", r"Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)
IPV6_HOUSE = 64
"""Bits of an IPv6 address that one household or office shares."""


def network_of(secret: bytes, request: Request) -> str:
    """A keyed hash of the caller's network; empty where the connection has no address."""
    if request.client is None:
        return ""
    return hmac.new(secret, _network(request.client.host).encode(), hashlib.sha256).hexdigest()


def device_of(request: Request) -> str:
    """Such as `Firefox on Windows`; programs other than the known browsers have no name."""
    agent = request.headers.get("user-agent", "")
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    return f"{browser} on {system}" if browser and system else browser or system or "Another program"


def _network(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_HOUSE), strict=False))
    return str(address)


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, agent)), "")
