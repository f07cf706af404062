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
from chassis.testing import scratch_database
from services.fulfillment.domain.kits import KitClaimed, KitOffered, KitOfferWithdrawn
from services.fulfillment.projections import METADATA
from services.fulfillment.service import PLAN

AT = datetime(2026, 11, 20, tzinfo=UTC)
DAY = date(2029, 11, 1)


def certification_event(kind, **fields):
    return kind(candidate_id="C-ADA", certification="ccna", **fields)


OWN = [
    KitOffered(kit_id="K-1", certification="ccna", name="Certified", kind="certificate", offered_on=AT.date()),
    KitClaimed(
        kit_id="K-1",
        certification="ccna",
        kind="certificate",
        order_number="ORD-1",
        claimed_on=AT.date(),
        promise_from=date(2027, 2, 12),
        promise_until=date(2027, 3, 12),
        printed_name=Sealed("<Ada>"),
        address=Sealed("<Home>"),
    ),
    KitOffered(kit_id="K-2", certification="ccnp", name="Professional", kind="plaque", offered_on=AT.date()),
    KitOfferWithdrawn(kit_id="K-2", certification="ccnp", reason="certification-revoked"),
]
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
        active_on=AT.date(),
        expires_on=DAY,
        evidence=("R-1",),
        catalogue="2026-11",
    ),
    certification_event(
        contracts.CertificationRecertified, old_expires_on=DAY, expires_on=date(2030, 1, 1), renewed_on=DAY, option="A"
    ),
    certification_event(contracts.CertificationExpired, expires_on=date(2030, 1, 1)),
    certification_event(contracts.CertificationReinstated, expires_on=date(2031, 1, 1)),
    certification_event(contracts.CertificationRevoked, revoked_on=DAY, reason="result-revoked"),
]
IDENTITY = [
    contracts.NameChanged(candidate_id="C-ADA", name=contracts.Sealed("<Ada>")),
    contracts.AddressChanged(candidate_id="C-ADA", country="GB", address=contracts.Sealed("<Home>")),
    contracts.ProfileCompleted(candidate_id="C-ADA"),
    contracts.AccountErased(candidate_id="C-ADA", erased_on=DAY),
]
SOURCES = (OWN, CERTIFICATION, IDENTITY)


def rows_after(happened, *, flush_each):
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        numbers = {True: count(1), False: count(1)}
        for event in happened:
            number = next(numbers[event in OWN])  # every log numbers its own
            fact = Fact(event=event, source="any", subject="C-ADA", number=number, recorded_at=AT)
            for projection in PLAN.projections:
                projection.project(rows, fact)
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
def test_an_erasure_leaves_nothing_personal():
    left = rows_after([event for source in SOURCES for event in source], flush_each=False)
    numbers_only = {"fulfillment_kits", "fulfillment_standings", "activity"}
    assert {name: left[name] for name in left if name not in numbers_only} == {
        "fulfillment_names": [],
        "fulfillment_addresses": [],
        "fulfillment_complete_profiles": [],
        "aliases": [],
    }
