"""When two e-mail addresses are the same log-in."""

import unicodedata


def same_for_all_spellings(email: str) -> str:
    """One spelling for an address in whatever case, width and surrounding space it is typed."""
    return unicodedata.normalize("NFKC", email.strip()).casefold()
