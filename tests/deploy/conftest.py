"""Machines that lack things: fake programs in a folder that is the whole PATH."""

from pathlib import Path

import pytest

from deploy import broker, packages, postgres


@pytest.fixture
def machine(tmp_path, monkeypatch) -> "Machine":
    """A machine with a plain user and no programs at all."""
    bare = Machine(tmp_path / "bin", monkeypatch)
    bare.folder.mkdir()
    monkeypatch.setenv("PATH", str(bare.folder))
    monkeypatch.delenv("AMQP_URI", raising=False)
    monkeypatch.delenv("DATABASE_ADMIN_URL", raising=False)
    monkeypatch.setattr(broker, "PLACES", (str(bare.folder / "rabbitmq-server"),))
    monkeypatch.setattr(postgres, "PLACES", (str(bare.folder / "postgresql"),))
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(packages.sys.stdin, "isatty", lambda: False, raising=False)
    return bare


class Machine:
    """What the tests put onto the machine."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.diary = folder.parent / "diary"
        self._monkeypatch = monkeypatch

    def has(self, program: str, script: str = "exit 0") -> None:
        """Install a fake program that notes how it was called, then runs `script`."""
        file = self.folder / program
        file.write_text(f'#!/bin/sh\necho "{program} $*" >> "{self.diary}"\n{script}\n')
        file.chmod(0o755)

    def is_used_by_root(self) -> None:
        """Let the user be root."""
        self._monkeypatch.setattr(packages.os, "geteuid", lambda: 0)

    def calls(self) -> list[str]:
        """How the programs were called, in order."""
        return self.diary.read_text().splitlines() if self.diary.exists() else []
