"""What has been told about a candidate's record so far; the next news are the differences to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar, assert_never

from services.certification.domain.claim_facts import CreditsCountAgain, CreditsExpired, CreditsRedeemed, FateFact
from services.certification.domain.facts import (
    CertificationEarned,
    CertificationExpired,
    CertificationExpiryCorrected,
    CertificationExtended,
    CertificationProgressed,
    CertificationProgressForeseen,
    CertificationProgressLapsed,
    CertificationProgressMoved,
    CertificationReactivated,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRestored,
    CertificationRevoked,
    CreditBalanceChanged,
    EmeritusForeseen,
    EmeritusGranted,
    EmeritusLapsed,
    EndFact,
    LifetimeEmeritusGranted,
    News,
    ProgressFact,
    ValidityFact,
)
from services.certification.domain.heading import Heading
from services.certification.domain.programme_facts import ExpertBecame, ExpiryReminderDue
from services.certification.domain.standing import BalanceStep, Fate, Span, Status

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTitle:
    """How a certification was last told to stand; `active` until its end is told, whatever the day."""

    heading: Heading
    status: Status
    active_on: date
    expires_on: date | None
    emeritus_until: date | None = None
    lifetime_from: date | None = None
    reminded: int | None = None
    """The last stage of reminders that was told about this expire date."""


@dataclass(frozen=True, slots=True)
class ToldProgress:
    """The days in progress; foreseen ones are not told to others before they begin."""

    heading: Heading
    span: Span
    is_public: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Everything told, by certification id."""

    titles: Mapping[str, ToldTitle] = field(default_factory=dict)
    progress: Mapping[str, ToldProgress] = field(default_factory=dict)
    balance: tuple[BalanceStep, ...] = ()
    fates: Mapping[tuple[str, date], Fate] = field(default_factory=dict)
    """Credits that are used up or lost, by item and completion day."""
    first_expert_on: date | None = None

    def after(self, *news: News) -> "Told":
        """The same with these told as well."""
        return after(self, news)


def after(told: Told, news: Iterable[News]) -> Told:
    """What has been told once these are told too; never raises."""
    for fact in news:
        match fact:
            case CreditBalanceChanged(on=day, credits=amount, later=later):
                told = replace(told, balance=(BalanceStep(day, amount), *later))
            case CreditsRedeemed() | CreditsExpired() | CreditsCountAgain():
                told = replace(told, fates=_fates_after(told.fates, fact))
            case ExpertBecame(first_expert_on=first):
                told = replace(told, first_expert_on=first)
            case ExpiryReminderDue(heading=heading, stage=stage):
                title = replace(told.titles[heading.certification], reminded=stage)
                told = replace(told, titles={**told.titles, heading.certification: title})
            case (
                CertificationProgressed()
                | CertificationProgressForeseen()
                | CertificationProgressMoved()
                | CertificationProgressLapsed()
            ):
                told = replace(told, progress=_progress_after(told.progress, fact))
            case (
                CertificationEarned()
                | CertificationRecertified()
                | CertificationExtended()
                | CertificationExpiryCorrected()
                | CertificationReinstated()
                | CertificationReactivated()
                | CertificationRestored()
            ):
                told = _valid_after(told, fact)
            case CertificationRevoked(heading=heading, reason="merge-undone"):
                told = replace(told, titles=_without(told.titles, heading.certification))
            case (
                CertificationExpired()
                | CertificationRevoked()
                | EmeritusForeseen()
                | EmeritusGranted()
                | LifetimeEmeritusGranted()
                | EmeritusLapsed()
            ):
                told = _ended_after(told, fact)
            case _ as unknown:
                assert_never(unknown)
    return told


def _valid_after(told: Told, fact: ValidityFact) -> Told:
    before = told.titles.get(fact.heading.certification)
    corrected = isinstance(fact, CertificationExpiryCorrected) and before is not None
    title = ToldTitle(
        heading=fact.heading,
        status=before.status if corrected and before else "active",
        active_on=fact.active_on,
        expires_on=fact.expires_on,
    )
    progress = told.progress
    if isinstance(fact, CertificationEarned):
        progress = _without(progress, fact.heading.certification)
    return replace(told, titles={**told.titles, fact.heading.certification: title}, progress=progress)


def _ended_after(told: Told, fact: EndFact) -> Told:
    before = told.titles.get(fact.heading.certification)
    title = ToldTitle(
        heading=fact.heading,
        status=_status_after(fact, "active" if before is None else before.status),
        active_on=fact.active_on,
        expires_on=fact.expires_on,
        emeritus_until=fact.until if isinstance(fact, EmeritusForeseen | EmeritusGranted) else None,
        lifetime_from=_lifetime_of(fact),
        reminded=before.reminded if before is not None and before.expires_on == fact.expires_on else None,
    )
    return replace(told, titles={**told.titles, fact.heading.certification: title})


def _lifetime_of(fact: EndFact) -> date | None:
    match fact:
        case EmeritusForeseen(lifetime_from=day) | EmeritusGranted(lifetime_from=day):
            return day
        case LifetimeEmeritusGranted(granted_on=day):
            return day
    return None


def _fates_after(fates: Mapping[tuple[str, date], Fate], fact: FateFact) -> Mapping[tuple[str, date], Fate]:
    key = (fact.item, fact.completed_on)
    match fact:
        case CreditsRedeemed(redeemed_on=day):
            return {**fates, key: Fate("used", day)}
        case CreditsExpired(expired_on=day):
            return {**fates, key: Fate("lost", day)}
        case CreditsCountAgain():
            return {each: fate for each, fate in fates.items() if each != key}
        case _ as unknown:
            assert_never(unknown)


def _status_after(fact: EndFact, before: Status) -> Status:
    match fact:
        case CertificationExpired() | EmeritusLapsed():
            return "expired"
        case CertificationRevoked():
            return "revoked"
        case EmeritusGranted():
            return "emeritus"
        case LifetimeEmeritusGranted():
            return "lifetime_emeritus"
        case EmeritusForeseen():
            return before
        case _ as unknown:
            assert_never(unknown)


def _progress_after(progress: Mapping[str, ToldProgress], fact: ProgressFact) -> Mapping[str, ToldProgress]:
    certification = fact.heading.certification
    match fact:
        case CertificationProgressed(since=since, until=until):
            return {**progress, certification: ToldProgress(fact.heading, Span(since, until), is_public=True)}
        case CertificationProgressForeseen(since=since, until=until):
            return {**progress, certification: ToldProgress(fact.heading, Span(since, until), is_public=False)}
        case CertificationProgressMoved(until=until):
            since = progress[certification].span.since if certification in progress else until
            return {**progress, certification: ToldProgress(fact.heading, Span(since, until), is_public=True)}
        case CertificationProgressLapsed():
            return _without(progress, certification)
        case _ as unknown:
            assert_never(unknown)


def _without(table: Mapping[str, Value], key: str) -> Mapping[str, Value]:
    return {name: value for name, value in table.items() if name != key}
