"""The registry of programs that may ask for tokens, and the keys that tokens are signed with."""

import hashlib
import string
from collections.abc import Sequence
from typing import Any

from nameko.timer import timer

from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.client import AddClient, RemoveClient, client
from services.identity.projections import clients
from services.identity.service.parts import parts_of

SECRET_ALPHABET, SECRET_LENGTH = string.ascii_letters + string.digits, 43
LOOK_SECONDS = 3600


class Clients:
    """Operators add programs and rotate keys."""

    desk: DeskAtWork

    @rpc
    def clients_add(
        self,
        name: str,
        redirect_uris: Sequence[str],
        scopes: Sequence[str],
        public: bool = False,
        signed_by: str = "RS256",
    ) -> dict[str, Any]:
        """Register a program; its secret is told here and never again, a public one has none.

        `signed_by` is what its ID tokens are signed with; RS256 is what programs expect that say nothing else.
        """
        asked = schemas.new_client.load(
            {"name": name, "redirect_uris": redirect_uris, "scopes": scopes, "public": public, "signed_by": signed_by}
        )
        client_id = self.desk.new_id("client")
        secret = self.desk.secret_code("client", alphabet=SECRET_ALPHABET, length=SECRET_LENGTH)
        command = AddClient(
            name=asked["name"],
            redirect_uris=tuple(asked["redirect_uris"]),
            scopes=tuple(asked["scopes"]),
            secret_hash="" if asked["public"] else secret_hash(secret),
            signed_by=asked["signed_by"],
        )
        self.desk.handle(client, client_id, command, subject="")
        return {"client_id": client_id, "client_secret": "" if asked["public"] else secret}

    @rpc
    def clients_list(self) -> list[dict[str, Any]]:
        """All programs by name."""
        with self.desk.read() as connection:
            known = clients.everyone(connection)
        return [
            {
                "client_id": one.client_id,
                "name": one.name,
                "redirect_uris": list(one.redirect_uris),
                "scopes": list(one.scopes),
                "public": not one.secret_hash,
                "signed_by": one.signed_by,
            }
            for one in known
        ]

    @rpc
    def clients_remove(self, client_id: str) -> dict[str, Any]:
        """Let a program ask no longer; its refresh tokens are void, access tokens end within ten minutes."""
        asked = schemas.one_client.load({"client_id": client_id})
        self.desk.handle(client, asked["client_id"], RemoveClient(), subject="")
        return {"client_id": client_id}

    @rpc
    def keys_rotate(self) -> dict[str, Any]:
        """Sign with a new key from now on; earlier ones are published until nothing they signed is good any more."""
        return {"kid": parts_of(self.desk.frame).tokens.rotate()}

    @timer(interval=LOOK_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def rotate_old_keys(self) -> None:
        """No key signs for longer than a quarter of a year."""
        parts_of(self.desk.frame).tokens.rotate_if_old()


def secret_hash(secret: str) -> str:
    """What is stored of a secret with more than 250 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
