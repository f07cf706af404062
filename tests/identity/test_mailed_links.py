"""Links by mail: asked for by anybody with one answer, used once by whoever reads the mailbox."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from chassis.clock import Clock
from chassis.errors import NotFound
from chassis.service import Effect
from contracts.words import LISTENERS
from services.identity.adapters.known_passwords import is_known
from services.identity.adapters.letters import LETTERS
from services.identity.adapters.links import PAGES
from services.identity.projections import attempts
from services.identity.vocabulary import VOCABULARY
from tests.identity.front_door import facts, mailed, mailed_link, refused

PASSWORD = "correct horse battery"


def fail(asked_as, times: int, network: str = "") -> None:
    for _ in range(times):
        refused("log-in-refused", asked_as().log_in, "ada@example.org", "wrong horse battery", network)


@pytest.mark.feature("F1.6")
def test_nobody_logs_in_before_the_mailed_link_was_opened(frame, asked_as, unconfirmed_ada):
    refused("email-not-confirmed", asked_as().log_in, "ada@example.org", PASSWORD)
    refused("log-in-refused", asked_as().log_in, "ada@example.org", "wrong horse battery")
    link = mailed_link(frame, "confirm-email", unconfirmed_ada)
    asked_as("confirm").confirm_email(link)
    assert asked_as().log_in("ada@example.org", PASSWORD)["candidate_id"] == unconfirmed_ada
    refused("link-not-valid", asked_as().confirm_email, link)
    asked_as("confirm").confirm_email(link)  # the same request again is answered as the first time


@pytest.mark.feature("F1.6")
@pytest.mark.parametrize("forged", ["", "nonsense", ".", "{id}.", "{id}.forged", "nobody.forged"])
def test_forged_links_open_nothing(asked_as, unconfirmed_ada, forged):
    link = forged.format(id=unconfirmed_ada)
    refused("link-not-valid", asked_as().confirm_email, link)
    refused("link-not-valid", asked_as().unlock_account, link)
    refused("link-not-valid", asked_as().reset_password, link, PASSWORD)


@pytest.mark.feature("F1.6")
def test_secrets_of_links_stand_in_no_table(frame, unconfirmed_ada):
    secret = mailed_link(frame, "confirm-email", unconfirmed_ada).partition(".")[2]
    with frame.database.read() as connection:
        content = [repr(connection.execute(text(f"SELECT * FROM {name}")).all()) for name in ("events", "effects")]
    assert [secret in one for one in content] == [False, False]


@pytest.mark.feature("F1.7")
def test_five_failures_lock_the_account_until_the_mailed_link_unlocks_it(frame, asked_as, registered_ada):
    elsewhere = asked_as().log_in("ada@example.org", PASSWORD)["session"]
    fail(asked_as, 5)
    refused("log-in-refused", asked_as().log_in, "ada@example.org", PASSWORD)
    assert [told["letter"] for told in mailed(frame, registered_ada)] == ["confirm-email", "unlock"]
    asked_as().unlock_account(mailed_link(frame, "unlock", registered_ada))
    refused("session-over", asked_as().refresh, elsewhere)
    assert asked_as().log_in("ada@example.org", PASSWORD)["candidate_id"] == registered_ada


@pytest.mark.feature("F1.7")
def test_five_failures_from_a_network_pause_it_for_everybody_there(asked_as, registered_ada):
    for number in range(5):
        refused("log-in-refused", asked_as().log_in, f"nobody-{number}@example.org", "wrong horse battery", "net-1")
    refused("log-in-paused", asked_as().log_in, "ada@example.org", PASSWORD, "net-1")
    refused("log-in-paused", asked_as().log_in, "nobody@example.org", PASSWORD, "net-1")
    assert asked_as().log_in("ada@example.org", PASSWORD, "net-2")["candidate_id"] == registered_ada


@pytest.mark.feature("F1.7")
def test_a_pause_ends_after_a_quarter_of_an_hour_and_its_rows_are_forgotten(frame, asked_as, registered_ada):
    fail(asked_as, 1, "net-1")
    with frame.database.read() as connection:
        [row] = connection.execute(select(attempts.table)).all()
        assert attempts.lately(connection, "net-1", row.at + timedelta(minutes=14, seconds=59)) == 1
        assert attempts.lately(connection, "net-1", row.at + timedelta(minutes=15)) == 0
    later = row.at + timedelta(minutes=15)
    asked_as().desk.write(lambda rows: attempts.remember(rows, "later", "net-2", later))
    with frame.database.read() as connection:
        assert [one.network for one in connection.execute(select(attempts.table))] == ["net-2"]


@pytest.mark.feature("F1.6")
def test_a_new_password_by_mail_ends_all_sessions_and_the_old_password(frame, asked_as, registered_ada):
    session = asked_as().log_in("ada@example.org", PASSWORD)["session"]
    asked_as().mail_password_link("ADA@example.org ")
    asked_as().reset_password(mailed_link(frame, "reset-password", registered_ada), "another horse battery")
    refused("session-over", asked_as().refresh, session)
    refused("log-in-refused", asked_as().log_in, "ada@example.org", PASSWORD)
    assert asked_as().log_in("ada@example.org", "another horse battery")["candidate_id"] == registered_ada


@pytest.mark.feature("F1.6")
@pytest.mark.parametrize("kind", ["mail_confirmation", "mail_unlock", "mail_password_link"])
def test_a_link_is_asked_for_with_the_same_answer_whether_or_not_the_address_is_known(frame, asked_as, kind):
    before = facts(frame)
    assert getattr(asked_as(), kind)("nobody@example.org") == {"sent": "if-known"}
    assert facts(frame) == before


@pytest.mark.feature("F1.6")
def test_a_registration_that_nobody_confirms_disappears_after_a_week(frame, asked_as, unconfirmed_ada, ada):
    frame.clock = Clock(offset_days=6, mode="test")
    asked_as().give_up_unconfirmed()
    assert asked_as().profile(unconfirmed_ada)["email"] == "ada@example.org"
    frame.clock = Clock(offset_days=8, mode="test")
    asked_as().give_up_unconfirmed()
    with pytest.raises(NotFound):
        asked_as().profile(unconfirmed_ada)
    again = asked_as("ada|register|2").register(**ada)["candidate_id"]
    assert again != unconfirmed_ada


@pytest.mark.feature("F1.6")
@pytest.mark.parametrize(
    "password", ["password1234", "qwertyuiopas", "iloveyou1234", "aaaaaaaaaaaa", "ada@example.org"]
)
def test_passwords_that_attackers_try_first_are_refused(asked_as, ada, password):
    refused("password-known", asked_as().register, **ada | {"password": password})


@pytest.mark.feature("F1.6")
def test_long_passwords_are_judged_in_a_moment():
    assert is_known("correct horse battery staple " * 35) is False


def test_every_mail_is_about_a_fact_and_every_link_has_a_mail_and_a_page():
    own = {kind.__name__ for kind in VOCABULARY.values()}
    heard = {event for event, services in LISTENERS.items() if "identity" in services}
    assert {draft.event for draft in LETTERS.values()} <= own | heard
    assert set(PAGES) <= set(LETTERS)
    assert [name for name, draft in LETTERS.items() if name in PAGES and not draft.button] == []


def test_a_mail_brings_the_link_as_text_and_as_button(frame, asked_as, unconfirmed_ada, settings):
    payload = mailed(frame, unconfirmed_ada)[0]
    asked_as().send_mail(Effect("key", "mail", unconfirmed_ada, payload, frame.clock.now()))
    [mail] = asked_as().mailbox("ada@example.org")
    link = mailed_link(frame, "confirm-email", unconfirmed_ada)
    assert f"http://127.0.0.1:8080/confirm?link={link}" in mail["text"]
    assert (mail["to"], mail["subject"]) == ("ada@example.org", "Please confirm your e-mail address")
    assert asked_as().mailbox("nobody@example.org") == []
