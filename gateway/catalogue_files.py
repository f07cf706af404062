"""Changed tables of the programme's catalogue as people hand them in: one YAML file, or several in a ZIP."""

import io
import zipfile
from pathlib import PurePosixPath

from gateway.problems import Problem

TABLES = ("exams", "certifications", "requirements", "recertification", "ce_items", "programme")
LARGEST = 250_000
"""Bytes of one table."""


def tables_of(name: str, content: bytes) -> dict[str, str]:
    """The tables in a file, by name; Problem 422 for anything else."""
    if name.lower().endswith(".zip"):
        return _unpacked(content)
    return {_table(name): _text(content)}


def _unpacked(content: bytes) -> dict[str, str]:
    """What a ZIP says of sizes is checked against what comes out of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [entry for entry in archive.infolist() if not entry.is_dir()]
            if not 0 < len(files) <= len(TABLES):
                raise Problem(422, "catalogue-files-unknown", details={"tables": ", ".join(TABLES)})
            found = {}
            for entry in files:
                with archive.open(entry) as file:
                    found[_table(entry.filename)] = _text(file.read(LARGEST + 1))
            return found
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as broken:
        raise Problem(422, "catalogue-zip-broken") from broken


def _table(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.suffix not in {".yaml", ".yml"} or path.stem not in TABLES:
        raise Problem(422, "catalogue-files-unknown", details={"tables": ", ".join(TABLES)})
    return path.stem


def _text(content: bytes) -> str:
    if not 0 < len(content) <= LARGEST:
        raise Problem(422, "catalogue-file-size")
    try:
        return content.decode()
    except UnicodeDecodeError as wrong:
        raise Problem(422, "catalogue-not-utf8") from wrong
