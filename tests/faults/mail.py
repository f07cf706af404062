"""A real SMTP receiver that keeps what it got."""

from email import message_from_bytes
from email.message import EmailMessage  # noqa: TC003  a helper of tests keeps its imports together
from email.policy import SMTP
from typing import Any, Self

from aiosmtpd.controller import Controller

from deploy import ports


class Receiver:
    """Listens on loopback while the block runs."""

    def __init__(self) -> None:
        self.port = ports.choose(1)[0]
        self._received: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        self._received.append(message_from_bytes(envelope.content, policy=SMTP))
        return "250 accepted"

    @property
    def url(self) -> str:
        """For SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def ids(self) -> set[str]:
        """Message-IDs that arrived, however often."""
        return {str(message["Message-ID"]) for message in self._received}

    def texts_to(self, email: str) -> list[str]:
        """The plain texts for one address, newest first."""
        for_them = [message for message in reversed(self._received) if email in str(message["To"])]
        return [str(body.get_content()) for message in for_them if (body := message.get_body(("plain",)))]
