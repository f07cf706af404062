"""Copies of all databases of an installation, and the way back; a restored log always begins a new epoch."""

import argparse
import json
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from deploy.environment import SERVICES, Installation
from deploy.operations import steps
from deploy.postgres import PrivatePostgres, answers, ask, client_environment, find_programs, without_password
from deploy.preconditions import StartFailed, only_one
from deploy.servers import Database

NOTE = "backup.json"


class BackupFailed(Exception):
    """The copy could not be made or used; the message is one sentence."""


def backup(parsed: argparse.Namespace) -> int:
    """Copy every database into a folder; services may go on working, each copy is one moment of its service."""
    installation, folder = Installation.load(parsed.data), parsed.folder.resolve()
    with whole_or_nothing(folder), steps(len(SERVICES)) as begin:
        for service in SERVICES:
            begin(service)
            copy_out(installation.database_urls[service], folder / service)
        note = {"taken_at": datetime.now(UTC).isoformat(), "kind": installation.kind, "services": list(SERVICES)}
        (folder / NOTE).write_text(json.dumps(note, indent=1) + "\n")
    print(
        f"All databases are in {folder}; the keys are not: keep {installation.data / 'secrets.json'} apart from them."
    )
    return 0


@contextmanager
def whole_or_nothing(folder: Path) -> Iterator[None]:
    """A new or empty folder that holds a whole copy afterwards, or nothing; BackupFailed says why."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.iterdir()):
            raise BackupFailed(f"{folder} is not empty: choose an empty folder for the copy.")
    except OSError as why:
        raise BackupFailed(f"{folder} cannot take the copy: {why.strerror}.") from None
    try:
        yield
    except BaseException as why:
        for name in (*SERVICES, NOTE):
            (folder / name).unlink(missing_ok=True)
        if isinstance(why, OSError | sqlite3.Error):
            raise BackupFailed(f"The databases could not be copied: {why}.") from None
        raise


def restore(parsed: argparse.Namespace) -> int:
    """Bring a copy back into an installation that does not run, then begin a new epoch of every log."""
    from chassis.installing import start_new_epoch

    installation, folder = Installation.load(parsed.data), parsed.folder.resolve()
    check(folder, installation)
    try:
        lock = only_one(installation.data)
    except StartFailed:
        raise BackupFailed("Stop the installation before restoring into it.") from None
    with lock, reachable(installation) as urls, steps(len(SERVICES)) as begin:
        erased = erased_in(urls["identity"])
        for service in SERVICES:
            begin(service)
            copy_in(folder / service, urls[service])
            start_new_epoch(urls[service])
        erase_again(urls["identity"], erased)
    print("Restored. After the next start let the services take the logs up again: certtrack resync")
    return 0


def check(folder: Path, installation: Installation) -> None:
    """BackupFailed when the folder holds no copy, or one of another kind of database."""
    try:
        kind = json.loads((folder / NOTE).read_text())["kind"]
    except (OSError, ValueError, KeyError):
        raise BackupFailed(f"{folder} holds no backup.") from None
    if kind != installation.kind:
        raise BackupFailed(f"The backup is of {kind}, the installation uses {installation.kind}.")
    damaged = [service for service in SERVICES if not is_copy(folder / service, kind)]
    if damaged:
        raise BackupFailed(f"{folder} holds no whole backup: {', '.join(damaged)} cannot be read. Nothing is changed.")


def is_copy(file: Path, kind: str) -> bool:
    """Whether the file can be read to its end as the copy of a database; a missing one cannot."""
    if kind != "sqlite":
        command = [program("pg_restore"), "--file=/dev/null", str(file)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            tables = copy.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            return bool(tables and copy.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


@contextmanager
def reachable(installation: Installation) -> Iterator[Mapping[str, str]]:
    """The databases' addresses, with a private PostgreSQL started for as long as it is needed."""
    urls, folder = installation.database_urls, installation.data / "postgres"
    if installation.kind == "sqlite" or answers(urls["identity"]):
        yield urls
    elif (folder / "location").exists():
        with PrivatePostgres(folder) as cluster:
            yield Database(cluster.admin_url, cluster, "").service_urls(installation.data)
    else:
        raise BackupFailed("The installation's PostgreSQL does not answer: start it and repeat the command.")


def copy_out(url: str, file: Path) -> None:
    """Copy one database as it is at one moment."""
    if url.startswith("sqlite"):
        source = f"file:{sqlite_file(url)}?mode=ro"
        with closing(sqlite3.connect(source, uri=True)) as live, closing(sqlite3.connect(file)) as copy:
            live.backup(copy)
    else:
        run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
    file.chmod(0o600)


def copy_in(file: Path, url: str) -> None:
    """Put a copy in the place of one database."""
    if url.startswith("sqlite"):
        live = sqlite_file(url)
        for rest in ("-wal", "-shm"):
            live.with_name(live.name + rest).unlink(missing_ok=True)
        draft = live.with_suffix(".restoring")
        draft.write_bytes(file.read_bytes())
        draft.replace(live)
        return
    ask(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    run("pg_restore", url, "--no-owner", "--no-privileges", "--no-comments", "--single-transaction", str(file))


def erased_in(url: str) -> list[str]:
    """Whose keys identity has destroyed so far; a database that cannot be read any more knows of nobody (R-P1)."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import DBAPIError

    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT candidate_id FROM candidate_keys WHERE wrapped IS NULL"))
            return list(rows.scalars())
    except DBAPIError:
        print("The old database cannot be read: repeat the erasures since the backup (docs/operators.md).")
        return []
    finally:
        engine.dispose()


def erase_again(url: str, candidate_ids: list[str]) -> None:
    """Destroy these keys in the restored database too; identity's daily job then erases the rest, everywhere."""
    from sqlalchemy import create_engine, text

    engine = create_engine(url)
    with engine.begin() as connection:
        for one in candidate_ids:
            connection.execute(text("UPDATE candidate_keys SET wrapped = NULL WHERE candidate_id = :one"), {"one": one})
    engine.dispose()


def sqlite_file(url: str) -> Path:
    """Where an embedded database lies."""
    return Path(url.removeprefix("sqlite:///"))


def program(name: str) -> str:
    """One of PostgreSQL's own programs."""
    return str((find_programs() or Path("/usr/bin")) / name)


def run(name: str, url: str, *options: str) -> None:
    """One of PostgreSQL's own programs on one database; BackupFailed with its words."""
    command = [program(name), f"--dbname={without_password(url)}", *options]
    done = subprocess.run(command, env=client_environment(url), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BackupFailed(f"{name} failed: {done.stderr.strip()}")
