"""All pages of the portal."""

from gateway.pages import (
    certifications,
    components,
    guide,
    home,
    kits,
    legal,
    login,
    mailbox,
    mailed_links,
    personal_info,
    places,
    preferences,
    public_transcript,
    security,
    settings,
    sign_up,
    testing_history,
    transcripts,
    verify,
)
from gateway.pages.console import table as console
from gateway.pages.page import Page

PAGES: tuple[Page, ...] = (
    *login.PAGES,
    *sign_up.PAGES,
    *mailed_links.PAGES,
    *mailbox.PAGES,
    *legal.PAGES,
    *guide.PAGES,
    *preferences.PAGES,
    *home.PAGES,
    *personal_info.PAGES,
    *security.PAGES,
    *settings.PAGES,
    *places.PAGES,
    *testing_history.PAGES,
    *certifications.PAGES,
    *kits.PAGES,
    *transcripts.PAGES,
    *public_transcript.PAGES,
    *verify.PAGES,
    *components.PAGES,
    *console.PAGES,
)
