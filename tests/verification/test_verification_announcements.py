from datetime import UTC, date, datetime

import pytest

import contracts
from chassis.decider import Fact, Sealed
from services.verification.announcements import announce
from services.verification.domain.transcripts import (
    TranscriptCreated,
    TranscriptDeleted,
    TranscriptDisabled,
    TranscriptDisclosed,
    TranscriptEnabled,
    TranscriptsClosed,
)
from services.verification.domain.verification_code import CodeMinted

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
UNTIL = date(2027, 2, 18)


def announced(event):
    return announce(Fact(event=event, source="verification", subject="C-ADA", number=1, recorded_at=NOW))


@pytest.mark.feature("F13.1")
def test_a_new_transcript_is_told_without_its_text():
    created = TranscriptCreated(
        transcript_id="T-1",
        certifications=None,
        include_expired=True,
        show_dates=True,
        show_address=True,
        view_until=UNTIL,
        remarks=Sealed("<For Acme>"),
        private_notes=Sealed("<second try>"),
        created_on=NOW.date(),
    )
    assert announced(created) == contracts.TranscriptCreated(
        candidate_id="C-ADA", transcript_id="T-1", viewable_until=UNTIL
    )


@pytest.mark.feature("F13.1")
def test_a_disclosure_is_told_without_its_code():
    disclosed = TranscriptDisclosed(
        transcript_id="T-1",
        disclosure_id="D-1",
        channel="link",
        until=UNTIL,
        code_hash="h1",
        code=Sealed("<ABCD>"),
        disclosed_at=NOW,
    )
    assert announced(disclosed) == contracts.TranscriptDisclosed(
        candidate_id="C-ADA", transcript_id="T-1", disclosure_id="D-1", channel="link", until=UNTIL
    )


@pytest.mark.parametrize(
    ("event", "public"),
    [
        (TranscriptDisabled(transcript_id="T-1"), contracts.TranscriptDisabled),
        (TranscriptEnabled(transcript_id="T-1"), contracts.TranscriptEnabled),
        (TranscriptDeleted(transcript_id="T-1", code_hashes=("h1",)), contracts.TranscriptDeleted),
    ],
)
def test_closing_and_opening_is_told(event, public):
    assert announced(event) == public(candidate_id="C-ADA", transcript_id="T-1")


@pytest.mark.parametrize(
    "event",
    [
        CodeMinted(certification="ccna", code_hash="h1", code=Sealed("<ABCD>"), minted_on=NOW.date()),
        TranscriptsClosed(closed_on=NOW.date()),
    ],
)
def test_codes_and_the_end_of_all_transcripts_are_private(event):
    assert announced(event) is None
