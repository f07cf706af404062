"""The tables that every service database has besides its own projections."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.projections import Moment

FRAME = MetaData()
PlainJson = JSON().with_variant(JSONB(), "postgresql")
Counter = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only for INTEGER."""

installation = Table(
    "installation",
    FRAME,
    Column("source", String(40), primary_key=True),
    Column("partitions", SmallInteger, nullable=False),
)
"""One row: whose database this is, and the partition count that it was made with."""

epochs = Table(
    "epochs",
    FRAME,
    Column("number", Integer, primary_key=True),
    Column("epoch", String(26), nullable=False, unique=True),
    Column("started_at", Moment, nullable=False),
    Column("starts_after", PlainJson, nullable=False),
)
"""The log's lives: a restore begins a new one after the sequences named per partition in `starts_after`."""

events = Table(
    "events",
    FRAME,
    Column("position", Counter, primary_key=True, autoincrement=True),
    Column("stream", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    Column("schema_version", SmallInteger, nullable=False),
    Column("subject", String(60), nullable=False),
    Column("data", PlainJson, nullable=False),
    Column("cause", Text, nullable=False),
    Column("correlation", Text, nullable=False),
    Column("trace", String(55), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    UniqueConstraint("stream", "version", name="events_stream_version"),
    Index("events_subject", "subject", "position"),
)
"""The service's own facts, never changed; `position` ascends in commit order."""

heads = Table(
    "heads",
    FRAME,
    Column("partition", SmallInteger, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
"""The last sequence given out per partition; updated by the committing transaction, so a rollback takes it back."""

outbox = Table(
    "outbox",
    FRAME,
    Column("partition", SmallInteger, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("epoch", String(26), nullable=False),
    Column("name", String(80), nullable=False),
    Column("schema_version", SmallInteger, nullable=False),
    Column("subject", String(60), nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("data", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("correlation", Text, nullable=False),
    Column("trace", String(55), nullable=False),
    Column("recorded_at", Moment, nullable=False),
)
"""The permanent public log; rows are never deleted or made again."""

relay_marks = Table(
    "relay_marks",
    FRAME,
    Column("partition", SmallInteger, primary_key=True),
    Column("sent", BigInteger, nullable=False),
)
"""Up to where the broker has confirmed the public log."""

cursors = Table(
    "cursors",
    FRAME,
    Column("source", String(40), primary_key=True),
    Column("partition", SmallInteger, primary_key=True),
    Column("epoch", String(26), nullable=False),
    Column("last", BigInteger, nullable=False),
)
"""Up to where this service has applied each other service's log."""

commands_seen = Table(
    "commands_seen",
    FRAME,
    Column("id", Text, primary_key=True),
    Column("body", String(64), nullable=False),
    Column("outcome", String(80), nullable=False),
    Column("details", PlainJson, nullable=False),
    Column("stream", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("facts", Integer, nullable=False),
    Column("epoch", String(26), nullable=False),
    Column("partition", SmallInteger, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("from_event", Boolean, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("commands_seen_recorded_at", "from_event", "recorded_at"),
)
"""Every command that was answered, and how; no personal data."""

effects = Table(
    "effects",
    FRAME,
    Column("id", Text, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("payload", PlainJson, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=True),
    Column("attempts", Integer, nullable=False),
    Column("failure", Text, nullable=True),
    Column("done_at", Moment, nullable=True),
    Index("effects_due", "due_at"),
)
"""What has to happen outside; `due_at` is null once it is done."""

parked = Table(
    "parked",
    FRAME,
    Column("source", String(40), primary_key=True),
    Column("partition", SmallInteger, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("epoch", String(26), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("envelope", PlainJson, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("why", Text, nullable=True),
    Column("parked_at", Moment, nullable=False),
    Column("settled_at", Moment, nullable=True),
    Index("parked_open", "state", "source", "subject"),
)
"""Events that could not be applied: `parked`, then `retried` or `skipped` for good."""

proposals = Table(
    "proposals",
    FRAME,
    Column("proposal_id", String(40), primary_key=True),
    Column("action", String(60), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("arguments", PlainJson, nullable=False),
    Column("reason", Text, nullable=False),
    Column("sealed_reason", Text, nullable=True),
    Column("asked_by", String(60), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("lapses_on", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("settled_by", String(60), nullable=True),
    Column("settled_at", Moment, nullable=True),
    Column("answer", Text, nullable=True),
    Column("sealed_answer", Text, nullable=True),
    Index("proposals_state", "state", "asked_at"),
    Index("proposals_subject", "subject", "state"),
)
"""Actions that need a second person; the one projection that every service has."""
