"""Give the tests the servers and judges they need; a way that is closed is told once, tests that need it then skip."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy import broker, packages, postgres
from deploy.environment import ROOT

JUDGES = ROOT / "tests" / "conformance"
PROGRAMS = {"java": "default-jre-headless", "chromium": "chromium", "qpdf": "qpdf"}
"""Programs of judges, and the Debian packages they come with."""
LIBRARIES = ("libatomic1", "fonts-noto-core", "fonts-noto-cjk")
"""What Node needs on a bare machine, and the scripts of people's names in pictures."""
PATIENCE = 600


def main() -> int:
    """Install what is missing where that is possible."""
    if broker.find_server() is None:
        attempt("RabbitMQ", packages.install_rabbitmq)
    if postgres.find_programs() is None:
        attempt("PostgreSQL", packages.install_postgresql)
    if missing := missing_packages():
        attempt(f"complete set of judges ({', '.join(missing)})", lambda: packages.install(*missing))
    attempt("complete set of judges (npm packages)", install_judges)
    return 0


def attempt(what: str, install: packages.Installer) -> None:
    """Install, or say why not."""
    try:
        install()
    except packages.NotInstallable as why:
        print(f"No {what} on this machine and {why}: tests that need it are skipped.", flush=True)


def missing_packages() -> list[str]:
    """Debian packages whose program or library is not here."""
    programs = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    return [*programs, *(name for name in LIBRARIES if not is_installed(name))]


def is_installed(name: str) -> bool:
    """Whether Debian knows the package as installed; True where there is no Debian to ask."""
    if shutil.which("dpkg-query") is None:
        return True
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", name], capture_output=True, text=True, check=False)
    return asked.stdout.endswith(" installed")


def install_judges() -> None:
    """Bring node_modules to what the lock says; a finished one is recognised in an instant."""
    stamp = JUDGES / "node_modules" / "certtrack-stamp"
    wanted = hashlib.sha256((JUDGES / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing the judges of tests/conformance with npm ...", flush=True)
    done = subprocess.run(
        [programs_of_node() / "npm", "ci"], cwd=JUDGES, env=npm_environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    if done.returncode != 0:
        sys.stderr.write(done.stdout[-2000:])
        raise packages.NotInstallable("npm could not install them")
    stamp.write_text(wanted)


def npm_environment() -> dict[str, str]:
    """Node of our own environment, which trusts whom the machine trusts."""
    return os.environ | {"PATH": f"{programs_of_node()}:{os.environ['PATH']}", "NODE_USE_SYSTEM_CA": "1"}


def programs_of_node() -> Path:
    """Where node and npm are: beside Python."""
    return Path(sys.executable).parent


if __name__ == "__main__":
    sys.exit(main())
