"""The page of all parts: each macro is shown, and production has no such page."""

import asyncio
import re
from dataclasses import replace

import httpx
import pytest

from gateway.app import build
from gateway.assets import STATIC
from tests.gateway import places
from tests.gateway.pages import checked

TEMPLATES = STATIC.parent / "templates"
INSIDE = {"complaint", "wrong", "label_of", "hint_of", "heading", "branch", "leaf", "crumbs", "radio", "icon"}
"""Macros that only others use."""
IN_THE_FRAME = {"account_menu", "themes", "language_choice"}


def ask(path: str, mode: str = "test") -> httpx.Response:
    house = places.house()
    house = replace(house, settings=replace(house.settings, mode=mode))

    async def scene() -> httpx.Response:
        transport = httpx.ASGITransport(build(house))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path)

    return asyncio.run(scene())


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_the_parts_are_shown_where_the_portal_is_built_and_tested(mode):
    answer = ask("/components", mode)
    assert answer.status_code == 200
    checked(answer)


def test_production_has_no_page_of_parts():
    known, unknown = ask("/components", "production"), ask("/no-such-page", "production")
    assert (known.status_code, known.text) == (404, unknown.text)


def test_every_macro_is_shown():
    shown = "".join((TEMPLATES / "pages" / name).read_text() for name in ("components.html", "components_forms.html"))
    macros = {
        name
        for file in (TEMPLATES / "components").glob("*.html")
        for name in re.findall(r"macro (\w+)\(", file.read_text())
    }
    unseen = {name for name in macros if not re.search(rf"(call|\{{\{{|\{{%.*?) ?{name}\(", shown)}
    assert unseen == INSIDE | IN_THE_FRAME


def test_every_class_that_a_template_names_is_styled():
    sheets = "".join(file.read_text() for file in (STATIC / "css").glob("*.css"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", sheets))
    named = {
        name
        for file in TEMPLATES.rglob("*.html")
        for classes in re.findall(r'class="([\w -]+)"', file.read_text())
        for name in classes.split()
    }
    assert named - styled == set()
