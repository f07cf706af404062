"""Passkeys (WebAuthn Level 3): what browsers are asked, and whether their answers are right."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

NAME = "Certtrack"
MILLISECONDS = 300_000


class WrongAnswer(Exception):
    """The browser's answer is malformed, forged, or for somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A new passkey as it is stored."""

    passkey_id: str
    public_key: str
    sign_count: int


class Passkeys:
    """Speaks with browsers for the site that people see in their address bar."""

    def __init__(self, url: str) -> None:
        """`url` is where people reach the portal; an address without a name counts as this machine."""
        parts = urlsplit(url)
        self._site = "localhost" if _is_number(parts.hostname or "") else parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
        self._origin = f"{parts.scheme}://{self._site}{port}"

    def to_register(
        self, challenge: str, *, account_id: str, email: str, name: str, known: list[str]
    ) -> dict[str, Any]:
        """Options for `navigator.credentials.create`: a passkey that needs no name typed, and checks its user."""
        return options_to_json_dict(
            webauthn.generate_registration_options(
                rp_id=self._site,
                rp_name=NAME,
                user_id=account_id.encode(),
                user_name=email,
                user_display_name=name,
                challenge=challenge.encode(),
                timeout=MILLISECONDS,
                authenticator_selection=AuthenticatorSelectionCriteria(
                    resident_key=ResidentKeyRequirement.REQUIRED,
                    user_verification=UserVerificationRequirement.REQUIRED,
                ),
                exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
            )
        )

    def to_log_in(self, challenge: str) -> dict[str, Any]:
        """Options for `navigator.credentials.get`: any passkey that the device has for this site."""
        return options_to_json_dict(
            webauthn.generate_authentication_options(
                rp_id=self._site,
                challenge=challenge.encode(),
                timeout=MILLISECONDS,
                user_verification=UserVerificationRequirement.REQUIRED,
            )
        )

    @staticmethod
    def challenge_in(credential: dict[str, Any]) -> str:
        """The challenge that the browser says it has answered; raises WrongAnswer."""
        try:
            said = parse_client_data_json(base64url_to_bytes(credential["response"]["clientDataJSON"]))
            return said.challenge.decode()
        except (WebAuthnException, KeyError, TypeError, ValueError) as error:
            raise WrongAnswer from error

    def registered(self, credential: dict[str, Any], challenge: str) -> Registered:
        """The new passkey; raises WrongAnswer."""
        try:
            found = webauthn.verify_registration_response(
                credential=credential,
                expected_challenge=challenge.encode(),
                expected_rp_id=self._site,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        except (WebAuthnException, KeyError, TypeError, ValueError) as error:
            raise WrongAnswer from error
        return Registered(
            passkey_id=bytes_to_base64url(found.credential_id),
            public_key=bytes_to_base64url(found.credential_public_key),
            sign_count=found.sign_count,
        )

    def sign_count(self, credential: dict[str, Any], challenge: str, public_key: str) -> int:
        """What the passkey has counted, if its signature is right; raises WrongAnswer. Counting on is a rule."""
        try:
            found = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=challenge.encode(),
                expected_rp_id=self._site,
                expected_origin=self._origin,
                credential_public_key=base64url_to_bytes(public_key),
                credential_current_sign_count=0,
                require_user_verification=True,
            )
        except (WebAuthnException, KeyError, TypeError, ValueError) as error:
            raise WrongAnswer from error
        return found.new_sign_count


def _is_number(host: str) -> bool:
    """Browsers know passkeys of names only."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
