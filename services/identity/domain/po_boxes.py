"""Recognising a post-office box in an address line, in the words and scripts of many countries (R-D1, R-D2)."""

import re
import unicodedata

_GAP = r"[\s.\-]*"
"""Dots, spaces and hyphens are optional inside an abbreviation; a comma separates."""
_DOTS = r"[\s.]*"
_NUMBER = r"[\s.:#-]*(?:(?:no|nr|num|numero|number|n|nro)[\s.:º°]*)?[\s#]*\d"
_WORD = r"(?<!\w)"
_END = r"(?![^\W\d_])"


def _written(*parts: str) -> str:
    return _GAP.join(parts)


_ALWAYS = (
    _WORD + _written("p", "[o0]", "box") + _END,
    _WORD + _written("post", "office", "box") + _END,
    _WORD + _written("post(?:al)?", "box") + _NUMBER,
    _WORD + _written("post", "fach") + _END,
    _WORD + r"(?:apartado|apdo)" + _GAP + r"(?:de" + _GAP + r")?(?:postal|correos?|aereo)" + _END,
    _WORD + _written("b(?:oi)?te", "postale") + _END,
    _WORD + _DOTS.join("bp") + _NUMBER,
    _WORD + _written("case", "postale") + _END,
    _WORD + _written("casell[ae]", "postal[ei]") + _END,
    _WORD + _written("c(?:ai)?xa?", "postal") + _END,
    _WORD + _written("post?", "bus") + _NUMBER,
    _WORD + r"post(?:i)?boks" + _NUMBER,
    _WORD + r"postilokero" + _END,
    _WORD + r"postafiok" + _END,
    _WORD + _written("skrytka", "pocztowa") + _END,
    _WORD + _written("posta", "kutusu") + _END,
    _WORD + _written("ταχ(?:υδρομικη)?", "θυριδα") + _END,
    _WORD + _written("τ", "θ") + _NUMBER,
    _WORD + r"[\u0430a]\s*/\s*[яс]" + _NUMBER,
    _WORD + r"абонентск\w+\s+(?:ящик|скринька)",
    r"私書箱|邮政信箱|郵政信箱|사서함",
    r"صندوق\s*(?:ال)?بريد|(?<!\w)ص" + _DOTS + r"ب" + _NUMBER,
    _WORD + r"ת" + _DOTS + r"ד" + _NUMBER,
)
"""A box wherever it stands in the line."""

_UNLESS_A_STREET = (
    _WORD + _DOTS.join("pob") + _NUMBER,
    _WORD + r"(?:apartado|apdo|aptdo)" + _NUMBER,
)
"""A box, except as the name of a street: `Via Po B 12`, `Calle del Apartado 10`."""

_ALONE = r"\W*box" + _NUMBER + r"[\d\s]*[a-z]?\W*"
"""A box only when nothing else stands in the line."""

_ANY = re.compile("|".join(f"(?:{pattern})" for pattern in _ALWAYS))
_NAMED = re.compile("|".join(f"(?:{pattern})" for pattern in _UNLESS_A_STREET))
_WHOLE = re.compile(_ALONE)
_STREET = re.compile(
    _WORD + r"(?:calle(?:jon)?|c|via|viale|corso|rua|rue|avenida|av|avenue|plaza|piazza|camino|travessa)"
    r"\W*(?:(?:de|del|della|du|el|do|da)\s+)?$"
)
_MAILBOX_SHOP = re.compile(_WORD + _DOTS.join("pmb") + _NUMBER)


def is_po_box(line: str) -> bool:
    """Whether the line names a post-office box, in any case, width and spacing."""
    text = _folded(line)
    if _ANY.search(text) or _WHOLE.fullmatch(text):
        return True
    return any(_STREET.search(text[: match.start()]) is None for match in _NAMED.finditer(text))


def is_mailbox_shop(line: str) -> bool:
    """Whether the line names a private mailbox (PMB), which can take a parcel but deserves a warning."""
    return _MAILBOX_SHOP.search(_folded(line)) is not None


def _folded(line: str) -> str:
    """Lower case, full width made half, accents and invisible characters gone, single spaces."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", line) if unicodedata.category(c) not in {"Cf", "Mn"})
    bare = "".join(_without_accent(c) for c in visible.casefold())
    return " ".join(bare.split())


def _without_accent(character: str) -> str:
    """The letter below the accent; scripts in which the mark makes another letter keep it."""
    first = unicodedata.normalize("NFD", character)[0]
    return first if first < "\u0400" else character
