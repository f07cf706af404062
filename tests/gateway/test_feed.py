"""The provider's feed: lines as they arrive, in pieces of any length, and what is wrong with them."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.api.records import LONGEST_LINE, PAGE, Tally, lines_of, pages
from gateway.uploads import PART, Problem, parts, type_of


async def arriving(chunks):
    for chunk in chunks:
        yield chunk


def gathered(lines):
    async def gather():
        return [one async for one in lines]

    return asyncio.run(gather())


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40)), st.integers(1, 7))
def test_lines_do_not_depend_on_how_they_arrive(written, size):
    body = b"\n".join(written)
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    expected = body.split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    assert gathered(lines_of(arriving(chunks))) == expected


@pytest.mark.feature("F12.2")
def test_a_line_of_five_megabytes_is_left_out_and_the_next_one_is_read():
    chunk = b"x" * 64 * 1024
    found = gathered(lines_of(arriving([b'{"id":"1"}\n', *[chunk] * 80, b'\n{"id":"2"}'])))
    assert found == [b'{"id":"1"}', None, b'{"id":"2"}']
    longest = b"y" * LONGEST_LINE
    assert gathered(lines_of(arriving([longest + b"\n" + longest + b"y\n"]))) == [longest, None]


@pytest.mark.feature("F12.2")
def test_what_cannot_be_read_is_told_by_its_line():
    tally = Tally()
    body = [b'{"id":"1"}', b"\xff\xfe", b"{", b"", b"[1]", None, b'{"id":"2"}']

    async def lines():
        for line in body:
            yield line

    (page,) = gathered(pages(lines(), tally))
    assert page == [{"line": 1, "record": {"id": "1"}}, {"line": 7, "record": {"id": "2"}}]
    assert [(one["line"], one["code"]) for one in tally.told] == [
        (2, "line-not-utf8"),
        (3, "line-not-json"),
        (5, "line-not-json"),
        (6, "line-too-long"),
    ]


def test_pages_have_no_more_than_the_service_takes():
    found = gathered(pages(lines_of(arriving([b"{}\n" * (2 * PAGE + 1)])), Tally()))
    assert [len(page) for page in found] == [PAGE, PAGE, 1]


def test_a_file_arrives_in_equal_parts():
    found = gathered(parts(arriving([b"a" * (PART - 1), b"b" * (PART + 2), b"c"])))
    assert [len(part) for part in found] == [PART, PART, 2]


@pytest.mark.parametrize(
    ("beginning", "media_type"),
    [(b"%PDF-1.7", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), ("Grüße".encode(), "text/plain")],
)
def test_a_file_is_what_it_begins_with(beginning, media_type):
    assert type_of(beginning) == media_type


@pytest.mark.parametrize("beginning", [b"MZ\x90\x00\x03", b"text\x00with zero", b"\xff\xfe\x00\x00 and more of it"])
def test_other_files_are_not_taken(beginning):
    with pytest.raises(Problem):
        type_of(beginning)
