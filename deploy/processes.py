"""Child processes that never outlive whoever started them."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
PAUSE = 0.05

Output = int | IO[bytes]


def spawn(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    output: Output = subprocess.DEVNULL,
    death_signal: signal.Signals = signal.SIGKILL,
    owner: tuple[int, int] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own; it gets `death_signal` when this process dies; `owner` is (uid, gid)."""
    uid, gid = owner or (None, None)
    return subprocess.Popen(
        list(command),
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=uid,
        group=gid,
        extra_groups=None if owner is None else [],
        preexec_fn=leash(death_signal),  # noqa: PLW1509 - the only way to set a parent-death signal; it calls prctl only
    )


def let_others_first(pid: int, niceness: int) -> None:
    """Give a session's leader less of scarce processors: by 0 (no less) to 19, among processes and among sessions."""
    if niceness:
        own = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, pid, min(own + niceness, 19))
        with suppress(OSError):  # a kernel that does not share processors out by sessions has no such file
            Path(f"/proc/{pid}/autogroup").write_text(str(niceness))


def leash(death_signal: signal.Signals) -> Callable[[], None] | None:
    """What ties a child to this process; None outside the main thread: the kernel would tie it to the thread."""
    if os.uname().sysname != "Linux" or not in_main_thread():
        return None
    parent, prctl = os.getpid(), ctypes.CDLL(None, use_errno=True).prctl

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os._exit(1)

    return tie


def in_main_thread() -> bool:
    """Whether the kernel sees this code in the process's first thread; `threading` itself may be green."""
    status = Path("/proc/thread-self/stat").read_text()
    return int(status.split(" ", 1)[0]) == os.getpid()


def end(
    process: subprocess.Popen[bytes] | None, *, how: signal.Signals = signal.SIGTERM, patience: float = 5.0
) -> None:
    """Ask a child to end with `how`; after `patience` seconds it is killed; an ended child is fine."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    if not until(lambda: process.poll() is not None, patience):
        process.kill()
        process.wait(10)


def end_orphan(pid_file: Path, *, owned: str) -> None:
    """Kill what an earlier run left: the process in `pid_file`, if its command line or environment names `owned`."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if not belongs(pid, owned):
        return
    os.kill(pid, signal.SIGKILL)
    until(lambda: not belongs(pid, owned), 5.0)


def belongs(pid: int, owned: str) -> bool:
    """Whether the process lives and its command line or environment names `owned`."""
    needle = os.fsencode(owned)
    return any(needle in glimpse(pid, what) for what in ("cmdline", "environ"))


def glimpse(pid: int, what: str) -> bytes:
    """One of the kernel's files on a process; empty when it is gone or not ours to see."""
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


def until(condition: Callable[[], bool], patience: float) -> bool:
    """Whether `condition` came true within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(PAUSE)
    return True
