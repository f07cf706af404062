from dataclasses import replace
from datetime import date

import pytest

from services.verification.domain.standing import Standing

ACTIVE = Standing(
    certification="ccie-security",
    name="Certified Expert",
    status="active",
    active_on=date(2023, 11, 20),
    expires_on=date(2026, 11, 20),
)
EMERITUS = replace(ACTIVE, status="emeritus", emeritus_until=date(2027, 11, 20))


@pytest.mark.rule("R-V2")
@pytest.mark.rule("R-G6")
@pytest.mark.parametrize(("day", "status"), [(date(2026, 11, 20), "active"), (date(2026, 11, 21), "expired")])
def test_the_expire_date_is_the_last_active_day_even_before_the_timer_tells(day, status):
    assert ACTIVE.status_on(day) == status


@pytest.mark.rule("R-V5")
def test_what_has_no_expire_date_never_expires():
    assert replace(ACTIVE, expires_on=None).status_on(date(2126, 1, 1)) == "never_expires"


@pytest.mark.rule("R-E1")
@pytest.mark.parametrize(("day", "status"), [(date(2027, 11, 20), "emeritus"), (date(2027, 11, 21), "expired")])
def test_emeritus_ends_with_its_term(day, status):
    assert EMERITUS.status_on(day) == status


def test_an_emeritus_is_valid_until_the_end_of_the_term():
    assert EMERITUS.valid_until(date(2026, 12, 1)) == date(2027, 11, 20)
    assert ACTIVE.valid_until(date(2026, 11, 1)) == date(2026, 11, 20)


@pytest.mark.rule("R-X1")
@pytest.mark.parametrize("status", ["revoked", "expired"])
def test_what_was_told_is_not_outlived_by_a_later_date(status):
    told = replace(ACTIVE, status=status, expires_on=date(2030, 1, 1))
    assert told.status_on(date(2026, 11, 20)) == status
