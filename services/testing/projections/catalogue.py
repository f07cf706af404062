"""The tables of the programme's catalogue as certification has activated them; empty while the release's apply."""

import json

from sqlalchemy import Column, Connection, String, Table, Text, select

import contracts
from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.testing.projections import METADATA

table = Table(
    "catalogue_in_force",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("version", String(40), nullable=False),
    Column("text", Text, nullable=False),
)


def project(rows: Rows, fact: Fact) -> None:
    """The last activation has all tables."""
    match fact.event:
        case contracts.CatalogueActivated(catalogue=version, tables=tables):
            for name, text in json.loads(tables).items():
                rows.put(table, name=name, version=version, text=text)


PROJECTION = Projection(name="catalogue", tables=(table,), project=project)


def version(connection: Connection) -> str:
    """Which version is in force; empty while the release's is."""
    return connection.execute(select(table.c.version).limit(1)).scalar_one_or_none() or ""


def texts(connection: Connection) -> dict[str, str]:
    """Its tables by name."""
    return {row.name: row.text for row in connection.execute(select(table.c.name, table.c.text))}
