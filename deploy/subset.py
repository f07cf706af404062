"""Print the lines of requirements.lock that one part of the system needs; run where all of them are installed."""

import re
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).resolve().parent.parent


def main(part: str) -> int:
    """Hashes included, so that the image's own installation is checked again."""
    wanted = closure(first_wishes(part))
    for name, lines in locked().items():
        if name in wanted:
            print(lines)
    return 0


def first_wishes(part: str) -> list[Requirement]:
    """What pyproject.toml names for everything and for this part."""
    project = tomllib.loads((FOLDER / "pyproject.toml").read_text())["project"]
    return [Requirement(text) for text in (*project["dependencies"], *project["optional-dependencies"][part])]


def closure(wishes: list[Requirement]) -> set[str]:
    """Names of all distributions that the wishes lead to on this interpreter."""
    seen: set[tuple[str, str]] = set()
    while wishes:
        wish = wishes.pop()
        for extra in {"", *wish.extras}:
            key = (canonicalize_name(wish.name), extra)
            if key not in seen:
                seen.add(key)
                wishes += needed_by(wish.name, extra)
    return {name for name, _ in seen}


def needed_by(name: str, extra: str) -> list[Requirement]:
    """What an installed distribution requires with one of its extras, or with none."""
    needs = [Requirement(text) for text in requires(name) or ()]
    return [need for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})]


def locked() -> dict[str, str]:
    """The lock's entries, a requirement with its hashes each, by name."""
    text = (FOLDER / "requirements.lock").read_text()
    entries = re.findall(r"^[A-Za-z0-9].*(?:\n[ \t]+.*)*", text, flags=re.MULTILINE)
    return {canonicalize_name(re.split(r"[=<>\[ ;]", entry, maxsplit=1)[0]): entry for entry in entries}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
