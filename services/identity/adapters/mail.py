"""Mail to candidates: by SMTP where a server is set, else into a folder; the same key is the same message."""

import hashlib
import smtplib
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from chassis.errors import Unavailable
from services.identity.adapters.letters import Letter

SENDER = Address("Certification Tracking System", "no-reply", "certtrack.example")
PATIENCE = 20.0
"""Seconds for each step with the mail server."""


class Mail:
    """Sends letters; the Message-ID is made of the effect's key, so that a repeated attempt can be recognised."""

    def __init__(self, smtp_url: str, mailbox: Path, *, sender: str = "") -> None:
        """`smtp_url` is `smtp[s]://[user:password@]host[:port][?starttls=yes]`, or empty for the folder `mailbox`."""
        self._deliver = _by_smtp(urlsplit(smtp_url)) if smtp_url else _into(mailbox)
        self._sender = Address("Certification Tracking System", addr_spec=sender) if sender else SENDER

    def send(self, letter: Letter, *, to: str, name: str, key: str) -> None:
        """Hand the letter over; raises Unavailable when the server is away or refuses for now."""
        try:
            self._deliver(self._message(letter, to, name, key))
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable("mail-server", reason=type(error).__name__) from error

    def _message(self, letter: Letter, to: str, name: str, key: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["Message-ID"] = f"<{message_number(key)}@{self._sender.domain}>"
        message["From"] = self._sender
        message["To"] = _receiver(name, to)
        message["Subject"] = _one_line(letter.subject)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        return message


def message_number(key: str) -> str:
    """The left half of the Message-ID for an effect's key; it tells nothing of the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _receiver(name: str, email: str) -> Address:
    local, _, domain = email.rpartition("@")
    return Address(_one_line(name), local, domain.encode("idna").decode())


def _one_line(text: str) -> str:
    """Header text: a line break in a name must not begin another header."""
    return " ".join(text.split())


def _into(mailbox: Path) -> Callable[[EmailMessage], None]:
    def deliver(message: EmailMessage) -> None:
        mailbox.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = str(message["Message-ID"]).strip("<>").partition("@")[0]
        file = mailbox / f"{number}.eml"
        if not file.exists():
            draft = file.with_suffix(".new")
            draft.write_bytes(message.as_bytes())
            draft.replace(file)

    return deliver


def _by_smtp(url: SplitResult) -> Callable[[EmailMessage], None]:
    options = parse_qs(url.query)

    def deliver(message: EmailMessage) -> None:
        with _server(url) as server:
            if options.get("starttls") == ["yes"]:
                server.starttls(context=ssl.create_default_context())
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(message)

    return deliver


def _server(url: SplitResult) -> AbstractContextManager[smtplib.SMTP]:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, url.port or 465, timeout=PATIENCE, context=ssl.create_default_context())
    return smtplib.SMTP(host, url.port or 25, timeout=PATIENCE)
