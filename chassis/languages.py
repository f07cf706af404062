"""Catalogues of words: gettext files as translators edit them, read when a language is first spoken."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
"""The language in which words stand in code and templates."""
TRANSLATED = ("es", "ja", "ar")
LANGUAGES = (SOURCE, *TRANSLATED)


class Catalogues:
    """The translations of one part of the house, `<folder>/<language>/LC_MESSAGES/<domain>.po`."""

    def __init__(self, folder: Path, domain: str) -> None:
        self.folder, self.domain = folder, domain
        self.of = cache(self._read)

    def file(self, language: str) -> Path:
        """Where the words of a language are kept."""
        return self.folder / language / "LC_MESSAGES" / f"{self.domain}.po"

    def _read(self, language: str) -> NullTranslations:
        """What is said in this language; the source language, and what nobody has translated yet, stay as they are."""
        if language not in TRANSLATED or not self.file(language).exists():
            return NullTranslations()
        compiled = BytesIO()
        with self.file(language).open("rb") as text:
            write_mo(compiled, read_po(text, locale=language, domain=self.domain))
        compiled.seek(0)
        return GNUTranslations(compiled)
