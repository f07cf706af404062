"""`python -m chassis.migrate SERVICE`: bring a service's database to the tables of this release; may run again."""

import importlib
import os
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config

from chassis.database import Database
from chassis.errors import StartRefused
from chassis.installing import install

FRAME = Path(__file__).parent / "migrations"


def configuration(service: str, database_url: str) -> Config:
    """Alembic's settings: the chassis's own tables and the service's are two branches of one database."""
    package = importlib.import_module(f"services.{service}")
    own = Path(package.__path__[0]) / "migrations" / "versions"
    config = Config()
    config.set_main_option("script_location", str(FRAME))
    config.set_main_option("version_locations", f"{FRAME / 'versions'}{os.pathsep}{own}")
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config


def migrate(service: str, database_url: str, partitions: int) -> None:
    """Create or upgrade the tables; raises StartRefused for another service's database or partition count."""
    command.upgrade(configuration(service, database_url), "heads")
    database = Database(database_url)
    try:
        install(database, service, partitions)
    finally:
        database.close()


def main(service: str) -> int:
    """Exit code 0, or 2 with one line on what is wrong."""
    try:
        migrate(service, os.environ["DATABASE_URL"], int(os.environ.get("CERTTRACK_PARTITIONS", "1")))
    except (StartRefused, KeyError) as refused:
        print(refused, file=sys.stderr)  # noqa: T201  this is a command
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
