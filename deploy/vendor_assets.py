"""`make assets`: take fonts, icons, htmx and the reset from npm packages into gateway/static/vendor.

The packages are pinned in deploy/vendored.json by version and hash; what was taken is committed together with a
manifest, so that neither a build nor a browser ever fetches anything from elsewhere.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from deploy.environment import ROOT

PINS = ROOT / "deploy" / "vendored.json"
VENDOR = ROOT / "gateway" / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"
FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
WOFF2 = re.compile(r"url\(\./files/([\w-]+\.woff2)\) format\('woff2(?:-variations)?'\)")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
STROKES = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

Package = dict[str, Any]


class AssetsRefused(Exception):
    """A package is not what was pinned."""


def main() -> int:
    """Vendor everything anew; 1 when a package is not the pinned one."""
    packages = json.loads(PINS.read_text())["packages"]
    try:
        with tempfile.TemporaryDirectory() as folder:
            unpacked = [(package, _fetch(package, Path(folder))) for package in packages]
            _vendor(unpacked)
    except AssetsRefused as refusal:
        sys.stderr.write(f"assets: {refusal}\n")
        return 1
    return 0


def _fetch(package: Package, folder: Path) -> Path:
    """The unpacked package, after its hash was compared."""
    wanted = f"{package['name']}@{package['version']}"
    told = subprocess.run(
        ["npm", "pack", "--json", "--pack-destination", str(folder), wanted],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    archive = folder / json.loads(told.stdout)[0]["filename"]
    if integrity(archive.read_bytes()) != package["integrity"]:
        raise AssetsRefused(f"{wanted} differs from its pinned hash.")
    place: Path = folder / archive.stem
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="data")
    return place / "package"


def integrity(content: bytes) -> str:
    """The hash as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def _vendor(unpacked: list[tuple[Package, Path]]) -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    taken = [{**_named(package), "files": _take(package, place)} for package, place in unpacked]
    _write_faces(unpacked)
    manifest = {"packages": taken, "built": _hashes(["fonts.css", "icons.svg"])}
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n")


def _named(package: Package) -> dict[str, str]:
    return {name: package[name] for name in ("name", "version", "licence", "integrity")}


def _take(package: Package, place: Path) -> dict[str, str]:
    """Copy what is wanted of one package; the hash of each file by its name."""
    wanted = {**package["take"], **{f"files/{name}": f"fonts/{name}" for _, name in _faces(package, place)}}
    for source, target in wanted.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place / source, VENDOR / target)
    if "icons" in package:
        (VENDOR / "icons.svg").write_text(sprite(package["icons"], place / "icons"))
    return _hashes(sorted(wanted.values()))


def _faces(package: Package, place: Path) -> list[tuple[str, str]]:
    """The wanted @font-face rules with the file each of them names."""
    return [
        (WOFF2.sub(r"url(fonts/\1) format('woff2')", _only_woff2(rule)), found[1])
        for sheet, scripts in package.get("faces", {}).items()
        for rule in FACE.findall((place / sheet).read_text())
        if (found := WOFF2.search(rule)) and _script(found[1], scripts)
    ]


def _script(file: str, scripts: list[str]) -> bool:
    """Whether the file is one of these scripts'; `cyrillic` is not `cyrillic-ext`."""
    return any(re.search(rf"(sans|mono|arabic)-{script}-(\d+|wght)-", file) for script in scripts)


def _only_woff2(rule: str) -> str:
    return re.sub(r", url\([^)]*\.woff\) format\('woff'\)", "", rule)


def _write_faces(unpacked: list[tuple[Package, Path]]) -> None:
    rules = [rule for package, place in unpacked for rule, _ in _faces(package, place)]
    (VENDOR / "fonts.css").write_text("\n".join(rules) + "\n")


def sprite(names: list[str], folder: Path) -> str:
    """One SVG with a symbol per icon."""
    symbols = [f'<symbol id="{name}" viewBox="0 0 24 24" {STROKES}>{_drawn(folder, name)}</symbol>' for name in names]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _drawn(folder: Path, name: str) -> str:
    found = DRAWING.search((folder / f"{name}.svg").read_text())
    if found is None:
        raise AssetsRefused(f"There is no drawing in {name}.svg.")
    return " ".join(found[1].split())


def _hashes(names: list[str]) -> dict[str, str]:
    return {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in names}


if __name__ == "__main__":
    sys.exit(main())
