"""Where a refused booking is put right: one page for each refusal that another page can mend (F10.6)."""

from gateway.language import Words, words

WAYS: dict[str, tuple[str, Words]] = {
    "name-not-confirmed": ("/support", words("Ask support to change your legal name")),
    "agreement-missing": ("/certifications/agreement", words("Read and accept the agreement")),
    "guardian-consent-missing": ("/personal-info/guardian", words("Ask your parent or guardian")),
    "accommodation-not-approved": ("/schedule/accommodations", words("Ask for an accommodation")),
    "candidate-banned": ("/testing-history/challenges", words("Appeal against a sanction")),
    "exam-retired": ("/schedule", words("Find another exam")),
    "exam-once-only": ("/schedule", words("Find another exam")),
    "qualifier-missing": ("/schedule", words("Find another exam")),
    "already-booked": ("/schedule/appointments", words("Exam history")),
}


def way_out(code: str) -> tuple[str, Words] | None:
    """Path and name of the page; None where the page itself is the place, as for a card or another day."""
    return WAYS.get(code)
