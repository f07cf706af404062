"""The programme's catalogue, read from the YAML files that are delivered with the contracts."""

from functools import cache
from hashlib import blake2b
from importlib.resources import files

import yaml

from services.certification.adapters import catalogue_shapes
from services.certification.domain.building import catalogue_of
from services.certification.domain.catalogue import Catalogue, CatalogueError

TABLES = ("exams", "certifications", "requirements", "recertification")
MORE = ("ce_items", "programme")
"""Tables that the fold does not need; a catalogue may be without them."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it: ten times faster."""


@cache
def load() -> Catalogue:
    """The catalogue of this release, read once per process; raises CatalogueError."""
    return read(delivered())


def delivered() -> dict[str, bytes]:
    """The files of this release, by table name."""
    folder = files("contracts") / "catalogue"
    return {table: (folder / f"{table}.yaml").read_bytes() for table in (*TABLES, *MORE)}


def read(contents: dict[str, bytes]) -> Catalogue:
    """The catalogue in these files, by table name; raises CatalogueError with file, line and reason."""
    try:
        return _read(contents)
    except CatalogueError as wrong:
        raise CatalogueError(_with_line(str(wrong), contents)) from wrong


def changed(before: dict[str, bytes], files: dict[str, str]) -> tuple[Catalogue, dict[str, bytes]]:
    """The catalogue with these files in place of some before, and all its tables; raises CatalogueError as `read`."""
    tables = {**before, **{name: text.encode() for name, text in files.items()}}
    catalogue = read(tables)
    try:
        catalogue_shapes.check(before, tables, LOADER)
    except CatalogueError as wrong:
        raise CatalogueError(_with_line(str(wrong), tables)) from wrong
    return catalogue, tables


def _with_line(complaint: str, contents: dict[str, bytes]) -> str:
    """Add the line that names most of the words of a complaint; YAML's own complaints name theirs already."""
    file, _, reason = complaint.partition(": ")
    text = contents.get(file.removesuffix(".yaml"))
    if text is None or "line " in reason:
        return complaint
    wanted = [word.strip("():,'") for word in reason.split()]
    lines = [_words_of(line) for line in text.decode("utf-8", "replace").splitlines()]
    fitting = [sum(word in line for word in wanted if word) for line in lines]
    best = max(fitting, default=0)
    return f"{file}: line {fitting.index(best) + 1}: {reason}" if best else complaint


def _words_of(line: str) -> set[str]:
    """What stands in a line of YAML, its punctuation and remarks aside."""
    return {word.strip("{}[]'\"") for word in line.partition(" #")[0].replace(",", " ").replace(":", " ").split()}


def _read(contents: dict[str, bytes]) -> Catalogue:
    """The catalogue in these files; its version is a digest of their content."""
    present = [table for table in (*TABLES, *MORE) if table in TABLES or table in contents]
    digest = blake2b(b"\0".join(contents[table] for table in present), digest_size=6).hexdigest()
    tables = {}
    for table in present:
        try:
            tables[table] = yaml.load(contents[table], Loader=LOADER)  # noqa: S506  both loaders are safe ones
        except (yaml.YAMLError, ValueError) as wrong:
            raise CatalogueError(f"{table}.yaml: {wrong}") from wrong
    return catalogue_of(version=digest, **tables)
