"""All pages of the console."""

from gateway.pages.console import announcements, approvals, audit, candidates, groups, home, reports
from gateway.pages.page import Page

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *approvals.PAGES,
    *announcements.PAGES,
    *groups.PAGES,
    *candidates.PAGES,
    *reports.PAGES,
    *audit.PAGES,
)
