"""What a process refuses to start with, each in one clear line."""

import base64
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chassis.clock import Clock
from chassis.database import Database
from chassis.errors import StartRefused
from chassis.installing import check, install
from chassis.settings import Settings
from chassis.tables import FRAME
from tests.chassis.office import Office, prepare
from tests.chassis.parcels import Send

KEY = base64.b64encode(bytes(32)).decode()
GOOD = {
    "DATABASE_URL": "sqlite:////nowhere/service.sqlite",
    "AMQP_URI": "amqp://guest:guest@127.0.0.1:5672/",
    "CERTTRACK_MASTER_KEY": KEY,
}


def test_settings_come_from_the_environment():
    settings = Settings.from_environment(
        GOOD | {"CERTTRACK_MODE": "test", "CERTTRACK_PARTITIONS": "4", "CERTTRACK_CLOCK_OFFSET_DAYS": "30"}
    )
    assert (settings.database_url, settings.amqp_uri) == (GOOD["DATABASE_URL"], GOOD["AMQP_URI"])
    assert (settings.mode, settings.partitions, settings.clock_offset_days) == ("test", 4, 30)
    assert (settings.master_key, settings.data, settings.health_port) == (bytes(32), Path("var"), 0)


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_setting_is_named(name):
    with pytest.raises(StartRefused, match=f"^the setting {name} is missing$"):
        Settings.from_environment({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"CERTTRACK_PARTITIONS": "many"}, "a setting is wrong: .*many"),
        ({"CERTTRACK_MASTER_KEY": "c2hvcnQ="}, "a setting is wrong: the master key must be 32 bytes in base64"),
        ({"CERTTRACK_MODE": "prod"}, "CERTTRACK_MODE must be production, demo or test, not prod"),
        ({"CERTTRACK_CLOCK_OFFSET_DAYS": "1"}, "for demo and test mode only"),
        ({"CERTTRACK_ARGON2": "fast"}, "for demo and test mode only"),
    ],
)
def test_a_wrong_setting_is_refused(wrong, said):
    with pytest.raises(StartRefused, match=said):
        Settings.from_environment(GOOD | wrong)


def test_settings_do_not_show_their_secrets():
    assert KEY not in repr(Settings.from_environment(GOOD))
    assert "master_key" not in repr(Settings.from_environment(GOOD))


@pytest.mark.parametrize(
    "url", ["postgresql://u:p@127.0.0.1/x", "postgresql+psycopg://u:p@127.0.0.1/x", "mysql://u:p@127.0.0.1/x"]
)
def test_a_driver_that_blocks_the_whole_process_is_refused(url):
    with pytest.raises(StartRefused, match=r"^DATABASE_URL must begin with sqlite:/// or postgresql\+psycopg2://"):
        Database(url)


@pytest.mark.thorough
def test_a_sqlite_file_belongs_to_one_process(tmp_path):
    url = f"sqlite:///{tmp_path / 'service.sqlite'}"
    prepare(url)
    database = Database(url)
    database.claim()
    other = (
        "import sys; from chassis.database import Database; from chassis.errors import StartRefused\n"
        "try:\n    Database(sys.argv[1]).claim()\nexcept StartRefused as refused:\n    sys.exit(str(refused))\n"
    )
    root = Path(__file__).parents[2]

    def second():
        return subprocess.run([sys.executable, "-c", other, url], cwd=root, capture_output=True, text=True, check=False)

    refused = second()
    database.close()
    granted = second()

    path = tmp_path / "service.sqlite"
    assert refused.returncode == 1
    assert refused.stderr.strip() == (f"{path} is in use by another process; an SQLite service has no second replica")
    assert (granted.returncode, granted.stderr) == (0, "")


def test_a_database_that_is_not_installed_is_refused(database_url):
    database = Database(database_url)
    with database.write() as transaction:
        FRAME.create_all(transaction)
    with pytest.raises(StartRefused, match="the database of post is not installed; run `certtrack migrate`"):
        check(database, "post", 1)
    database.close()


def test_a_database_without_any_table_is_refused(database_url):
    database = Database(database_url)
    with pytest.raises(StartRefused, match="the database of post is not installed; run `certtrack migrate`"):
        check(database, "post", 1)
    database.close()


@pytest.mark.parametrize(
    ("source", "partitions", "said"),
    [
        ("bank", 1, "this database belongs to post, not to bank"),
        ("post", 4, "post was installed with 1 partitions; CERTTRACK_PARTITIONS=4 is refused"),
    ],
)
def test_another_ones_database_is_refused(office, source, partitions, said):
    for refuses in (check, install):
        with pytest.raises(StartRefused, match=f"^{said}$"):
            refuses(office.database, source, partitions)


def test_a_shifted_clock_is_refused_in_production():
    with pytest.raises(StartRefused, match="CERTTRACK_CLOCK_OFFSET_DAYS is only allowed"):
        Clock(1)


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_a_clock_may_be_shifted_by_days_for_a_demonstration(mode):
    before = datetime.now(UTC) + timedelta(days=400)
    now = Clock(400, mode=mode).now()
    assert before <= now <= datetime.now(UTC) + timedelta(days=400)
    assert Clock(400, mode=mode).today() in {before.date(), now.date()}


def test_the_shifted_clock_never_touches_the_recorded_order(office):
    before = datetime.now(UTC)
    office.handle(Send(candidate_id="C-ada", parcel_id="p1"))
    with office.database.read() as connection:
        recorded_at = connection.exec_driver_sql("SELECT count(*) FROM events").scalar_one()
    assert recorded_at == 1
    assert before <= datetime.now(UTC)


def test_a_busy_sqlite_file_is_waited_for(tmp_path):
    url = f"sqlite:///{tmp_path / 'service.sqlite'}"
    prepare(url)
    with Office(url) as office:
        with office.database.write() as transaction:
            waiting = office.submit(Send(candidate_id="C-ada", parcel_id="p1"))
            with pytest.raises(TimeoutError):
                waiting.done.result(0.2)
            assert transaction.exec_driver_sql("SELECT count(*) FROM events").scalar_one() == 0
        assert waiting.done.result(5)[0].facts == 1
