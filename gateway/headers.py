"""Headers that every answer carries, and those of public answers."""

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HSTS = (b"strict-transport-security", b"max-age=31536000")

ALWAYS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""Referrer-Policy matters most on public pages: their addresses are secrets."""

PUBLIC = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}
"""Public pages are for the reader who was given the link: neither search engines nor browsers keep them."""


def always(*, secure: bool) -> list[tuple[bytes, bytes]]:
    """The headers of every answer; behind HTTPS browsers are told to stay there."""
    return [*ALWAYS, HSTS] if secure else list(ALWAYS)
