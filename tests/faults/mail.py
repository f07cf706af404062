"""A real SMTP receiver that counts mails by Message-ID."""

from email import message_from_bytes
from typing import Any, Self

from aiosmtpd.controller import Controller

from deploy import ports


class Receiver:
    """Listens on loopback while the block runs."""

    def __init__(self) -> None:
        self.port = ports.choose(1)[0]
        self._received: list[str] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        self._received.append(str(message_from_bytes(envelope.content)["Message-ID"]))
        return "250 accepted"

    @property
    def url(self) -> str:
        """For SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def ids(self) -> set[str]:
        """Message-IDs that arrived, however often."""
        return set(self._received)
