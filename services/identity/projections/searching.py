"""Which candidates are called like this, live there, or hold that? Rows of names go with the account (R-P1)."""

from dataclasses import dataclass

from sqlalchemy import Column, Connection, Index, SmallInteger, String, Table, exists, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import ColumnElement

import contracts
from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.identity.domain.account_facts import AccountErased, NameChanged
from services.identity.domain.folding import LONGEST_WORD, MOST_WORDS, folded_words
from services.identity.projections import METADATA, profiles

PAGE_SIZE = 25
HIGHEST = "\U0010ffff"
"""Behind every word that begins with the same letters."""

names = Table(
    "name_words",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column(
        "word",
        String(LONGEST_WORD).with_variant(postgresql.VARCHAR(LONGEST_WORD, collation="C"), "postgresql"),
        nullable=False,
    ),
    Index("name_words_word", "word", "candidate_id"),
)
"""Folded words of the legal name, compared byte by byte so that a prefix is a range of the index."""

held = Table(
    "held_certifications",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("certification", String(60), primary_key=True),
    Index("held_certifications_certification", "certification", "candidate_id"),
)
"""What a candidate has earned, also where it has expired since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; empty fields do not matter. An e-mail was exchanged for its owner before."""

    words: tuple[str, ...] = ()
    candidate_id: str = ""
    certification: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One candidate of a page of results."""

    candidate_id: str
    name: str
    email: str
    country: str
    certifications: tuple[str, ...]


def project(rows: Rows, fact: Fact) -> None:
    """Apply one fact, own or certification's."""
    match fact.event:
        case NameChanged(name=name):
            _write_words(rows, fact.subject, folded_words(fact.reveal(name) or ""))
        case AccountErased():
            _write_words(rows, fact.subject, [])
        case contracts.CertificationEarned(candidate_id=candidate_id, certification=certification):
            rows.put(held, candidate_id=candidate_id, certification=certification)
        case contracts.CertificationRevoked(candidate_id=candidate_id, certification=certification):
            rows.drop(held, key=(candidate_id, certification))
        case _:
            pass


PROJECTION = Projection(name="searching", tables=(names, held), project=project)


def _write_words(rows: Rows, candidate_id: str, words: list[str]) -> None:
    for number, word in enumerate(words):
        rows.put(names, candidate_id=candidate_id, number=number, word=word)
    for number in range(len(words), MOST_WORDS):
        rows.drop(names, key=(candidate_id, number))


def page(connection: Connection, wanted: Wanted, page: int) -> tuple[list[Found], int]:
    """One page of candidates by name, and how many there are."""
    table = profiles.table
    matches = [table.c.email.is_not(None), *_matches(wanted)]
    total = connection.execute(select(func.count()).select_from(table).where(*matches)).scalar_one()
    statement = select(table.c.candidate_id, table.c.name, table.c.email, table.c.country).where(*matches)
    ordered = statement.order_by(table.c.name, table.c.candidate_id).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    rows = connection.execute(ordered).all()
    certifications = _held_by(connection, [row.candidate_id for row in rows])
    return [
        Found(
            candidate_id=row.candidate_id,
            name=row.name or "",
            email=row.email,
            country=row.country,
            certifications=tuple(certifications.get(row.candidate_id, ())),
        )
        for row in rows
    ], int(total)


def _matches(wanted: Wanted) -> list[ColumnElement[bool]]:
    candidate = profiles.table.c.candidate_id
    found: list[ColumnElement[bool]] = [
        exists(select(names.c.word).where(names.c.candidate_id == candidate, _begins_with(word)))
        for word in wanted.words
    ]
    if wanted.candidate_id:
        found.append(candidate == wanted.candidate_id)
    if wanted.country:
        found.append(profiles.table.c.country == wanted.country)
    if wanted.certification:
        own = (held.c.candidate_id == candidate) & (held.c.certification == wanted.certification)
        found.append(exists(select(held.c.certification).where(own)))
    return found


def _begins_with(word: str) -> ColumnElement[bool]:
    return (names.c.word >= word) & (names.c.word < word + HIGHEST)


def _held_by(connection: Connection, candidate_ids: list[str]) -> dict[str, list[str]]:
    rows = connection.execute(
        select(held).where(held.c.candidate_id.in_(candidate_ids)).order_by(held.c.candidate_id, held.c.certification)
    )
    certifications: dict[str, list[str]] = {}
    for row in rows:
        certifications.setdefault(row.candidate_id, []).append(row.certification)
    return certifications
