"""How the standing of something looks beside its word: a tone and an icon, never a colour alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """The tone (a name that the style sheet knows) and the icon."""

    tone: str
    icon: str


PLAIN = Look("plain", "circle-dashed")
GOOD = Look("good", "circle-check")
WAITING = Look("warn", "clock")
BAD = Look("bad", "circle-x")
ENDED = Look("plain", "circle-minus")

LOOKS: dict[str, Look] = {
    **dict.fromkeys(("active", "pass", "passed", "enabled", "valid-until", "valid-without-expiry", "valid"), GOOD),
    **dict.fromkeys(
        ("claimed", "earned", "renewed", "recertified", "reinstated", "approved", "current", "granted"), GOOD
    ),
    **dict.fromkeys(("pending", "on_hold", "submitted", "open", "waiting", "requested"), WAITING),
    **dict.fromkeys(("fail", "failed", "revoked", "invalidated", "refused", "rejected", "declined"), BAD),
    **dict.fromkeys(("expired", "withdrawn", "disabled", "retired", "closed", "ended", "lapsed"), ENDED),
    **dict.fromkeys(("outdated", "replaced"), ENDED),
    **dict.fromkeys(("in-force", "previewed"), GOOD),
    "previewing": Look("note", "hourglass"),
    **dict.fromkeys(("paid", "checked-in", "running", "upheld"), GOOD),
    **dict.fromkeys(("held", "booked", "opened", "under-review", "proposed"), WAITING),
    **dict.fromkeys(("turned-away", "declined", "denied"), BAD),
    **dict.fromkeys(("no-show", "cancelled", "interrupted"), ENDED),
    "never_expires": Look("good", "badge-check"),
    "in_progress": Look("note", "hourglass"),
    "emeritus": Look("note", "star"),
    "lifetime_emeritus": Look("good", "star"),
    "draft": PLAIN,
    "used": GOOD,
    "lost": ENDED,
    "ordered": Look("note", "package"),
    "shipped": Look("note", "truck"),
    "delivered": GOOD,
    "unknown": Look("plain", "circle-question-mark"),
}


def look(code: str) -> Look:
    """The look of a status; codes without one are plain."""
    return LOOKS.get(code, PLAIN)
