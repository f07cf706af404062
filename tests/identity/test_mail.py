from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from chassis.errors import Unavailable
from chassis.service import Effect
from deploy import ports
from services.identity.adapters.letters import congratulation
from services.identity.adapters.mail import Mail

LETTER = congratulation(name="Ada Lovelace", certification="CCNA", kit="certificate", active_on=date(2026, 11, 20))
KEY = "congratulation/ada/ccna/2026-11-20"


def mailbox(folder: Path) -> list[EmailMessage]:
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(folder.glob("*.eml"))]


@pytest.mark.feature("F8.1")
@pytest.mark.feature("F8.3")
def test_the_congratulation_tells_how_to_claim_the_kit_and_how_long_it_takes(tmp_path):
    Mail("", tmp_path).send(LETTER, to="ada@example.org", name="Ada Lovelace", key=KEY)
    [message] = mailbox(tmp_path)
    text = message.get_body(("plain",)).get_content()
    assert message["To"] == "Ada Lovelace <ada@example.org>"
    assert message["Subject"] == "Congratulations on your CCNA"
    assert "On 20 November 2026 you met all requirements of CCNA." in text
    assert "a printed certificate" in text
    assert "12 to 16 weeks" in text
    assert "12 to 16 weeks" in message.get_body(("html",)).get_content()


def test_the_same_key_is_the_same_message(tmp_path):
    mail = Mail("", tmp_path)
    mail.send(LETTER, to="ada@example.org", name="Ada Lovelace", key=KEY)
    mail.send(LETTER, to="ada@example.org", name="Ada Lovelace", key=KEY)
    mail.send(LETTER, to="ada@example.org", name="Ada Lovelace", key=KEY + "/again")
    assert len({message["Message-ID"] for message in mailbox(tmp_path)}) == len(mailbox(tmp_path)) == 2


def test_nothing_in_a_name_becomes_markup_or_another_header(tmp_path):
    name = "Eve <script>\r\nBcc: all@example.org ${promise}"
    letter = congratulation(name=name, certification="CCNA", kit="certificate", active_on=date(2026, 11, 20))
    Mail("", tmp_path).send(letter, to="eve@example.org", name=name, key=KEY)
    [message] = mailbox(tmp_path)
    html = message.get_body(("html",)).get_content()
    assert (message["Bcc"], "<script>" in html, "&lt;script&gt;" in html) == (None, False, True)
    assert "${promise}" in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize("name", ["Ķristīne Ŵyn", "محمد علي", "李 小龍", "İpek", "N" * 120])
def test_names_of_every_script_arrive_whole(tmp_path, name):
    letter = congratulation(name=name, certification="CCNA", kit="certificate", active_on=date(2026, 11, 20))
    Mail("", tmp_path).send(letter, to="someone@example.org", name=name, key=KEY)
    [message] = mailbox(tmp_path)
    assert message["To"].addresses[0].display_name == name
    assert f"Dear {name}," in message.get_body(("plain",)).get_content()


class Received:
    """What an SMTP server took."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's own name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


def test_a_mail_server_gets_the_message_with_its_own_id(tmp_path):
    received = Received()
    [port] = ports.choose(1)
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        mail = Mail(f"smtp://127.0.0.1:{port}", tmp_path)
        mail.send(LETTER, to="ada@example.org", name="Ada Lovelace", key=KEY)
        mail.send(LETTER, to="ada@example.org", name="Ada Lovelace", key=KEY)
    finally:
        controller.stop()
    assert [message["To"] for message in received.messages] == ["Ada Lovelace <ada@example.org>"] * 2
    assert len({message["Message-ID"] for message in received.messages}) == 1
    assert mailbox(tmp_path) == []


def test_a_mail_server_that_is_away_is_told_as_unavailable(tmp_path):
    [port] = ports.choose(1)
    with pytest.raises(Unavailable) as trouble:
        Mail(f"smtp://127.0.0.1:{port}", tmp_path).send(LETTER, to="ada@example.org", name="Ada", key=KEY)
    assert (trouble.value.code, trouble.value.details) == ("mail-server", {"reason": "ConnectionRefusedError"})


def effect_for(candidate_id: str) -> Effect:
    payload = {"certification": "CCNA", "kit": "certificate", "active_on": "2026-11-20"}
    return Effect(KEY, "mail", candidate_id, payload, datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.feature("F8.1")
def test_name_and_address_are_looked_up_when_the_mail_leaves(asked_as, registered_ada, settings):
    asked_as().send_mail(effect_for(registered_ada))
    [message] = mailbox(settings.data / "mailbox")
    assert message["To"] == "Ada Lovelace <ada@example.org>"


@pytest.mark.rule("R-P1")
def test_an_erased_candidate_gets_no_mail(asked_as, registered_ada, settings):
    asked_as().erase(registered_ada)
    asked_as().send_mail(effect_for(registered_ada))
    assert mailbox(settings.data / "mailbox") == []
