"""`make words`: gather what people read from code and templates, and bring the catalogues up to date."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from chassis.languages import TRANSLATED, Catalogues
from gateway.language.words import CATALOGUES
from services.identity.adapters import letters

ROOT = Path(__file__).resolve().parent.parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
MARKERS = {
    "words": None, "say": None, "counted": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
"""Whoever calls one of these has his first arguments translated."""
HEADER = "# Words of the portal; `make words` gathers them, translators fill in what is empty."
BEGUN = datetime(2026, 11, 27, tzinfo=UTC)
"""A catalogue's own history stands in git: a date that changes with every run would only make noise."""


def main() -> int:
    """Update every catalogue and say how much is still to be translated."""
    update(CATALOGUES, gathered(ROOT / "gateway"))
    update(letters.CATALOGUES, of_letters())
    return 0


def of_letters() -> Catalog:
    """All words of the mails to candidates, which stand in one table."""
    found = Catalog(project="certtrack")
    for text in sorted(letters.all_words()):
        found.add(text, None, [("services/identity/adapters/letters.py", 0)])
    return found


def gathered(folder: Path) -> Catalog:
    """All words of a part of the house."""
    found = Catalog(project="certtrack")
    for file, _, message, comments, context in extract_from_dir(
        folder, METHODS, OPTIONS, keywords=MARKERS, comment_tags=("translators:",), strip_comment_tags=True,
        directory_filter=lambda path: "__pycache__" not in path,
    ):  # fmt: skip
        found.add(message, None, [(f"{folder.name}/{file}", 0)], auto_comments=comments, context=context)
    return found


def update(catalogues: Catalogues, found: Catalog) -> None:
    """Add new words, keep translations, drop what nobody says any more."""
    for language in TRANSLATED:
        file = catalogues.file(language)
        catalogue = read_po(BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(locale=language)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written(catalogue))
        missing = len([message for message in catalogue if message.id and not is_translated(message.string)])
        print(f"{language}: {len(catalogue)} messages, {missing} to translate")


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file: by alphabet, with the files where words stand, without line numbers that move."""
    catalogue.project, catalogue.version = "certtrack", "1"
    catalogue.header_comment, catalogue.fuzzy = HEADER, False
    catalogue.creation_date = catalogue.revision_date = BEGUN
    catalogue.last_translator, catalogue.language_team = "Certtrack <words@certtrack.example>", "Certtrack"
    catalogue.msgid_bugs_address, catalogue.copyright_holder = "words@certtrack.example", "Certtrack"
    output = BytesIO()
    write_po(output, catalogue, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return output.getvalue()


def is_translated(said: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether every form is there."""
    return all(said) if isinstance(said, tuple | list) else bool(said)


if __name__ == "__main__":
    raise SystemExit(main())
