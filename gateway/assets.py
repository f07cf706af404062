"""Style sheets, scripts, fonts and icons: fingerprinted and compressed once, served from memory.

A fingerprinted address may be kept for ever, because other contents have another address; the plain address of the
same file must be asked for again each time.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

STATIC = Path(__file__).parent / "static"
SHEET = "certtrack.css"
LAYERS = ("reset", "tokens", "base", "components", "pages", "print")
PARTS: tuple[tuple[str, str], ...] = (
    ("reset", "vendor/modern-normalize.css"),
    ("tokens", "vendor/fonts.css"),
    ("tokens", "css/tokens.css"),
    ("base", "css/base.css"),
    ("components", "css/layout.css"),
    ("components", "css/components.css"),
    ("components", "css/forms.css"),
    ("components", "css/tables.css"),
    ("pages", "css/pages.css"),
    ("print", "css/print.css"),
)
"""The one style sheet is made of these, each in its cascade layer."""
UNSERVED = ("css/", "vendor/licences/", "vendor/manifest.json", "vendor/fonts.css", "vendor/modern-normalize.css")
REFERENCE = re.compile(r"url\((?!data:)[\"']?([^)\"']+)[\"']?\)")
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
WORTH_GZIP = 0.9
"""A file is kept compressed when that saves a tenth; fonts are compressed already."""

mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    name: str
    content: bytes
    zipped: bytes | None
    media_type: str
    mark: str

    @property
    def path(self) -> str:
        """Its fingerprinted address."""
        stem, dot, extension = self.name.rpartition(".")
        return f"/static/{stem}.{self.mark}{dot}{extension}"


class Assets:
    """All assets by plain and by fingerprinted name."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._by_name: dict[str, Asset] = {}
        self._by_path: dict[str, Asset] = {}
        for name in sorted(_served(folder)):
            self._add(name, (folder / name).read_bytes())
        self._add(SHEET, self._sheet(folder).encode())

    def _add(self, name: str, content: bytes) -> None:
        asset = _made(name, content)
        self._by_name[name] = self._by_path[asset.path] = asset

    def _sheet(self, folder: Path) -> str:
        parts = (f"@layer {layer} {{\n{self._pinned(folder, name)}\n}}" for layer, name in PARTS)
        return "\n".join([f"@layer {', '.join(LAYERS)};", *parts])

    def _pinned(self, folder: Path, name: str) -> str:
        """A part whose references carry fingerprints, too."""
        place = Path(name).parent
        return REFERENCE.sub(
            lambda found: f'url("{self.path((place / found[1]).as_posix())}")', (folder / name).read_text()
        )

    def path(self, name: str) -> str:
        """The address of an asset by its plain name; KeyError when there is none."""
        return self._by_name[name].path

    def has(self, name: str) -> bool:
        """Whether there is an asset of this plain name."""
        return name in self._by_name

    def find(self, path: str) -> tuple[Asset, str] | None:
        """An asset by either address, with how long it may be kept."""
        if path in self._by_path:
            return self._by_path[path], FOREVER
        asset = self._by_name.get(path.removeprefix("/static/"))
        return (asset, ASK_AGAIN) if asset else None


def _served(folder: Path) -> Iterable[str]:
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return (name for name in names if not name.startswith(UNSERVED))


def _made(name: str, content: bytes) -> Asset:
    zipped = gzip.compress(content, 9, mtime=0)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(
        name, content, zipped if len(zipped) < len(content) * WORTH_GZIP else None, media_type,
        hashlib.sha256(content).hexdigest()[:16],
    )  # fmt: skip


@cache
def assets() -> Assets:
    """This installation's assets, read at the first use."""
    return Assets()


def known(name: str) -> bool:
    """Whether there is such an asset."""
    return assets().has(name)


def asset(name: str) -> str:
    """For templates: the fingerprinted address of an asset."""
    return assets().path(name)


async def serve(request: Request) -> Response:
    """One asset; 404 when there is none."""
    request.scope["certtrack.route"] = "/static"
    found = assets().find(request.url.path)
    if found is None:
        raise HTTPException(404)
    return _answer(*found, request.headers)


def _answer(asset: Asset, keep: str, asked: Headers) -> Response:
    headers = {"Cache-Control": keep, "ETag": f'"{asset.mark}"', "Vary": "Accept-Encoding"}
    if asked.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if asset.zipped is not None and _takes_gzip(asked):
        return Response(asset.zipped, headers={**headers, "Content-Encoding": "gzip"}, media_type=asset.media_type)
    return Response(asset.content, headers=headers, media_type=asset.media_type)


def _takes_gzip(asked: Mapping[str, str]) -> bool:
    """Whether the browser lists gzip, and not with weight nought."""
    for offer in asked.get("accept-encoding", "").lower().split(","):
        coding, _, weight = offer.partition(";")
        if coding.strip() == "gzip":
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
    return False
