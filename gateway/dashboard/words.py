"""The dashboard's codes in words: what happened, how far a result is, what waits, what a renewal takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list

from gateway import wording
from gateway.language import Words, counted, reader, say, words
from gateway.language.saying import day_in_words

HISTORY, TESTS, KITS, SHARED = "/certifications/history", "/testing-history", "/kits", "/transcripts"

ACTIVITY: dict[str, tuple[Words, str, str, str]] = {
    "account-created": (words("Account created"), "/personal-info", "plain", "user"),
    "address-changed": (words("Mailing address saved"), "/personal-info", "plain", "user"),
    "result-received": (words("Exam %(exam)s %(title)s: %(outcome)s"), TESTS, "note", "clipboard-list"),
    "result-awaited": (words("Exam %(exam)s %(title)s taken; its result is awaited"), TESTS, "warn", "clock"),
    "result-held": (words("Result of exam %(exam)s under review"), TESTS, "warn", "clock"),
    "result-released": (words("Review of exam %(exam)s ended"), TESTS, "note", "clipboard-list"),
    "result-corrected": (words("Result of exam %(exam)s corrected"), TESTS, "note", "clipboard-list"),
    "result-revoked": (words("Result of exam %(exam)s taken back"), TESTS, "bad", "circle-x"),
    "result-restored": (words("Result of exam %(exam)s restored"), TESTS, "good", "circle-check"),
    "appointment-booked": (words("Exam %(exam)s %(title)s booked"), "/schedule", "note", "calendar"),
    "appointment-lapsed": (words("Booking of exam %(exam)s lapsed"), "/schedule", "plain", "calendar"),
    "appointment-rescheduled": (words("Exam %(exam)s moved to another time"), "/schedule", "note", "calendar"),
    "appointment-cancelled": (words("Booking of exam %(exam)s cancelled"), "/schedule", "plain", "calendar"),
    "challenge-opened": (words("Challenge opened"), "/testing-history/challenges", "note", "circle-dashed"),
    "challenge-upheld": (words("Challenge upheld"), "/testing-history/challenges", "good", "circle-check"),
    "challenge-denied": (words("Challenge denied"), "/testing-history/challenges", "plain", "circle-minus"),
    "challenge-withdrawn": (words("Challenge withdrawn"), "/testing-history/challenges", "plain", "circle-minus"),
    "earned": (words("Certification earned: %(name)s"), HISTORY, "good", "award"),
    "recertified": (words("Certification renewed: %(name)s"), HISTORY, "good", "circle-check"),
    "extended": (words("Validity extended: %(name)s"), HISTORY, "good", "circle-check"),
    "expiry-corrected": (words("Expire date corrected: %(name)s"), HISTORY, "note", "info"),
    "expired": (words("Certification expired: %(name)s"), HISTORY, "plain", "circle-minus"),
    "reinstated": (words("Certification reinstated: %(name)s"), HISTORY, "good", "circle-check"),
    "restored": (words("Certification restored: %(name)s"), HISTORY, "good", "circle-check"),
    "reactivated": (words("Certification active again: %(name)s"), HISTORY, "good", "circle-check"),
    "revoked": (words("Certification revoked: %(name)s"), HISTORY, "bad", "circle-x"),
    "held": (words("Certification on hold: %(name)s"), HISTORY, "warn", "clock"),
    "hold-lifted": (words("Hold lifted: %(name)s"), HISTORY, "good", "circle-check"),
    "progressed": (words("First part passed: %(name)s"), HISTORY, "note", "hourglass"),
    "progress-lapsed": (words("First part no longer counts: %(name)s"), HISTORY, "plain", "circle-minus"),
    "emeritus-granted": (words("Emeritus status granted: %(name)s"), HISTORY, "note", "star"),
    "emeritus-lapsed": (words("Emeritus status ended: %(name)s"), HISTORY, "plain", "circle-minus"),
    "lifetime-emeritus-granted": (words("Lifetime Emeritus granted: %(name)s"), HISTORY, "note", "star"),
    "agreement-accepted": (words("Agreement accepted, version %(version)s"), HISTORY, "plain", "circle-check"),
    "claim-submitted": (
        words("Claim of credits submitted"), "/certifications/continuing-education", "note", "graduation-cap",
    ),
    "claim-evidence-requested": (
        words("More evidence is asked for a claim of credits"), "/certifications/continuing-education", "warn", "clock",
    ),
    "claim-approved": (
        words("Claim of credits approved"), "/certifications/continuing-education", "good", "circle-check",
    ),
    "claim-rejected": (
        words("Claim of credits rejected"), "/certifications/continuing-education", "bad", "circle-x",
    ),
    "claim-revoked": (
        words("Claim of credits taken back"), "/certifications/continuing-education", "bad", "circle-x",
    ),
    "kit-offered": (words("%(kind)s offered: %(name)s"), KITS, "note", "gift"),
    "kit-claimed": (words("%(kind)s ordered: %(name)s"), KITS, "good", "package"),
    "kit-withdrawn": (words("Offer of a kit ended: %(name)s"), KITS, "plain", "circle-minus"),
    "transcript-created": (words("Transcript created"), SHARED, "note", "share-2"),
    "transcript-disclosed": (words("Transcript shared"), SHARED, "note", "link"),
    "transcript-disabled": (words("Transcript switched off"), SHARED, "plain", "circle-minus"),
    "transcript-enabled": (words("Transcript switched on"), SHARED, "good", "circle-check"),
    "transcript-deleted": (words("Transcript deleted"), SHARED, "plain", "circle-minus"),
}  # fmt: skip
"""Sentence, page, tone and icon of each code; a code of a newer service is left out."""

STEPS: dict[str, dict[str, Words]] = {
    "received": {"done": words("Result received")},
    "matched": {
        "done": words("Matched to your record"), "in-progress": words("Being matched to your record"),
        "unknown": words("Matched to your record: cannot be told right now"),
    },
    "certified": {
        "in-progress": words("What it counts for is being worked out"),
        "nothing": words("It changes no certification now, and may count towards one later"),
    },
    "code": {
        "done": words("Verification code made"), "in-progress": words("Verification code is being made"),
        "unknown": words("Verification code: cannot be told right now"),
    },
    "kit": {
        "done": words("Printed kit offered"), "in-progress": words("Printed kit is being offered"),
        "unknown": words("Printed kit: cannot be told right now"),
    },
}  # fmt: skip
"""Each step of a result by its state."""

LOOK = {
    "done": ("good", "circle-check"), "in-progress": ("warn", "hourglass"), "nothing": ("plain", "circle-minus"),
    "unknown": ("plain", "circle-question-mark"),
}  # fmt: skip

TO_DO: dict[str, tuple[Words, Words]] = {
    "profile-incomplete": (words("Your mailing address is missing."), words("Complete it")),
    "certification-waits": (
        words("%(name)s is earned and waits for the agreement."),
        words("Read and accept it"),
    ),
    "agreement-due": (words("A new version of the agreement waits for you."), words("Read and accept it")),
    "kit-unclaimed": (words("Your %(kind)s for %(name)s is waiting."), words("Claim it")),
    "transcript-expires": (words("A transcript that you share ends on %(view_until)s."), words("See transcripts")),
}
"""What waits, and the words of its button."""


class _Told(dict[str, Any]):
    """What a service told; nothing for what it left out."""

    def __missing__(self, key: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a timeline: when, what, where to go, and how it looks."""

    on: str | None
    words: str
    path: str
    tone: str
    icon: str


def activity(entry: Mapping[str, Any]) -> Line | None:
    """One fact in words; None for a code that has none."""
    known = ACTIVITY.get(entry["code"])
    if known is None:
        return None
    sentence, path, tone, icon = known
    return Line(entry["at"], _said(sentence, entry["details"]), path, tone, icon)


def step(told: Mapping[str, Any]) -> list[Line]:
    """A step of a result; the certifications that it brought are a line each."""
    tone, icon = LOOK[told["state"]]
    if "brought" in told:
        return [Line(told["at"], _said(ACTIVITY[one["code"]][0], one), "", tone, icon) for one in told["brought"]]
    return [Line(told["at"], str(STEPS[told["step"]][told["state"]]), "", tone, icon)]


def to_do(entry: Mapping[str, Any]) -> tuple[str, str]:
    """What waits, and what the button says."""
    sentence, button = TO_DO[entry["code"]]
    details = entry["details"]
    if "kind" in details:
        details = {**details, "kind": wording.kind(details["kind"]).lower()}
    if "view_until" in details:
        details = {**details, "view_until": day_in_words(details["view_until"], reader())}
    return str(Words(sentence.text, details)), str(button)


def renewal(cheapest: Mapping[str, Any] | None) -> list[str]:
    """What the cheapest renewal takes, a sentence for each part."""
    if cheapest is None:
        return [say("It can no longer be renewed.")]
    parts = [_exams(part) for part in cheapest["exams"]]
    if cheapest["credits"]:
        parts.append(
            counted(
                "%(num)s more credit of continuing education", "%(num)s more credits of continuing education",
                cheapest["credits"],
            )
        )  # fmt: skip
    if cheapest["exams"] and cheapest["price_usd"] is not None:
        parts.append(say("List price: %(price)s USD", price=cheapest["price_usd"]))
    return parts


def _exams(part: Mapping[str, Any]) -> str:
    named = [f"{exam['exam']} {exam['acronym']}" for exam in part["exams"][: part["count"]]]
    exams = format_list(named, locale=reader().locale)
    if part["choices"] > part["count"]:
        return say("Pass %(exams)s, or others of the same kind", exams=exams)
    return say("Pass %(exams)s", exams=exams)


def _said(sentence: Words, details: Mapping[str, Any]) -> str:
    told = _Told(details)
    if "outcome" in told:
        told["outcome"] = wording.status(told["outcome"])
    if "kind" in told:
        told["kind"] = wording.kind(told["kind"])
    return str(Words(sentence.text, told)).strip()
