"""What the operators' command says when a service refuses or keeps silent: one sentence, never a bare code."""

from collections.abc import Mapping
from typing import Any

from chassis.decider import Rejected
from chassis.errors import Conflict, Failure, Invalid, Unavailable

SENTENCES: Mapping[str, str] = {
    "account-unknown": "No account has this e-mail address: its owner signs up first.",
    "client-unknown": "No program has this id; see certtrack clients list.",
    "event-unknown": "No public event is called {events}; docs/events.md lists them all.",
    "group-unknown": "There is no such group; see certtrack staff list.",
    "internal": "The service has failed at this; its log in the installation's folder log says why.",
    "no-such-projection": "There is no such projection; there are {known}.",
    "no-such-source": "This service does not read the log of that one; without --source it takes up what has stopped.",
    "nothing-parked": "Nothing is parked under this id; see certtrack parked list.",
    "partner-exists": "There is a partner {name} already: choose another name, or remove it first.",
    "partner-name-invalid": "A partner's name has 3 to 40 lower-case letters, digits and hyphens.",
    "partner-unknown": "There is no partner {name}; see certtrack partners list.",
    "partner-without-events": "Name at least one event; docs/events.md lists them all.",
    "why-missing": "Say why: it is kept with the event.",
}
"""What operators meet; everything else is told as candidates and staff read it."""


def sentence(why: Rejected | Failure) -> str:
    """The refusal in the operator's words."""
    match why:
        case Invalid(details={"fields": fields}):
            return entries(fields)
        case Unavailable(code="broker"):
            return "The broker does not answer: certtrack health shows what runs, make run starts everything."
        case Unavailable():
            return f"No answer from {why.code} in time: see certtrack health, then repeat the command."
        case Conflict():
            return "Others keep changing the same thing: repeat the command."
        case _:
            return told(why)


def told(why: Rejected | Failure) -> str:
    """A code as a sentence; what is known in words nowhere is given as it came."""
    from gateway import wording

    if why.code in SENTENCES:
        return SENTENCES[why.code].format_map({name: text(value) for name, value in why.details.items()})
    if why.code in wording.REJECTIONS:
        return wording.sentence(why.code, why.details)
    details = "; ".join(f"{name}: {text(value)}" for name, value in why.details.items())
    return f"Refused: {why.code}" + (f" ({details})" if details else "") + "."


def entries(fields: Mapping[str, Any]) -> str:
    """What is wrong with each entry, lists and their elements included."""
    return " ".join(f"{name.replace('_', ' ')}: {text(messages)}" for name, messages in fields.items())


def text(value: Any) -> str:
    """A value of the details as an operator reads it."""
    if isinstance(value, Mapping):
        return " ".join(text(one) for one in value.values())
    if isinstance(value, list | tuple):
        return (" " if all(str(one).endswith(".") for one in value) else ", ").join(text(one) for one in value)
    return str(value)
