"""The migrations of every service follow each other in one line, and make exactly the tables that its code knows.

Types are compared where they are exact: a rebuilt table of other types would leave plans that do not fit it.
"""

import importlib
import pkgutil
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine

from chassis.migrate import configuration
from chassis.tables import FRAME
from deploy.environment import SERVICES


def known_to_the_code(service: str) -> MetaData:
    """The chassis's tables and the service's own: every module that has some is loaded."""
    projections = importlib.import_module(f"services.{service}.projections")
    for module in pkgutil.iter_modules(projections.__path__):
        importlib.import_module(f"services.{service}.projections.{module.name}")
    own = projections.METADATA
    both = MetaData()
    for table in (*FRAME.sorted_tables, *own.sorted_tables):
        table.to_metadata(both)
    return both


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_follow_each_other_in_one_line(service):
    files = list(Path(f"services/{service}/migrations/versions").glob("*.py"))
    script = ScriptDirectory.from_config(configuration(service, "sqlite://"))
    own = [revision for revision in script.walk_revisions() if service in revision.branch_labels]
    assert len(own) == len(files)
    assert len([head for head in script.get_heads() if head.startswith(service)]) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("service", SERVICES)
def test_migrations_make_the_tables_of_the_code(service, database_url):
    command.upgrade(configuration(service, database_url), "heads")
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": engine.dialect.name == "postgresql"})
        differences = compare_metadata(context, known_to_the_code(service))
    engine.dispose()
    assert differences == []
