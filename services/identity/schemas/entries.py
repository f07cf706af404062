"""Fields that many schemas of identity share: words of people, codes, countries."""

import unicodedata
from typing import Any

from marshmallow import ValidationError, fields, validate

COUNTRY = validate.Regexp(r"[A-Z]{2}\Z", error="Two capital letters, as in ISO 3166.")
VERSION = validate.Regexp(r"[\x21-\x7e]+\Z", error="Only printable ASCII characters.")
UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}


class Text(fields.String):
    """Words that people typed: composed, trimmed, in one line, without characters that nobody can see."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = " ".join(unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **more)).split())
        if any(unicodedata.category(character) in UNPRINTABLE or _is_bidi(character) for character in text):
            raise ValidationError("Characters that cannot be printed are not allowed.")
        return text


class Words(fields.String):
    """What people wrote in several lines: composed, trimmed, without characters that nobody can see."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = (
            unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **more)).replace("\r\n", "\n").strip()
        )
        visible = text.replace("\n", " ").replace("\t", " ")
        if any(unicodedata.category(character) in UNPRINTABLE or _is_bidi(character) for character in visible):
            raise ValidationError("Characters that cannot be printed are not allowed.")
        return text


class Paragraphs(Text):
    """Words in several lines; each line is cleaned like a single one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        lines = str(fields.String()._deserialize(value, attr, data, **more)).splitlines()  # noqa: SLF001  marshmallow's own way to extend a field
        return "\n".join(super(Paragraphs, self)._deserialize(line, attr, data, **more) for line in lines).strip()


def _is_bidi(character: str) -> bool:
    """Overrides and isolates would let one name look like another; joiners are needed in many scripts."""
    return "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"


def text(longest: int, *, shortest: int = 1) -> Text:
    """One line that must be there."""
    return Text(required=True, validate=validate.Length(shortest, longest))


def words() -> Words:
    """What somebody wrote in several lines."""
    return Words(required=True, validate=validate.Length(1, 4000))


def code(longest: int) -> fields.String:
    """A code of the catalogue."""
    return fields.String(validate=[validate.Length(1, longest), VERSION])


def given(longest: int) -> fields.String:
    """Text that may be missing."""
    return fields.String(load_default="", validate=validate.Length(0, longest))
