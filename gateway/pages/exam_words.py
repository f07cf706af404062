"""Words and figures around exams that pages share: money, places, kinds of challenges, reasons."""

from datetime import datetime
from typing import Any

from babel.numbers import format_currency

from gateway.language import Words, reader, words
from gateway.language.saying import listed, moment_there

GROUPS: dict[str, Words] = {
    "Proctored Exams": words("Proctored Exams"),
    "Entry and Specialist Exams": words("Entry and Specialist Exams"),
    "Practical Exams": words("Practical Exams"),
}

CHALLENGES: dict[str, Words] = {
    "exam_item": words("A question of the exam"),
    "missing_or_wrong_result": words("A missing or wrong result"),
    "lab_rescore": words("Score my lab again"),
    "testing_conditions": words("The conditions at the test site"),
    "sanction_appeal": words("Appeal against a sanction"),
}

ACCOMMODATIONS: dict[str, Words] = {
    "extra-time": words("Extra time"),
    "separate-room": words("A separate room"),
    "screen-reader": words("A screen reader"),
    "own-language-aid": words("An aid in my own language"),
}

SANCTIONS: dict[str, Words] = {
    "ban": words("No exams until the day named"),
    "score-cancelled": words("Score cancelled"),
}

HAPPENINGS: dict[str, Words] = {
    "check-in": words("Check in"),
    "turn-away": words("Turn away"),
    "no-show": words("No-show"),
    "decline": words("Agreement declined"),
    "start": words("Agreement accepted, start"),
    "deliver": words("Deliver"),
    "interrupt": words("Interrupted by the site"),
}

NEXT: dict[str, tuple[str, ...]] = {
    "booked": ("check-in", "turn-away", "no-show"),
    "paid": ("check-in", "turn-away", "no-show"),
    "checked-in": ("start", "decline"),
    "running": ("deliver", "interrupt"),
}
"""What can happen next at the test centre."""

REMEDIES: dict[str, Words] = {
    "correct": words("Correct the result"),
    "restore": words("Restore the result"),
    "retake": words("A free retake"),
    "lift": words("Lift the sanction"),
    "none": words("Nothing more"),
}

OUTCOMES = ("pass", "fail", "pending", "held", "invalidated", "no-show")
DELIVERIES: dict[str, Words] = {
    "centre": words("Test centre"),
    "online": words("Online"),
    "lab": words("Lab"),
}


def money(cents: int, currency: str) -> str:
    """An amount as the reader writes it."""
    return str(format_currency(cents / 100, currency, locale=reader().locale))


def there(starts_at: str, time_zone: str) -> str:
    """When that is at the test site: 13:00 UTC+1, Europe/Amsterdam."""
    return listed((moment_there(datetime.fromisoformat(starts_at), time_zone, reader()), time_zone))


def of(table: dict[str, Words], code: str | None) -> str:
    """The words of a code; a code that nobody knows stays a code."""
    return "" if code is None else str(table.get(code) or code.replace("-", " ").replace("_", " ").capitalize())


def vocabulary() -> dict[str, Any]:
    """What every template about exams may use."""
    return {
        "money": money,
        "there": there,
        "group_words": lambda code: of(GROUPS, code),
        "challenge_words": lambda code: of(CHALLENGES, code),
        "accommodation_words": lambda code: of(ACCOMMODATIONS, code),
        "sanction_words": lambda code: of(SANCTIONS, code),
        "happening_words": lambda code: of(HAPPENINGS, code),
        "remedy_words": lambda code: of(REMEDIES, code),
        "delivery_words": lambda code: of(DELIVERIES, code),
    }
