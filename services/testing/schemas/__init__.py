"""Between the wire and testing's commands and queries; unknown fields are refused."""

from services.testing.schemas.accommodations import accommodation_decision, accommodation_request
from services.testing.schemas.acts import change_result, correct_result, examined_on, impose_sanction, lift_sanction
from services.testing.schemas.bookings import (
    at_centre,
    booking,
    happening,
    one_appointment,
    page_of,
    payment,
    reschedule,
    score,
    sessions,
)
from services.testing.schemas.challenges import (
    decision,
    evidence,
    evidence_request,
    new_challenge,
    one_challenge,
    proposed_ruling,
    reviewer,
)
from services.testing.schemas.entries import SORT_KEYS
from services.testing.schemas.feed import RECORDS, domain_scores, import_results
from services.testing.schemas.files import LARGEST_FILE, LARGEST_PART, file_part, new_file
from services.testing.schemas.results import activity, candidate, history, one_result, report_result, revoke_result

__all__ = [
    "LARGEST_FILE",
    "LARGEST_PART",
    "RECORDS",
    "SORT_KEYS",
    "accommodation_decision",
    "accommodation_request",
    "activity",
    "at_centre",
    "booking",
    "candidate",
    "change_result",
    "correct_result",
    "decision",
    "domain_scores",
    "evidence",
    "evidence_request",
    "examined_on",
    "file_part",
    "happening",
    "history",
    "import_results",
    "impose_sanction",
    "lift_sanction",
    "new_challenge",
    "new_file",
    "one_appointment",
    "one_challenge",
    "one_result",
    "page_of",
    "payment",
    "proposed_ruling",
    "report_result",
    "reschedule",
    "reviewer",
    "revoke_result",
    "score",
    "sessions",
]
