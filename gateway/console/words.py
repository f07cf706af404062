"""Words of the console: actions that need two people, what they change, what the audit trail writes down."""

from contracts.permissions import PERMISSIONS
from gateway.language import Words, words

ACTIONS: dict[str, Words] = {
    "group-member-add": words("Add somebody to a group"),
    "group-permissions-change": words("Change what a group may do"),
}

CHANGES: dict[str, Words] = {
    "group": words("Group"),
    "permission": words("Permission"),
}

SERVICES: dict[str, Words] = {
    "identity": words("Accounts"),
    "certification": words("Certifications"),
    "testing": words("Exams"),
    "fulfillment": words("Kits"),
    "verification": words("Transcripts"),
}

ENTRIES: dict[str, Words] = {
    "candidates-searched": words("Searched for candidates"),
    "candidate-viewed": words("Looked at a candidate"),
    "proposal-viewed": words("Looked at a proposal"),
    "proposal-made": words("Asked for an action"),
    "proposal-approved": words("Granted a proposal"),
    "proposal-declined": words("Declined a proposal"),
    "proposal-withdrawn": words("Withdrew a proposal"),
    "group-viewed": words("Looked at a group"),
    "group-created": words("Created a group"),
    "group-renamed": words("Renamed a group"),
    "group-permissions-changed": words("Changed what a group may do"),
    "member-added": words("Added somebody to a group"),
    "member-removed": words("Removed somebody from a group"),
    "report-read": words("Read a report"),
    "audit-read": words("Read the audit trail"),
}
"""What is written down, by code; other parts of the console add theirs."""


def plain(code: str) -> str:
    """A code as words where nobody has written better ones."""
    return code.replace("_", " ").replace("-", " ").replace(".", " ").capitalize()


def action(code: str) -> str:
    """What is asked for."""
    return str(ACTIONS.get(code) or plain(code))


def change(code: str) -> str:
    """What would change."""
    return str(CHANGES.get(code) or plain(code))


def value(code: str | None) -> str:
    """A value of a preview; permissions are told in words."""
    return PERMISSIONS.get(code or "", code or "")


def service(code: str) -> str:
    """Which part of the house."""
    return str(SERVICES.get(code) or plain(code))


def entry(code: str) -> str:
    """What somebody did."""
    return str(ENTRIES.get(code) or plain(code))
