"""Make the project's own Python environment in .venv; needs nothing but a Python 3.11 and its standard library."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "certtrack-stamp"
NEWEST, OLDEST = 20, 11
BASE = getattr(sys, "_base_executable", sys.executable)
"""The interpreter beneath, should .venv itself be active."""

COMMAND = """\
#!/bin/sh
exec "{python}" -P -m deploy.cli "$@"
"""


def main() -> int:
    """Bring .venv to what requirements.lock says; a finished one is recognised in an instant."""
    if sys.version_info < (3, OLDEST):
        return use_newer_python()
    if STAMP.exists() and STAMP.read_text() == fingerprint():
        return 0
    return make_environment()


def make_environment() -> int:
    """Create .venv, install what is locked, write the `certtrack` command."""
    installer = installer_in_old_venv() or installer_in_venv() or installer_of_system() or installer_from_package()
    if installer is None:
        return 1
    print("Installing the Python packages of requirements.lock ...", flush=True)
    wanted = ["install", "--quiet", "--require-hashes", "--no-deps", "--disable-pip-version-check", "-r", str(LOCK)]
    if subprocess.run([*installer, *wanted], check=False).returncode != 0:
        return fail("The Python packages could not be installed: see pip's message above, then repeat the command.")
    write_command()
    STAMP.write_text(fingerprint())
    return 0


def installer_in_old_venv() -> list[str] | None:
    """The pip of the .venv that is there, or None when that was made elsewhere, by another Python, or is broken."""
    try:
        made_here = str(VENV) in (VENV / "pyvenv.cfg").read_text()
        version = subprocess.run([PYTHON, "-c", "import sys, pip; print(sys.version)"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    same = version.stdout.decode().strip() == sys.version
    return [str(PYTHON), "-m", "pip"] if made_here and same else None


def installer_in_venv() -> list[str] | None:
    """A fresh .venv with its own pip, or None where this Python cannot make one (Debian without python3-venv)."""
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run([BASE, "-m", "venv", str(VENV)], capture_output=True, check=False)
    return [str(PYTHON), "-m", "pip"] if done.returncode == 0 else None


def installer_of_system() -> list[str] | None:
    """A fresh .venv filled by the pip of the system's Python, or None where it has none."""
    shutil.rmtree(VENV, ignore_errors=True)
    pip = [BASE, "-m", "pip", "--python", str(PYTHON)]
    for command in ([BASE, "-m", "venv", "--without-pip", str(VENV)], [*pip, "--version"]):
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return None
    return pip


def installer_from_package() -> list[str] | None:
    """A fresh .venv after installing Debian's package for it; None after saying what to do."""
    sys.path.insert(0, str(ROOT))
    from deploy import packages

    package = f"python3.{sys.version_info.minor}-venv" if BASE.startswith("/usr/bin/") else "python3-venv"
    try:
        packages.install(package)
    except packages.NotInstallable as why:
        fail(f"Python's venv module is incomplete and {why}: install the package {package}, then repeat the command.")
        return None
    installer = installer_in_venv()
    if installer is None:
        fail(f"Even with the package {package}, {BASE} -m venv does not work: set PYTHON=/usr/bin/python3.")
    return installer


def write_command() -> None:
    """Put `certtrack` beside the interpreter and the checkout on its path, without building a package."""
    libraries = VENV / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    (libraries / "certtrack.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "certtrack"
    command.write_text(COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def fingerprint() -> str:
    """What .venv depends on: the lock, the interpreter, and where it lies."""
    parts = (LOCK.read_bytes(), sys.version.encode(), sysconfig.get_platform().encode(), bytes(VENV))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def use_newer_python() -> int:
    """Start again with the newest Python on the path; one sentence when all are too old."""
    for minor in range(NEWEST, OLDEST - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606 - the same script, a newer interpreter
    return fail(f"Certtrack needs Python 3.{OLDEST} or newer: install it, then repeat the command.")


def fail(sentence: str) -> int:
    """Tell the operator; the exit code."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
