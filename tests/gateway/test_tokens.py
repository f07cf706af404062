"""The design's colours: every pair that is used together can be read, in both schemes."""

import re

import pytest

from gateway.assets import STATIC

TOKENS = (STATIC / "css" / "tokens.css").read_text()
ROLES = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS)
} | {name: (value, value) for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS)}
STANDINGS = ("good", "warn", "bad", "note", "plain")
READ = [
    *((ink, ground) for ink in ("ink", "ink-soft") for ground in ("ground", "surface", "sunken")),
    *(("ink", f"{standing}-soft") for standing in STANDINGS),
    *((standing, f"{standing}-soft") for standing in STANDINGS),
    *((standing, "surface") for standing in STANDINGS),
    *(("accent", ground) for ground in ("ground", "surface", "sunken", "accent-soft")),
    *(("accent-strong", ground) for ground in ("ground", "surface", "accent-soft")),
    ("on-accent", "accent"), ("on-accent", "accent-strong"), ("surface", "bad"),
    ("deep-ink", "on-deep"), ("deep-ink", "on-deep-soft"), ("on-deep", "deep"),
    ("on-deep", "deep-raised"), ("on-deep-soft", "deep"),
]  # fmt: skip
SEEN = [("line-strong", "surface"), ("line-strong", "ground"), ("focus", "surface"), ("focus", "ground")]


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_say():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_words_can_be_read(ink, ground, scheme):
    assert contrast(ROLES[ink][scheme], ROLES[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), SEEN)
def test_edges_of_entries_and_focus_can_be_seen(line, ground, scheme):
    assert contrast(ROLES[line][scheme], ROLES[ground][scheme]) >= 3


def test_no_other_style_sheet_names_a_colour_of_its_own():
    named = {
        (file.name, colour)
        for file in (STATIC / "css").glob("*.css")
        if file.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", file.read_text())
    }
    assert named == set()


def test_only_logical_properties_are_used_so_that_right_to_left_needs_no_second_sheet():
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w-])(?:left|right|top|bottom|width|height):"
    )
    found = {
        (file.name, match)
        for file in (STATIC / "css").glob("*.css")
        for match in physical.findall(re.sub(r"@media[^{]*|/\*.*?\*/", "", file.read_text(), flags=re.DOTALL))
    }
    assert found == set()
