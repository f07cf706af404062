"""Where the challenges of one candidate stand, after each fact (3.9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, assert_never

from chassis.decider import Rejected
from services.testing.domain.objections import (
    ChallengeDenied,
    ChallengeEvidenceRequested,
    ChallengeEvidenceSupplied,
    ChallengeFeeRefunded,
    ChallengeOpened,
    ChallengeReviewStarted,
    ChallengeRulingProposed,
    ChallengeRulingReturned,
    ChallengeUpheld,
    ChallengeWithdrawn,
    Event,
    SkillChallengeRecorded,
)

Status = Literal["opened", "under-review", "waiting", "proposed", "upheld", "denied", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge as it stands."""

    opened: ChallengeOpened
    status: Status = "opened"
    proposal: ChallengeRulingProposed | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Objections and skill challenges, both by id."""

    all: Mapping[str, Challenge] = field(default_factory=lambda: MappingProxyType({}))
    skills: Mapping[str, SkillChallengeRecorded] = field(default_factory=lambda: MappingProxyType({}))


def evolve(state: State, event: Event) -> State:  # noqa: C901, PLR0911 - one line per fact
    """The candidate's challenges after one more fact."""
    match event:
        case ChallengeOpened(challenge_id=one):
            return replace(state, all={**state.all, one: Challenge(event)})
        case ChallengeReviewStarted(challenge_id=one) | ChallengeRulingReturned(challenge_id=one):
            return _now(state, one, "under-review")
        case ChallengeEvidenceSupplied(challenge_id=one, was_awaited=awaited):
            return _now(state, one, "under-review") if awaited else state
        case ChallengeEvidenceRequested(challenge_id=one):
            return _now(state, one, "waiting")
        case ChallengeRulingProposed(challenge_id=one):
            return _now(state, one, "proposed", proposal=event)
        case ChallengeUpheld(challenge_id=one):
            return _now(state, one, "upheld")
        case ChallengeDenied(challenge_id=one):
            return _now(state, one, "denied")
        case ChallengeWithdrawn(challenge_id=one):
            return _now(state, one, "withdrawn")
        case ChallengeFeeRefunded():
            return state
        case SkillChallengeRecorded(challenge_id=one):
            return replace(state, skills={**state.skills, one: event})
        case _ as unknown:
            assert_never(unknown)


def _now(state: State, id: str, status: Status, proposal: ChallengeRulingProposed | None = None) -> State:
    known = state.all.get(id)
    if known is None:
        return state
    return replace(state, all={**state.all, id: replace(known, status=status, proposal=proposal)})


def known_in(state: State, challenge_id: str) -> Challenge:
    """The challenge; Rejected for an unknown one."""
    known = state.all.get(challenge_id)
    if known is None:
        raise Rejected("unknown-challenge")
    return known


def only_while(known: Challenge, *allowed: Status) -> None:
    """Rejected while the challenge stands elsewhere."""
    if known.status not in allowed:
        raise Rejected("challenge-not-there-yet", status=known.status)
