"""All pages of the console."""

from gateway.pages.console import (
    announcements,
    approvals,
    audit,
    candidates,
    centre,
    exams,
    groups,
    home,
    reports,
    reviews,
)
from gateway.pages.page import Page

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *approvals.PAGES,
    *announcements.PAGES,
    *groups.PAGES,
    *candidates.PAGES,
    *reports.PAGES,
    *audit.PAGES,
    *centre.PAGES,
    *reviews.PAGES,
    *exams.PAGES,
)
