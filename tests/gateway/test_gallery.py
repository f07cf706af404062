"""Every page is in the gallery."""

from tests.gallery import shots
from tests.gallery.guide import PICTURES


def test_every_page_has_a_picture_or_a_reason():
    shown = {shot.path.partition("?")[0] for shot in shots.all_shots()}
    assert [path for path in shots.pages() if "{" not in path and path not in {*shown, *shots.WITHOUT}] == []
    assert shots.unknown() == []


def test_reasons_and_examples_are_about_pages_that_exist():
    assert sorted({*shots.WITHOUT, *shots.EXAMPLES, *shots.THROUGH, *shots.FIXED} - {*shots.pages()}) == []


def test_pictures_have_names_of_their_own():
    names = [shot.name for shot in shots.all_shots()]
    assert sorted(names) == sorted(set(names))


def test_the_guide_shows_pages_that_exist():
    paths = {shots.pattern(path) for path in shots.pages()}
    assert {picture.shot.path for picture in PICTURES.values()} <= paths
