"""A private RabbitMQ node: own ports, data folder, cookie and epmd; nothing is shared with the machine's own node."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from deploy import ports, processes

PLACES = (
    "/usr/lib/rabbitmq/bin/rabbitmq-server",
    "/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server",
    "/opt/rabbitmq/sbin/rabbitmq-server",
    "/usr/local/sbin/rabbitmq-server",
    "/opt/homebrew/sbin/rabbitmq-server",
)
"""Where the program proper lies; Debian's /usr/sbin/rabbitmq-server is a wrapper that switches to the system's user."""
STOP_PATIENCE = 10.0
"""The management plugin alone takes five seconds; a node killed before that has to repair its files."""
USER = "certtrack"
NODE = "certtrack@127.0.0.1"
FOREIGN = ("RABBITMQ_", "ERL_", "NOTIFY_SOCKET")
"""Settings of another node must not reach this one."""

SETTINGS = """\
listeners.tcp.1 = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
default_user = {user}
default_pass = {password}
default_user_tags.administrator = true
loopback_users = none
log.file.level = warning
"""


class BrokerFailed(Exception):
    """The node did not come up; the message names its log."""


def find_server() -> Path | None:
    """The rabbitmq-server program that can run as any user, or None."""
    found = (path for place in PLACES for path in sorted(Path("/").glob(place.lstrip("/")), reverse=True))
    return next(found, None)


def answers(uri: str, timeout: float = 1.0) -> bool:
    """Whether an AMQP 0-9-1 broker greets at the address of `uri`."""
    address = urlsplit(uri)
    try:
        with socket.create_connection((address.hostname or "127.0.0.1", address.port or 5672), timeout) as link:
            link.sendall(b"AMQP\x00\x00\x09\x01")
            return bool(link.recv(7))
    except (OSError, ValueError):
        return False


class PrivateBroker:
    """One node in `folder`; ports and password are chosen once and remembered there.

    `start` after `kill` or `stop` comes back on the same ports with the same data, after `wipe` with none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.ports: dict[str, int] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self._epmd: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def uri(self) -> str:
        """AMQP address with the administrator's log-in."""
        return f"amqp://{USER}:{self._password()}@127.0.0.1:{self.ports['amqp']}/%2F"

    @property
    def management_url(self) -> str:
        """HTTP address of the management API with the administrator's log-in."""
        return f"http://{USER}:{self._password()}@127.0.0.1:{self.ports['management']}"

    @property
    def pid(self) -> int | None:
        """Process id of the Erlang machine while it lives."""
        return self.process.pid if self.alive() and self.process else None

    def alive(self) -> bool:
        """Whether the process lives; it may still be booting."""
        return self.process is not None and self.process.poll() is None

    def start(self, patience: float = 60.0) -> None:
        """Start and wait until AMQP and the management API answer; BrokerFailed after `patience` seconds."""
        self.launch()
        self.wait_ready(patience)

    def launch(self) -> None:
        """Start without waiting; a living node is fine; BrokerFailed when the program is missing."""
        if self.alive():
            return
        server = find_server()
        if server is None:
            raise BrokerFailed("The program rabbitmq-server is not installed.")
        self.prepare()
        self._start_epmd()
        with (self.folder / "console.log").open("ab") as log:
            self.process = processes.spawn([str(server)], env=self._environment(), cwd=self.folder, output=log)
        (self.folder / "pid").write_text(f"{self.process.pid}\n")

    def prepare(self) -> None:
        """Make folders, ports and settings; end what an earlier run left behind."""
        for part in ("home", "mnesia", "log"):
            (self.folder / part).mkdir(parents=True, exist_ok=True, mode=0o700)
        processes.end_orphan(self.folder / "pid", owned=str(self.folder))
        self.ports = self.ports or ports.remembered(
            self.folder / "ports.json", ("amqp", "management", "distribution", "epmd")
        )
        (self.folder / "enabled_plugins").write_text("[rabbitmq_management].\n")
        (self.folder / "advanced.config").write_text("[].\n")
        settings = self.folder / "rabbitmq.conf"
        settings.touch(mode=0o600)
        settings.write_text(SETTINGS.format(user=USER, password=self._password(), **self.ports))

    def wait_ready(self, patience: float) -> None:
        """Wait until AMQP and the management API answer; BrokerFailed when it dies or `patience` seconds are over."""
        if not processes.until(lambda: self.ready() or not self.alive(), patience) or not self.alive():
            raise BrokerFailed(f"RabbitMQ did not start; see {self.folder / 'console.log'} and {self.folder / 'log'}.")

    def ready(self) -> bool:
        """Whether AMQP and the management API answer now."""
        return answers(self.uri) and self._management_answers()

    def ask_to_end(self) -> None:
        """Begin to stop, without waiting."""
        if self.process is not None and self.alive():
            self.process.terminate()

    def stop(self) -> None:
        """End the node cleanly, then its epmd; an ended one is fine."""
        processes.end(self.process, patience=STOP_PATIENCE)
        processes.end(self._epmd, how=signal.SIGKILL)  # it holds no data
        self.process = self._epmd = None

    def kill(self) -> None:
        """SIGKILL, as a crash does; its data stay."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
        self.process = None

    def wipe(self) -> None:
        """Remove all queues, messages, users and exchanges of an ended node."""
        if self.alive():
            raise BrokerFailed("Stop the node before wiping its data.")
        shutil.rmtree(self.folder / "mnesia", ignore_errors=True)

    def control(self, *arguments: str) -> str:
        """Output of `rabbitmqctl` against this node; BrokerFailed with its words when it refuses."""
        program = (find_server() or Path("rabbitmqctl")).with_name("rabbitmqctl")
        done = subprocess.run(
            [str(program), "--longnames", "-n", NODE, "-q", *arguments],
            env=self._environment(), capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        if done.returncode != 0:
            raise BrokerFailed(done.stderr.strip() or done.stdout.strip())
        return done.stdout

    def _management_answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.ports['management']}/", timeout=1.0):
                return True
        except (URLError, OSError):
            return False

    def _password(self) -> str:
        file = self.folder / "password"
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(24))
        return file.read_text().strip()

    def _start_epmd(self) -> None:
        """Our own child, because the daemon that the node would start outlives everything."""
        program = shutil.which("epmd") or next(map(str, Path("/usr/lib/erlang").glob("erts-*/bin/epmd")), None)
        if program is None or (self._epmd is not None and self._epmd.poll() is None):
            return
        command = [program, "-address", "127.0.0.1", "-port", str(self.ports["epmd"])]
        self._epmd = processes.spawn(command, env=self._environment(), cwd=self.folder)
        processes.until(lambda: not ports.is_free(self.ports["epmd"]), 5.0)

    def _environment(self) -> Mapping[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        return inherited | {
            "HOME": str(self.folder / "home"),  # the cookie lands here
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_USE_LONGNAME": "true",  # an address needs no name resolution
            "RABBITMQ_NODE_PORT": str(self.ports["amqp"]),
            "RABBITMQ_DIST_PORT": str(self.ports["distribution"]),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.folder / "advanced.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RUNNING_UNDER_SYSTEMD": "true",  # the start script replaces itself by the node: one process, one pid
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self.ports["epmd"]),
        }
