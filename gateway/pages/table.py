"""All pages of the portal."""

from gateway.pages import (
    certifications,
    home,
    kits,
    login,
    personal_info,
    public_transcript,
    sign_up,
    testing_history,
    transcripts,
    verify,
)
from gateway.pages.page import Page

PAGES: tuple[Page, ...] = (
    *login.PAGES,
    *sign_up.PAGES,
    *home.PAGES,
    *personal_info.PAGES,
    *testing_history.PAGES,
    *certifications.PAGES,
    *kits.PAGES,
    *transcripts.PAGES,
    *public_transcript.PAGES,
    *verify.PAGES,
)
