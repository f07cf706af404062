"""The operators' command: its help, its words, its refusals, its copies."""

import json
import sqlite3
from contextlib import closing

import pytest

from chassis.errors import NotFound
from deploy import backup, cli, parked, partners, postgres
from deploy.environment import ROOT, Installation
from deploy.postgres import PrivatePostgres, ask

COMMANDS = (
    "run", "health", "migrate", "demo", "fold", "tokens", "verify", "rebuild", "resync", "backup", "restore",
    "partners", "parked",
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


@pytest.mark.parametrize("text", ["x: [", "vectors: 5", None])
def test_fold_refuses_what_is_no_file_of_histories_with_exit_code_two(tmp_path, capsys, text):
    if text is not None:
        (tmp_path / "histories.yaml").write_text(text)
    assert cli.main(["fold", str(tmp_path / "histories.yaml")]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.startswith(str(tmp_path / "histories.yaml"))) == ("", True)


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
