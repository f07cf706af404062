"""Where the outside judges' programs are; one that is missing fails the tests in CI and is told loudly elsewhere."""

import os
import shutil
import sys
from pathlib import Path

CONFORMANCE = Path(__file__).resolve().parents[1] / "conformance"
HOW = "get it by: .venv/bin/python -m deploy.prepare_tests"


class JudgeMissing(Exception):
    """A judge's program is not on this machine; the message says which, and how to get it."""


def program(name: str) -> str:
    """The path of a program."""
    found = shutil.which(name)
    if found is None:
        raise JudgeMissing(f"{name} is not on this machine; {HOW}")
    return found


def package(file: str) -> Path:
    """A file of an npm package, as `axe-core/axe.min.js`."""
    found = CONFORMANCE / "node_modules" / file
    if not found.exists():
        raise JudgeMissing(f"the npm package {file.partition('/')[0]} is not installed; {HOW}")
    return found


def must_be_complete() -> bool:
    """Whether a missing judge fails the run."""
    return bool(os.environ.get("CI"))


def node() -> str:
    """The Node of our own environment: Debian's is too old for some judges."""
    return str(Path(sys.executable).with_name("node"))
