"""A private PostgreSQL cluster: own port, data folder and password; the machine's own clusters stay untouched."""

import hashlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote, unquote, urlsplit

from deploy import ports, processes

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/pgsql/bin")
ADMIN = "certtrack_admin"
PLAIN_USERS = ("postgres", "nobody")
"""Who runs the server when root starts it, because initdb refuses root."""
STOP_SIGNALS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}

SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",  # a socket's path is limited to 107 characters
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
}


class PostgresFailed(Exception):
    """The cluster could not be made, started or asked; the message is the server's own or names its log."""


def find_programs() -> Path | None:
    """The newest folder that holds initdb and postgres, or None."""
    folders = [folder for place in PLACES for folder in Path("/").glob(place.removeprefix("/"))]
    on_path = shutil.which("initdb")
    complete = [folder for folder in folders if (folder / "initdb").is_file() and (folder / "postgres").is_file()]
    newest = max(complete, key=lambda folder: [int(part) for part in folder.parent.name.split(".") if part.isdigit()],
                 default=None)  # fmt: skip
    return newest or (Path(on_path).resolve().parent if on_path else None)


class PrivatePostgres:
    """One cluster for `folder`; port and passwords are chosen once and remembered there.

    Started by root it runs as a plain user, and lies under /var/lib where that user may not enter `folder`.
    `settings` are lines of postgresql.conf that differ from ours.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder.resolve()
        self.settings = SETTINGS | dict(settings or {})
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = plain_owner() if os.geteuid() == 0 else None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def admin_url(self) -> str:
        """Address of the maintenance database with the administrator's log-in."""
        return f"postgresql+psycopg2://{ADMIN}:{quote(self._password())}@127.0.0.1:{self.port}/postgres"

    @property
    def pid(self) -> int | None:
        """Process id of the postmaster while it lives."""
        return self.process.pid if self.alive() and self.process else None

    @property
    def data(self) -> Path:
        """The cluster's data folder, owned by the user who runs it."""
        return self._home() / "data"

    def alive(self) -> bool:
        """Whether the server process lives; it may still be starting."""
        return self.process is not None and self.process.poll() is None

    def start(self, patience: float = 60.0) -> None:
        """Make the cluster if there is none, start it, wait until it answers; PostgresFailed otherwise."""
        self.launch()
        self.wait_ready(patience)

    def launch(self) -> None:
        """Start without waiting; a living server is fine; PostgresFailed when programs are missing."""
        if self.alive():
            return
        programs = find_programs()
        if programs is None:
            raise PostgresFailed("The programs of a PostgreSQL server are not installed.")
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster(programs)
        processes.end_orphan(self.data / "postmaster.pid", owned=str(self.data))
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.port = self.port or ports.remembered(self.folder / "ports.json", ("postgres",))["postgres"]
        self.process = self._spawn(programs)

    def wait_ready(self, patience: float) -> None:
        """Wait until a query is answered; PostgresFailed when the server dies or `patience` seconds are over."""
        if not processes.until(lambda: self.ready() or not self.alive(), patience) or not self.alive():
            raise PostgresFailed(f"PostgreSQL did not start; see {self.folder / 'console.log'}.")

    def ready(self) -> bool:
        """Whether a query is answered now."""
        return answers(self.admin_url)

    def ask_to_end(self) -> None:
        """Begin to stop, without waiting."""
        if self.process is not None and self.alive():
            self.process.send_signal(STOP_SIGNALS["fast"])

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """End the server: "fast" closes sessions and checkpoints, "immediate" is a crash that recovers at the start."""
        processes.end(self.process, how=STOP_SIGNALS[mode], patience=20.0)
        self.process = None

    def restart(self, mode: Literal["fast", "immediate"] = "fast", patience: float = 60.0) -> None:
        """Stop and start again on the same port."""
        self.stop(mode)
        self.start(patience)

    def remove(self) -> None:
        """Delete an ended cluster with everything in it, wherever it lies."""
        self.stop("immediate")
        shutil.rmtree(self._home(), ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def create_database(self, name: str, password: str | None = None) -> str:
        """A database and a role that owns it, both called `name`, made if missing; answers the SQLAlchemy URL."""
        return create_database(self.admin_url, name, password or secrets.token_urlsafe(24))

    def drop_database(self, name: str) -> None:
        """Remove a database with its role; a missing one is fine."""
        ask(self.admin_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'DROP ROLE IF EXISTS "{name}"')

    def _home(self) -> Path:
        """`folder`, or a folder that the plain user may enter; the choice is remembered in `folder`."""
        note = self.folder / "location"
        if note.exists():
            return Path(note.read_text().strip())
        home = self.folder
        if self.owner is not None and not may_enter(self.folder, self.owner):
            home = Path("/var/lib") / f"certtrack-postgres-{hashlib.sha256(bytes(self.folder)).hexdigest()[:12]}"
        note.write_text(f"{home}\n")
        return home

    def _make_cluster(self, programs: Path) -> None:
        self._empty_data_folder()
        password = self._home() / "initial-password"
        password.touch(mode=0o600)
        password.write_text(self._password())
        self._give(password)
        made = subprocess.run(
            [str(programs / "initdb"), "-D", str(self.data), "-U", ADMIN, f"--pwfile={password}", "-A", "scram-sha-256",
             "-E", "UTF8", "--no-locale", "-N"],
            user=self.owner and self.owner[0], group=self.owner and self.owner[1], env=self._environment(),
            cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        password.unlink()
        if made.returncode != 0:
            raise PostgresFailed(f"initdb failed: {made.stderr.strip()}")

    def _empty_data_folder(self) -> None:
        """A half-made cluster is made again; a finished one is never touched."""
        self._home().mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        self._give(self.data)

    def _give(self, path: Path) -> None:
        if self.owner is not None:
            os.chown(path, *self.owner)

    def _spawn(self, programs: Path) -> subprocess.Popen[bytes]:
        options = [f"--{name}={value.strip(chr(39))}" for name, value in self.settings.items()]
        command = [str(programs / "postgres"), "-D", str(self.data), "-p", str(self.port), *options]
        with (self.folder / "console.log").open("ab") as log:
            return processes.spawn(
                command, env=self._environment(), cwd=Path("/"), output=log,
                death_signal=signal.SIGQUIT, owner=self.owner,
            )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        """Without the settings of another cluster."""
        return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}

    def _password(self) -> str:
        file = self.folder / "password"
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(24))
        return file.read_text().strip()


def plain_owner() -> tuple[int, int]:
    """(uid, gid) of a plain system user; PostgresFailed when the machine has none."""
    known = {entry.pw_name: (entry.pw_uid, entry.pw_gid) for entry in pwd.getpwall()}
    for name in PLAIN_USERS:
        if name in known:
            return known[name]
    raise PostgresFailed("PostgreSQL refuses to run as root and this machine has no user postgres or nobody.")


def may_enter(folder: Path, owner: tuple[int, int]) -> bool:
    """Whether that user may pass through all parents of `folder` and into it."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'cd "$0"', str(folder)],
        user=owner[0], group=owner[1], extra_groups=[], cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0


def answers(url: str) -> bool:
    """Whether a PostgreSQL server answers a query at `url`."""
    try:
        ask(url, "SELECT 1")
    except PostgresFailed:
        return False
    return True


def create_database(admin_url: str, name: str, password: str) -> str:
    """A database and a role that owns it, both called `name`, made if missing; answers the SQLAlchemy URL."""
    secret = password.replace("'", "''")
    if not ask(admin_url, f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):  # noqa: S608 - names of our services
        ask(admin_url, f'CREATE ROLE "{name}" LOGIN')
    ask(admin_url, f"ALTER ROLE \"{name}\" PASSWORD '{secret}'")
    if not ask(admin_url, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):  # noqa: S608 - names of our services
        ask(
            admin_url,
            f"CREATE DATABASE \"{name}\" OWNER \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'",
        )
        ask(admin_url, f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    at = urlsplit(admin_url)
    return (
        f"postgresql+psycopg2://{quote(name)}:{quote(password, safe='')}@{at.hostname}:{at.port or 5432}/{quote(name)}"
    )


def ask(url: str, *statements: str) -> str:
    """First value of the last of `statements` that answers rows, each its own transaction; PostgresFailed otherwise."""
    from sqlalchemy import NullPool, create_engine
    from sqlalchemy.exc import DBAPIError

    address = url.replace("postgresql://", "postgresql+psycopg2://", 1)
    engine = create_engine(
        address, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2},
        execution_options={"no_parameters": True},
    )  # fmt: skip
    answer: object = None
    try:
        with engine.connect() as connection:
            for statement in statements:
                done = connection.exec_driver_sql(statement)
                answer = done.scalar() if done.returns_rows else answer
    except DBAPIError as why:
        raise PostgresFailed(str(why.orig).strip()) from why
    return "" if answer is None else str(answer)


def client_environment(url: str) -> dict[str, str]:
    """What PostgreSQL's own programs need beside `without_password(url)`; passwords stay off the command line."""
    password = unquote(urlsplit(url).password or "")
    return os.environ | {"PGCONNECT_TIMEOUT": "2", "PGPASSWORD": password}


def without_password(url: str) -> str:
    """The URL as PostgreSQL's own programs read it: no driver name, no password."""
    at = urlsplit(url)
    return f"postgresql://{at.username or ''}@{at.hostname or '127.0.0.1'}:{at.port or 5432}{at.path}"
