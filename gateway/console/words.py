"""Words of the console: actions that need two people, what they change, what the audit trail writes down."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from gateway import fact_words, wording
from gateway.language import Words, reader, say, saying, words

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:")
CODE = re.compile(r"[a-z0-9._-]+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ABSENT = "\N{EN DASH}"
STANDING = re.compile(r"(?P<status>[a-z_]+), (?P<day>\d{4}-\d\d-\d\d)")
STANDINGS = ("active", "expired", "emeritus", "lifetime_emeritus", "on_hold", "revoked", "in_progress")

PERMISSIONS: dict[str, Words] = {
    "candidates.read": words("Find candidates and see their records"),
    "candidates.personal-data": words("See names, e-mail addresses and mailing addresses"),
    "candidates.merge": words("Merge two candidate records"),
    "accounts.suspend": words("Suspend accounts and lift suspensions"),
    "cases.work": words("Work on support, mapping and name cases"),
    "names.change": words("Change legal names and birth dates by case"),
    "consents.review": words("Review guardian consents"),
    "certifications.hold": words("Hold certifications and lift holds"),
    "certifications.revoke": words("Revoke and restore certifications"),
    "certifications.extend": words("Extend certifications for everybody"),
    "emeritus.grant": words("Grant and correct emeritus status"),
    "credits.review": words("Review claims of continuing education"),
    "catalogue.change": words("Preview and activate catalogue changes"),
    "agreements.change": words("Publish new versions of agreements"),
    "results.import": words("Import results from a file"),
    "results.correct": words("Hold, release, correct, revoke and restore results"),
    "sanctions.impose": words("Impose sanctions and decide appeals"),
    "challenges.review": words("Review challenges"),
    "challenges.decide": words("Decide challenges as the second reviewer"),
    "test-centre.play": words("Act for the built-in test centre"),
    "accommodations.review": words("Review accommodations at the test centre"),
    "kits.work": words("Replace, cancel and trace kits"),
    "transcripts.disable": words("Switch transcripts and badges off for cause"),
    "announcements.write": words("Write announcements"),
    "approvals.request": words("Ask for actions that need a second person"),
    "approvals.decide": words("Grant or decline what others ask for"),
    "reports.read": words("Read reports"),
    "audit.read": words("Read the audit trail"),
    "groups.edit": words("Edit groups, their permissions and members"),
    "partners.manage": words("Manage partner systems and their access"),
}
"""What each permission allows."""

TITLE_ACTIONS: dict[str, tuple[Words, str]] = {
    "certification-hold": (words("Put a certification on hold"), "certifications.hold"),
    "certification-lift-hold": (words("Lift a hold"), "certifications.hold"),
    "certification-revoke": (words("Revoke a certification"), "certifications.revoke"),
    "certification-restore": (words("Restore a revoked certification"), "certifications.revoke"),
}
"""What two people can do to one certification, and the permission that both need."""

TITLE_REASONS: dict[str, Words] = {
    "investigation": words("Investigation"),
    "misconduct": words("Misconduct"),
    "score-irregular": words("Irregular score"),
    "identity-doubt": words("Doubt about the identity"),
    "cleared": words("Cleared"),
    "appeal": words("Appeal upheld"),
}
"""Reasons that the candidate reads in words."""

CLAIM_REASONS: dict[str, Words] = {
    "fraud": words("Fraud"),
    "evidence-false": words("False evidence"),
    "completion-withdrawn": words("The provider took the completion back"),
    "approved-by-mistake": words("Approved by mistake"),
}
"""Why an approved claim is taken back; the candidate reads it in words."""

ACTIONS: dict[str, Words] = {
    "claim-revoke": words("Take an approved claim back"),
    **{code: said for code, (said, _) in TITLE_ACTIONS.items()},
    "certifications-extend": words("Extend every certification"),
    "catalogue-activate": words("Put a changed catalogue in force"),
    "group-member-add": words("Add somebody to a group"),
    "group-permissions-change": words("Change what a group may do"),
    "mapping-grant": words("Join the account with a record"),
    "email-change": words("Change the log-in"),
    "name-change": words("Change the legal name"),
    "birth-date-change": words("Correct the birth date"),
    "records-merge": words("Merge two records"),
    "records-separate": words("Undo a merge of two records"),
    "account-suspend": words("Suspend the account"),
    "account-reinstate": words("Open the account again"),
    "import-results": words("Take results from a file"),
    "hold-result": words("Hold a result"),
    "release-result": words("Release a held result"),
    "correct-result": words("Correct a result"),
    "revoke-result": words("Revoke a result"),
    "restore-result": words("Restore a revoked result"),
    "impose-sanction": words("Impose a sanction"),
    "lift-sanction": words("Lift a sanction"),
}

CHANGES: dict[str, Words] = {
    "group": words("Group"),
    "permission": words("Permission"),
    "record": words("Record"),
    "first-booking": words("First booking"),
    "email": words("Log-in"),
    "name": words("Name"),
    "birth-date": words("Birth date"),
    "account": words("Account"),
    "catalogue": words("Catalogue"),
    "credits": words("Credits that count"),
}

CATALOGUE_STATES: dict[str, Words] = {
    "previewing": words("Preview runs"),
    "previewed": words("Previewed"),
    "outdated": words("Outdated"),
    "in-force": words("In force"),
    "replaced": words("Replaced"),
}
"""Where a change of the catalogue stands."""

MAPPING: dict[str, Words] = {
    "legacy-booking": words("Booked before September 27, 2022, and never logged in"),
    "name-differs": words("The record has another name"),
    "several-records": words("Several records have this e-mail address"),
    "record-taken": words("Another account opens the record already"),
}
"""Why people must look at a mapping, for those who do."""

DOCUMENTS: dict[str, Words] = {
    "privacy-statement": words("Privacy statement"),
    "site-terms": words("Site terms"),
}
"""What was accepted at the registration."""

STATES: dict[str, Words] = {
    "open": words("Open"),
    "granted": words("Granted"),
    "declined": words("Declined"),
    "withdrawn": words("Withdrawn"),
    "lapsed": words("Lapsed"),
}
"""What became of a proposal."""

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
    "appointment-viewed": words("Looked at an appointment"),
    "accommodation-viewed": words("Looked at a request for an accommodation"),
    "challenge-viewed": words("Looked at a challenge"),
    "evidence-viewed": words("Looked at a file of a challenge"),
    "claim-viewed": words("Looked at a claim"),
    "claim-approved": words("Approved a claim"),
    "claim-rejected": words("Refused a claim"),
    "evidence-requested": words("Asked for evidence"),
    "evidence-opened": words("Opened a file of evidence"),
    "extension-previewed": words("Looked at whom an extension reaches"),
    "credit-feed-sent": words("Sent a list of completions"),
    "catalogue-handed-in": words("Handed a changed catalogue in"),
    "exams-viewed": words("Looked at a candidate's exams"),
    "proposal-viewed": words("Looked at a proposal"),
    "proposal-made": words("Asked for an action"),
    "proposal-approved": words("Granted a proposal"),
    "proposal-declined": words("Declined a proposal"),
    "proposal-withdrawn": words("Withdrew a proposal"),
    "group-viewed": words("Looked at a group"),
    "group-created": words("Created a group"),
    "announcement-drafted": words("Wrote an announcement"),
    "announcement-changed": words("Changed an announcement"),
    "announcement-published": words("Published an announcement"),
    "announcement-withdrawn": words("Withdrew an announcement"),
    "group-renamed": words("Renamed a group"),
    "group-permissions-changed": words("Changed what a group may do"),
    "member-added": words("Added somebody to a group"),
    "member-removed": words("Removed somebody from a group"),
    "merge-previewed": words("Looked at what two records would hold as one"),
    "companies-viewed": words("Looked at company names that wait"),
    "company-reviewed": words("Looked at a company name"),
    "case-viewed": words("Looked at a case"),
    "case-file-opened": words("Opened a file of a case"),
    "case-answered": words("Answered a case"),
    "case-closed": words("Closed a case"),
    "report-read": words("Read a report"),
    "audit-read": words("Read the audit trail"),
}
"""What is written down, by code; other parts of the console add theirs."""


def plain(code: str) -> str:
    """A code as words where nobody has written better ones."""
    return fact_words.plain(code)


def action(code: str) -> str:
    """What is asked for."""
    return str(ACTIONS.get(code) or plain(code))


def change(code: str) -> str:
    """What would change: a code in words, or words of the service as they are."""
    return str(CHANGES.get(code) or (plain(code) if CODE.fullmatch(code) else code))


OUTCOMES = frozenset({"pass", "fail", "pending", "held", "released", "corrected", "invalidated", "restored"})
"""What a result is, or becomes."""


def value(code: str | None) -> str:
    """A value of a preview; permissions, results and standings in words, days as the reader writes them."""
    standing = STANDING.fullmatch(code or "")
    if standing is not None and standing["status"] in STANDINGS:
        return Markup("{}, {}").format(wording.status(standing["status"]), saying.day(standing["day"]))
    if code in OUTCOMES:
        return wording.status(code)
    return saying.day(code) if _is_day(code or "") else str(PERMISSIONS.get(code or "") or code or "")


def state(code: str) -> str:
    """What became of a proposal."""
    return str(STATES.get(code) or plain(code))


def catalogue_state(code: str) -> str:
    """Where a change of the catalogue stands."""
    return str(CATALOGUE_STATES.get(code) or plain(code))


def service(code: str) -> str:
    """Which part of the house."""
    return str(SERVICES.get(code) or plain(code))


def entry(code: str) -> str:
    """What somebody did."""
    return str(ENTRIES.get(code) or plain(code))


def mapping(code: str) -> str:
    """Why a mapping waits."""
    return str(MAPPING.get(code) or plain(code))


def document(code: str) -> str:
    """A document that was accepted."""
    return str(DOCUMENTS.get(code) or plain(code))


def details(fields: Mapping[str, Any]) -> str:
    """The plain fields of a stored fact in one line; whom and when stands beside. The name of a version is no day."""
    shown = ((name, value) for name, value in fields.items() if name != "candidate_id" and not _is_moment(value))
    told = ((name, value if name.endswith("version") else _told(value)) for name, value in shown)
    return ", ".join(f"{fact_words.field(name)}: {value}" for name, value in told)


def _told(value: Any) -> str:
    """A stored value in words: days as the reader writes them, outcomes, yes and no, lists of these."""
    match value:
        case bool():
            return say("Yes") if value else say("No")
        case str() if _is_day(value):
            return saying.day_in_words(value, reader())
        case str() if value in OUTCOMES:
            return wording.status(value)
        case list():
            return ", ".join(map(_told, value)) or ABSENT
        case None:
            return ABSENT
    return str(value)


def _is_day(text: str) -> bool:
    """Whether it is a day of the calendar; what people write may only look like one."""
    try:
        return DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and MOMENT.match(value) is not None


def cell(value: Any, code: str) -> Any:
    """A cell of a report on screen."""
    if value is None:
        return saying.NOTHING
    if code == "country":
        return saying.country(value)
    if code.endswith(("_on", "_until")):
        return saying.day(value)
    return value


FILTERS: dict[str, Callable[..., Any]] = {
    "action_words": action,
    "change_words": change,
    "value_words": value,
    "state_words": state,
    "catalogue_state_words": catalogue_state,
    "service_words": service,
    "entry_words": entry,
    "mapping_words": mapping,
    "document_words": document,
    "plain_words": plain,
    "report_cell": cell,
}
"""The same for templates."""
