"""Assets: what is committed is what was pinned, and what is served may be kept for ever."""

import asyncio
import gzip
import hashlib
import json
import re
import xml.etree.ElementTree as ET

import httpx
import pytest

from deploy import vendor_assets
from gateway.app import build
from gateway.assets import STATIC, assets
from gateway.headers import CSP
from tests.gateway import places

VENDOR = STATIC / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())
PINNED = json.loads(vendor_assets.PINS.read_text())["packages"]


def ask(path: str, **headers: str) -> httpx.Response:
    async def scene() -> httpx.Response:
        transport = httpx.ASGITransport(build(places.house()))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(scene())


def test_every_committed_file_is_the_one_that_was_taken_from_its_package():
    told = [package["files"] for package in MANIFEST["packages"]] + [MANIFEST["built"]]
    wanted = {name: mark for files in told for name, mark in files.items()}
    found = {
        file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    assert found == wanted


def test_the_manifest_was_made_of_the_pinned_packages():
    names = ("name", "version", "licence", "integrity")
    assert [{name: package[name] for name in names} for package in MANIFEST["packages"]] == [
        {name: package[name] for name in names} for package in PINNED
    ]


def test_every_licence_comes_along_and_none_of_them_binds_the_product():
    assert {package["licence"] for package in MANIFEST["packages"]} == {"0BSD", "MIT", "ISC", "OFL-1.1"}
    assert {file.stem for file in (VENDOR / "licences").iterdir()} == {
        "htmx", "ibm-plex", "lucide", "modern-normalize",
    }  # fmt: skip


def test_a_package_that_differs_from_its_hash_is_refused(tmp_path, monkeypatch, capsys):
    pins = tmp_path / "vendored.json"
    pins.write_text(json.dumps({"packages": [{**PINNED[1], "integrity": "sha512-other"}]}))
    (tmp_path / "modern-normalize-3.0.1.tgz").write_bytes(b"something else")
    told = json.dumps([{"filename": "modern-normalize-3.0.1.tgz"}])
    monkeypatch.setattr(vendor_assets, "PINS", pins)
    monkeypatch.setattr(vendor_assets, "VENDOR", tmp_path / "vendor")
    monkeypatch.setattr(vendor_assets.tempfile, "TemporaryDirectory", lambda: _Kept(tmp_path))
    monkeypatch.setattr(vendor_assets.subprocess, "run", lambda *_, **__: _Told(told))
    assert vendor_assets.main() == 1
    assert "modern-normalize@3.0.1 differs from its pinned hash." in capsys.readouterr().err
    assert not (tmp_path / "vendor").exists()


class _Kept:
    """A folder that is there already."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        return str(self.folder)

    def __exit__(self, *_):
        return None


class _Told:
    """What npm prints."""

    def __init__(self, stdout):
        self.stdout = stdout


@pytest.mark.parametrize("name", ["certtrack.css", "portal.js", "vendor/htmx.min.js", "vendor/icons.svg"])
def test_a_fingerprinted_asset_is_kept_for_ever_and_sent_compressed(name):
    path = assets().path(name)
    answer = ask(path, **{"Accept-Encoding": "gzip"})
    assert re.fullmatch(r"/static/[\w./-]+\.[0-9a-f]{16}\.\w+", path)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert int(answer.headers["content-length"]) < len(answer.content)


def test_the_fingerprint_is_that_of_the_contents():
    path = assets().path("portal.js")
    mark = hashlib.sha256((STATIC / "portal.js").read_bytes()).hexdigest()[:16]
    assert path == f"/static/portal.{mark}.js"


def test_a_font_is_sent_as_it_is():
    answer = ask(assets().path("vendor/fonts/ibm-plex-sans-latin-wght-normal.woff2"), **{"Accept-Encoding": "gzip, br"})
    assert answer.headers["content-type"] == "font/woff2"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("asked", ["", "br", "gzip;q=0", "identity"])
def test_a_browser_that_takes_no_gzip_gets_plain_bytes(asked):
    answer = ask(assets().path("portal.js"), **{"Accept-Encoding": asked})
    assert "content-encoding" not in answer.headers
    assert answer.content == (STATIC / "portal.js").read_bytes()


def test_the_plain_name_must_be_asked_for_again_and_is_answered_briefly():
    first = ask("/static/certtrack.css")
    again = ask("/static/certtrack.css", **{"If-None-Match": first.headers["etag"]})
    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/static/none.css", "/static/certtrack.0000000000000000.css", "/static/css/base.css"])
def test_an_asset_that_is_not_there_is_a_page_that_says_so(path):
    answer = ask(path)
    assert answer.status_code == 404
    assert "There is nothing here." in answer.text


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/%2e%2e/settings.py", "/static/..%2fsettings.py"])
def test_nothing_outside_the_folder_is_served(path):
    assert ask(path).status_code == 404


def test_whatever_the_style_sheet_names_is_served_from_here_for_ever():
    sheet = gzip.decompress(assets().find(assets().path("certtrack.css"))[0].zipped).decode()
    named = set(re.findall(r'url\("([^"]+)"\)', sheet))
    assert len(named) == 9
    assert all(assets().find(path)[1].endswith("immutable") for path in named)


def test_no_asset_fetches_from_another_origin():
    for name in ("certtrack.css", "portal.js", "vendor/icons.svg"):
        text = assets().find(assets().path(name))[0].content.decode()
        code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        assert set(re.findall(r"https?://[^\s\"')]+", code)) <= {"http://www.w3.org/2000/svg"}


def test_every_icon_that_a_template_or_page_names_is_in_the_sprite():
    sprite = {symbol.get("id") for symbol in ET.parse(VENDOR / "icons.svg").getroot()}
    templates = (STATIC.parent / "templates").rglob("*.html")
    named = {
        name
        for file in templates
        for found in re.findall(r'icon\("([\w-]+)"|symbol="([\w-]+)"|icons\.svg"\) \}\}#([\w-]+)"', file.read_text())
        for name in found
        if name
    }
    assert "chevron-right" in named
    assert named <= sprite


def test_the_content_security_policy_allows_our_own_files_and_no_inline_code():
    assert CSP == (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
