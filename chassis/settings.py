"""Settings, read once at start from the environment into one frozen record."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chassis.errors import StartRefused
from chassis.sealing import master_key
from chassis.sign_on import SignOn

LOCAL_URL = "http://127.0.0.1:8080"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator can set; see docs/operators.md for the words of each."""

    database_url: str
    amqp_uri: str
    master_key: bytes = field(repr=False)
    mode: str = "production"
    health_port: int = 0
    """Loopback port of /health and /metrics; 0 for none."""
    health_host: str = "127.0.0.1"
    partitions: int = 1
    clock_offset_days: int = 0
    data: Path = Path("var")
    smtp_url: str = ""
    public_url: str = LOCAL_URL
    """Where people reach the portal; mails link there."""
    management_url: str = field(default="", repr=False)
    argon2: str = "strong"
    staff_second_factor: bool = False
    """Whether staff can do staff's work only after a log-in with a second factor or a passkey."""

    sign_on: SignOn | None = None
    """The outside provider by which people may log in, if there is one."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Raises StartRefused with one clear line for what is missing or wrong."""
        try:
            settings = cls(
                database_url=environment["DATABASE_URL"],
                amqp_uri=environment["AMQP_URI"],
                master_key=master_key(environment["CERTTRACK_MASTER_KEY"]),
                mode=environment.get("CERTTRACK_MODE", "production"),
                health_port=int(environment.get("CERTTRACK_HEALTH_PORT", "0")),
                health_host=environment.get("CERTTRACK_HEALTH_HOST", "127.0.0.1"),
                partitions=int(environment.get("CERTTRACK_PARTITIONS", "1")),
                clock_offset_days=int(environment.get("CERTTRACK_CLOCK_OFFSET_DAYS", "0")),
                data=Path(environment.get("CERTTRACK_DATA", "var")),
                smtp_url=environment.get("SMTP_URL", ""),
                public_url=environment.get("CERTTRACK_PUBLIC_URL") or LOCAL_URL,
                management_url=environment.get("RABBITMQ_MANAGEMENT_URL", ""),
                argon2=environment.get("CERTTRACK_ARGON2", "strong"),
                staff_second_factor=_switch(environment, "CERTTRACK_STAFF_SECOND_FACTOR"),
                sign_on=SignOn.from_environment(environment),
            )
        except KeyError as missing:
            raise StartRefused(f"the setting {missing.args[0]} is missing") from missing
        except ValueError as wrong:
            raise StartRefused(f"a setting is wrong: {wrong}") from wrong
        settings.check()
        return settings

    def check(self) -> None:
        """Raises StartRefused for combinations that must not run."""
        if self.mode not in {"production", "demo", "test"}:
            raise StartRefused(f"CERTTRACK_MODE must be production, demo or test, not {self.mode}")
        if self.mode == "production" and (self.argon2 != "strong" or self.clock_offset_days):
            raise StartRefused("weakened passwords and a shifted clock are for demo and test mode only")


def _switch(environment: Mapping[str, str], name: str) -> bool:
    """A setting that is on or off; off where it is not set."""
    words = {"": False, "off": False, "on": True}
    if environment.get(name, "") not in words:
        raise ValueError(f"{name} must be on or off")
    return words[environment.get(name, "")]
