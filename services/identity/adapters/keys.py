"""Candidates' data keys, kept in identity's own database under the deployment's master key."""

import base64
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

from chassis.projections import Rows
from chassis.sealing import new_key, unwrap, wrap


class Store(Protocol):
    """Where wrapped keys lie."""

    def stored(self, connection: Connection, candidate_ids: Collection[str]) -> dict[str, str | None]:
        """Wrapped keys by candidate; None for a destroyed one, nothing for one that was never made."""
        ...

    def remember(self, rows: Rows, candidate_id: str, wrapped: str) -> None:
        """Keep a new key; whatever is there already stays."""
        ...

    def destroy(self, rows: Rows, candidate_id: str) -> None:
        """Take the key away for good."""
        ...


class LocalKeys:
    """The keys as identity itself uses them, and as it hands them to the services that show personal data."""

    def __init__(
        self,
        master: bytes,
        store: Store,
        *,
        read: Callable[[], AbstractContextManager[Connection]],
        write: Callable[[Callable[[Rows], None]], object],
    ) -> None:
        self._master = master
        self._store = store
        self._read = read
        self._write = write

    def keys_for(self, candidate_ids: Collection[str]) -> dict[str, bytes | None]:
        """Keys by candidate id; None for an erased or unknown candidate."""
        with self._read() as connection:
            wrapped = self._store.stored(connection, candidate_ids)
        return {one: self._unwrapped(wrapped.get(one)) for one in candidate_ids}

    def as_text(self, candidate_ids: Collection[str]) -> dict[str, str | None]:
        """The same keys in base64, as they cross the wire."""
        keys = self.keys_for(candidate_ids)
        return {one: None if key is None else base64.b64encode(key).decode() for one, key in keys.items()}

    def create(self, candidate_id: str) -> bytes | None:
        """The candidate's key, made at the first call in a transaction of its own; None once it was destroyed."""
        with self._read() as connection:
            known = candidate_id in self._store.stored(connection, (candidate_id,))
        if not known:
            wrapped = wrap(self._master, new_key())
            self._write(lambda rows: self._store.remember(rows, candidate_id, wrapped))
        return self.keys_for((candidate_id,))[candidate_id]

    def destroy(self, rows: Rows, candidate_id: str) -> None:
        """Take the key away for good, in the transaction that these rows belong to."""
        self._store.destroy(rows, candidate_id)

    def _unwrapped(self, wrapped: str | None) -> bytes | None:
        return None if wrapped is None else unwrap(self._master, wrapped)
