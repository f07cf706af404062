"""The authorisation table: every route of the gateway and who may use it: a role, or a permission of staff."""

from collections.abc import Iterable

from chassis.errors import StartRefused
from contracts.permissions import PERMISSIONS

ANYONE = frozenset({"anyone"})
CANDIDATE = frozenset({"candidate"})
PROVIDER = frozenset({"provider"})
ROLES = ("candidate", "provider", "operator", "staff")
STAFF = frozenset({"staff"})
"""Anybody who belongs to a group."""


def needs(permission: str) -> frozenset[str]:
    """Staff whose groups allow this; a misspelt permission stops the start."""
    if permission not in PERMISSIONS:
        raise StartRefused(f"There is no permission {permission}.")
    return frozenset({permission})


TABLE: dict[tuple[str, str], frozenset[str]] = {
    # operations
    ("GET", "/health"): ANYONE,
    ("GET", "/metrics"): ANYONE,
    # API
    ("GET", "/api/openapi.json"): ANYONE,
    ("POST", "/api/v1/accounts"): ANYONE,
    ("POST", "/api/v1/accounts/confirmation-mail"): ANYONE,
    ("POST", "/api/v1/accounts/confirmation"): ANYONE,
    ("POST", "/api/v1/accounts/unlock-mail"): ANYONE,
    ("POST", "/api/v1/accounts/unlock"): ANYONE,
    ("POST", "/api/v1/accounts/password-mail"): ANYONE,
    ("POST", "/api/v1/accounts/password"): ANYONE,
    ("POST", "/api/v1/sessions"): ANYONE,
    ("POST", "/api/v1/sessions/refresh"): ANYONE,
    ("DELETE", "/api/v1/sessions"): ANYONE,  # whoever holds the session's secret may end it
    ("GET", "/api/v1/me"): CANDIDATE,
    ("DELETE", "/api/v1/me"): CANDIDATE,
    ("PUT", "/api/v1/me/address"): CANDIDATE,
    ("PUT", "/api/v1/me/birth-date"): CANDIDATE,
    ("PUT", "/api/v1/me/news"): CANDIDATE,
    ("POST", "/api/v1/me/record"): CANDIDATE,
    ("GET", "/api/v1/me/cases"): CANDIDATE,
    ("POST", "/api/v1/me/cases"): CANDIDATE,
    ("GET", "/api/v1/me/cases/{case_id}"): CANDIDATE,
    ("POST", "/api/v1/me/cases/{case_id}/messages"): CANDIDATE,
    ("POST", "/api/v1/cases"): ANYONE,
    ("PUT", "/api/v1/me/password"): CANDIDATE,
    ("GET", "/api/v1/me/sessions"): CANDIDATE,
    ("DELETE", "/api/v1/me/sessions"): CANDIDATE,
    ("DELETE", "/api/v1/me/sessions/{session_id}"): CANDIDATE,
    ("GET", "/api/v1/me/log-ins"): CANDIDATE,
    ("GET", "/api/v1/me/preferences"): CANDIDATE,
    ("PUT", "/api/v1/me/preferences"): CANDIDATE,
    ("GET", "/api/v1/me/dashboard"): CANDIDATE,
    ("GET", "/api/v1/me/announcements"): CANDIDATE,
    ("POST", "/api/v1/me/announcements/{announcement_id}/dismissal"): CANDIDATE,
    ("GET", "/api/console/v1/announcements"): needs("announcements.write"),
    ("POST", "/api/console/v1/announcements"): needs("announcements.write"),
    ("GET", "/api/console/v1/announcements/{announcement_id}"): needs("announcements.write"),
    ("PUT", "/api/console/v1/announcements/{announcement_id}"): needs("announcements.write"),
    ("POST", "/api/console/v1/announcements/{announcement_id}/publication"): needs("announcements.write"),
    ("POST", "/api/console/v1/announcements/{announcement_id}/withdrawal"): needs("announcements.write"),
    ("GET", "/api/v1/me/certifications"): CANDIDATE,
    ("GET", "/api/v1/me/certifications/history"): CANDIDATE,
    ("GET", "/api/v1/me/certifications/codes"): CANDIDATE,
    ("GET", "/api/v1/me/exams"): CANDIDATE,
    ("GET", "/api/v1/me/exams/{result_id}/score-report"): CANDIDATE,
    ("GET", "/api/v1/me/practical-exams"): CANDIDATE,
    ("GET", "/api/v1/me/sanctions"): CANDIDATE,
    ("GET", "/api/v1/exams"): CANDIDATE,
    ("GET", "/api/v1/exams/{exam}"): CANDIDATE,
    ("GET", "/api/v1/exams/{exam}/sessions"): CANDIDATE,
    ("GET", "/api/v1/exams/{exam}/quote"): CANDIDATE,
    ("GET", "/api/v1/me/appointments"): CANDIDATE,
    ("POST", "/api/v1/me/appointments"): CANDIDATE,
    ("GET", "/api/v1/me/appointments/{appointment_id}"): CANDIDATE,
    ("POST", "/api/v1/me/appointments/{appointment_id}/payment"): CANDIDATE,
    ("POST", "/api/v1/me/appointments/{appointment_id}/move"): CANDIDATE,
    ("POST", "/api/v1/me/appointments/{appointment_id}/cancellation"): CANDIDATE,
    ("GET", "/api/v1/me/receipts"): CANDIDATE,
    ("GET", "/api/v1/me/receipts/{receipt_id}"): CANDIDATE,
    ("GET", "/api/v1/me/challenges"): CANDIDATE,
    ("POST", "/api/v1/me/challenges"): CANDIDATE,
    ("POST", "/api/v1/me/challenges/files"): CANDIDATE,
    ("GET", "/api/v1/me/challenges/{challenge_id}"): CANDIDATE,
    ("POST", "/api/v1/me/challenges/{challenge_id}/evidence"): CANDIDATE,
    ("POST", "/api/v1/me/challenges/{challenge_id}/withdrawal"): CANDIDATE,
    ("GET", "/api/v1/me/kits"): CANDIDATE,
    ("POST", "/api/v1/me/kits/{kit_id}/claim"): CANDIDATE,
    ("GET", "/api/v1/me/transcripts"): CANDIDATE,
    ("POST", "/api/v1/me/transcripts"): CANDIDATE,
    ("POST", "/api/v1/me/transcripts/{transcript_id}/disclosures"): CANDIDATE,
    ("POST", "/api/v1/me/transcripts/{transcript_id}/disable"): CANDIDATE,
    ("POST", "/api/v1/me/transcripts/{transcript_id}/enable"): CANDIDATE,
    ("DELETE", "/api/v1/me/transcripts/{transcript_id}"): CANDIDATE,
    ("GET", "/api/v1/public/transcripts/{code}"): ANYONE,
    ("GET", "/api/v1/public/verify/{code}"): ANYONE,
    ("POST", "/api/provider/v1/candidates"): PROVIDER,
    ("POST", "/api/provider/v1/results"): PROVIDER,
    ("POST", "/api/provider/v1/results/{result_id}/revocation"): PROVIDER,
    ("GET", "/api/console/v1/approvals"): STAFF,
    ("POST", "/api/console/v1/approvals"): needs("approvals.request"),
    ("POST", "/api/console/v1/approvals/preview"): needs("approvals.request"),
    ("GET", "/api/console/v1/approvals/{service}/{proposal_id}"): STAFF,
    ("POST", "/api/console/v1/approvals/{service}/{proposal_id}/approve"): needs("approvals.decide"),
    ("POST", "/api/console/v1/approvals/{service}/{proposal_id}/decline"): needs("approvals.decide"),
    ("POST", "/api/console/v1/approvals/{service}/{proposal_id}/withdraw"): needs("approvals.request"),
    ("GET", "/api/console/v1/groups"): needs("groups.edit"),
    ("POST", "/api/console/v1/groups"): needs("groups.edit"),
    ("GET", "/api/console/v1/groups/{group_id}"): needs("groups.edit"),
    ("PUT", "/api/console/v1/groups/{group_id}/name"): needs("groups.edit"),
    ("PUT", "/api/console/v1/groups/{group_id}/permissions"): needs("groups.edit"),
    ("POST", "/api/console/v1/groups/{group_id}/members"): needs("groups.edit"),
    ("DELETE", "/api/console/v1/groups/{group_id}/members/{member_id}"): needs("groups.edit"),
    ("GET", "/api/console/v1/candidates"): needs("candidates.read"),
    ("GET", "/api/console/v1/candidates/{candidate_id}"): needs("candidates.read"),
    ("GET", "/api/console/v1/candidates/{candidate_id}/timeline"): needs("candidates.read"),
    ("GET", "/api/console/v1/cases"): needs("cases.work"),
    ("GET", "/api/console/v1/cases/{case_id}"): needs("cases.work"),
    ("POST", "/api/console/v1/cases/{case_id}/answers"): needs("cases.work"),
    ("POST", "/api/console/v1/cases/{case_id}/closing"): needs("cases.work"),
    ("GET", "/api/console/v1/reports/{report}"): needs("reports.read"),
    ("GET", "/api/console/v1/audit"): needs("audit.read"),
    ("POST", "/api/provider/v1/records"): PROVIDER,
    ("GET", "/api/console/v1/test-centre"): needs("test-centre.play"),
    ("POST", "/api/console/v1/test-centre/{appointment_id}/happenings"): needs("test-centre.play"),
    ("POST", "/api/console/v1/test-centre/{appointment_id}/score"): needs("test-centre.play"),
    ("GET", "/api/console/v1/challenges"): needs("challenges.review"),
    ("GET", "/api/console/v1/challenges/{challenge_id}"): needs("challenges.review"),
    ("POST", "/api/console/v1/challenges/{challenge_id}/review"): needs("challenges.review"),
    ("POST", "/api/console/v1/challenges/{challenge_id}/questions"): needs("challenges.review"),
    ("POST", "/api/console/v1/challenges/{challenge_id}/ruling"): needs("challenges.review"),
    ("POST", "/api/console/v1/challenges/{challenge_id}/decision"): needs("challenges.decide"),
    # pages
    ("GET", "/"): ANYONE,
    ("GET", "/login"): ANYONE,
    ("POST", "/login"): ANYONE,
    ("GET", "/login/password"): ANYONE,
    ("POST", "/login/password"): ANYONE,
    ("POST", "/logout"): ANYONE,
    ("GET", "/sign-up"): ANYONE,
    ("POST", "/sign-up"): ANYONE,
    ("GET", "/sign-up/sent"): ANYONE,
    ("GET", "/confirm"): ANYONE,
    ("POST", "/confirm"): ANYONE,
    ("GET", "/confirm/again"): ANYONE,
    ("POST", "/confirm/again"): ANYONE,
    ("GET", "/unlock"): ANYONE,
    ("POST", "/unlock"): ANYONE,
    ("GET", "/unlock/open"): ANYONE,
    ("POST", "/unlock/open"): ANYONE,
    ("GET", "/password/forgotten"): ANYONE,
    ("POST", "/password/forgotten"): ANYONE,
    ("GET", "/password/new"): ANYONE,
    ("POST", "/password/new"): ANYONE,
    ("GET", "/mailbox"): ANYONE,  # 404 in production
    ("POST", "/language"): ANYONE,
    ("GET", "/privacy"): ANYONE,
    ("GET", "/terms"): ANYONE,
    ("GET", "/guide"): ANYONE,
    ("GET", "/contact"): ANYONE,
    ("POST", "/theme"): ANYONE,
    ("GET", "/components"): ANYONE,  # in demo and test mode only
    ("GET", "/legal/{text}"): ANYONE,
    ("GET", "/legal/{text}/{version}"): ANYONE,
    ("GET", "/home"): CANDIDATE,
    ("POST", "/announcements/{announcement_id}/dismissal"): CANDIDATE,
    ("GET", "/personal-info"): CANDIDATE,
    ("POST", "/personal-info"): CANDIDATE,
    ("GET", "/personal-info/erase"): CANDIDATE,
    ("POST", "/personal-info/erase"): CANDIDATE,
    ("GET", "/support"): ANYONE,
    ("POST", "/support"): ANYONE,
    ("GET", "/support/cases/{case_id}"): ANYONE,  # identity shows it to its owner only
    ("POST", "/support/cases/{case_id}"): ANYONE,
    ("GET", "/mapping"): CANDIDATE,
    ("POST", "/mapping"): CANDIDATE,
    ("GET", "/security"): CANDIDATE,
    ("POST", "/security/password"): CANDIDATE,
    ("POST", "/security/sessions/{session_id}/end"): CANDIDATE,
    ("POST", "/security/log-out-everywhere"): CANDIDATE,
    ("GET", "/personal-info/company"): CANDIDATE,
    ("GET", "/personal-info/job-title"): CANDIDATE,
    ("GET", "/personal-info/external-ids"): CANDIDATE,
    ("GET", "/personal-info/settings"): CANDIDATE,
    ("POST", "/personal-info/settings/preferences"): CANDIDATE,
    ("GET", "/schedule"): CANDIDATE,
    ("GET", "/testing-history"): CANDIDATE,
    ("GET", "/testing-history/practical"): CANDIDATE,
    ("GET", "/testing-history/challenges"): CANDIDATE,
    ("GET", "/certifications"): CANDIDATE,
    ("GET", "/certifications/history"): CANDIDATE,
    ("GET", "/certifications/continuing-education"): CANDIDATE,
    ("GET", "/certifications/logos"): CANDIDATE,
    ("GET", "/benefits"): CANDIDATE,
    ("GET", "/kits"): CANDIDATE,
    ("GET", "/kits/{kit_id}/claim"): CANDIDATE,
    ("POST", "/kits/{kit_id}/claim"): CANDIDATE,
    ("GET", "/transcripts"): CANDIDATE,
    ("GET", "/transcripts/new"): CANDIDATE,
    ("POST", "/transcripts/new"): CANDIDATE,
    ("POST", "/transcripts/{transcript_id}/share"): CANDIDATE,
    ("POST", "/transcripts/{transcript_id}/disable"): CANDIDATE,
    ("POST", "/transcripts/{transcript_id}/enable"): CANDIDATE,
    ("POST", "/transcripts/{transcript_id}/delete"): CANDIDATE,
    # public
    # console
    ("GET", "/console"): STAFF,
    ("GET", "/console/approvals"): STAFF,
    ("GET", "/console/approvals/{service}/{proposal_id}"): STAFF,
    ("POST", "/console/approvals/{service}/{proposal_id}/approve"): needs("approvals.decide"),
    ("POST", "/console/approvals/{service}/{proposal_id}/decline"): needs("approvals.decide"),
    ("POST", "/console/approvals/{service}/{proposal_id}/withdraw"): needs("approvals.request"),
    ("GET", "/console/announcements"): needs("announcements.write"),
    ("GET", "/console/announcements/new"): needs("announcements.write"),
    ("POST", "/console/announcements/new"): needs("announcements.write"),
    ("GET", "/console/announcements/{announcement_id}"): needs("announcements.write"),
    ("POST", "/console/announcements/{announcement_id}"): needs("announcements.write"),
    ("POST", "/console/announcements/{announcement_id}/publication"): needs("announcements.write"),
    ("POST", "/console/announcements/{announcement_id}/withdrawal"): needs("announcements.write"),
    ("GET", "/console/groups"): needs("groups.edit"),
    ("POST", "/console/groups"): needs("groups.edit"),
    ("GET", "/console/groups/{group_id}"): needs("groups.edit"),
    ("POST", "/console/groups/{group_id}/name"): needs("groups.edit"),
    ("POST", "/console/groups/{group_id}/permissions"): needs("groups.edit"),
    ("POST", "/console/groups/{group_id}/members"): needs("groups.edit"),
    ("POST", "/console/groups/{group_id}/members/{member_id}/remove"): needs("groups.edit"),
    ("GET", "/console/candidates"): needs("candidates.read"),
    ("GET", "/console/candidates/{candidate_id}"): needs("candidates.read"),
    ("GET", "/console/reports"): needs("reports.read"),
    ("GET", "/console/reports/{report}"): needs("reports.read"),
    ("GET", "/console/reports/{report}/csv"): needs("reports.read"),
    ("GET", "/console/audit"): needs("audit.read"),
    # public
    ("GET", "/t/{code}"): ANYONE,
    ("GET", "/verify"): ANYONE,
    ("GET", "/verify/{code}"): ANYONE,
}


def allowed(method: str, template: str) -> frozenset[str]:
    """The roles that may use a route; ANYONE needs no log-in."""
    return TABLE[method, template]


def may(rights: Iterable[str], method: str, template: str) -> bool:
    """Whether somebody with these roles and permissions may use the route."""
    needed = TABLE[method, template]
    return needed == ANYONE or not needed.isdisjoint(rights)


def must_name(routes: Iterable[tuple[str, str]]) -> None:
    """Refuse to start when a route is missing in the table or the table names one that does not exist."""
    strange = set(routes) ^ TABLE.keys()
    if strange:
        raise StartRefused(f"Routes and authorisation table differ: {sorted(strange)}.")
