"""The embedded mailbox: what was written to people where no mail server is set, for demonstrations and tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail as it lies there."""

    number: str
    to: str
    subject: str
    text: str
    sent_at: float


def newest(folder: Path, *, to: str = "", limit: int = 50) -> list[Mail]:
    """The last mails, newest first; those to one address only, if it is given."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    found = (mail for mail in _read(files) if not to or mail.to == to)
    return [mail for mail, _ in zip(found, range(limit), strict=False)]


def forget(folder: Path, *, to: str) -> None:
    """Throw away all mails to one address: its owner was erased."""
    for file in list(folder.glob("*.eml")):
        receiver = message_from_bytes(file.read_bytes(), policy=default)["To"].addresses[0].addr_spec
        if receiver.casefold() == to.casefold():
            file.unlink(missing_ok=True)


def _read(files: list[Path]) -> Iterator[Mail]:
    for file in files:
        message = message_from_bytes(file.read_bytes(), policy=default)
        body = message.get_body(("plain",))
        yield Mail(
            number=file.stem,
            to=message["To"].addresses[0].addr_spec,
            subject=str(message["Subject"]),
            text=str(body.get_content()) if body is not None else "",
            sent_at=file.stat().st_mtime,
        )
