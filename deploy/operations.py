"""What an operator does to a running installation: look, verify, rebuild, give access."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from deploy import health as doctor
from deploy.environment import ROOT, SERVICES, Installation, InstallationRefused, migrate_command

LONG = 900.0
DAY = 86_400
UNUSABLE = 2

screen = Console(stderr=True, highlight=False)
"""For people; standard output carries results only."""


def caller(data: Path) -> Callable[..., Any]:
    """Calls the services of the installation in `data`: call(service, method, timeout=..., **arguments)."""
    import warnings

    installation = Installation.load(data)
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    from chassis.calling import BlockingCaller

    call: Callable[..., Any] = BlockingCaller(installation.amqp_uri).call
    return call


def show(title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A table on standard output; one sentence when it would be empty."""
    if not rows:
        print(f"{title}: none.")
        return
    table = Table(*(Column(name, overflow="fold") for name in columns), title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table)


@contextmanager
def steps(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error; call it with the name of each step as it begins."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:24}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, disable=not screen.is_terminal) as progress:
        task = progress.add_task("", total=total)
        begun: list[str] = []

        def begin(name: str) -> None:
            progress.update(task, description=name, completed=len(begun))
            begun.append(name)

        yield begin
        progress.update(task, description="done", completed=len(begun))


def fold(parsed: argparse.Namespace) -> int:
    """Print what each certification is on the days that a file of histories asks about."""
    import yaml

    from services.certification.adapters import catalogue_files, histories

    try:
        answers = histories.answers(parsed.file.read_text(encoding="utf-8"), catalogue_files.load())
    except OSError as why:
        print(f"{parsed.file} cannot be read: {why.strerror}.", file=sys.stderr)
        return UNUSABLE
    except UnicodeDecodeError:
        print(f"{parsed.file} is no text in UTF-8.", file=sys.stderr)
        return UNUSABLE
    except (ValueError, KeyError, TypeError, yaml.YAMLError) as why:
        print(f"{parsed.file}, {why}.", file=sys.stderr)
        return UNUSABLE
    print(json.dumps(answers, indent=1, ensure_ascii=False))
    return 0


def issue_token(parsed: argparse.Namespace) -> int:
    """Print a bearer token for the API."""
    made = caller(parsed.data)(
        "identity", "issue_token", subject=parsed.subject, roles=parsed.role, lifetime_seconds=parsed.days * DAY
    )
    print(made["token"])
    return 0


def verify(parsed: argparse.Namespace) -> int:
    """Compare every projection with one made again from facts and public logs; 1 when a row differs."""
    call, wanted = caller(parsed.data), (parsed.service,) if parsed.service else SERVICES
    answers = []
    with steps(len(wanted)) as begin:
        for service in wanted:
            begin(service)
            answers.append(call(service, "verify_projections", timeout=LONG))
    rows = [
        (answer["service"], table, str(count), ", ".join(map("/".join, answer["differences"].get(table, []))) or "none")
        for answer in answers
        for table, count in sorted(answer["tables"].items())
    ]
    show("Projections against facts", ("service", "table", "rows", "rows that differ"), rows)
    return 1 if any(answer["differences"] for answer in answers) else 0


def rebuild(parsed: argparse.Namespace) -> int:
    """Fill one projection again and swap it in; nobody reads a half-filled one."""
    call = caller(parsed.data)
    with steps(1) as begin:
        begin(f"{parsed.service} {parsed.projection}")
        done = call(parsed.service, "rebuild", timeout=LONG, projection=parsed.projection)
    print(f"{parsed.service}: {done['projection']} rebuilt from {done['facts']} facts and the public logs.")
    return 0


def running_from(data: Path) -> dict[str, Any]:
    """What the supervisor notes; InstallationRefused while none runs."""
    try:
        note: dict[str, Any] = json.loads((data / "run.json").read_text())
    except OSError:
        raise InstallationRefused(f"Nothing runs from {data}; start it with: make run") from None
    return note


def health(parsed: argparse.Namespace) -> int:
    """Show every process of a running installation; 1 when one is not well."""
    running = running_from(parsed.data)
    urls = running["health"] | {"gateway": f"{running['url']}/health"}
    answers = {name: doctor.question(url) for name, url in urls.items()}
    rows = [
        (name, str(running["pids"].get(name) or "-"), state_in_words(status), problems(report), lag(report))
        for name, (status, report) in answers.items()
    ]
    columns = ("process", "pid", "state", "problems", "events behind")
    show(f"Certtrack at {running['url']} on {running['database']}", columns, rows)
    return 0 if all(status == HTTPStatus.OK for status, _ in answers.values()) else 1


def state_in_words(status: int) -> str:
    """What an HTTP status says of a process."""
    return "well" if status == HTTPStatus.OK else "not well" if status else "silent"


def problems(report: Mapping[str, Any]) -> str:
    """What a process says it lacks."""
    return "; ".join(report.get("problems", []))


def lag(report: Mapping[str, Any]) -> str:
    """How many events of each source a process has not taken yet."""
    behind = {source: count for source, count in report.get("lag", {}).items() if count}
    return ", ".join(f"{source} {count}" for source, count in sorted(behind.items()))


def migrate(parsed: argparse.Namespace) -> int:
    """Bring all databases of the installation to the newest shape."""
    installation, failed = Installation.load(parsed.data), []
    with steps(len(SERVICES)) as begin:
        for service in SERVICES:
            begin(service)
            done = subprocess.run(migrate_command(service), env=installation.service(service), cwd=ROOT, check=False)
            failed += [service] if done.returncode else []
    if failed:
        print(f"Not migrated: {', '.join(failed)}.", file=sys.stderr)
        return 1
    print("All databases have the newest shape.")
    return 0
