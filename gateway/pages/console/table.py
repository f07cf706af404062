"""All pages of the console."""

from gateway.pages.console import approvals, audit, candidates, groups, home, reports
from gateway.pages.page import Page

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *approvals.PAGES,
    *groups.PAGES,
    *candidates.PAGES,
    *reports.PAGES,
    *audit.PAGES,
)
