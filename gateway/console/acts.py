"""What can be done by a case, with a second person: which entries each act needs, and who may ask for it."""

from typing import Any

from gateway.language import Words, words

FIELDS: dict[str, tuple[str, ...]] = {
    "mapping-grant": ("candidate_id",),
    "email-change": ("email",),
    "name-change": ("first_name", "last_name"),
    "birth-date-change": ("birth_date",),
    "records-merge": ("absorbed_id",),
}
LABELS: dict[str, Words] = {
    "candidate_id": words("Candidate ID"),
    "email": words("New e-mail address"),
    "first_name": words("First name"),
    "last_name": words("Last name"),
    "birth_date": words("Birth date"),
    "absorbed_id": words("Candidate ID of the second record"),
}
REASON = words("Reason")
STATES: dict[str, Words] = {
    "open": words("Open"),
    "waiting": words("Waits for the person"),
    "solved": words("Solved"),
    "refused": words("Closed without a solution"),
}
PERMISSIONS = {
    "mapping-grant": "cases.work",
    "email-change": "names.change",
    "name-change": "names.change",
    "birth-date-change": "names.change",
    "records-merge": "candidates.merge",
}


def offered(case: dict[str, Any]) -> list[str]:
    """The acts that fit a case that is not closed: joining where a mapping waits, else the others."""
    if case["state"] not in {"open", "waiting"}:
        return []
    if case["mapping"]:
        return ["mapping-grant"] if any(not one["taken"] for one in case["records"]) else []
    of_a_person = case["owner"] != case["case_id"]
    return [act for act in FIELDS if act != "mapping-grant" and (of_a_person or act != "records-merge")]


def renamed(action: str, fields: dict[str, str]) -> dict[str, str]:
    """Troubles by the names that the entries have on the page; those of the values come with identity's own prefix."""
    return {f"{action}-{name.removeprefix('values.')}": message for name, message in fields.items()}


def summary_labels() -> dict[str, Words]:
    """What the entries are called in the summary of what is wrong."""
    labels = {**LABELS, "reason": REASON}
    return {f"{action}-{name}": words for action in FIELDS for name, words in labels.items()}
