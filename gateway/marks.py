"""Own writes: marks (source, epoch, partition, sequence) of what a caller has written, newest per source."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

MOST = 8
"""Marks beyond this many are forgotten: they only speed up what comes by itself."""
LONGEST_PART = 64
PARTS = 4


class Mark(NamedTuple):
    """A place in one service's public log."""

    source: str
    epoch: str
    partition: int
    sequence: int


def of(written: Sequence[object] | None) -> tuple[Mark, ...]:
    """The mark in a command's answer; none when nothing public was written."""
    if not written:
        return ()
    source, epoch, partition, sequence = written
    return (Mark(str(source), str(epoch), int(str(partition)), int(str(sequence))),)


def merge(old: Iterable[Mark], new: Iterable[Mark]) -> tuple[Mark, ...]:
    """The newest mark per source and partition; another epoch replaces the older one."""
    kept = {(mark.source, mark.partition): mark for mark in old}
    for mark in new:
        known = kept.pop((mark.source, mark.partition), mark)
        kept[mark.source, mark.partition] = max(known, mark) if known.epoch == mark.epoch else mark
    return tuple(kept.values())[-MOST:]


def write(marks: Iterable[Mark]) -> str:
    """Marks in one header value: `source/epoch/partition/sequence`, separated by commas."""
    return ", ".join("/".join(map(str, mark)) for mark in marks)


def read(text: str) -> tuple[Mark, ...]:
    """Marks out of a header value; what cannot be read is left out, because a mark is only a hint."""
    found = (_read_one(part.strip()) for part in text.split(",", MOST)[:MOST])
    return merge((), (mark for mark in found if mark is not None))


def _read_one(text: str) -> Mark | None:
    parts = text.split("/")
    if len(parts) != PARTS or not all(part.isascii() and 0 < len(part) <= LONGEST_PART for part in parts):
        return None
    source, epoch, partition, sequence = parts
    if not (partition.isdecimal() and sequence.isdecimal()) or len(partition + sequence) > LONGEST_PART // 2:
        return None
    return Mark(source, epoch, int(partition), int(sequence))
