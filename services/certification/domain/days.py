"""Calendar arithmetic of the programme: whole years and months, clamped to the end of February and to the calendar."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

ONE_DAY = timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """The same month and day some years later; 29 February falls to 28 (R-V1, R-V4)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return months_after(day, 12 * years)


def months_after(day: date, months: int) -> date:
    """The same day some months later (earlier if negative), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    if year < MINYEAR:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(day: date, days: int) -> date:
    """Some days later (earlier if negative), inside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
