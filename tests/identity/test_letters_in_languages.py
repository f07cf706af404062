"""Every mail is translated, and no translation loses what is filled in."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from chassis.languages import TRANSLATED
from services.identity.adapters import letters

BLANK = re.compile(r"\$\w+")


@pytest.fixture(params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    """The mails' words in one language."""
    with letters.CATALOGUES.file(request.param).open("rb") as file:
        return read_po(file, locale=request.param)


def test_every_word_of_the_mails_is_translated_and_no_other_is_kept(catalogue):
    known = {one.id for one in catalogue if one.id and one.string and not one.fuzzy}
    assert known ^ set(letters.all_words()) == set(), "run `make words` and translate what is empty"


def test_translations_of_mails_keep_their_blanks(catalogue):
    assert [one.id for one in catalogue if set(BLANK.findall(one.id)) != set(BLANK.findall(one.string))] == []
