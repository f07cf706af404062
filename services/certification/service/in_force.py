"""The catalogue in force: that of the release until another one is activated; every process follows within a second."""

import time
from dataclasses import dataclass, field
from functools import lru_cache
from weakref import WeakKeyDictionary

from chassis.frame import Frame
from chassis.service import DeskAtWork
from services.certification.adapters import catalogue_files
from services.certification.domain.catalogue import Catalogue
from services.certification.projections import catalogues

TRUSTED_SECONDS = 1.0
"""How long a process goes on without looking whether another one has activated a change."""
RESTLESS_SECONDS = 5.0
"""How long this process looks each time after it has decided an activation itself."""


@dataclass(slots=True)
class _Held:
    change_id: str | None
    catalogue: Catalogue
    since: float = field(default_factory=time.monotonic)
    trusted_until: float = 0.0
    restless_until: float = 0.0


_held: WeakKeyDictionary[Frame, _Held] = WeakKeyDictionary()


def in_force(desk: DeskAtWork) -> Catalogue:
    """The catalogue that decides now; raises CatalogueError if this release cannot read what is in force."""
    held = _held.get(desk.frame)
    if held is None:
        held = _held.setdefault(desk.frame, _Held(None, catalogue_files.load()))
    now = time.monotonic()
    if now > held.trusted_until or now < held.restless_until:
        _look(desk, held)
        held.trusted_until = now + TRUSTED_SECONDS
    return held.catalogue


def expect_another(desk: DeskAtWork) -> None:
    """An activation is being decided here: look each time for a while, so that its own process follows at once."""
    in_force(desk)
    _held[desk.frame].restless_until = time.monotonic() + RESTLESS_SECONDS


def seconds_in_force(desk: DeskAtWork) -> float:
    """How long this process has gone by the catalogue in force; the others notice within `TRUSTED_SECONDS`."""
    in_force(desk)
    return time.monotonic() - _held[desk.frame].since


def tables_in_force(desk: DeskAtWork) -> dict[str, bytes]:
    """The tables of the catalogue in force, by name."""
    with desk.read() as connection:
        change_id = catalogues.in_force(connection)
        texts = catalogues.texts(connection, change_id) if change_id else {}
    return {name: text.encode() for name, text in texts.items()} if change_id else catalogue_files.delivered()


def read_tables(tables: dict[str, bytes]) -> Catalogue:
    """The catalogue in these tables, the same instance for the same tables; raises CatalogueError."""
    return _read(tuple(sorted(tables.items())))


def _look(desk: DeskAtWork, held: _Held) -> None:
    with desk.read() as connection:
        change_id = catalogues.in_force(connection)
    if change_id != held.change_id:
        held.catalogue = read_tables(tables_in_force(desk)) if change_id else catalogue_files.load()
        held.change_id, held.since = change_id, time.monotonic()


@lru_cache(maxsize=4)
def _read(tables: tuple[tuple[str, bytes], ...]) -> Catalogue:
    return catalogue_files.read(dict(tables))
