"""One installation: where its parts are, and the environment that each of its processes is started with."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Self

from deploy import ports

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ("identity", "certification", "testing", "fulfillment", "verification")
Mode = Literal["demo", "production", "test"]
MODES: tuple[Mode, ...] = ("demo", "production", "test")
FILE = "installation.json"


class InstallationRefused(Exception):
    """The installation cannot be like this; the message is one sentence for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Everything that a process of one installation must be told; `data` holds whatever the installation writes."""

    data: Path
    amqp_uri: str
    management_url: str
    database_urls: Mapping[str, str] = field(repr=False)
    health_ports: Mapping[str, int]
    master_key: str = field(repr=False)
    """Base64 of 32 bytes; identity wraps candidates' keys with it, the others get keys derived from it."""
    port: int = 8080
    mode: Mode = "demo"
    partitions: int = 1
    clock_offset_days: int = 0

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise InstallationRefused(f"CERTTRACK_MODE must be one of {', '.join(MODES)}, not {self.mode}.")
        if self.mode == "production" and self.clock_offset_days:
            raise InstallationRefused("The clock can only be moved in demo and test mode.")

    @classmethod
    def at(
        cls,
        data: Path,
        *,
        amqp_uri: str,
        management_url: str = "",
        database_urls: Mapping[str, str] | None = None,
        **choices: Any,
    ) -> Self:
        """The installation in folder `data`, its secrets and ports made once; on SQLite without `database_urls`."""
        data = data.resolve()
        for part in ("data", "log"):
            (data / part).mkdir(parents=True, exist_ok=True)
        return cls(
            data=data,
            amqp_uri=amqp_uri,
            management_url=management_url,
            database_urls=database_urls or sqlite_urls(data),
            health_ports=ports.remembered(data / "health-ports.json", SERVICES),
            master_key=secret(data, "master_key"),
            **choices,
        )

    @classmethod
    def load(cls, data: Path) -> Self:
        """The installation as `save` left it; InstallationRefused when there is none."""
        try:
            saved = json.loads((data / FILE).read_text())
            place = Path(saved["data"])
        except OSError:
            raise InstallationRefused(f"No installation in {data}; start one with: make run") from None
        except (ValueError, KeyError, TypeError):
            raise InstallationRefused(f"{data / FILE} is damaged; it is written again by: make run") from None
        return cls(**saved | {"data": place, "master_key": secret(data, "master_key")})

    def save(self) -> None:
        """Leave a note for the operators' command, readable by the owner only."""
        saved = asdict(self) | {"data": str(self.data)}
        del saved["master_key"]
        write_private(self.data / FILE, json.dumps(saved, indent=1) + "\n")

    def service(self, name: str) -> dict[str, str]:
        """Environment of one service's process, and of its migration."""
        return self._common() | {
            "DATABASE_URL": self.database_urls[name],
            "CERTTRACK_MASTER_KEY": self.key_of(name),
            "CERTTRACK_HEALTH_PORT": str(self.health_ports[name]),
            "RABBITMQ_MANAGEMENT_URL": self.management_url,
        }

    def gateway(self) -> dict[str, str]:
        """Environment of the gateway's process."""
        return self._common() | {"CERTTRACK_PORT": str(self.port), "CERTTRACK_MASTER_KEY": self.key_of("gateway")}

    @property
    def url(self) -> str:
        """Where the gateway answers on this machine."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def kind(self) -> str:
        """Which database it is on: `sqlite` or `postgresql`."""
        return self.database_urls["identity"].partition(":")[0].partition("+")[0]

    def on_port(self, port: int) -> Self:
        """The same installation with the gateway elsewhere."""
        return replace(self, port=port)

    def key_of(self, name: str) -> str:
        """The key that one process gets: what leaks from one opens nothing of another."""
        if name == "identity":
            return self.master_key
        derived = hmac.digest(base64.b64decode(self.master_key), b"certtrack/" + name.encode(), hashlib.sha256)
        return base64.b64encode(derived).decode()

    def _common(self) -> dict[str, str]:
        return os.environ | {
            "AMQP_URI": self.amqp_uri,
            "CERTTRACK_MODE": self.mode,
            "CERTTRACK_PARTITIONS": str(self.partitions),
            "CERTTRACK_CLOCK_OFFSET_DAYS": str(self.clock_offset_days),
            "CERTTRACK_DATA": str(self.data),
            "CERTTRACK_PUBLIC_URL": os.environ.get("CERTTRACK_PUBLIC_URL") or self.url,
            "PYTHONUNBUFFERED": "1",
        }


def run_command(name: str) -> list[str]:
    """How the process of a service, or of the gateway, is started in the root folder."""
    return [sys.executable, "-m", "gateway"] if name == "gateway" else [sys.executable, "-m", "chassis.run", name]


def migrate_command(name: str) -> list[str]:
    """How a service's database is brought to the newest shape; repeating it is fine."""
    return [sys.executable, "-m", "chassis.migrate", name]


def sqlite_urls(data: Path) -> dict[str, str]:
    """An embedded database per service."""
    return {name: f"sqlite:///{data / 'data' / name}.sqlite" for name in SERVICES}


def secret(data: Path, name: str) -> str:
    """Base64 of 32 random bytes, made once and kept in secrets.json, which only the owner can read."""
    file = data / "secrets.json"
    try:
        known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    except ValueError:
        raise InstallationRefused(f"{file} is damaged: bring it back, nothing else opens personal data.") from None
    if name not in known:
        known[name] = base64.b64encode(secrets.token_bytes(32)).decode()
        write_private(file, json.dumps(known, indent=1) + "\n")
    return known[name]


def write_private(file: Path, text: str) -> None:
    """Write at once or not at all, readable by the owner only."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(file)
