# ruff: noqa: T201  this is a command
"""Prove `make run` and `make test` on a clean Debian 12: run as root by hand, or in a CI that has root.

    python3 tests/deploy/clean_machine.py [--as root|sudo] [--worktree] [--tests=-q]

Needs `debootstrap` and this machine's own way to packages: its apt and pip configuration is copied into the clean root.
The root has python3, git, make, sudo and certificates, and lacks python3-venv, pip, RabbitMQ and PostgreSQL.
"""

import argparse
import json
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PACKAGES = "python3,git,make,ca-certificates,sudo"
ABSENT = ("python3-venv", "python3-pip", "rabbitmq-server", "postgresql")
COPIED = ("etc/apt", "etc/pip.conf", "etc/resolv.conf", "etc/ssl/certs", "usr/local/share/ca-certificates",
          "usr/share/keyrings")  # fmt: skip
FIRST_PATIENCE, LATER_PATIENCE, STOP_PATIENCE = 900, 10, 15


def main() -> int:
    """Build the clean root once, then prove everything in a fresh copy of it."""
    choices = options()
    if choices.inside:
        return inside(choices)
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        print("This needs root and the program debootstrap.", file=sys.stderr)
        return 1
    folder = choices.folder.resolve()
    root = folder / f"root-{choices.user}"
    build(folder / "base")
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "-a", str(folder / "base"), str(root)], check=True)
    home = settle(root, choices.user)
    clone(root / home.lstrip("/") / "certtrack", worktree=choices.worktree)
    code = enter(root, choices, home)
    if not choices.keep:
        shutil.rmtree(root)
    return code


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--as", dest="user", choices=("root", "sudo"), default="root", help="who runs make")
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp/certtrack-clean"), help="for the clean roots")
    parser.add_argument("--worktree", action="store_true", help="take uncommitted files too")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--tests", default="", help="also run make test with these pytest arguments")
    parser.add_argument("--keep", action="store_true", help="leave the root for looking around")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def build(base: Path) -> None:
    """A clean Debian 12 with this machine's apt and pip configuration."""
    if (base / "etc/certtrack-base").exists():
        return
    shutil.rmtree(base, ignore_errors=True)
    base.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(base), mirror()], check=True
    )
    for name in COPIED:
        source, target = Path("/") / name, base / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, symlinks=True)
        elif source.exists():
            target.unlink(missing_ok=True)
            shutil.copy2(source, target)
    (base / "etc/certtrack-base").touch()


def mirror() -> str:
    """Where this machine's own apt gets Debian from."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages"],
        capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    return next(line.split()[0] for line in listed if line.endswith(" bookworm"))


def settle(root: Path, user: str) -> str:
    """Make the user, check that the machine is clean, answer the home folder."""
    for package in ABSENT:
        there = subprocess.run(["chroot", str(root), "dpkg", "-s", package], capture_output=True, check=False)
        assert there.returncode != 0, f"{package} is there already"
    if user == "root":
        return "/root"
    subprocess.run(["chroot", str(root), "useradd", "--create-home", "--shell", "/bin/sh", "olga"], check=True)
    rule = root / "etc/sudoers.d/olga"
    rule.write_text("olga ALL=(ALL) NOPASSWD: ALL\n")
    rule.chmod(0o440)
    return "/home/olga"


def clone(target: Path, *, worktree: bool) -> None:
    """A fresh clone, or the working tree without what git ignores."""
    if not worktree:
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(CHECKOUT), str(target)], check=True)
        return
    target.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    packed = subprocess.Popen(["tar", "-c", "--null", "-T", "-"], cwd=CHECKOUT, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE)  # fmt: skip
    unpacked = subprocess.Popen(["tar", "-x", "--no-same-owner"], cwd=target, stdin=packed.stdout)
    assert packed.stdin is not None
    packed.stdin.write(listed)
    packed.stdin.close()
    assert (packed.wait(), unpacked.wait()) == (0, 0)


def enter(root: Path, choices: argparse.Namespace, home: str) -> int:
    """Run this script inside, with its own process tree; the network is this machine's."""
    arguments = ["--inside", "--database", choices.database, f"--tests={choices.tests}"]
    name = "root" if choices.user == "root" else "olga"
    work = shlex.join(["python3", "tests/deploy/clean_machine.py", *arguments])
    variables = {key: value for key, value in os.environ.items() if key.startswith("PIP_") and key != "PIP_FIND_LINKS"}
    words = " ".join(f"{key}={shlex.quote(value)}" for key, value in variables.items())
    (root / "inside.sh").write_text(f"cd {home}/certtrack && exec env LANG=C.UTF-8 {words} {work}\n")
    script = f"""set -e
mount --rbind /dev {root}/dev
mount -t proc proc {root}/proc
mount -t tmpfs tmpfs {root}/run
chroot {root} chown -R {name}: {home}/certtrack
exec chroot {root} su {name} -c 'sh /inside.sh'
"""
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--ipc", "--uts", "sh", "-c", script]
    return subprocess.run(command, check=False, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}).returncode


def inside(choices: argparse.Namespace) -> int:
    """First start, second start, busy port, then the tests; prints what it measured."""
    port = random.randint(15000, 30000)
    report: dict[str, object] = {"user": os.environ.get("USER", str(os.geteuid())), "database": choices.database}
    for name, patience in (("first", FIRST_PATIENCE), ("second", LATER_PATIENCE)):
        report |= {f"{name}_{what}": seconds for what, seconds in start_and_stop(choices, port, patience).items()}
    if choices.tests:
        done = subprocess.run(["make", "test", f"ARGS={choices.tests}"], check=False)
        report["tests"] = done.returncode
    print(json.dumps(report, indent=1))
    return 0 if report.get("tests", 0) == 0 else 1


def start_and_stop(choices: argparse.Namespace, port: int, patience: float) -> dict[str, float]:
    """Seconds until ready and until stopped by Ctrl-C."""
    began = time.monotonic()
    running = subprocess.Popen(
        ["make", "run", f"DATABASE={choices.database}", f"PORT={port}"],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert running.stdout is not None
    for line in running.stdout:
        print(line, end="", flush=True)
        if line.startswith("Ready"):
            break
    ready = time.monotonic() - began
    assert running.poll() is None, f"make run ended with {running.wait()}"
    with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
        assert answer.status == 200
    if patience == FIRST_PATIENCE:
        second = subprocess.run(["make", "run", f"PORT={port}"], capture_output=True, text=True, check=False)
        assert "already running" in second.stderr, second.stderr
        time.sleep(15)  # the demo programme is loaded
    assert ready < patience, f"ready only after {ready:.1f} s"
    began = time.monotonic()
    os.killpg(running.pid, signal.SIGINT)
    print(running.stdout.read(), flush=True)
    running.wait()
    stopped = time.monotonic() - began
    assert stopped < STOP_PATIENCE, f"stopped only after {stopped:.1f} s"
    return {"ready_s": round(ready, 1), "stopped_s": round(stopped, 1)}


if __name__ == "__main__":
    sys.exit(main())
