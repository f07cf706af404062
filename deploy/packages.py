"""Install Debian packages as root or by sudo; every way that is closed is told in one sentence."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

PATIENCE = 900
Installer = Callable[[], None]
CLUSTER_NOTE = "/etc/postgresql-common/createcluster.d/certtrack.conf"


class NotInstallable(Exception):
    """A package cannot be installed here; the message is a clause that says why."""


def install(*packages: str) -> None:
    """Install packages with apt-get; NotInstallable when there is no apt-get, no right to use it, or it fails."""
    as_root = way_to_root()
    print(f"Installing {', '.join(packages)} with apt-get ...", flush=True)
    done = attempt(as_root, packages)
    if done.returncode != 0:
        done = apt(as_root, "update")
        done = attempt(as_root, packages) if done.returncode == 0 else done
    if done.returncode != 0:
        sys.stderr.write(done.stdout[-2000:])
        raise NotInstallable(f"apt-get could not install {' '.join(packages)}")


def install_rabbitmq() -> None:
    """Install the broker's package; the service that Debian would start beside ours is switched off again."""
    install("rabbitmq-server")
    if Path("/run/systemd/system").is_dir():
        quietly([*way_to_root(), "systemctl", "disable", "--now", "rabbitmq-server"])


def install_postgresql() -> None:
    """Install the database's package without the cluster that Debian would make and start."""
    as_root = way_to_root()
    note = f"mkdir -p {Path(CLUSTER_NOTE).parent} && echo create_main_cluster = false > {CLUSTER_NOTE}"
    quietly([*as_root, "sh", "-c", note])
    try:
        install("postgresql")
    finally:
        quietly([*as_root, "rm", "-f", CLUSTER_NOTE])


def way_to_root() -> list[str]:
    """What goes before a command that needs root: nothing, or sudo; NotInstallable when neither is open."""
    if shutil.which("apt-get") is None:
        raise NotInstallable("this machine has no apt-get")
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        raise NotInstallable("installing needs root and this machine has no sudo")
    if quietly(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    if sys.stdin.isatty():
        return ["sudo"]
    raise NotInstallable("installing needs root and sudo asks for a password")


def attempt(as_root: Sequence[str], packages: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Ask apt-get for the packages; it never asks back and keeps settings that are already there."""
    options = ("--yes", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold")
    return apt(as_root, "install", *options, *packages)


def apt(as_root: Sequence[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run apt-get and keep its words."""
    command = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    return subprocess.run(
        [*command, *arguments], stdin=None if sys.stdin.isatty() else subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False, timeout=PATIENCE,
    )  # fmt: skip


def quietly(command: Sequence[str]) -> bool:
    """Whether a command succeeded; its words are of no interest."""
    done = subprocess.run(list(command), stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=PATIENCE)
    return done.returncode == 0
