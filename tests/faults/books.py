"""What must hold after every fault, read where the truth lies: in the services' databases and at the mail receiver."""

from collections import Counter

from sqlalchemy import create_engine, text

from services.identity.adapters.mail import message_number
from tests.faults.load import Load
from tests.faults.mail import Receiver
from tests.system import System, eventually


def counted(system: System, service: str, sql: str) -> Counter[str]:
    """How often each value of the first column occurs."""
    engine = create_engine(system.installation.database_urls[service])
    try:
        with engine.connect() as connection:
            return Counter(row[0] for row in connection.execute(text(sql)))
    finally:
        engine.dispose()


def field_of_data(system: System, field: str) -> str:
    """The SQL for one field of a stored fact."""
    return f"(data ->> '{field}')" if system.database == "postgresql" else f"json_extract(data, '$.{field}')"


def check(system: System, load: Load, receiver: Receiver | None = None) -> None:
    """Every accepted command has its facts exactly once, and everybody knows."""
    assert load.unanswered() == []
    late = sorted(load.too_slow(), key=lambda one: -one[1])
    assert (len(late), late[:5]) == (0, [])
    assert system.settled(30.0)
    assert_each_result_is_one_fact(system, load)
    assert_each_transcript_is_one_fact(system, load)
    assert system.differences() == {}
    assert_followers_have_all(system)
    if receiver is not None:
        assert_no_mail_lacks(system, receiver)


def assert_each_result_is_one_fact(system: System, load: Load) -> None:
    facts = counted(system, "testing", "SELECT result_id FROM testing_history")
    assert {result: facts[result] for result in load.results() if facts[result] != 1} == {}
    told = counted(
        system,
        "certification",
        f"SELECT {field_of_data(system, 'result_id')} FROM events WHERE name = 'exam-evidence-recorded'",
    )
    assert {result: told[result] for result in load.results() if told[result] != 1} == {}


def assert_each_transcript_is_one_fact(system: System, load: Load) -> None:
    field = field_of_data(system, "transcript_id")
    facts = counted(system, "verification", f"SELECT {field} FROM events WHERE name = 'transcript-created'")
    assert {transcript: facts[transcript] for transcript in load.transcripts() if facts[transcript] != 1} == {}


def assert_followers_have_all(system: System) -> None:
    """Every certification with a kit was offered one, once."""
    certification = public_field(system, "certification")
    told = f"SELECT subject || '/' || {certification} FROM outbox WHERE name = '{{}}'"
    with_kit = f" AND {public_field(system, 'kit')} <> 'none'"
    earned = counted(system, "certification", told.format("CertificationEarned") + with_kit)
    offered = counted(system, "fulfillment", told.format("KitOffered"))
    assert earned
    assert (earned - offered, offered - earned) == (Counter(), Counter())


def public_field(system: System, field: str) -> str:
    """The SQL for one field of a public event."""
    return f"(data::json ->> '{field}')" if system.database == "postgresql" else f"json_extract(data, '$.{field}')"


def assert_no_mail_lacks(system: System, receiver: Receiver) -> None:
    """Effects, counted at the receiver by idempotency key, lack none; none is still due."""
    due = "SELECT id FROM effects WHERE done_at IS NULL"
    eventually(lambda: counted(system, "identity", due), lambda left: not left, 60.0)
    keys = counted(system, "identity", "SELECT id FROM effects WHERE kind = 'mail'")
    known = counted(system, "identity", "SELECT candidate_id FROM profiles")
    wanted = {message_number(key) for key in keys if key.split("/")[1] in known}
    assert wanted
    assert wanted - {message_id.strip("<>").partition("@")[0] for message_id in receiver.ids()} == set()
