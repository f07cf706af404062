"""Everything that people read is marked, gathered and translated: no word is hard-coded, and none is missing."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import nodes

from chassis.languages import TRANSLATED
from deploy.words import gathered, is_translated
from gateway.language.words import CATALOGUES
from gateway.pages.render import ENVIRONMENT

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
GATEWAY = ROOT / "gateway"
TEMPLATES = sorted(file.relative_to(GATEWAY / "templates").as_posix() for file in GATEWAY.glob("templates/**/*.html"))
SHOWN_ONLY_TO_US = {"pages/components.html", "pages/components_forms.html"}
"""The page that shows the parts to whoever builds pages; it exists in demo and test mode only."""
NAMES = {"Certtrack", "USD"}
"""What is called the same in every language."""
LETTERS = re.compile(r"[^\W\d_]")


# -- catalogues --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything() -> Catalog:
    """All words that code and templates say today."""
    return gathered(GATEWAY)


@pytest.fixture(params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    """The words of one language."""
    with CATALOGUES.file(request.param).open("rb") as file:
        return read_po(file, locale=request.param)


def test_every_word_is_translated(everything, catalogue):
    known = {(one.context, one.id) for one in catalogue if one.id and is_translated(one.string) and not one.fuzzy}
    missing = [one.id for one in everything if one.id and (one.context, one.id) not in known]
    assert missing == [], "run `make words` and translate what is empty"


def test_no_word_is_kept_that_nobody_says(everything, catalogue):
    said = {(one.context, one.id) for one in everything}
    assert [one.id for one in catalogue if one.id and (one.context, one.id) not in said] == [], "run `make words`"


def test_translations_keep_values_and_markup(catalogue):
    told = [message for message in catalogue if message.id and is_translated(message.string)]
    wrong = [message.id for message in told if not keeps_what_must_stay(message)]
    assert wrong == []


def test_no_value_stands_inside_a_tag(everything):
    """It would be set apart there, too, in languages from right to left."""
    texts = [text for one in everything if one.id for text in (one.id if isinstance(one.id, tuple) else (one.id,))]
    assert [text for text in texts if re.search(r"<[^>]*%\(", text)] == []


def test_numbers_have_all_plurals_of_the_language(catalogue):
    plurals = [message for message in catalogue if isinstance(message.id, tuple)]
    assert plurals
    assert [one.id for one in plurals if len(one.string) != catalogue.num_plurals or not all(one.string)] == []


def keeps_what_must_stay(message: Message) -> bool:
    """Placeholders, tags and addresses of the original stand in each translation, no more and no fewer."""
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    wanted = [unchangeable(original) for original in originals]
    if isinstance(message.id, tuple):  # a form for one alone may leave the number out
        return all(set(unchangeable(one)) <= set(wanted[-1]) for one in said)
    return unchangeable(said[0]) == wanted[0]


def unchangeable(text: str) -> Counter[str]:
    return Counter(re.findall(r"%\(\w+\)[sd]|\{\w*\}|</?[a-z][^>]*>|%%", text))


# -- templates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", [one for one in TEMPLATES if one not in SHOWN_ONLY_TO_US])
def test_no_template_says_a_word_that_is_not_marked(template):
    assert list(hard_coded(template)) == []


def test_macros_say_nothing_before_there_is_a_reader():
    """What is set at the top of a file that others import is made once; in a page it is made for each reader."""
    trees = {template: parsed(template) for template in TEMPLATES}
    imported = {
        found.template.value
        for tree in trees.values()
        for found in tree.find_all((nodes.FromImport, nodes.Import))
        if isinstance(found.template, nodes.Const)
    }
    early = []
    for template in sorted(imported):
        assigned = [one for one in trees[template].body if isinstance(one, nodes.Assign)]
        early += [template for one in assigned for call in one.find_all(nodes.Call) if is_marker(call)]
    assert early == []


def parsed(template: str) -> nodes.Template:
    source, _, _ = ENVIRONMENT.loader.get_source(ENVIRONMENT, template)
    return ENVIRONMENT.parse(source, template)


def is_marker(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext", "pgettext", "npgettext"}


class Said(HTMLParser):
    """Words between tags, and in attributes that people read or hear."""

    ATTRIBUTES = frozenset({"title", "alt", "placeholder", "aria-label", "aria-description", "label", "content"})
    SILENT = frozenset({"style", "script"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        if tag != "meta":
            self.words += [value or "" for name, value in attrs if name in self.ATTRIBUTES]

    def handle_data(self, data: str) -> None:
        if self._tag not in self.SILENT:
            self.words.append(data)


def hard_coded(template: str) -> Iterator[str]:
    tree = parsed(template)
    text = "".join(
        "".join(one.data if isinstance(one, nodes.TemplateData) else "\0" for one in output.nodes)
        for output in tree.find_all(nodes.Output)
    )
    said = Said()
    said.feed(text)
    yield from (words.strip() for words in said.words if is_read(words))
    yield from (one.value for one in unmarked(tree) if isinstance(one.value, str) and is_sentence(one.value))


def is_read(words: str) -> bool:
    left = words.replace("\0", "").strip(" \u2013-*:\u00b7\u2026\n")
    is_code = re.search(r'="|^<|^\{"', left) or re.fullmatch(r"[a-z]*[/-][a-z/-]*", left)
    return bool(LETTERS.search(left)) and left not in NAMES and not is_code


def unmarked(node: nodes.Node) -> Iterator[nodes.Const]:
    """Constants outside of markers: what is handed to macros, filters and joins."""
    if isinstance(node, nodes.Extends | nodes.FromImport | nodes.Compare):
        return
    if isinstance(node, nodes.Call) and is_marker(node):
        return
    if isinstance(node, nodes.Const):
        yield node
    for child in node.iter_child_nodes():
        yield from unmarked(child)


def is_sentence(text: str) -> bool:
    """Words for people begin with a capital, or have blanks and no sign of code."""
    plain = text.strip(" ,.:")
    if plain in NAMES or not LETTERS.search(plain) or re.search(r"[<>=/#{}]", plain):
        return False
    return ", " in text or (plain[0].isupper() and len(plain) > 1 and not plain.isupper())


# -- code --------------------------------------------------------------------------------------------------------------

MARKERS = {"words", "say", "counted", "gettext", "ngettext", "pgettext", "npgettext"}
PAGES = {file for file in GATEWAY.glob("pages/**/*.py") if file.name != "components.py"}
PLACES = sorted({*PAGES, *GATEWAY.glob("guide/*.py"), *GATEWAY.glob("dashboard/*.py"), GATEWAY / "wording.py"})


@pytest.mark.parametrize("file", PLACES, ids=lambda file: file.relative_to(GATEWAY).as_posix())
def test_no_page_says_a_word_that_is_not_marked(file):
    tree = ast.parse(file.read_text("utf-8"))
    assert [text for text in bare_strings(tree) if looks_like_words(text)] == []


def test_markers_are_given_the_very_words():
    """What stands in a variable cannot be gathered."""
    unseen = [
        f"{file.relative_to(GATEWAY)}:{call.lineno}"
        for file in sorted({*GATEWAY.glob("**/*.py")} - {*GATEWAY.glob("language/*.py")})
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and called(call) in MARKERS and not is_literal(call.args[0])
    ]
    assert unseen == []


def is_literal(node: ast.expr) -> bool:
    """Words in quotes, or the text of words that were marked elsewhere."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Attribute) and node.attr == "text")


def bare_strings(tree: ast.AST) -> Iterator[str]:
    """Strings outside of markers, docstrings, keys, comparisons and patterns."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and called(node) in MARKERS | {"compile", "Problem", "Rejected", "debug", "info"}:
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.Dict):
            yield from (text for value in node.values for text in bare_strings(ast.Expression(value)))
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        yield from bare_strings(node)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def looks_like_words(text: str) -> bool:
    return bool(re.match(r"[A-Z][a-z]+( [\w\u2019'-]+)+[.?!]?", text)) or bool(re.match(r"[A-Z][a-z]{3,}[.!?]", text))
