"""Give the tests the servers' programs they need; a way that is closed is told once, the tests themselves then skip."""

import sys

from deploy import broker, packages, postgres


def main() -> int:
    """Install what is missing where that is possible."""
    if broker.find_server() is None:
        attempt("RabbitMQ", packages.install_rabbitmq)
    if postgres.find_programs() is None:
        attempt("PostgreSQL", packages.install_postgresql)
    return 0


def attempt(server: str, install: packages.Installer) -> None:
    """Install, or say why not."""
    try:
        install()
    except packages.NotInstallable as why:
        print(f"No {server} on this machine and {why}: tests that need it are skipped.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
