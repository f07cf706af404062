"""New earnings that may not be told yet: the date stands, the event waits for the agreement (R-Q1)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from services.certification.domain.standing import Record, Standing
from services.certification.domain.told import Told, ToldTitle


def without_new_earnings(record: Record, told: Told, today: date) -> Record:
    """The record as far as it may be told; what was told before goes on as it is, progress to its last day."""
    standings = {
        name: known for name, standing in record.standings.items() if (known := _known(standing, told.titles.get(name)))
    }
    spans = {name: told.progress[name].span for name in waiting(record, told) if name in told.progress}
    kept = {name: span for name, span in spans.items() if span.until >= today}
    return replace(record, standings=standings, spans={**record.spans, **kept})


def waiting(record: Record, told: Told) -> Iterator[str]:
    """The certifications with an earning that has not been told."""
    for name, standing in record.standings.items():
        if _known(standing, told.titles.get(name)) != standing:
            yield name


def _known(standing: Standing, old: ToldTitle | None) -> Standing | None:
    """Up to the earning that was told; None where nothing of it was."""
    if standing.revoked_on is not None:
        return standing
    if old is None or old.status == "revoked":
        restored = old is not None and any(each.active_on == old.active_on for each in standing.holdings)
        return standing if restored else None
    told_at = [number for number, each in enumerate(standing.holdings) if each.active_on == old.active_on]
    return replace(standing, holdings=standing.holdings[: told_at[0] + 1]) if told_at else standing
