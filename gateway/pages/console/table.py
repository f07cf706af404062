"""All pages of the console."""

from gateway.pages.console import (
    accommodations,
    announcements,
    approvals,
    audit,
    candidates,
    cases,
    catalogue,
    centre,
    claims,
    credit_feed,
    exams,
    extensions,
    groups,
    home,
    merges,
    reports,
    reviews,
    titles,
)
from gateway.pages.page import Page

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *approvals.PAGES,
    *announcements.PAGES,
    *groups.PAGES,
    *candidates.PAGES,
    *cases.PAGES,
    *merges.PAGES,
    *reports.PAGES,
    *audit.PAGES,
    *centre.PAGES,
    *reviews.PAGES,
    *accommodations.PAGES,
    *exams.PAGES,
    *titles.PAGES,
    *claims.PAGES,
    *credit_feed.PAGES,
    *extensions.PAGES,
    *catalogue.PAGES,
)
