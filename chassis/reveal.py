"""Opening sealed fields for projections, always before a transaction, with keys that are kept for a minute at most."""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import structlog

from chassis.command_handling import KeysNeeded
from chassis.decider import Fact, Sealed
from chassis.errors import Unavailable
from chassis.sealing import BrokenSeal, Keys, unseal
from chassis.serialization import sealed_fields

log = structlog.get_logger()

KEPT_SECONDS = 60.0


class Revealer:
    """A short cache of candidates' keys, and the clear text of sealed fields."""

    def __init__(self, keys: Keys | None, *, opens: bool = True) -> None:
        """`keys` is None where there are none; without `opens` projections leave sealed fields closed."""
        self._keys = keys
        self._opens = opens and keys is not None
        self._kept: dict[str, tuple[float, bytes | None]] = {}

    def fetch(self, candidate_ids: Collection[str]) -> None:
        """Make sure that these candidates' keys are at hand; raises Unavailable while identity is away."""
        if self._opens:
            self._fetch(candidate_ids)

    def _fetch(self, candidate_ids: Collection[str]) -> None:
        if self._keys is None:
            raise Unavailable("keys")
        now = time.monotonic()
        missing = {candidate for candidate in candidate_ids if not self._is_kept(candidate, now)}
        if missing:
            for candidate_id, key in self._keys.keys_for(missing).items():
                self._kept[candidate_id] = (now + KEPT_SECONDS, key)
        if len(self._kept) > 50_000:  # noqa: PLR2004  some megabytes
            self._kept = {name: kept for name, kept in self._kept.items() if kept[0] > now}

    def key(self, candidate_id: str) -> bytes | None:
        """The candidate's key; None once erased. Raises Unavailable."""
        self._fetch((candidate_id,))
        return self._kept[candidate_id][1]

    def forget(self, candidate_id: str) -> None:
        """Drop a key at once: the candidate was erased."""
        self._kept.pop(candidate_id, None)

    def require(self, events: Iterable[tuple[Any, str]]) -> None:
        """Raises KeysNeeded for (event, subject) pairs with sealed fields whose keys are not at hand."""
        if not self._opens:
            return
        now = time.monotonic()
        missing = {subject for event, subject in events if _boxes(event) and not self._is_kept(subject, now)}
        if missing:
            raise KeysNeeded(missing)

    def revealed(self, event: Any, subject: str) -> Mapping[Sealed, str | None]:
        """Clear text by sealed field, None where the candidate was erased; raises KeysNeeded without a key at hand."""
        boxes = _boxes(event)
        if not boxes or not self._opens:
            return {}
        if subject not in self._kept:  # dropped since it was required: the candidate was erased, or the cache was full
            raise KeysNeeded({subject})
        key = self._kept[subject][1]
        return {box: self._open(key, subject, box) for box in boxes}

    def opened(self, facts: list[Fact]) -> list[Fact]:
        """Stored facts with their sealed fields opened; fetches keys, so it may raise Unavailable."""
        self.fetch({fact.subject for fact in facts if _boxes(fact.event)})
        return [
            replace(fact, revealed=self.revealed(fact.event, fact.subject)) if _boxes(fact.event) else fact
            for fact in facts
        ]

    def _open(self, key: bytes | None, subject: str, box: Sealed) -> str | None:
        """A text sealed with a key that was destroyed and made anew is as good as erased."""
        if key is None:
            return None
        try:
            return unseal(key, subject, box)
        except BrokenSeal:
            log.warning("seal-broken", candidate_id=subject)
            return None

    def _is_kept(self, candidate_id: str, now: float) -> bool:
        kept = self._kept.get(candidate_id)
        return kept is not None and kept[0] > now


def _boxes(event: Any) -> list[Sealed]:
    """The sealed texts that an event really carries."""
    return [box for name in sealed_fields(type(event)) if (box := getattr(event, name)) is not None]
