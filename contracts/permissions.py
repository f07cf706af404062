"""What people of the house may do, as codes; groups hold permissions, and each console route names the one it needs."""

from typing import Final

PERMISSIONS: Final[dict[str, str]] = {
    # candidates
    "candidates.read": "Find candidates and see their records",
    "candidates.personal-data": "See names, e-mail addresses and mailing addresses",
    "candidates.merge": "Merge two candidate records",
    "accounts.suspend": "Suspend accounts and lift suspensions",
    "cases.work": "Work on support, mapping and name cases",
    "names.change": "Change legal names and birth dates by case",
    "consents.review": "Review guardian consents",
    # certifications
    "certifications.hold": "Hold certifications and lift holds",
    "certifications.revoke": "Revoke and restore certifications",
    "certifications.extend": "Extend certifications for everybody",
    "emeritus.grant": "Grant and correct emeritus status",
    "credits.review": "Review claims of continuing education",
    "catalogue.change": "Preview and activate catalogue changes",
    "agreements.change": "Publish new versions of agreements",
    # exams
    "results.import": "Import results from a file",
    "results.correct": "Hold, release, correct, revoke and restore results",
    "sanctions.impose": "Impose sanctions and decide appeals",
    "challenges.review": "Review challenges",
    "challenges.decide": "Decide challenges as the second reviewer",
    "test-centre.play": "Act for the built-in test centre",
    "accommodations.review": "Review accommodations at the test centre",
    # kits, transcripts, badges
    "kits.work": "Replace, cancel and trace kits",
    "transcripts.disable": "Switch transcripts and badges off for cause",
    # the house
    "announcements.write": "Write announcements",
    "approvals.request": "Ask for actions that need a second person",
    "approvals.decide": "Grant or decline what others ask for",
    "reports.read": "Read reports",
    "audit.read": "Read the audit trail",
    "groups.edit": "Edit groups, their permissions and members",
    "partners.manage": "Manage partner systems and their access",
}
"""Each permission with what it allows, in words for the groups page."""

ALL: Final = tuple(PERMISSIONS)

ADMINISTRATOR: Final = "administrator"
"""The group that always has a member, and can always edit groups."""

_EVERYBODY = ("candidates.read", "approvals.request", "reports.read")

DEFAULT_GROUPS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "support": (
        "Support",
        (
            *_EVERYBODY,
            *("candidates.personal-data", "candidates.merge", "accounts.suspend", "cases.work", "names.change"),
            *("consents.review", "kits.work", "transcripts.disable", "accommodations.review", "results.correct"),
            *("test-centre.play", "results.import"),
        ),
    ),
    "reviewer": (
        "Reviewer",
        (
            *_EVERYBODY,
            *("approvals.decide", "credits.review", "challenges.review", "challenges.decide", "cases.work"),
            *("candidates.merge", "accounts.suspend", "names.change", "consents.review", "results.correct"),
            "results.import",
        ),
    ),
    "programme-manager": (
        "Programme manager",
        (
            *_EVERYBODY,
            *("approvals.decide", "announcements.write", "certifications.hold", "certifications.revoke"),
            *("certifications.extend", "emeritus.grant", "catalogue.change", "agreements.change", "credits.review"),
            *("sanctions.impose", "results.correct", "challenges.decide", "partners.manage"),
        ),
    ),
    ADMINISTRATOR: ("Administrator", ALL),
}
"""What a fresh installation starts with, by group id: name and permissions; afterwards groups are edited as data."""
