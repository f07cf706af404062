"""Certification's entry points: evidence comes in, jobs tell what time brings, candidates read their record."""

from chassis.four_eyes import FourEyes
from chassis.service import Desk, DeskAtWork, Plan
from services.certification.announcements import announce
from services.certification.projections import (
    METADATA,
    acceptances,
    balance,
    candidates,
    catalogues,
    claims,
    experts,
    expirations,
    extensions,
    figures,
    history,
    joined,
    reviews,
    status,
)
from services.certification.projections.activity import ACTIVITY
from services.certification.projections.merges import MERGES
from services.certification.service.agreements import Agreements
from services.certification.service.calendar_feed import CalendarFeed
from services.certification.service.catalogue_changes import CatalogueChanges
from services.certification.service.entering import Entering
from services.certification.service.evidence_upload import EvidenceUpload
from services.certification.service.expert_status import Experts
from services.certification.service.jobs import Jobs
from services.certification.service.joining import Joining
from services.certification.service.overview import Overview
from services.certification.service.reporting import Reporting
from services.certification.service.results import Results
from services.certification.service.reviewing import Reviewing
from services.certification.service.support import ACTIONS, Support
from services.certification.vocabulary import UPCASTS, VOCABULARY

PLAN = Plan(
    source="certification",
    vocabulary=VOCABULARY,
    upcasts=UPCASTS,
    announce=announce,
    projections=(
        status.PROJECTION,
        history.PROJECTION,
        expirations.PROJECTION,
        balance.PROJECTION,
        reviews.PROJECTION,
        candidates.PROJECTION,
        claims.PROJECTION,
        experts.PROJECTION,
        ACTIVITY.projection,
        MERGES.projection,
        figures.PROJECTION,
        extensions.PROJECTION,
        acceptances.PROJECTION,
        catalogues.PROJECTION,
        joined.PROJECTION,
    ),
    metadata=METADATA,
    reveals=False,
    aliases=MERGES,
)


class CertificationService(
    Results, Entering, Overview, Agreements, Experts, Reviewing, EvidenceUpload, CalendarFeed, CatalogueChanges,
    Support, Jobs, Joining, Reporting, FourEyes,
):  # fmt: skip
    """Candidates' records."""

    actions = ACTIONS
    name = "certification"
    desk: DeskAtWork = Desk(PLAN)
