"""Names as they are looked for: without case, accents and punctuation."""

import unicodedata

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "ħ": "h", "ŧ": "t"}
)
"""Letters whose bar or hook is no accent of its own in Unicode."""
MOST_WORDS = 8
LONGEST_WORD = 40


def folded_words(text: str) -> list[str]:
    """The words of a name or of a search, folded; at most eight, each at most forty letters."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(LETTERS)
    letters = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return [word[:LONGEST_WORD] for word in "".join(letters).split()[:MOST_WORDS]]
