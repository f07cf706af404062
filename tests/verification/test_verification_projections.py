"""Read models are the same however facts arrive: one by one or in bulk, and whichever source is heard first."""

from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import contracts
from chassis.decider import Fact, Sealed
from chassis.projections import Rows
from chassis.serialization import sealed_fields
from chassis.testing import scratch_database
from services.verification.domain.transcripts import (
    TranscriptCreated,
    TranscriptDeleted,
    TranscriptDisabled,
    TranscriptDisclosed,
    TranscriptEnabled,
)
from services.verification.domain.verification_code import CodeMinted
from services.verification.projections import METADATA
from services.verification.service import PLAN

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2029, 11, 1)


def transcript(number):
    return TranscriptCreated(
        transcript_id=f"T-{number}",
        certifications=("ccna",),
        include_expired=False,
        show_dates=True,
        show_address=True,
        view_until=date(2027, 2, 18),
        remarks=Sealed(f"<Remark {number}>"),
        private_notes=Sealed(f"<Note {number}>"),
        created_on=NOW.date(),
    )


def disclosure(number):
    return TranscriptDisclosed(
        transcript_id=f"T-{number}",
        disclosure_id=f"D-{number}",
        channel="link",
        until=date(2027, 2, 18),
        code_hash=f"h{number}",
        code=Sealed(f"<CODE{number}>"),
        disclosed_at=NOW,
    )


OWN = [
    CodeMinted(certification="ccna", code_hash="c1", code=Sealed("<MINTED>"), minted_on=NOW.date()),
    transcript(1),
    disclosure(1),
    TranscriptDisabled(transcript_id="T-1"),
    TranscriptEnabled(transcript_id="T-1"),
    transcript(2),
    disclosure(2),
    TranscriptDeleted(transcript_id="T-1", code_hashes=("h1",)),
]


def certification_event(kind, **fields):
    return kind(candidate_id="C-ADA", certification="ccna", **fields)


CERTIFICATION = [
    certification_event(
        contracts.CertificationEarned,
        name="Certified",
        abbreviation="CCNA",
        group="Associate",
        level="associate",
        track="networking",
        kit="certificate",
        pdf=True,
        active_on=NOW.date(),
        expires_on=DAY,
        evidence=("R-1",),
        catalogue="2026-11",
    ),
    certification_event(
        contracts.CertificationExtended, old_expires_on=DAY, expires_on=date(2030, 1, 1), reason="closures"
    ),
    certification_event(contracts.CertificationExpired, expires_on=date(2030, 1, 1)),
    certification_event(contracts.CertificationReinstated, expires_on=date(2031, 1, 1)),
    certification_event(contracts.EmeritusGranted, until=date(2032, 1, 1)),
    certification_event(contracts.EmeritusLapsed),
    certification_event(contracts.CertificationRevoked, revoked_on=DAY, reason="result-revoked"),
]
IDENTITY = [
    contracts.NameChanged(candidate_id="C-ADA", name=contracts.Sealed("<Ada Byron>")),
    contracts.AddressChanged(candidate_id="C-ADA", country="GB", address=contracts.Sealed('<{"city": "London"}>')),
    contracts.NameChanged(candidate_id="C-ADA", name=contracts.Sealed("<Ada Lovelace>")),
    contracts.AccountErased(candidate_id="C-ADA", erased_on=DAY),
]
SOURCES = (OWN, CERTIFICATION, IDENTITY)


def fact(event, number, *, key_is_gone):
    boxes = [getattr(event, name) for name in sealed_fields(type(event))]
    return Fact(
        event=event,
        source="any",
        subject="C-ADA",
        number=number,
        recorded_at=NOW,
        revealed={box: None if key_is_gone else box[1:-1] for box in boxes},
    )


def rows_after(happened, *, flush_each, key_is_gone=False):
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        numbers = {True: count(1), False: count(1)}
        for event in happened:
            number = next(numbers[event in OWN])  # every log numbers its own
            for projection in PLAN.projections:
                projection.project(rows, fact(event, number, key_is_gone=key_is_gone))
            if flush_each:
                rows.flush()
        rows.flush()
        return {
            table.name: sorted(tuple(row) for row in connection.execute(select(table)))
            for table in METADATA.sorted_tables
        }


@st.composite
def arrivals(draw):
    """The beginnings of the three sources' logs, in an order in which they may arrive."""
    begun = [list(source[: draw(st.integers(0, len(source)))]) for source in SOURCES]
    happened = [event for source in begun for event in source]
    arrived = []
    while any(begun):
        arrived.append(draw(st.sampled_from([source for source in begun if source])).pop(0))
    return happened, arrived


@settings(max_examples=60, deadline=None)
@given(arrivals())
def test_replay_equals_live_whichever_source_is_heard_first(logs):
    happened, arrived = logs
    assert rows_after(arrived, flush_each=True) == rows_after(happened, flush_each=False)


@pytest.mark.rule("R-P1")
def test_a_rebuild_after_the_erasure_gives_the_same_rows_without_the_key():
    everything = [event for source in SOURCES for event in source]
    closed = [*everything, TranscriptDeleted(transcript_id="T-2", code_hashes=("h2",))]
    live = rows_after(closed, flush_each=True)
    assert rows_after(closed, flush_each=False, key_is_gone=True) == live
    assert live["verification_holders"] == [("C-ADA", None, True)]
    assert (live["verification_addresses"], live["verification_transcripts"]) == ([], [])
