"""All operations of the API, in the order in which they are described."""

from gateway.api import (
    accounts,
    announcements,
    appointments,
    cases,
    centre,
    certifications,
    challenges,
    dashboard,
    exam_results,
    exams,
    kits,
    preferences,
    profile,
    provider_candidates,
    public,
    records,
    security,
    transcripts,
)
from gateway.api.console import table as console
from gateway.api.operation import Operation

OPERATIONS: tuple[Operation, ...] = (
    *accounts.OPERATIONS,
    *security.OPERATIONS,
    *profile.OPERATIONS,
    *cases.OPERATIONS,
    *preferences.OPERATIONS,
    *dashboard.OPERATIONS,
    *announcements.OPERATIONS,
    *certifications.OPERATIONS,
    *exams.OPERATIONS,
    *appointments.OPERATIONS,
    *challenges.OPERATIONS,
    *kits.OPERATIONS,
    *transcripts.OPERATIONS,
    *public.OPERATIONS,
    *provider_candidates.OPERATIONS,
    *exam_results.OPERATIONS,
    *console.OPERATIONS,
    *records.OPERATIONS,
    *centre.OPERATIONS,
)
