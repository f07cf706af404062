"""Longer texts: Markdown of ours as HTML, without anything that a text could bring along."""

import re
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_LINE_END = re.compile(r"(?<=\S)\n(?=[^\s#*|>-])")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text's title, and the rest of it as HTML."""

    title: str
    html: Markup


@lru_cache(maxsize=128)
def prose(text: str, language: str = "en") -> Prose:
    """The text whose first line is its title; Japanese lines join without a space."""
    title, _, rest = text.partition("\n")
    joined = _LINE_END.sub("", rest) if language == "ja" else rest
    html = _MARKDOWN.render(joined).replace("<th>", '<th scope="col">')
    return Prose(title.removeprefix("# ").strip(), Markup(html))  # noqa: S704 - our own file, rendered without raw HTML
