"""Testing's entry points, one module per topic: results, the provider's feed, bookings, the test centre, challenges."""

from nameko.timer import timer

import contracts
from chassis.four_eyes import FourEyes
from chassis.service import Desk, DeskAtWork, Plan, subscribe
from services.testing.announcements import announce
from services.testing.projections import (
    METADATA,
    accommodations,
    appointments,
    catalogue,
    challenges,
    consents,
    files,
    history,
    names,
    receipts,
    sanctions,
    score_reports,
    seats,
)
from services.testing.projections.activity import ACTIVITY
from services.testing.projections.merges import MERGES
from services.testing.service.arrangements import Accommodations
from services.testing.service.bookings import Bookings
from services.testing.service.centre import Centre
from services.testing.service.evidence import Evidence
from services.testing.service.feed import Feed
from services.testing.service.importing import IMPORT
from services.testing.service.objections import Challenges
from services.testing.service.operations import ACTIONS
from services.testing.service.overview import Overview
from services.testing.service.paying import Receipts
from services.testing.service.reporting import Reporting
from services.testing.service.reviewing import Reviewing
from services.testing.service.rules import Rules
from services.testing.service.upkeep import Upkeep
from services.testing.vocabulary import UPCASTS, VOCABULARY

UPKEEP_SECONDS = 600

PLAN = Plan(
    source="testing",
    vocabulary=VOCABULARY,
    upcasts=UPCASTS,
    announce=announce,
    projections=(
        history.PROJECTION,
        score_reports.PROJECTION,
        appointments.PROJECTION,
        receipts.PROJECTION,
        seats.PROJECTION,
        challenges.PROJECTION,
        sanctions.PROJECTION,
        names.PROJECTION,
        consents.PROJECTION,
        accommodations.PROJECTION,
        catalogue.PROJECTION,
        ACTIVITY.projection,
        MERGES.projection,
    ),
    metadata=METADATA,
    reveals=True,
    aliases=MERGES,
)


class TestingService(
    Overview,
    Feed,
    Bookings,
    Receipts,
    Accommodations,
    Centre,
    Challenges,
    Reviewing,
    Evidence,
    Upkeep,
    Reporting,
    Rules,
    FourEyes,
):
    """Exams: booked, sat, scored, objected to."""

    name = "testing"
    desk: DeskAtWork = Desk(PLAN)
    actions = (*ACTIONS, IMPORT)

    @subscribe(contracts.NameChanged)
    def on_name_changed(self, event: contracts.Event) -> None:
        """Bookings read it from the projections; nothing is decided."""

    @subscribe(contracts.AgreementAccepted)
    def on_agreement_accepted(self, event: contracts.Event) -> None:
        """Bookings read it from the projections, too."""

    @subscribe(contracts.GuardianConsentNeeded)
    def on_guardian_consent_needed(self, event: contracts.Event) -> None:
        """And this."""

    @subscribe(contracts.GuardianConsentGiven)
    def on_guardian_consent_given(self, event: contracts.Event) -> None:
        """And this."""

    @subscribe(contracts.GuardianConsentWithdrawn)
    def on_guardian_consent_withdrawn(self, event: contracts.Event) -> None:
        """And this."""

    @subscribe(contracts.CandidateCameOfAge)
    def on_candidate_came_of_age(self, event: contracts.Event) -> None:
        """And this."""

    @subscribe(contracts.AccountsMerged)
    @subscribe(contracts.AccountsSeparated)
    def on_records_joined_or_parted(self, event: contracts.Event) -> None:
        """Questions about a candidate look at both records (F1.13); nothing is decided."""

    @subscribe(contracts.AccountErased)
    def on_account_erased(self, event: contracts.AccountErased) -> None:
        """The name goes; what was sealed with the candidate's key can never be read again (R-P1)."""
        self.desk.frame.revealer.forget(event.candidate_id)
        self.desk.write(lambda rows: files.forget_candidate(rows, event.candidate_id))

    @timer(interval=UPKEEP_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def keep_up(self) -> None:
        """Whatever the day brings: unpaid labs lapse, and what is old enough is deleted."""
        self.lapse_unpaid()
        self.forget_what_is_old()
