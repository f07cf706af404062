from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from chassis.decider import Rejected, Sealed
from chassis.testing import given
from services.verification.domain.secret_code import SecretCode
from services.verification.domain.transcripts import (
    CloseTranscripts,
    CreateTranscript,
    DeleteTranscript,
    DisableTranscript,
    DiscloseTranscript,
    EnableTranscript,
    TranscriptCreated,
    TranscriptDeleted,
    TranscriptDisabled,
    TranscriptDisclosed,
    TranscriptEnabled,
    TranscriptsClosed,
    transcripts,
)

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CREATE = CreateTranscript(
    transcript_id="T-1",
    certifications=("ccna",),
    include_expired=False,
    show_dates=True,
    show_address=False,
    view_until=None,
    remarks=Sealed("<For Acme>"),
    private_notes=Sealed("<second try>"),
    today=TODAY,
)
CREATED = TranscriptCreated(
    transcript_id="T-1",
    certifications=("ccna",),
    include_expired=False,
    show_dates=True,
    show_address=False,
    view_until=date(2027, 2, 18),
    remarks=Sealed("<For Acme>"),
    private_notes=Sealed("<second try>"),
    created_on=TODAY,
)
DISCLOSE = DiscloseTranscript(
    transcript_id="T-1",
    disclosure_id="D-1",
    code=SecretCode(hash="h1", box=Sealed("<ABCD>")),
    today=TODAY,
    disclosed_at=NOW,
)
DISCLOSED = TranscriptDisclosed(
    transcript_id="T-1",
    disclosure_id="D-1",
    channel="link",
    until=date(2027, 2, 18),
    code_hash="h1",
    code=Sealed("<ABCD>"),
    disclosed_at=NOW,
)
DISABLE, DISABLED = DisableTranscript(transcript_id="T-1"), TranscriptDisabled(transcript_id="T-1")
ENABLE, ENABLED = EnableTranscript(transcript_id="T-1"), TranscriptEnabled(transcript_id="T-1")
DELETE, DELETED = DeleteTranscript(transcript_id="T-1"), TranscriptDeleted(transcript_id="T-1", code_hashes=("h1",))
CLOSE, CLOSED = CloseTranscripts(closed_on=TODAY), TranscriptsClosed(closed_on=TODAY)


@pytest.mark.rule("R-G5")
@pytest.mark.feature("F9.5")
def test_a_transcript_can_be_viewed_for_90_days_if_nothing_else_is_asked():
    given(transcripts).when(CREATE).then(CREATED)


@pytest.mark.rule("R-G5")
@pytest.mark.parametrize("last_day", [TODAY, date(2028, 11, 19)])
def test_a_transcript_can_be_viewed_from_today_to_730_days_on(last_day):
    given(transcripts).when(replace(CREATE, view_until=last_day)).then(replace(CREATED, view_until=last_day))


@pytest.mark.rule("R-G5")
def test_a_longer_or_a_past_view_is_refused():
    given(transcripts).when(replace(CREATE, view_until=date(2028, 11, 20))).then_rejected(
        "view-until-too-late", view_until="2028-11-20", latest="2028-11-19"
    )
    given(transcripts).when(replace(CREATE, view_until=date(2026, 11, 19))).then_rejected(
        "view-until-in-past", view_until="2026-11-19"
    )


@pytest.mark.feature("F9.7")
def test_a_transcript_is_disclosed_by_links_of_their_own():
    given(transcripts, CREATED).when(DISCLOSE).then(DISCLOSED)
    second = replace(DISCLOSE, disclosure_id="D-2", code=SecretCode(hash="h2", box=Sealed("<EFGH>")))
    given(transcripts, CREATED, DISCLOSED).when(second).then(
        replace(DISCLOSED, disclosure_id="D-2", code_hash="h2", code=Sealed("<EFGH>"))
    )


@pytest.mark.feature("F9.7")
def test_only_what_can_be_seen_is_disclosed():
    given(transcripts, CREATED, DISABLED).when(DISCLOSE).then_rejected("transcript-disabled")
    given(transcripts, CREATED).when(replace(DISCLOSE, today=date(2027, 2, 19))).then_rejected(
        "transcript-expired", view_until="2027-02-18"
    )


@pytest.mark.feature("F9.9")
def test_a_transcript_is_disabled_and_enabled_once():
    given(transcripts, CREATED).when(DISABLE).then(DISABLED)
    given(transcripts, CREATED, DISABLED).when(DISABLE).then_nothing()
    given(transcripts, CREATED, DISABLED).when(ENABLE).then(ENABLED)
    given(transcripts, CREATED, DISABLED, ENABLED).when(ENABLE).then_nothing()


def test_a_deleted_transcript_takes_its_links_along():
    given(transcripts, CREATED, DISCLOSED).when(DELETE).then(DELETED)


@pytest.mark.rule("R-P3")
@pytest.mark.parametrize("command", [DISCLOSE, DISABLE, ENABLE, DELETE])
def test_what_does_not_exist_or_was_deleted_is_unknown(command):
    given(transcripts).when(command).then_rejected("unknown-transcript")
    given(transcripts, CREATED, DISCLOSED, DELETED).when(command).then_rejected("unknown-transcript")


@pytest.mark.rule("R-P1")
def test_an_erasure_deletes_everything_for_good():
    given(transcripts, CREATED, DISCLOSED).when(CLOSE).then(DELETED, CLOSED)
    given(transcripts, CREATED, DISCLOSED, DELETED, CLOSED).when(CLOSE).then_nothing()
    given(transcripts, CLOSED).when(CREATE).then_rejected("candidate-erased")


@pytest.mark.rule("R-P1")
@for_all(st.lists(st.sampled_from([CREATE, DISCLOSE, DISABLE, ENABLE, DELETE, CLOSE]), max_size=10))
def test_after_an_erasure_there_is_no_transcript_whatever_was_asked(commands):
    state = transcripts.initial
    for command in [*commands, CLOSE, *commands]:
        try:
            facts = transcripts.decide(command, state)
        except Rejected:
            continue
        for fact in facts:
            state = transcripts.evolve(state, fact)
    assert (state.all, state.closed) == ((), True)
