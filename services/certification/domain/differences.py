"""The differences between what was told and what the record now comes to, as news (R-O3)."""

from collections.abc import Iterable, Iterator
from datetime import date

from services.certification.domain.claim_facts import CreditsCountAgain, CreditsExpired, CreditsRedeemed
from services.certification.domain.days import ONE_DAY
from services.certification.domain.facts import (
    CertificationProgressed,
    CertificationProgressForeseen,
    CertificationProgressLapsed,
    CertificationProgressMoved,
    CreditBalanceChanged,
    News,
)
from services.certification.domain.programme_facts import ExpertBecame
from services.certification.domain.scribe import Scribe
from services.certification.domain.standing import BalanceStep, Holding, Record, Span, Standing, balance_on
from services.certification.domain.told import Told, ToldProgress, ToldTitle


def news(told: Told, record: Record, scribe: Scribe) -> list[News]:
    """First what time ended, then what the record says otherwise: titles, progress, credits."""
    ended: list[News] = [fact for title in _in_order(told.titles, scribe) for fact in _ended(title, told, scribe)]
    told = told.after(*ended)
    titles: list[News] = [
        fact
        for title in _in_order({*told.titles, *record.standings}, scribe)
        for fact in _about(title, told.titles.get(title), record.standings.get(title), scribe)
    ]
    told = told.after(*titles)
    return [
        *ended,
        *titles,
        *_about_progress(told, record, scribe),
        *_about_credits(told, record, scribe),
        *_about_fates(told, record),
        *([ExpertBecame(first_expert_on=first)] if (first := record.first_expert_on) != told.first_expert_on else []),
    ]


def _in_order(titles: Iterable[str], scribe: Scribe) -> list[str]:
    """Lower levels first."""
    known = scribe.catalogue.certifications
    return sorted(titles, key=lambda title: (known[title].level.rank if title in known else 0, title))


def _ended(title: str, told: Told, scribe: Scribe) -> Iterator[News]:
    """The last day is over and nobody has said so: a foreseen term of emeritus begins, others expire or lapse."""
    old, today = told.titles[title], scribe.today
    if old.expires_on is None or old.expires_on >= today:
        return
    until, for_life = old.emeritus_until, old.lifetime_from is not None and old.lifetime_from <= today
    if old.status == "active" and until is not None:
        yield scribe.granted(title, old, old.expires_on, until, old.expires_on + ONE_DAY)
    elif old.status == "active" and not for_life:
        yield scribe.expired(title, old, old.expires_on)
    if old.status not in {"active", "emeritus"}:
        return
    if for_life and old.lifetime_from is not None:
        yield scribe.for_life(title, old, old.expires_on, old.lifetime_from)
    elif until is not None and until < today:
        yield scribe.lapsed(title, old, old.expires_on, until + ONE_DAY)


def _about(title: str, old: ToldTitle | None, standing: Standing | None, scribe: Scribe) -> Iterator[News]:
    """What is news about one certification."""
    if standing is None or standing.revoked_on is not None:
        yield from _gone(title, old, standing, scribe)
    elif old is None:
        yield from _earned(title, standing.holdings, scribe)
    else:
        told_at = [number for number, each in enumerate(standing.holdings) if each.active_on == old.active_on]
        if told_at and old.status != "revoked":
            yield from _continued(title, old, standing.holdings[told_at[0]], scribe)
            yield from _earned(title, standing.holdings[told_at[0] + 1 :], scribe)
        elif told_at and standing.holdings[told_at[0]] is standing.current:
            yield from _restored(title, standing.current, scribe)
        else:
            if scribe.cause in {"result-revoked", "merge-undone"} and old.status != "revoked":
                yield scribe.revoked(title, old, scribe.today, scribe.cause)
            yield from _earned(title, standing.holdings[-1:], scribe)


def _gone(title: str, old: ToldTitle | None, standing: Standing | None, scribe: Scribe) -> Iterator[News]:
    """Taken away; what was never told is told as revoked all the same, so that every order of messages ends alike."""
    told_as = old if old is not None and old.status == "revoked" else None
    if standing is None:
        if old is not None and told_as is None:
            yield scribe.revoked(title, old, scribe.today, scribe.cause)
        return
    held = standing.current
    same = told_as is not None and (told_as.active_on, told_as.expires_on) == (held.active_on, held.expires_on)
    if standing.revoked_on is not None and not same:
        yield scribe.revoked(title, held, standing.revoked_on, standing.reason)


def _earned(title: str, holdings: Iterable[Holding], scribe: Scribe) -> Iterator[News]:
    """Earnings that were never told, each with all that became of it so far."""
    for holding in holdings:
        yield scribe.earned(title, holding)
        yield from scribe.moves(title, holding, 0)
        yield from _term(title, holding, None, scribe)
        if holding.expires_on is not None and holding.status_on(scribe.today) == "expired":
            yield scribe.expired(title, holding, holding.expires_on)


def _restored(title: str, holding: Holding, scribe: Scribe) -> Iterator[News]:
    """Revoked before, held again (R-X3)."""
    yield scribe.restored(title, holding)
    yield from _term(title, holding, None, scribe)
    if holding.expires_on is not None and holding.status_on(scribe.today) == "expired":
        yield scribe.expired(title, holding, holding.expires_on)


def _continued(title: str, old: ToldTitle, holding: Holding, scribe: Scribe) -> Iterator[News]:
    """The same earning as told, perhaps with another end."""
    if old.expires_on is None or holding.expires_on is None:
        return
    moved = holding.expires_on != old.expires_on
    if moved:
        yield from _moved(title, old, holding, scribe)
    yield from _term(title, holding, None if moved else old, scribe)
    if moved and old.status != "expired" and holding.status_on(scribe.today) == "expired":
        yield scribe.expired(title, holding, holding.expires_on)


def _moved(title: str, old: ToldTitle, holding: Holding, scribe: Scribe) -> Iterator[News]:
    """Moves that follow the told date are told as such; everything else is a correction."""
    if old.expires_on is None or holding.expires_on is None:
        return
    told_at = [number for number, day in enumerate(holding.dates) if day == old.expires_on]
    came_back = told_at and any(move.option == "reactivation" for move in holding.moves[told_at[-1] :])
    if told_at and (old.status == "active" or came_back):
        yield from scribe.moves(title, holding, told_at[-1])
    elif old.status != "active" and holding.status_on(scribe.today) == "active":
        yield scribe.reinstated(title, old.expires_on, holding, holding.expires_on)
    else:
        yield scribe.corrected(title, old.expires_on, holding, holding.expires_on)


def _term(title: str, holding: Holding, old: ToldTitle | None, scribe: Scribe) -> Iterator[News]:
    """A term of emeritus that is not over and not told yet, or one that was told and is none any more."""
    expires_on, today = holding.expires_on, scribe.today
    until, for_life = _term_ahead(holding, today)
    if expires_on is None or (until, for_life) == ((old.emeritus_until, old.lifetime_from) if old else (None, None)):
        return
    if today <= expires_on:
        yield scribe.foreseen(title, holding, expires_on, until, for_life)
    elif for_life is not None and for_life <= today:
        yield scribe.for_life(title, holding, expires_on, for_life)
    elif until is not None:
        yield scribe.granted(title, holding, expires_on, until, today)
    else:
        yield scribe.lapsed(title, holding, expires_on, today)


def _term_ahead(holding: Holding, today: date) -> tuple[date | None, date | None]:
    """The end of a term that is not over, and the beginning of lifetime; once that has begun, terms are no matter."""
    until, for_life = holding.emeritus_until, holding.lifetime_from
    over = until is not None and until < today
    if over or (for_life is not None and for_life <= today):
        until = None
    return until, for_life


def _about_progress(told: Told, record: Record, scribe: Scribe) -> Iterator[News]:
    for title in _in_order({*told.progress, *record.spans}, scribe):
        yield from _progress(title, told.progress.get(title), record.spans.get(title), scribe)


def _progress(title: str, old: ToldProgress | None, span: Span | None, scribe: Scribe) -> Iterator[News]:
    """In progress today is told to others, later days are only foreseen."""
    today, version = scribe.today, scribe.catalogue.version
    heading = scribe.heading(title, today, old.heading if old else None)
    is_public = old is not None and old.is_public
    if old is not None and is_public and span is not None and span.since > old.span.until:
        # what was told was over before this began, whether or not a job said so in between
        yield CertificationProgressLapsed(heading=heading, lapsed_on=today, catalogue=version)
        old, is_public = None, False
    if span is not None and span.covers(today):
        if not is_public:
            since = min(span.since, old.span.since) if old is not None else span.since
            yield CertificationProgressed(heading=heading, since=since, until=span.until, catalogue=version)
        elif old is not None and old.span.until != span.until:
            yield CertificationProgressMoved(heading=heading, until=span.until, catalogue=version)
        return
    if old is not None and (is_public or span is None):
        yield CertificationProgressLapsed(heading=heading, lapsed_on=today, catalogue=version)
    if span is not None and (old is None or is_public or old.span != span):
        yield CertificationProgressForeseen(heading=heading, since=span.since, until=span.until, catalogue=version)


def _about_credits(told: Told, record: Record, scribe: Scribe) -> Iterator[News]:
    """The balance today or what time will make of it has changed, or a step that was foreseen has come."""
    before = told.balance[0].credits if told.balance else 0
    step_has_come = before != balance_on(told.balance, scribe.today)
    if step_has_come or _from(told.balance, scribe.today) != _from(record.balance, scribe.today):
        credits_today, *later = _from(record.balance, scribe.today)
        yield CreditBalanceChanged(
            on=scribe.today,
            credits=credits_today.credits,
            later=tuple(later),
            catalogue=scribe.catalogue.version,
        )


def _about_fates(told: Told, record: Record) -> Iterator[News]:
    """Credits that went into a renewal, that were lost, or that are in hand again after all."""
    for (item, completed_on), fate in sorted(record.fates.items()):
        old = told.fates.get((item, completed_on))
        if fate.state == "counts" and old is not None:
            yield CreditsCountAgain(item=item, completed_on=completed_on, on=fate.on)
        elif fate.state == "used" and old != fate:
            yield CreditsRedeemed(item=item, completed_on=completed_on, redeemed_on=fate.on)
        elif fate.state == "lost" and old != fate:
            yield CreditsExpired(item=item, completed_on=completed_on, expired_on=fate.on)


def _from(steps: tuple[BalanceStep, ...], day: date) -> tuple[BalanceStep, ...]:
    return (BalanceStep(day, balance_on(steps, day)), *(step for step in steps if step.on > day))
