"""Nothing of the people of the tests may stand in a log: who they are, where they live, what opens their doors."""

import re
from collections.abc import Iterator
from pathlib import Path

PERSONAL = {
    "an e-mail address": rb"[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9.-]+\.(?:org|com|net)\b",
    "a name": rb"\b(?:Lovelace|Hopper|Torvalds)\b",
    "an address": rb"Box Hill|Dorking|St James's Square",
    "a password": rb"horse battery",
    "a token": rb"eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    "the secret of a session or a link": rb"\b[0-9A-HJKMNP-TV-Z]{26}\.[A-Za-z0-9]{43}\b",
    "a code for a password's second half": rb"\b[0-9A-HJKMNP-TV-Z]{26}\.\d{10}\.[A-Za-z0-9_-]{24}\.[0-9a-f]{64}\b",
}
ANY = re.compile(b"|".join(b"(" + pattern + b")" for pattern in PERSONAL.values()))
MOST = 20


def personal(folder: Path) -> list[str]:
    """Where an installation's logs tell too much: file, line and what it is, but never the words themselves."""
    files = sorted({*folder.glob("*.log"), *(folder / "log").glob("*.log*")})
    return [told for file in files for told in _personal_in(file)][:MOST]


def _personal_in(file: Path) -> Iterator[str]:
    content = file.read_bytes()
    for found in ANY.finditer(content):
        kind = list(PERSONAL)[(found.lastindex or 1) - 1]
        line = content.count(b"\n", 0, found.start()) + 1
        yield f"{file.name}:{line} tells {kind}"
