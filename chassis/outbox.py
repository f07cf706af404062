"""The permanent public log: rows numbered per partition, and the CloudEvents envelope that everybody sees."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, select

from chassis import serialization
from chassis.decider import Fact, Sealed
from chassis.ids import partition_of
from chassis.tables import heads, outbox, relay_marks

CONTENT_TYPE = "application/cloudevents+json"
EVERYBODY = "certtrack.internal"
PARTNERS = "certtrack.events"


def partition_of_event(event: Any, partitions: int) -> int:
    """Where a public event is numbered: by its candidate, so that one candidate's events keep their order."""
    return partition_of(getattr(event, "candidate_id", ""), partitions)


def row(event: Any, fact: Fact, epoch: str, partition: int, sequence: int) -> dict[str, Any]:
    """The row of `outbox` for a contract announced because of an own fact."""
    kind = type(event)
    return {
        "partition": partition,
        "sequence": sequence,
        "epoch": epoch,
        "name": kind.event_name,
        "schema_version": kind.version,
        "subject": getattr(event, "candidate_id", ""),
        "sealed": bool(serialization.sealed_fields(kind)),
        "data": serialization.to_json(event).decode(),
        "cause": fact.cause,
        "correlation": fact.correlation,
        "trace": fact.trace,
        "recorded_at": fact.recorded_at,
    }


def routing_key(source: str, partition: int, name: str) -> str:
    """`<source>.<partition>.<EventName>`."""
    return f"{source}.{partition}.{name}"


def envelope(source: str, stored: Any) -> bytes:
    """CloudEvents 1.0, structured JSON, of one outbox row."""
    document: dict[str, Any] = {
        "specversion": "1.0",
        "id": f"{source}/{stored.epoch}/{stored.partition}/{stored.sequence}",
        "source": f"urn:certtrack:{source}",
        "type": f"certtrack.{source}.{stored.name}.v{stored.schema_version}",
        "time": stored.recorded_at.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": f"urn:certtrack:schema:{source}:{stored.name}:v{stored.schema_version}",
        "partitionkey": stored.subject or source,
        "data": orjson.Fragment(stored.data),
    }
    optional = {
        "subject": stored.subject,
        "causationid": stored.cause,
        "correlationid": stored.correlation,
        "traceparent": stored.trace,
    }
    document.update((name, value) for name, value in optional.items() if value)
    return orjson.dumps(document)


def after(connection: Connection, partition: int, sequence: int, limit: int) -> list[Any]:
    """Rows behind a sequence, in order, at most `limit`."""
    statement = (
        select(outbox)
        .where(outbox.c.partition == partition, outbox.c.sequence > sequence)
        .order_by(outbox.c.sequence)
        .limit(limit)
    )
    return list(connection.execute(statement))


def last_of(connection: Connection) -> dict[int, int]:
    """The committed head of each partition."""
    return {row.partition: row.last for row in connection.execute(select(heads))}


def sent_of(connection: Connection) -> dict[int, int]:
    """Up to where the broker has confirmed each partition."""
    return {row.partition: row.sent for row in connection.execute(select(relay_marks))}


def received_fact(document: dict[str, Any], event: Any, revealed: Mapping[Sealed, str | None]) -> Fact:
    """Another service's public event as projections see it."""
    source, _epoch, partition, sequence = place(document)
    return Fact(
        event=event,
        source=source,
        subject=document.get("subject", ""),
        number=sequence,
        partition=partition,
        recorded_at=datetime.fromisoformat(document["time"]),
        cause=document["id"],
        correlation=document.get("correlationid", ""),
        trace=document.get("traceparent", ""),
        revealed=revealed,
    )


def place(document: dict[str, Any]) -> tuple[str, str, int, int]:
    """Source, epoch, partition and sequence of an envelope, from its id."""
    source, epoch, partition, sequence = document["id"].split("/")
    return source, epoch, int(partition), int(sequence)


def name_and_version(document: dict[str, Any]) -> tuple[str, str, int]:
    """Source, event name and version of an envelope, from its type."""
    _, source, name, version = document["type"].split(".")
    return source, name, int(version.removeprefix("v"))
