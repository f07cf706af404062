"""`certtrack`, the operators' command: one subcommand per task."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from deploy.environment import MODES, ROOT, SERVICES
from deploy.help import Parser

DATABASES = ("sqlite", "postgresql")
Run = Callable[[argparse.Namespace], int]
Subcommands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - argparse gives its type no public name


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 0 well, 1 not well, 2 not understood; sentences go to standard error."""
    from chassis.decider import Rejected
    from chassis.errors import Failure, StartRefused
    from deploy.backup import BackupFailed
    from deploy.environment import InstallationRefused
    from deploy.refusals import sentence

    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except (InstallationRefused, StartRefused, BackupFailed) as why:
        print(why, file=sys.stderr)
    except (Rejected, Failure) as why:
        print(sentence(why), file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def parser() -> Parser:
    """All subcommands with their words."""
    top = Parser(prog="certtrack", description="Operate a Certtrack installation.")
    top.add_argument(
        "--data", type=Path, default=default_data(), help="folder of the installation (var, or CERTTRACK_DATA)"
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    add_running(commands)
    add_care(commands)
    add_partners(commands)
    add_clients(commands)
    add_staff(commands)
    add_parked(commands)
    return top


def default_data() -> Path:
    """Beside the checkout unless the environment says otherwise."""
    return Path(os.environ.get("CERTTRACK_DATA", "") or ROOT / "var")


def add(commands: Subcommands, name: str, words: str, run: Run | None = None) -> Parser:
    """One subcommand; without `run` it has subcommands itself."""
    command = commands.add_parser(name, help=words, description=words)
    if run:
        command.set_defaults(run=run)
    return command


def add_service(command: Parser, name: str, words: str, **more: Any) -> None:
    """An argument that takes a service's name."""
    command.add_argument(
        name, choices=SERVICES, metavar="SERVICE", help=f"{', '.join(SERVICES[:-1])} or {SERVICES[-1]}; {words}", **more
    )


def between(lowest: int, highest: int) -> Callable[[str], int]:
    """Reads whole numbers in these bounds."""

    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text} is no whole number from {lowest} to {highest}")

    return number


def lazily(module: str, function: str) -> Run:
    """The function, imported when it is called: `certtrack fold` must not load RabbitMQ's client."""

    def run(parsed: argparse.Namespace) -> int:
        from importlib import import_module

        return int(getattr(import_module(f"deploy.{module}"), function)(parsed))

    return run


def add_running(commands: Subcommands) -> None:
    """Start, look, load the demo, migrate."""
    run = add(commands, "run", "start everything and keep it alive until Ctrl-C", start)
    run.add_argument("--database", choices=DATABASES, default="sqlite", help="embedded SQLite, or PostgreSQL")
    run.add_argument("--port", type=between(1, 65535), default=8080, help="of the gateway on this machine")
    run.add_argument(
        "--mode", choices=MODES, default=os.environ.get("CERTTRACK_MODE") or "demo", help="demo by default"
    )
    run.add_argument("--partitions", type=between(1, 64), help="of every log, 1 by default; fixed at the first start")
    run.add_argument("--clock-offset-days", type=int, default=0, help="move the date; demo and test mode only")
    run.add_argument("--no-demo", action="store_true", help="do not load the demo programme")
    add(
        commands, "health", "one line per process: does it answer, how far behind is it", lazily("operations", "health")
    )
    add(commands, "migrate", "bring all databases to the newest shape", lazily("operations", "migrate"))
    demo = add(commands, "demo", "the demo programme").add_subparsers(metavar="ACTION", required=True)
    add(demo, "seed", "make the demo candidates; repeating it is fine", lazily("demo", "seed_command"))


def start(parsed: argparse.Namespace) -> int:
    """Run the supervisor."""
    from deploy.supervisor import Choices
    from deploy.supervisor import main as supervise

    return supervise(
        Choices(
            data=parsed.data,
            database=parsed.database,
            port=parsed.port,
            mode=parsed.mode,
            partitions=parsed.partitions,
            clock_offset_days=parsed.clock_offset_days,
            demo=not parsed.no_demo,
        )
    )


def add_care(commands: Subcommands) -> None:
    """Fold, tokens, verify, rebuild, resync, backup, restore."""
    fold = add(commands, "fold", "histories in a YAML file -> what each certification is on each day, as JSON",
               lazily("operations", "fold"))  # fmt: skip
    fold.add_argument("file", type=Path, help="in the form of the catalogue's vectors")
    catalogue = add(commands, "catalogue", "changed files of the programme").add_subparsers(
        metavar="ACTION", required=True
    )
    for name, words in (("check", "whether they fit together"), ("preview", "whose state they would change")):
        changed = add(catalogue, name, words, lazily("catalogue", name))
        changed.add_argument("path", type=Path, help="a folder with changed files, or one of them")
        changed.add_argument("--json", action="store_true", help="the whole answer as JSON")
    proposed = add(catalogue, "propose", "preview them and ask for a second person", lazily("catalogue", "propose"))
    proposed.add_argument("path", type=Path, help="a folder with changed files, or one of them")
    proposed.add_argument("--by", required=True, metavar="EMAIL", help="who asks: somebody of the house")
    proposed.add_argument("--why", required=True, help="for the second person and the audit trail")
    tokens = add(commands, "tokens", "access to the API").add_subparsers(metavar="ACTION", required=True)
    issue = add(tokens, "issue", "print a bearer token", lazily("operations", "issue_token"))
    issue.add_argument(
        "--role", action="append", required=True, choices=("provider", "operator"), help="may be repeated"
    )
    issue.add_argument("--subject", required=True, help="who it is for, a name")
    issue.add_argument("--days", type=between(1, 30), default=30, help="how long it is good for, 30 at most")
    results = add(commands, "import", "records from a file").add_subparsers(metavar="WHAT", required=True)
    file = add(results, "results", "a test provider's records, a JSON object per line; exit 1 when some are refused",
               lazily("importing", "import_results"))  # fmt: skip
    file.add_argument("file", type=Path, help="see docs/provider.md; sending it again is fine")
    verify = add(commands, "verify", "project everything again and compare; exit 1 on differences",
                 lazily("operations", "verify"))  # fmt: skip
    add_service(verify, "service", "all without it", nargs="?")
    rebuild = add(
        commands, "rebuild", "fill a projection again from facts and public logs", lazily("operations", "rebuild")
    )
    add_service(rebuild, "service", "whose projection")
    rebuild.add_argument("projection", help="its name, or one of its tables as verify prints them")
    resync = add(commands, "resync", "take restored logs up again",
                 lazily("resync", "resync"))  # fmt: skip
    add_service(resync, "service", "who reads; all that have stopped without it", nargs="?")
    add_service(resync, "--source", "whose log; every restored one without it")
    for name, words in (("backup", "copy all databases into a folder"),
                        ("restore", "bring them back into a stopped installation")):  # fmt: skip
        add(commands, name, words, lazily("backup", name)).add_argument("folder", type=Path, help="of the copy")


def add_clients(commands: Subcommands) -> None:
    """Programs that ask for tokens, and the keys that sign them."""
    clients = add(commands, "clients", "programs that ask for tokens (OAuth 2, OpenID Connect)").add_subparsers(
        metavar="ACTION", required=True
    )
    new = add(clients, "add", "register a program; prints its id and, this once, its secret", lazily("clients", "add"))
    new.add_argument("name", help="as people read it when they are asked")
    new.add_argument("--redirect", action="append", default=[], metavar="URI", help="where people are led back to; may"
                     " be repeated, none for a machine")  # fmt: skip
    new.add_argument("--scope", action="append", required=True, help="openid, profile, email, offline_access; or"
                     " provider for a machine; may be repeated")  # fmt: skip
    new.add_argument("--public", action="store_true", help="an app that cannot keep a secret")
    new.add_argument("--signed-by", choices=("RS256", "Ed25519"), default="RS256", help="what its ID tokens are signed"
                     " with; RS256 is what programs expect that say nothing else")  # fmt: skip
    add(clients, "list", "who is registered", lazily("clients", "show_all"))
    add(clients, "remove", "let a program ask no longer", lazily("clients", "remove")).add_argument(
        "client_id", help="as the list prints it"
    )
    keys = add(commands, "keys", "the keys that tokens are signed with").add_subparsers(metavar="ACTION", required=True)
    add(keys, "rotate", "sign with a new key from now on", lazily("clients", "rotate_keys"))


def add_partners(commands: Subcommands) -> None:
    """Partner systems and what they may hear."""
    partners = add(commands, "partners", "systems that hear events").add_subparsers(metavar="ACTION", required=True)
    new = add(partners, "add", "make a broker user and a queue of its own; prints how to reach it",
              lazily("partners", "add"))  # fmt: skip
    new.add_argument("name", help="lower-case letters, digits and hyphens")
    new.add_argument("--events", required=True, help="event names, separated by commas")
    new.add_argument(
        "--from", dest="start", choices=("now", "beginning"), default="now", help="of the logs, or from now on"
    )
    add(partners, "list", "who hears what", lazily("partners", "show_all"))
    add(partners, "remove", "take user and queue away", lazily("partners", "remove")).add_argument(
        "name", help="of a partner"
    )


def add_staff(commands: Subcommands) -> None:
    """People of the house."""
    staff = add(commands, "staff", "people of the house").add_subparsers(metavar="ACTION", required=True)
    new = add(staff, "add", "put an account into a group; the first administrator comes this way",
              lazily("staff", "add"))  # fmt: skip
    new.add_argument("email", help="of an account that exists")
    new.add_argument("--group", required=True, help="support, reviewer, programme-manager, administrator, or another")
    add(staff, "list", "groups and their members", lazily("staff", "show_all"))


def add_parked(commands: Subcommands) -> None:
    """Events that a service could not take."""
    parked = add(commands, "parked", "events that a service could not take").add_subparsers(
        metavar="ACTION", required=True
    )
    shown = add(parked, "list", "what waits, and why", lazily("parked", "show_all"))
    add_service(shown, "service", "all without it", nargs="?")
    for name, words in (("retry", "take a subject's events again, in order, all or none"),
                        ("skip", "give one event up for good")):  # fmt: skip
        command = add(parked, name, words, lazily("parked", name))
        add_service(command, "service", "where it is parked")
        command.add_argument("id", help="as the list prints it")
        if name == "skip":
            command.add_argument("--why", required=True, help="kept with the event")


if __name__ == "__main__":
    sys.exit(main())
