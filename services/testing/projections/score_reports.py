"""How was each domain of the blueprint answered? Percentages only, for the score report (F10.9)."""

import json

from sqlalchemy import Column, Connection, String, Table, Text, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.testing.domain.results import DomainScore, ExamFailed, ExamPassed, ScoreDetailed
from services.testing.projections import METADATA

table = Table(
    "testing_score_domains",
    METADATA,
    Column("result_id", String(40), primary_key=True),
    Column("domains", Text, nullable=False),
)


def project(rows: Rows, fact: Fact) -> None:
    """The newest percentages of each result."""
    match fact.event:
        case ExamPassed(sitting=sitting) | ExamFailed(sitting=sitting):
            _put(rows, sitting.result_id, sitting.domains)
        case ScoreDetailed(result_id=result_id, domains=domains):
            _put(rows, result_id, domains)


def _put(rows: Rows, result_id: str, domains: tuple[DomainScore, ...]) -> None:
    if domains:
        plain = [{"name": one.name, "percent": one.percent} for one in domains]
        rows.put(table, result_id=result_id, domains=json.dumps(plain, ensure_ascii=False))


PROJECTION = Projection(name="score_reports", tables=(table,), project=project)


def domains_of(connection: Connection, result_id: str) -> tuple[DomainScore, ...]:
    """The percentages of one result; empty where the provider sent none."""
    text = connection.execute(select(table.c.domains).where(table.c.result_id == result_id)).scalar_one_or_none()
    return tuple(DomainScore(**one) for one in json.loads(text)) if text else ()
