"""An event that comes while its candidate's parked ones are being settled neither overtakes nor stays alone."""

from datetime import UTC, datetime

import pytest

from chassis import parking
from chassis.command_handling import Unit
from chassis.errors import Conflict
from chassis.projections import Rows
from chassis.tables import parked


def document(sequence):
    return {"id": f"bank/E1/0/{sequence}", "subject": "C-ada", "type": "certtrack.bank.Paid.v1", "data": {}}


@pytest.fixture
def office(closed_office):
    """Ada's first event is parked."""
    unit = Unit()
    parking.park(unit, document(1), reason="broken", parked_at=datetime.now(UTC))
    with closed_office.database.write() as transaction:
        rows = Rows(transaction)
        for write in unit.writes:
            write(rows)
        rows.flush()
    return closed_office


def waiting(office):
    with office.database.read() as connection:
        return parking.waiting(connection, "bank", "C-ada")


def states(office):
    return [(row[2], row[7]) for row in office.rows(parked)]


@pytest.mark.parametrize("retry_first", [True, False])
def test_a_retry_and_a_newcomer_in_one_batch_are_settled_one_after_the_other(office, retry_first):
    retry = parking.retry_unit(waiting(office), lambda _document, _unit: None)
    newcomer = Unit()
    parking.park_behind(newcomer, document(2))
    for unit in (retry, newcomer) if retry_first else (newcomer, retry):
        office.committer.submit(unit)
    office.open()

    outcomes = [type(unit.done.exception(5)) for unit in (retry, newcomer)]
    if retry_first:
        assert outcomes == [type(None), Conflict]
        assert states(office) == [(1, "retried")]
    else:
        assert outcomes == [Conflict, type(None)]
        assert states(office) == [(1, "parked"), (2, "parked")]
