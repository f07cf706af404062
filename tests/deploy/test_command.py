"""The operators' command: its help, its words, its refusals, its copies."""

import json
import sqlite3
from contextlib import closing

import pytest

from chassis.errors import NotFound
from deploy import backup, cli, parked, partners, postgres
from deploy.environment import ROOT, SERVICES, Installation
from deploy.postgres import PrivatePostgres, ask

COMMANDS = (
    "run", "health", "migrate", "demo", "fold", "tokens", "verify", "rebuild", "resync", "backup", "restore",
    "partners", "parked", "catalogue", "import", "clients", "keys", "staff",
)  # fmt: skip


def test_help_names_every_command_in_one_line(capsys):
    with pytest.raises(SystemExit) as done:
        cli.main(["--help"])
    shown = capsys.readouterr().out
    assert done.value.code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in shown] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_page_of_its_own(command, capsys):
    with pytest.raises(SystemExit) as done:
        cli.main([command, "--help"])
    assert (done.value.code, f"certtrack {command}" in capsys.readouterr().out) == (0, True)


def test_a_command_line_that_is_not_understood_is_one_sentence(capsys):
    with pytest.raises(SystemExit) as done:
        cli.main(["verify", "kitchen"])
    shown = capsys.readouterr().err
    assert (done.value.code, shown.count("\n")) == (2, 1)
    assert shown.endswith("; see certtrack verify --help\n")


@pytest.mark.parametrize("command", ["verify", "health", "partners list", "backup /tmp/nowhere", "demo seed"])
def test_without_an_installation_every_command_says_how_to_start_one(command, tmp_path, capsys):
    assert cli.main(["--data", str(tmp_path), *command.split()]) == 1
    assert capsys.readouterr().err.endswith("make run\n")


def test_fold_prints_nothing_but_json(tmp_path, capsys):
    (tmp_path / "histories.yaml").write_text((ROOT / "tests" / "certification" / "vectors.yaml").read_text())
    assert cli.main(["fold", str(tmp_path / "histories.yaml")]) == 0
    shown = capsys.readouterr()
    assert (set(json.loads(shown.out)[0]), shown.err) == ({"id", "checks"}, "")


@pytest.mark.parametrize("text", ["x: [", "vectors: 5", "- id: x\n  history: [{exam: 1-1, date: 2026-01-01}]\n", None])
def test_fold_refuses_what_is_no_file_of_histories_with_exit_code_two(tmp_path, capsys, text):
    if text is not None:
        (tmp_path / "histories.yaml").write_text(text)
    assert cli.main(["fold", str(tmp_path / "histories.yaml")]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.startswith(str(tmp_path / "histories.yaml"))) == ("", True)
    assert (shown.err.count("\n"), "Error" in shown.err) == (1, False)


def test_help_writes_names_of_services_out_once_and_options_with_what_they_take(capsys):
    with pytest.raises(SystemExit):
        cli.main(["resync", "--help"])
    shown = capsys.readouterr().out
    assert "usage: certtrack resync [-h] [--source SERVICE] [SERVICE]\n" in shown
    assert "--source SERVICE   identity, certification," in shown


@pytest.mark.parametrize("line", [
    "run --port 99999", "run --port 0", "run --partitions 0", "tokens issue --role provider --subject x --days 31",
])  # fmt: skip
def test_a_number_out_of_bounds_is_refused_before_anything_begins(line, tmp_path, capsys):
    with pytest.raises(SystemExit) as done:
        cli.main(["--data", str(tmp_path / "var"), *line.split()])
    assert (done.value.code, "is no whole number from 1 to" in capsys.readouterr().err) == (2, True)
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("command", ["run", "verify"])
def test_a_file_in_the_place_of_the_installation_is_refused(command, tmp_path, capsys):
    (tmp_path / "var").write_text("")
    assert cli.main(["--data", str(tmp_path / "var"), command]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("name", ["installation.json", "secrets.json"])
def test_a_damaged_file_of_the_installation_is_named(name, tmp_path, capsys):
    Installation.at(tmp_path, amqp_uri="amqp://127.0.0.1").save()
    (tmp_path / name).write_text("half a fi")
    assert cli.main(["--data", str(tmp_path), "verify"]) == 1
    shown = capsys.readouterr().err
    assert (shown.startswith(f"{tmp_path / name} is damaged"), shown.count("\n")) == (True, 1)


def test_a_partner_gets_the_brokers_address_with_its_own_log_in():
    own = partners.address("amqp://certtrack:secret@broker.example:5673/%2F", "partner-acme", "p/w")
    assert own == "amqp://partner-acme:p%2Fw@broker.example:5673/%2F"


def test_a_parked_event_is_named_by_source_partition_and_sequence():
    waiting = [
        {"source": "testing", "partition": 0, "sequence": 7},
        {"source": "testing", "partition": 1, "sequence": 7},
    ]
    assert parked.find(waiting, "testing/1/7") is waiting[1]
    with pytest.raises(NotFound):
        parked.find(waiting, "testing/2/7")


def test_a_copy_of_an_embedded_database_replaces_what_came_later(tmp_path):
    live = tmp_path / "testing.sqlite"
    with closing(sqlite3.connect(live)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE facts (number)")
        database.execute("INSERT INTO facts VALUES (1)")
        database.commit()
        backup.copy_out(f"sqlite:///{live}", tmp_path / "copy")
        database.execute("INSERT INTO facts VALUES (2)")
        database.commit()
    backup.copy_in(tmp_path / "copy", f"sqlite:///{live}")
    with closing(sqlite3.connect(live)) as database:
        assert database.execute("SELECT number FROM facts").fetchall() == [(1,)]


@pytest.mark.server
def test_a_copy_of_a_postgresql_database_replaces_what_came_later(tmp_path):
    if postgres.find_programs() is None:
        pytest.skip("PostgreSQL's programs are not installed")
    cluster = PrivatePostgres(tmp_path / "postgres")
    cluster.start()
    try:
        url = cluster.create_database("testing")
        ask(url, "CREATE TABLE facts (number int)", "INSERT INTO facts VALUES (1)")
        backup.copy_out(url, tmp_path / "copy")
        ask(url, "INSERT INTO facts VALUES (2)", "CREATE TABLE later (number int)")
        whole = (tmp_path / "copy").read_bytes()
        (tmp_path / "begun").write_bytes(whole[:100])
        (tmp_path / "torn").write_bytes(whole[:-20])
        files = [tmp_path / name for name in ("copy", "begun", "torn", "none")]
        assert [backup.is_copy(file, "postgresql") for file in files] == [True, False, False, False]
        backup.copy_in(tmp_path / "copy", url)
        assert ask(url, "SELECT count(*) FROM facts") == "1"
        assert ask(url, "SELECT count(*) FROM pg_tables WHERE tablename = 'later'") == "0"
    finally:
        cluster.remove()


def test_a_folder_without_a_backup_is_refused(tmp_path):
    installation = Installation.at(tmp_path / "var", amqp_uri="amqp://127.0.0.1")
    with pytest.raises(backup.BackupFailed, match="holds no backup"):
        backup.check(tmp_path, installation)


def test_a_backup_of_another_kind_of_database_is_refused(tmp_path):
    installation = Installation.at(tmp_path / "var", amqp_uri="amqp://127.0.0.1")
    (tmp_path / backup.NOTE).write_text('{"kind": "postgresql"}')
    with pytest.raises(backup.BackupFailed, match="The backup is of postgresql, the installation uses sqlite"):
        backup.check(tmp_path, installation)


@pytest.fixture
def installed(tmp_path):
    """An installation of small databases that does not run."""
    installation = Installation.at(tmp_path / "var", amqp_uri="amqp://127.0.0.1")
    installation.save()
    for service in SERVICES:
        with closing(sqlite3.connect(backup.sqlite_file(installation.database_urls[service]))) as database:
            database.execute("CREATE TABLE facts (number)")
    return tmp_path


def certtrack(place, *line):
    """The exit code of a command on the installation there."""
    return cli.main(["--data", str(place / "var"), *map(str, line)])


def test_a_backup_goes_into_an_empty_folder_only(installed, capsys):
    (installed / "copy").mkdir()
    (installed / "copy" / "identity").write_text("something of mine")
    assert certtrack(installed, "backup", installed / "copy") == 1
    assert capsys.readouterr().err == f"{installed / 'copy'} is not empty: choose an empty folder for the copy.\n"
    assert (installed / "copy" / "identity").read_text() == "something of mine"
    assert certtrack(installed, "backup", installed / "copy" / "identity" / "below") == 1
    assert "cannot take the copy" in capsys.readouterr().err


def test_a_backup_that_fails_leaves_an_empty_folder(installed, capsys):
    backup.sqlite_file(Installation.load(installed / "var").database_urls["testing"]).write_text("no database" * 99)
    assert certtrack(installed, "backup", installed / "copy") == 1
    assert capsys.readouterr().err.startswith("The databases could not be copied: ")
    assert list((installed / "copy").iterdir()) == []


@pytest.mark.parametrize("damage", ["missing", "empty", "torn"])
def test_a_backup_that_is_not_whole_changes_nothing(installed, damage, capsys):
    assert certtrack(installed, "backup", installed / "copy") == 0
    victim = installed / "copy" / "verification"
    whole = victim.read_bytes()
    victim.unlink()
    if damage != "missing":
        victim.write_bytes(b"" if damage == "empty" else whole[: len(whole) // 2])
    before = {file: file.read_bytes() for file in (installed / "var" / "data").iterdir()}
    assert certtrack(installed, "restore", installed / "copy") == 1
    assert capsys.readouterr().err.endswith("verification cannot be read. Nothing is changed.\n")
    assert {file: file.read_bytes() for file in (installed / "var" / "data").iterdir()} == before
