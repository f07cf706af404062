"""`python -m tests.chassis.services_under_test.runner NAME`: a service of this folder, run exactly as the real ones."""

from chassis import run  # first: it makes the process green

# isort: split
import importlib
import json
import os
import sys


def service_class(name: str) -> type:
    """The service class of a module here."""
    kind = importlib.import_module(f"tests.chassis.services_under_test.{name}").SERVICE
    assert isinstance(kind, type)
    return kind


def turn(knobs: dict[str, object]) -> None:
    """Set module constants, such as pauses, to what a test can wait for."""
    for name, value in knobs.items():
        module, _, constant = name.rpartition(".")
        setattr(importlib.import_module(module), constant, value)


if __name__ == "__main__":
    turn(json.loads(os.environ.get("KNOBS", "{}")))
    run.service_class = service_class
    sys.exit(run.main(sys.argv[1]))
