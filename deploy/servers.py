"""Find or start RabbitMQ and PostgreSQL: one that answers, a local program, docker, a package; else say what to do."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from deploy import broker, docker, packages, ports, postgres, processes
from deploy.environment import SERVICES, secret


class NoServer(Exception):
    """None was found and none could be started; the message is one sentence for the operator."""


class Runnable(Protocol):
    """Something that the supervisor starts, watches and stops."""

    @property
    def pid(self) -> int | None:
        """Process id while it lives."""

    def launch(self) -> None:
        """Start without waiting; a living one is fine."""

    def alive(self) -> bool:
        """Whether it lives."""

    def ask_to_end(self) -> None:
        """Begin to stop, without waiting."""

    def stop(self) -> None:
        """End it cleanly."""


@dataclass(frozen=True, slots=True)
class Broker:
    """Where RabbitMQ is, and what to keep alive for it (None: it is somebody else's)."""

    uri: str = field(repr=False)
    management_url: str = field(repr=False)
    keep: Runnable | None
    how: str


@dataclass(frozen=True, slots=True)
class Database:
    """How PostgreSQL is reached by its administrator, and what to keep alive for it (None: it is somebody else's)."""

    admin_url: str = field(repr=False)
    keep: Runnable | None
    how: str

    def service_urls(self, data: Path) -> Mapping[str, str]:
        """A database and role per service, made if missing, with passwords kept in `data`."""
        prefix = "" if self.keep else "certtrack_"
        return {
            name: postgres.create_database(self.admin_url, prefix + name, secret(data, f"postgres_{name}"))
            for name in SERVICES
        }


def find_broker(folder: Path) -> Broker:
    """A broker that answers or will soon; a private one keeps its data in `folder`; NoServer otherwise."""
    given = os.environ.get("AMQP_URI", "")
    if given and broker.answers(given):
        check_log_in(given)
        return Broker(given, os.environ.get("RABBITMQ_MANAGEMENT_URL", ""), None, "AMQP_URI")
    if given:
        print("AMQP_URI is set but nothing answers there; trying the next way.", flush=True)
    if broker.find_server():
        return private_broker(folder)
    if docker.usable("broker"):
        return container_broker(folder)
    install_or_tell(packages.install_rabbitmq, "RabbitMQ", "rabbitmq-server", "AMQP_URI")
    if broker.find_server() is None:
        raise NoServer("The package rabbitmq-server holds no program that Certtrack knows: set AMQP_URI to a broker.")
    return private_broker(folder)


def find_database(data: Path) -> Database:
    """A PostgreSQL that answers now; NoServer with one sentence otherwise."""
    given = os.environ.get("DATABASE_ADMIN_URL", "")
    if given and postgres.answers(given):
        return Database(given, None, "DATABASE_ADMIN_URL")
    if given:
        print("DATABASE_ADMIN_URL is set but nothing answers there; trying the next way.", flush=True)
    if postgres.find_programs():
        return private_database(data)
    if docker.usable("postgres"):
        return container_database(data)
    install_or_tell(packages.install_postgresql, "PostgreSQL", "postgresql", "DATABASE_ADMIN_URL")
    return private_database(data)


def install_or_tell(install: Callable[[], None], server: str, package: str, setting: str) -> None:
    """The last way; NoServer says why it is closed and what the operator can do."""
    try:
        install()
    except packages.NotInstallable as why:
        raise NoServer(
            f"No {server} was found and {why}: install the package {package}, or set {setting} to one that runs."
        ) from why


def check_log_in(uri: str) -> None:
    """NoServer when a broker that answers refuses the log-in of `uri`."""
    from chassis import broker as link

    try:
        link.close(link.connect(uri, timeout=5.0))
    except link.TROUBLE as why:
        raise NoServer(f"The broker in AMQP_URI refuses the connection: {why}") from why


def private_broker(folder: Path) -> Broker:
    """A node of our own from the local program."""
    node = broker.PrivateBroker(folder)
    node.launch()
    return Broker(node.uri, node.management_url, node, "a private RabbitMQ")


def private_database(data: Path) -> Database:
    """A cluster of our own from the local programs."""
    cluster = postgres.PrivatePostgres(data / "postgres")
    try:
        cluster.start()
    except postgres.PostgresFailed as why:
        raise NoServer(str(why)) from why
    return Database(cluster.admin_url, cluster, "a private PostgreSQL")


def container_broker(folder: Path) -> Broker:
    """A node in a container, on loopback ports of our own."""
    file, names = folder / "ports.json", ("amqp", "management")
    chosen = ports.read(file) or ports.remembered(file, names)
    word = password(folder)
    settings = {"BROKER_PORT": str(chosen["amqp"]), "MANAGEMENT_PORT": str(chosen["management"]), "PASSWORD": word}
    container = docker.Container("broker", project(folder), settings)
    container.launch()
    at = f"certtrack:{word}@127.0.0.1"
    return Broker(f"amqp://{at}:{chosen['amqp']}/%2F", f"http://{at}:{chosen['management']}", container, "docker")


def container_database(data: Path) -> Database:
    """A cluster in a container, on a loopback port of our own; NoServer when it does not answer in a minute."""
    folder = data / "postgres"
    chosen = ports.read(folder / "ports.json") or ports.remembered(folder / "ports.json", ("postgres",))
    word = password(folder)
    settings = {"POSTGRES_PORT": str(chosen["postgres"]), "PASSWORD": word}
    container = docker.Container("postgres", project(folder), settings)
    container.launch()
    url = f"postgresql+psycopg2://{postgres.ADMIN}:{word}@127.0.0.1:{chosen['postgres']}/postgres"
    if not processes.until(lambda: postgres.answers(url), 60.0):
        raise NoServer("PostgreSQL in docker did not answer within a minute: see docker compose logs.")
    return Database(url, container, "docker")


def password(folder: Path) -> str:
    """Made once, readable by the owner only."""
    file = folder / "password"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file.read_text().strip()


def project(folder: Path) -> str:
    """Compose project of one server; two checkouts on a machine do not meet."""
    return f"certtrack-{sha256(bytes(folder)).hexdigest()[:8]}"
