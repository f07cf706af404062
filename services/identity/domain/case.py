"""Online Support: a case with its messages, worked on by people until it is closed (F1.16)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, assert_never

from chassis.decider import Decider, Rejected, Sealed

Kind: TypeAlias = Literal["map-my-profile", "change-cisco-id", "legacy-booking", "merge", "name-change", "other"]
KINDS: tuple[Kind, ...] = ("map-my-profile", "change-cisco-id", "legacy-booking", "merge", "name-change", "other")
Outcome: TypeAlias = Literal["solved", "refused"]
MOST_MESSAGES = 200
"""A case with more than this needs another way."""

# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """Somebody asked for help; `contact` is the e-mail of a visitor, and empty for somebody who is logged in."""

    kind: Kind
    text: Sealed
    contact: Sealed | None
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswered:
    """Support wrote to the person, who may be asked to reply."""

    text: Sealed
    by: str
    waits: bool
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReplied:
    """The person wrote again; a closed case is open again."""

    text: Sealed
    replied_at: datetime
    files: tuple[str, ...] = ()
    """Evidence that came with it; the files themselves stand in no fact, so that they can be deleted (RET-7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """Support came to an end with it."""

    outcome: Outcome
    by: str
    closed_at: datetime


Event: TypeAlias = CaseOpened | CaseAnswered | CaseReplied | CaseClosed

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Ask for help."""

    kind: Kind
    text: Sealed
    contact: Sealed | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCase:
    """Write to the person; `waits` when nothing can go on without a reply."""

    text: Sealed
    by: str
    waits: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToCase:
    """Write to support, with files that were sent before."""

    text: Sealed
    at: datetime
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """Come to an end."""

    outcome: Outcome
    by: str
    at: datetime


Command: TypeAlias = OpenCase | AnswerCase | ReplyToCase | CloseCase

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Nothing:
    """No such case."""


@dataclass(frozen=True, slots=True)
class Open:
    """Somebody has to do something."""

    messages: int


@dataclass(frozen=True, slots=True)
class Closed:
    """Nobody has to do anything."""

    messages: int
    outcome: Outcome


State: TypeAlias = Nothing | Open | Closed


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    messages = 0 if isinstance(state, Nothing) else state.messages
    match event:
        case CaseOpened() | CaseReplied():
            return Open(messages + 1)
        case CaseAnswered():
            return Closed(messages + 1, state.outcome) if isinstance(state, Closed) else Open(messages + 1)
        case CaseClosed(outcome=outcome):
            return Closed(messages, outcome)
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def open_case(command: OpenCase, state: State) -> list[Event]:
    """A case is opened once."""
    if not isinstance(state, Nothing):
        return []
    return [CaseOpened(kind=command.kind, text=command.text, contact=command.contact, opened_at=command.at)]


def answer_case(command: AnswerCase, state: State) -> list[Event]:
    """Support may also write after the end."""
    only_cases_with_room(state)
    return [CaseAnswered(text=command.text, by=command.by, waits=command.waits, answered_at=command.at)]


def reply_to_case(command: ReplyToCase, state: State) -> list[Event]:
    """A reply opens a closed case again."""
    only_cases_with_room(state)
    return [CaseReplied(text=command.text, replied_at=command.at, files=command.files)]


def close_case(command: CloseCase, state: State) -> list[Event]:
    """Closing in the same way twice changes nothing."""
    match state:
        case Nothing():
            raise Rejected("case-unknown")
        case Closed(outcome=outcome) if outcome == command.outcome:
            return []
        case Open() | Closed():
            return [CaseClosed(outcome=command.outcome, by=command.by, closed_at=command.at)]
        case _ as unknown:
            assert_never(unknown)


def only_cases_with_room(state: State) -> None:
    """Raises Rejected for a case that is not there, or that has too many messages."""
    if isinstance(state, Nothing):
        raise Rejected("case-unknown")
    if state.messages >= MOST_MESSAGES:
        raise Rejected("case-full")


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case OpenCase():
            return open_case(command, state)
        case AnswerCase():
            return answer_case(command, state)
        case ReplyToCase():
            return reply_to_case(command, state)
        case CloseCase():
            return close_case(command, state)
        case _ as unknown:
            assert_never(unknown)


case: Decider[Command, State, Event] = Decider(category="case", initial=Nothing(), evolve=evolve, decide=decide)
