"""Answers of services about one candidate, kept until an event says that something has changed for that candidate.

An answer is kept only if nothing was heard about the candidate while it was asked for, it knew everything heard before,
and it was complete up to when this gateway began to listen. So whatever it misses will be heard of, and drop it.
"""

import itertools
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from gateway import marks
from gateway.marks import Mark
from gateway.rpc import Reply

LONGEST = 60.0
"""Seconds; what no event tells of, such as an address that runs out at noon, is asked for again after so long."""
MOST_CANDIDATES = 1000

Question: TypeAlias = tuple[str, str, tuple[tuple[str, Any], ...]]
"""Service, method, arguments."""


@dataclass(slots=True)
class Kept:
    """An answer in memory; `marks` are what it was asked to know, `told_at` (unix seconds) is for people."""

    reply: Reply
    marks: tuple[Mark, ...]
    until: float
    day: date
    told_at: float
    valid: bool = True


@dataclass(frozen=True, slots=True)
class Ticket:
    """What was known about a candidate when a question was sent."""

    candidate_id: str
    life: int
    change: int
    marks: tuple[Mark, ...]
    asked_at: float
    day: date


@dataclass(slots=True)
class Known:
    """All that is remembered about one candidate since `born`: up to where the logs had been heard when it began."""

    born: dict[tuple[str, int], tuple[str, int]]
    change: int = 0
    marks: tuple[Mark, ...] = ()
    kept: dict[Question, Kept] = field(default_factory=dict)


class Answers:
    """Kept answers by candidate; `listening` and `deaf` tell when events can be relied on."""

    def __init__(self, most: int = MOST_CANDIDATES) -> None:
        self._most = most
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._heard: dict[tuple[str, int], tuple[str, int]] = {}
        self._numbers = itertools.count(1)
        self._life = 0
        self._since: float | None = None
        self._stands_for: dict[str, str] = {}
        """Absorbed records, each with the one that stands for it, as far as events have told."""

    @property
    def is_listening(self) -> bool:
        """Whether events arrive; without them nothing is kept or found."""
        return self._since is not None

    # what is heard

    def listening(self) -> None:
        """From now on every event is heard."""
        self.empty()
        self._heard.clear()
        self._since = time.time()

    def deaf(self) -> None:
        """Events are missed from now on."""
        self._since = None
        self.empty()

    def hear(self, event: Mapping[str, Any]) -> None:
        """Something happened: whoever is named in the event has to be asked about again."""
        source, epoch, partition, sequence = event["id"].split("/")
        mark = Mark(source, epoch, int(partition), int(sequence))
        if not self._continues(mark):
            self.listening()
            self._heard[mark.source, mark.partition] = (mark.epoch, mark.sequence)
        subject = event.get("subject", "")
        if not subject:
            self.empty()
            return
        known = self._change(subject)
        known.marks = marks.merge(known.marks, (mark,))
        for other in event.get("data", {}).values():
            if isinstance(other, str) and other != subject and other in self._known:
                self._change(other)
        self._follow_merges(subject, event)
        if event["type"].startswith("certtrack.identity.AccountErased."):
            known.kept.clear()

    def _follow_merges(self, subject: str, event: Mapping[str, Any]) -> None:
        """What happens to an absorbed record changes what is shown of the one that stands for it."""
        name = event["type"].removeprefix("certtrack.identity.")
        if name.startswith("AccountsMerged."):
            self._stands_for[event["data"]["absorbed_id"]] = subject
        elif name.startswith("AccountsSeparated."):
            self._stands_for.pop(event["data"]["absorbed_id"], None)
        if subject in self._stands_for:
            self._change(self._stands_for[subject])

    def _continues(self, mark: Mark) -> bool:
        """Whether nothing is missing between the last event of this log and this one; repeated ones are no harm."""
        place = (mark.source, mark.partition)
        epoch, last = self._heard.get(place, (mark.epoch, mark.sequence - 1))
        if epoch != mark.epoch or mark.sequence > last + 1:
            return False
        self._heard[place] = (epoch, max(last, mark.sequence))
        return True

    def forget(self, candidate_id: str) -> None:
        """Nothing about this candidate may be shown any more."""
        self._change(candidate_id).kept.clear()

    def empty(self) -> None:
        """Nothing can be relied on; what was known stays for when a service is silent."""
        self._life += 1
        for known in self._known.values():
            for kept in known.kept.values():
                kept.valid = False

    def _change(self, candidate_id: str) -> Known:
        known = self._of(candidate_id)
        known.change = next(self._numbers)
        for kept in known.kept.values():
            kept.valid = False
        return known

    # what is asked

    def find(self, candidate_id: str, question: Question, at_least: Iterable[Mark]) -> Kept | None:
        """The kept answer, if it is as good as a fresh one for somebody who has seen or written `at_least`."""
        known = self._known.get(candidate_id)
        kept = None if known is None else known.kept.get(question)
        if kept is None or not kept.valid or self._since is None:
            return None
        if kept.until <= time.monotonic() or kept.day != _today():
            return None
        assert known is not None
        return kept if all(self._is_covered(mark, kept, known) for mark in at_least) else None

    def last_known(self, candidate_id: str, question: Question) -> Kept | None:
        """What was answered last, for when there is nothing better."""
        known = self._known.get(candidate_id)
        return None if known is None else known.kept.get(question)

    def ticket(self, candidate_id: str, at_least: Iterable[Mark]) -> Ticket:
        """Taken before a question is sent; its marks are what the answer must know."""
        known = self._of(candidate_id)
        wanted = marks.merge(known.marks, at_least)
        return Ticket(candidate_id, self._life, known.change, wanted, time.monotonic(), _today())

    def keep(self, ticket: Ticket, question: Question, reply: Reply) -> None:
        """Keep an answer to a question that was sent with this ticket."""
        known = self._of(ticket.candidate_id)
        if known.change != ticket.change:
            return
        lives = min(LONGEST, _good_for(reply.result))
        known.kept[question] = Kept(
            reply,
            ticket.marks,
            until=ticket.asked_at + lives,
            day=ticket.day,
            told_at=reply.as_of or time.time(),
            valid=ticket.life == self._life and self._is_complete(reply),
        )

    def _is_complete(self, reply: Reply) -> bool:
        """Whether what the reply may miss will be heard of here."""
        since = self._since
        return since is not None and not reply.stale and (reply.as_of is None or reply.as_of >= since)

    def _is_covered(self, mark: Mark, kept: Kept, known: Known) -> bool:
        """Whether the answer was asked to know the mark, or would have been dropped when it was heard."""
        if any(mark[:3] == one[:3] and mark.sequence <= one.sequence for one in kept.marks):
            return True
        place = (mark.source, mark.partition)
        epoch, last = self._heard.get(place, ("", 0))
        born_epoch, before = known.born.get(place, (epoch, 0))
        return epoch == born_epoch == mark.epoch and before < mark.sequence <= last

    def _of(self, candidate_id: str) -> Known:
        known = self._known.get(candidate_id)
        if known is None:
            known = self._known[candidate_id] = Known(dict(self._heard))
        self._known.move_to_end(candidate_id)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return known


def question(service: str, method: str, arguments: Mapping[str, Any]) -> Question:
    """What is asked, as a key."""
    return (service, method, tuple(sorted(arguments.items())))


def _good_for(result: Any) -> float:
    """An answer may say itself for how many seconds it is good."""
    return float(result.get("good_for", LONGEST)) if isinstance(result, dict) else LONGEST


def _today() -> date:
    """Answers speak of days, and days turn at midnight UTC."""
    return datetime.now(UTC).date()
