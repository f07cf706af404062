"""Installed, empty databases of services; on SQLite each is a copy of one that was made once."""

import shutil
import tempfile
from pathlib import Path

from sqlalchemy import MetaData

from chassis.database import Database
from chassis.installing import install
from chassis.tables import FRAME

SQLITE = "sqlite:///"
_folder = tempfile.TemporaryDirectory(prefix="certtrack-templates-")
_templates: dict[tuple[str, int, int], Path] = {}


def installed(url: str, source: str, metadata: MetaData, partitions: int = 1) -> None:
    """Make the tables of the frame and of a service in an empty database, and install it."""
    if not url.startswith(SQLITE):
        _install(url, source, metadata, partitions)
        return
    kind = (source, id(metadata), partitions)
    if kind not in _templates:
        _templates[kind] = Path(_folder.name) / f"{len(_templates)}.sqlite"
        _install(f"{SQLITE}{_templates[kind]}", source, metadata, partitions)
    shutil.copyfile(_templates[kind], url.removeprefix(SQLITE))


def _install(url: str, source: str, metadata: MetaData, partitions: int) -> None:
    database = Database(url)
    with database.write() as transaction:
        FRAME.create_all(transaction, checkfirst=False)
        metadata.create_all(transaction, checkfirst=False)
    install(database, source, partitions)
    database.close()
