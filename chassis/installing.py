"""What a service database is: whose, with how many partitions, and in which life (epoch) its log is."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, inspect, select

from chassis.database import Database
from chassis.errors import StartRefused
from chassis.ids import random_id
from chassis.tables import epochs, heads, installation, relay_marks


@dataclass(frozen=True, slots=True)
class Epoch:
    """One life of a log: the sequences per partition that it begins after."""

    epoch: str
    starts_after: dict[int, int]


def install(database: Database, source: str, partitions: int) -> None:
    """Prepare an empty, migrated database; leaves an installed one alone. Raises StartRefused on a mismatch."""
    with database.write() as transaction:
        row = transaction.execute(select(installation)).one_or_none()
        if row is not None:
            _check(row.source, row.partitions, source, partitions)
            return
        transaction.execute(installation.insert().values(source=source, partitions=partitions))
        for partition in range(partitions):
            transaction.execute(heads.insert().values(partition=partition, last=0))
            transaction.execute(relay_marks.insert().values(partition=partition, sent=0))
        _begin(transaction, dict.fromkeys(range(partitions), 0))


def check(database: Database, source: str, partitions: int) -> str:
    """The epoch of an installed database; raises StartRefused when it is missing or another one's."""
    with database.read() as connection:
        migrated = inspect(connection).has_table(installation.name)
        row = connection.execute(select(installation)).one_or_none() if migrated else None
        if row is None:
            raise StartRefused(f"the database of {source} is not installed; run `certtrack migrate`")
        _check(row.source, row.partitions, source, partitions)
        return lives(connection)[-1].epoch


def lives(connection: Connection) -> list[Epoch]:
    """All epochs of this log, oldest first."""
    rows = connection.execute(select(epochs).order_by(epochs.c.number))
    return [Epoch(row.epoch, {int(key): value for key, value in row.starts_after.items()}) for row in rows]


def still_standing(lives: list[Epoch], epoch: str, partition: int, last: int) -> int:
    """Up to where a follower's log, read to `last` in `epoch`, is also today's; 0 for a life that is not known."""
    known = [life.epoch for life in lives]
    if epoch not in known:
        return 0
    return min([last, *(life.starts_after.get(partition, 0) for life in lives[known.index(epoch) + 1 :])])


def start_new_epoch(database_url: str) -> str:
    """Begin another life of the log after a restore, so that nobody mistakes new sequences for the lost ones."""
    database = Database(database_url)
    try:
        with database.write() as transaction:
            last = {row.partition: row.last for row in transaction.execute(select(heads))}
            return _begin(transaction, last)
    finally:
        database.close()


def _begin(transaction: Connection, last: dict[int, int]) -> str:
    number = transaction.execute(select(func.coalesce(func.max(epochs.c.number), 0))).scalar_one() + 1
    epoch = random_id()
    transaction.execute(
        epochs.insert().values(
            number=number,
            epoch=epoch,
            started_at=datetime.now(UTC),
            starts_after={str(partition): sequence for partition, sequence in last.items()},
        )
    )
    return epoch


def _check(source: str, partitions: int, wanted_source: str, wanted_partitions: int) -> None:
    if source != wanted_source:
        raise StartRefused(f"this database belongs to {source}, not to {wanted_source}")
    if partitions != wanted_partitions:
        raise StartRefused(
            f"{source} was installed with {partitions} partitions; CERTTRACK_PARTITIONS={wanted_partitions} is refused"
        )
