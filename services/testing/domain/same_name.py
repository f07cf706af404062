"""When two spellings are the same name (R-N1)."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212]+")
"""White space, hyphens and dashes, in any number."""


def same_name(one: str, other: str) -> bool:
    """Whether the names agree in NFKC and any case, with spaces and hyphens unified; diacritics count, then do not."""
    plain, other_plain = _plain(one), _plain(other)
    return plain == other_plain or _without_marks(plain) == _without_marks(other_plain)


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    # Case folding can leave a text that is not composed any more.
    return _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", folded)).strip()


def _without_marks(name: str) -> str:
    parts = unicodedata.normalize("NFD", name)
    return "".join(character for character in parts if not unicodedata.combining(character))
