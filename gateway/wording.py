"""Words for people: what a rejection means, what a status is called; the only place where codes become sentences."""

from collections.abc import Mapping
from typing import Any

REJECTIONS: dict[str, str] = {
    # the request itself
    "invalid": "Some of what was entered cannot be used. Please look at the fields named here.",
    "json-malformed": "The body of the request is not a JSON object.",
    "body-too-large": "The request is larger than 64 KiB.",
    "body-too-slow": "The request did not arrive in time.",
    "form-malformed": "The form could not be read.",
    "content-type-unknown": "The body must be sent as application/json.",
    "idempotency-key-missing": "Send an Idempotency-Key header, 1 to 255 visible ASCII characters, new per command.",
    "idempotency-key-malformed": "The Idempotency-Key must have 1 to 255 visible ASCII characters.",
    "idempotency-key-reused": "This Idempotency-Key was already used for a different request.",
    "form-expired": "This form was open for too long or belongs to another log-in. Nothing changed; please try again.",
    "not-found": "There is nothing here.",
    "method-not-allowed": "This address does not answer that method.",
    # who is asking
    "log-in-needed": "Please log in.",
    "token-invalid": "The access token is missing, expired or not ours.",
    "role-missing": "Your account may not do this.",
    "log-in-refused": "E-mail address or password is not right.",
    "session-over": "The session has ended. Please log in again.",
    # parts away
    "unavailable": "A part of the system does not answer. Nothing is lost: the same request may be repeated.",
    "failed": "Something went wrong on our side. The same request may be repeated.",
    "busy": "Too much is going on at this moment. The same request may be repeated.",
    # rules of the programme
    "email-taken": "There is already an account with this e-mail address.",
    "password-too-short": "The password needs at least 12 characters.",
    "account-erased": "This account was erased.",
    "account-unknown": "There is no such account.",
    "candidate-erased": "This account was erased.",
    "candidate-unknown": "There is no such account.",
    "po-box-address": "Kits cannot be sent to a P.O. box. Please give a street address.",
    "unknown-exam": "The catalogue has no exam with this code.",
    "unknown-result": "There is no such result.",
    "exam-date-in-future": "The exam date lies in the future.",
    "exam-not-available": "This exam was not offered on that date.",
    "provider-record-contradicts": "This provider reference was already reported with other contents.",
    "unknown-kit": "There is no such kit.",
    "kit-already-ordered": "This kit was already ordered.",
    "kit-withdrawn": "This kit is no longer offered.",
    "certification-not-active": "A kit can be claimed while the certification is active.",
    "profile-incomplete": "Please complete your mailing address first.",
    "printed-name-differs": "The printed name must be your name as it stands in your account.",
    "unknown-transcript": "There is no such transcript.",
    "transcript-not-shown": "No transcript is shown under this link. Ask the person who gave it to you for a new one.",
    "code-malformed": "This is not a verification code.",
}

STATUSES: dict[str, str] = {
    "active": "Active",
    "expired": "Expired",
    "revoked": "Revoked",
    "emeritus": "Emeritus",
    "in_progress": "In Progress",
    "never_expires": "Never expires",
    "on_hold": "On Hold",
    "pending": "Pending",
    "ordered": "Ordered",
    "withdrawn": "Withdrawn",
    "enabled": "Enabled",
    "disabled": "Disabled",
    "pass": "Pass",
    "fail": "Fail",
    "invalidated": "Invalidated",
}

KINDS: dict[str, str] = {"certificate": "Certificate", "plaque": "Plaque"}

ANSWERS: dict[str, tuple[str, str]] = {
    "valid-until": ("Valid", "This certification is valid."),
    "valid-without-expiry": ("Valid", "This certification is valid and does not expire."),
    "emeritus": ("Emeritus", "The holder has Emeritus status."),
    "expired": ("Expired", "This certification has expired."),
    "revoked": ("Revoked", "This certification was revoked."),
    "withdrawn": ("Withdrawn", "The holder has withdrawn from the programme."),
    "unknown": ("Unknown", "We know no certification under this code."),
}
"""Answers of public verification: the tag and the sentence."""

FACTS: dict[str, str] = {
    "earned": "Certification earned",
    "renewed": "Certification renewed",
    "recertified": "Certification renewed",
    "extended": "Validity extended",
    "expiry-corrected": "Expire date corrected",
    "corrected": "Expire date corrected",
    "expired": "Certification expired",
    "reinstated": "Certification reinstated",
    "revoked": "Certification revoked",
    "progressed": "First part passed",
    "progress-lapsed": "First part no longer counts",
    "emeritus-granted": "Emeritus status granted",
    "emeritus-lapsed": "Emeritus status ended",
}

NOTICES: dict[str, str] = {
    "registered": "Your account was created. Please log in.",
    "logged-out": "You have logged out.",
    "address-saved": "Your mailing address was saved.",
    "kit-ordered": "Your kit is ordered. Please allow 12 to 16 weeks for processing and shipping.",
    "transcript-created": "The transcript was created.",
    "transcript-shared": "A new link was made. Anyone who has it can read the transcript.",
    "transcript-disabled": "The transcript is switched off. All its links have stopped working.",
    "transcript-enabled": "The transcript is switched on. Its links work again.",
    "transcript-deleted": "The transcript was deleted. Its links no longer work.",
    "withdrawn": "Nobody can read it any more.",
    "withdrawing": "It is withdrawn. The public pages are following right now.",
    "erased": "Your account was erased and your public pages are gone.",
    "erasing": "Your account was erased. Your public pages are being taken down right now.",
}

TITLES: dict[int, str] = {
    400: "Request not understood",
    401: "Log-in needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    408: "Request too slow",
    409: "Not possible",
    413: "Request too large",
    415: "Content type not supported",
    422: "Please check your entries",
    500: "Something went wrong",
    503: "Not available right now",
}


ENTRIES: dict[str, str] = {
    "Missing data for required field.": "Please fill this in.",
    "Field may not be null.": "Please fill this in.",
    "Not a valid email address.": "This is not an e-mail address.",
    "Not a valid date.": "Please give a date.",
    "Two capital letters, as in ISO 3166.": "Please select a country or region.",
}
"""What people read instead of a schema's own messages."""


class _Blank(dict[str, Any]):
    """Leaves out what a sentence wants to name but a service did not tell."""

    def __missing__(self, key: str) -> str:
        return ""


def sentence(code: str, details: Mapping[str, Any] | None = None) -> str:
    """What a code means, in a sentence."""
    known = REJECTIONS.get(code, "This is not possible right now.")
    return known.format_map(_Blank(details or {}))


def entry(message: str) -> str:
    """What is wrong with an entry, for people."""
    return ENTRIES.get(message, message)


def status(code: str) -> str:
    """A status as a word."""
    return STATUSES.get(code, code.replace("_", " ").replace("-", " ").capitalize())


def fact(code: str) -> str:
    """What happened, in words."""
    return FACTS.get(code.replace("_", "-"), status(code))
