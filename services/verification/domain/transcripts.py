"""All transcripts of one candidate, and to whom they were disclosed (R-G5, R-P3)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, assert_never

from chassis.decider import Decider, Rejected, Sealed
from services.verification.domain.secret_code import SecretCode

DEFAULT_VIEW = timedelta(days=90)
LONGEST_VIEW = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptCreated:
    """The candidate put a transcript together; `certifications` None means all, now and later."""

    transcript_id: str
    certifications: tuple[str, ...] | None
    include_expired: bool
    show_dates: bool
    show_address: bool
    view_until: date
    remarks: Sealed
    private_notes: Sealed
    created_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptDisclosed:
    """The candidate gave the transcript to somebody; the code itself is only kept sealed."""

    transcript_id: str
    disclosure_id: str
    channel: Literal["link"]
    until: date
    code_hash: str
    code: Sealed
    disclosed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptDisabled:
    """The candidate closed the transcript; none of its links shows it any more."""

    transcript_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptEnabled:
    """The candidate opened a closed transcript again."""

    transcript_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptDeleted:
    """The transcript is gone for good, with the links named by their hashes."""

    transcript_id: str
    code_hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptsClosed:
    """The candidate was erased; there will be no transcript any more."""

    closed_on: date


Event = (
    TranscriptCreated
    | TranscriptDisclosed
    | TranscriptDisabled
    | TranscriptEnabled
    | TranscriptDeleted
    | TranscriptsClosed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTranscript:
    """Put a transcript together; `view_until` None means the default (R-G5)."""

    transcript_id: str
    certifications: tuple[str, ...] | None
    include_expired: bool
    show_dates: bool
    show_address: bool
    view_until: date | None
    remarks: Sealed
    private_notes: Sealed
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscloseTranscript:
    """Give the transcript to somebody by a link of its own."""

    transcript_id: str
    disclosure_id: str
    code: SecretCode
    today: date
    disclosed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisableTranscript:
    """Close all links of the transcript, until it is enabled again."""

    transcript_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnableTranscript:
    """Open the links of a disabled transcript again."""

    transcript_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTranscript:
    """Remove the transcript and its links."""

    transcript_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTranscripts:
    """Remove every transcript: the candidate was erased."""

    closed_on: date


Command = (
    CreateTranscript | DiscloseTranscript | DisableTranscript | EnableTranscript | DeleteTranscript | CloseTranscripts
)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One transcript that exists."""

    transcript_id: str
    view_until: date
    enabled: bool = True
    code_hashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcripts:
    """The candidate's transcripts in the order of their making."""

    all: tuple[Transcript, ...] = ()
    closed: bool = False

    def with_id(self, transcript_id: str) -> Transcript:
        """The candidate's own transcript; Rejected for any other, so that strangers learn nothing."""
        for transcript in self.all:
            if transcript.transcript_id == transcript_id:
                return transcript
        raise Rejected("unknown-transcript")

    def changing(self, transcript_id: str, change: Callable[[Transcript], Transcript]) -> "Transcripts":
        """The transcripts after one of them changed."""
        return replace(self, all=tuple(change(one) if one.transcript_id == transcript_id else one for one in self.all))

    def without(self, transcript_id: str) -> "Transcripts":
        """The transcripts after one of them went."""
        return replace(self, all=tuple(one for one in self.all if one.transcript_id != transcript_id))


def evolve(state: Transcripts, event: Event) -> Transcripts:
    """The candidate's transcripts after one more fact."""
    match event:
        case TranscriptCreated(transcript_id=transcript_id, view_until=view_until):
            return replace(state, all=(*state.all, Transcript(transcript_id, view_until)))
        case TranscriptDisclosed(transcript_id=transcript_id, code_hash=new):
            return state.changing(transcript_id, lambda one: replace(one, code_hashes=(*one.code_hashes, new)))
        case TranscriptDisabled(transcript_id=transcript_id):
            return state.changing(transcript_id, lambda one: replace(one, enabled=False))
        case TranscriptEnabled(transcript_id=transcript_id):
            return state.changing(transcript_id, lambda one: replace(one, enabled=True))
        case TranscriptDeleted(transcript_id=transcript_id):
            return state.without(transcript_id)
        case TranscriptsClosed():
            return replace(state, closed=True)
        case _ as unknown:
            assert_never(unknown)


def create_transcript(command: CreateTranscript, state: Transcripts) -> list[Event]:
    """A transcript can be viewed for 90 days if nothing else is asked, and for 730 days at most (R-G5)."""
    if state.closed:
        raise Rejected("candidate-erased")
    view_until = command.view_until or command.today + DEFAULT_VIEW
    _a_view_ends_in_time(view_until, command.today)
    return [
        TranscriptCreated(
            transcript_id=command.transcript_id,
            certifications=command.certifications,
            include_expired=command.include_expired,
            show_dates=command.show_dates,
            show_address=command.show_address,
            view_until=view_until,
            remarks=command.remarks,
            private_notes=command.private_notes,
            created_on=command.today,
        )
    ]


def disclose_transcript(command: DiscloseTranscript, state: Transcripts) -> list[Event]:
    """Only what can be seen is given away; the link lives as long as the transcript."""
    transcript = state.with_id(command.transcript_id)
    if not transcript.enabled:
        raise Rejected("transcript-disabled")
    if transcript.view_until < command.today:
        raise Rejected("transcript-expired", view_until=transcript.view_until.isoformat())
    return [
        TranscriptDisclosed(
            transcript_id=transcript.transcript_id,
            disclosure_id=command.disclosure_id,
            channel="link",
            until=transcript.view_until,
            code_hash=command.code.hash,
            code=command.code.box,
            disclosed_at=command.disclosed_at,
        )
    ]


def disable_transcript(command: DisableTranscript, state: Transcripts) -> list[Event]:
    """Disabling kills every link at once (F9.9)."""
    transcript = state.with_id(command.transcript_id)
    return [TranscriptDisabled(transcript_id=transcript.transcript_id)] if transcript.enabled else []


def enable_transcript(command: EnableTranscript, state: Transcripts) -> list[Event]:
    """Enabling brings the links back, until the transcript's own last day."""
    transcript = state.with_id(command.transcript_id)
    return [] if transcript.enabled else [TranscriptEnabled(transcript_id=transcript.transcript_id)]


def delete_transcript(command: DeleteTranscript, state: Transcripts) -> list[Event]:
    """Deleting takes the links along."""
    return [_deleted(state.with_id(command.transcript_id))]


def close_transcripts(command: CloseTranscripts, state: Transcripts) -> list[Event]:
    """Nothing of an erased candidate is shown, now and ever (R-P1)."""
    if state.closed:
        return []
    return [*(_deleted(transcript) for transcript in state.all), TranscriptsClosed(closed_on=command.closed_on)]


def _a_view_ends_in_time(view_until: date, today: date) -> None:
    latest = today + LONGEST_VIEW
    if view_until < today:
        raise Rejected("view-until-in-past", view_until=view_until.isoformat())
    if view_until > latest:
        raise Rejected("view-until-too-late", view_until=view_until.isoformat(), latest=latest.isoformat())


def _deleted(transcript: Transcript) -> TranscriptDeleted:
    return TranscriptDeleted(transcript_id=transcript.transcript_id, code_hashes=transcript.code_hashes)


def decide(command: Command, state: Transcripts) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    match command:
        case CreateTranscript():
            return create_transcript(command, state)
        case DiscloseTranscript():
            return disclose_transcript(command, state)
        case DisableTranscript():
            return disable_transcript(command, state)
        case EnableTranscript():
            return enable_transcript(command, state)
        case DeleteTranscript():
            return delete_transcript(command, state)
        case CloseTranscripts():
            return close_transcripts(command, state)
        case _ as unknown:
            assert_never(unknown)


transcripts: Decider[Command, Transcripts, Event] = Decider(
    category="transcripts", initial=Transcripts(), evolve=evolve, decide=decide
)
