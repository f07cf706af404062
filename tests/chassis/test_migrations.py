"""The migration makes exactly the tables that the code knows."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from chassis.migrate import FRAME as FOLDER
from chassis.tables import FRAME


def test_the_migrated_frame_is_the_frame_of_the_code(database_url):
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("version_locations", str(FOLDER / "versions"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    for _ in range(2):
        command.upgrade(config, "heads")

    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, FRAME)
    engine.dispose()
    assert differences == []
