"""The programme's catalogue, read from the YAML files that are delivered with the contracts."""

from functools import cache
from hashlib import blake2b
from importlib.resources import files

import yaml

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
    folder = files("contracts") / "catalogue"
    return read({table: (folder / f"{table}.yaml").read_bytes() for table in (*TABLES, *MORE)})


def read(contents: dict[str, bytes]) -> Catalogue:
    """The catalogue in these files, by table name; its version is a digest of their content."""
    present = [table for table in (*TABLES, *MORE) if table in TABLES or table in contents]
    digest = blake2b(b"\0".join(contents[table] for table in present), digest_size=6).hexdigest()
    tables = {}
    for table in present:
        try:
            tables[table] = yaml.load(contents[table], Loader=LOADER)  # noqa: S506  both loaders are safe ones
        except (yaml.YAMLError, ValueError) as wrong:
            raise CatalogueError(f"{table}.yaml: {wrong}") from wrong
    return catalogue_of(version=digest, **tables)
