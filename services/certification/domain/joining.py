"""Evidence of an absorbed record counts in the record that stands for it, until the merge is undone (F1.13)."""

from collections.abc import Iterable
from dataclasses import replace

from services.certification.domain.commands import JoinEvidence, PartEvidence
from services.certification.domain.facts import CertificationEarned, Event
from services.certification.domain.join_facts import Earning, EvidenceParted, joined
from services.certification.domain.state import State, evolve, news_of


def join_evidence(command: JoinEvidence, state: State) -> list[Event]:
    """Take over all that the absorbed record rests on; what is known already changes nothing."""
    fact = joined(
        command.absorbed_id,
        command.evidence,
        earned=command.earned,
        through=command.through,
        recorded_on=command.today,
    )
    known = state.joined.get(command.absorbed_id)
    if known is not None and known.through >= command.through:
        return []
    news = news_of(evolve(state, fact), command, "records-merged")
    return [fact, *_without_second_kits(news, command.earned, state)]


def part_evidence(command: PartEvidence, state: State) -> list[Event]:
    """Leave it to the other record again."""
    if command.absorbed_id not in state.joined:
        return []
    fact = EvidenceParted(absorbed_id=command.absorbed_id, recorded_on=command.today)
    return [fact, *news_of(evolve(state, fact), command, "merge-undone")]


def _without_second_kits(news: Iterable[Event], earned: Iterable[Earning], state: State) -> list[Event]:
    """What the other record has earned has brought its kit there; an earning that only moved has brought it here."""
    there = set(earned)
    return [_without_kit(fact) if _has_brought_a_kit(fact, there, state) else fact for fact in news]


def _has_brought_a_kit(fact: Event, there: set[Earning], state: State) -> bool:
    if not isinstance(fact, CertificationEarned):
        return False
    told = state.told.titles.get(fact.heading.certification)
    is_held = told is not None and told.status == "active"
    return is_held or Earning(fact.heading.certification, fact.active_on) in there


def _without_kit(fact: Event) -> Event:
    return replace(fact, kit="none") if isinstance(fact, CertificationEarned) else fact
