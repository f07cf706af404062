"""Four eyes as a decision: who may settle a proposal, when, and how often."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.approval import (
    Decline,
    Grant,
    Lapse,
    ProposalDeclined,
    ProposalGranted,
    ProposalLapsed,
    ProposalMade,
    ProposalWithdrawn,
    Propose,
    Withdraw,
    approval,
)
from chassis.testing import given

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MADE = ProposalMade(
    action="send",
    arguments={"parcel_id": "P1"},
    reason="urgent",
    sealed_reason=None,
    asked_by="GRACE",
    asked_at=NOW,
    lapses_on=date(2026, 12, 4),
)
GRANTED = ProposalGranted(granted_by="LINUS", granted_at=NOW)
DECLINED = ProposalDeclined(declined_by="LINUS", declined_at=NOW, reason="no", sealed_reason=None)
WITHDRAWN = ProposalWithdrawn(withdrawn_at=NOW)
LAPSED = ProposalLapsed(lapsed_on=date(2026, 12, 5))
ASK = Propose(action="send", arguments={"parcel_id": "P1"}, reason="urgent", sealed_reason=None, by="GRACE", at=NOW)
DECLINE = Decline(by="LINUS", at=NOW, reason="no", sealed_reason=None)


def test_a_proposal_waits_two_weeks():
    given(approval).when(ASK).then(MADE)


def test_proposing_twice_changes_nothing():
    given(approval, MADE).when(ASK).then_nothing()


def test_another_person_grants():
    given(approval, MADE).when(Grant(by="LINUS", at=NOW)).then(GRANTED)


@pytest.mark.parametrize(
    "command", [Grant(by="GRACE", at=NOW), Decline(by="GRACE", at=NOW, reason="", sealed_reason=None)]
)
def test_the_asker_neither_grants_nor_declines(command):
    given(approval, MADE).when(command).then_rejected("second-person-needed")


def test_another_person_declines_with_a_reason():
    given(approval, MADE).when(DECLINE).then(DECLINED)


def test_the_asker_withdraws():
    given(approval, MADE).when(Withdraw(by="GRACE", at=NOW)).then(WITHDRAWN)
    given(approval, MADE, WITHDRAWN).when(Withdraw(by="GRACE", at=NOW)).then_nothing()


def test_nobody_withdraws_the_proposal_of_another():
    given(approval, MADE).when(Withdraw(by="LINUS", at=NOW)).then_rejected("proposal-of-another")


@pytest.mark.parametrize(
    ("settled", "outcome"),
    [(GRANTED, "granted"), (DECLINED, "declined"), (WITHDRAWN, "withdrawn"), (LAPSED, "lapsed")],
)
def test_what_is_settled_stays_so(settled, outcome):
    for command in (Grant(by="ADA", at=NOW), Decline(by="ADA", at=NOW, reason="", sealed_reason=None)):
        given(approval, MADE, settled).when(command).then_rejected("proposal-settled", outcome=outcome)


def test_the_last_day_counts_and_the_next_does_not():
    on_the_last_day, a_day_late = NOW + timedelta(days=14), NOW + timedelta(days=15)
    given(approval, MADE).when(Lapse(today=on_the_last_day.date())).then_nothing()
    given(approval, MADE).when(Lapse(today=a_day_late.date())).then(LAPSED)
    given(approval, MADE).when(Grant(by="LINUS", at=on_the_last_day)).then(
        ProposalGranted(granted_by="LINUS", granted_at=on_the_last_day)
    )
    given(approval, MADE).when(Grant(by="LINUS", at=a_day_late)).then_rejected("proposal-settled", outcome="lapsed")


def test_lapsing_concerns_open_proposals_only():
    given(approval).when(Lapse(today=date(2027, 1, 1))).then_nothing()
    given(approval, MADE, GRANTED).when(Lapse(today=date(2027, 1, 1))).then_nothing()


def test_an_unknown_proposal_cannot_be_granted():
    given(approval).when(Grant(by="LINUS", at=NOW)).then_rejected("proposal-unknown")
