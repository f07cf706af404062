"""One-time links in mails: their secret is made again when the mail leaves, so that it is stored nowhere."""

import hashlib
import string
from dataclasses import dataclass
from urllib.parse import urlencode

from chassis.ids import derived_code
from chassis.sealing import subkey

ALPHABET = string.ascii_letters + string.digits
LENGTH = 43
PAGES = {
    "confirm-email": "/confirm",
    "unlock": "/unlock/open",
    "reset-password": "/password/new",
    "guardian": "/guardian",
}
"""Where the link of each purpose leads."""


@dataclass(frozen=True, slots=True)
class Used:
    """What somebody has brought back: whose link, and the hash of its secret."""

    account_id: str
    secret_hash: str


class Links:
    """Makes links under the deployment's master key, and reads those that come back."""

    def __init__(self, master: bytes, url: str) -> None:
        """`url` is where people reach the portal."""
        self._key = subkey(master, "links")
        self._url = url.rstrip("/")

    def hash_of(self, link_id: str) -> str:
        """What is stored of the link."""
        return _hash(self._secret(link_id))

    def address(self, purpose: str, account_id: str, link_id: str) -> str:
        """The whole link as the mail says it."""
        query = urlencode({"link": f"{account_id}.{self._secret(link_id)}"})
        return f"{self._url}{PAGES[purpose]}?{query}"

    def page(self, path: str) -> str:
        """The address of a page of the portal."""
        return f"{self._url}{path}"

    def case_key(self, case_id: str) -> str:
        """What opens a visitor's case: it stands in the mailed link only."""
        return self._secret(f"case/{case_id}")

    @staticmethod
    def used(text: str) -> Used:
        """The link that this text came from; nonsense is the link of nobody."""
        account_id, _, secret = text.partition(".")
        return Used(account_id, _hash(secret))

    def _secret(self, link_id: str) -> str:
        return derived_code(self._key, ALPHABET, LENGTH, link_id)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
