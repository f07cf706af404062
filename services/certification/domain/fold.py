"""The fold R-F: from a candidate's evidence, the catalogue and a day to the record; pure, and the same for any order.

Where the rules are silent, the choices are written down in docs/decisions/0010-fold-judgements.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from services.certification.domain.catalogue import Catalogue
from services.certification.domain.evidence import Evidence, Revocation, Sitting, dated
from services.certification.domain.in_force import evidence_in_force, holds_of
from services.certification.domain.standing import Holding, Record, Standing
from services.certification.domain.timeline import timeline_of
from services.certification.domain.title import Title
from services.certification.domain.walk import Walk, walk


def fold(evidence: Iterable[Evidence], catalogue: Catalogue, today: date) -> Record:
    """Fold what is known on `today`; evidence with a later `known_on` is not there yet (R-O1, R-O3). Never raises."""
    pieces = [piece for piece in evidence if piece.known_on <= today]
    known = evidence_in_force(pieces)
    revocations = [piece for piece in known if isinstance(piece, Revocation)]
    end = _walked(known, revocations, catalogue)
    with_void = _walked(known, [], catalogue).titles if revocations else {}
    standings = _revoked(known, revocations, with_void, catalogue)
    standings.update((name, title.standing()) for name, title in end.titles.items())
    for name, holds in holds_of(pieces).items():
        if name in standings:  # a hold speaks of one earning; a new one is free
            since = standings[name].current.active_on
            standings[name] = replace(standings[name], holds=tuple(days for days in holds if days.since >= since))
    void_only = {name: title.holding() for name, title in with_void.items() if name not in end.titles}
    return record_of(end, standings, void_only, today)


def record_of(
    end: Walk, standings: Mapping[str, Standing], only_with_void: Mapping[str, Holding], today: date
) -> Record:
    """What a walk that has come to its end says on a day."""
    return Record(
        standings=standings,
        spans=end.spans(today),
        balance=end.credits.balance_from(today, end.credits_usable_until(today)),
        refused=dict(end.refused),
        first_expert_on=end.first_expert_on,
        fates=end.credits.fates_on(today, end.last_credit_day()),
        only_with_void=only_with_void,
    )


def walked(evidence: Iterable[Evidence], catalogue: Catalogue, today: date) -> Walk:
    """Where the same evidence leads, with cycles and points still at hand; for questions about what could come next."""
    known = evidence_in_force(piece for piece in evidence if piece.known_on <= today)
    return _walked(known, (piece for piece in known if isinstance(piece, Revocation)), catalogue)


def _walked(known: Iterable[Evidence], revocations: Iterable[Revocation], catalogue: Catalogue) -> Walk:
    void = {revocation.result_id for revocation in revocations}
    return walk(timeline_of(known, void, catalogue), catalogue)


def _revoked(
    known: list[Evidence], revocations: list[Revocation], with_void: Mapping[str, Title], catalogue: Catalogue
) -> dict[str, Standing]:
    """What was held on each day on which a revocation became known, as it was then (R-X1): one more walk per day.

    Whoever calls puts what is still held over it; what remains was held only by passes that are void now. Its expire
    date is the one that all evidence would give with them, as the reference algorithm says.
    """
    sat = {piece.result_id for piece in known if isinstance(piece, Sitting)}
    standings: dict[str, Standing] = {}
    for day in sorted({piece.known_on for piece in revocations if piece.result_id in sat}):
        earlier = [piece for piece in revocations if piece.known_on < day]
        held = _walked((piece for piece in known if piece.known_on <= day), earlier, catalogue).titles
        cause = min((piece for piece in revocations if piece.known_on == day and piece.result_id in sat), key=_identity)
        standings.update(
            (name, Standing(holdings=(title.holding(),), revoked_on=cause.revoked_on, reason=cause.reason))
            for name, title in held.items()
        )
    for name, standing in standings.items():
        title = with_void.get(name)
        if title is not None and title.active_on == standing.current.active_on:
            standings[name] = replace(standing, holdings=(title.holding(),))
    return standings


def _identity(revocation: Revocation) -> tuple[str, date, str]:
    return (revocation.result_id, revocation.revoked_on, revocation.reason)


def as_of(evidence: Iterable[Evidence], catalogue: Catalogue, on: date, known_on: date) -> Record:
    """The record of a day, by what was known on another one: what was valid then, and what was known then."""
    pieces = [
        replace(piece, known_on=min(piece.known_on, on))
        for piece in evidence
        if piece.known_on <= known_on and (isinstance(piece, Revocation) or dated(piece) <= on)
    ]
    return fold(pieces, catalogue, on)
