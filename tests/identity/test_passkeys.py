"""Passkeys, answered by a device made of software (F1.14)."""

import base64
import hashlib
import json
from dataclasses import dataclass, field

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from services.identity.domain.account import account
from services.identity.domain.support_acts import SuspendAccount
from tests.identity.front_door import claims_of, facts, mailed, refused

ORIGIN = "http://localhost:8080"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Device:
    """An authenticator with one key; it answers as Chromium writes it down."""

    origin: str = ORIGIN
    site: str = "localhost"
    flags: int = PRESENT | VERIFIED
    counted: int = 0
    id: bytes = b"device-1"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def register(self, options: dict) -> dict:
        said = self._client_data("webauthn.create", options)
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._authenticator_data(self.flags | ATTESTED) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=said, attestationObject=attestation)

    def log_in(self, options: dict) -> dict:
        said, data = self._client_data("webauthn.get", options), self._authenticator_data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _client_data(self, kind: str, options: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _authenticator_data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + self.counted.to_bytes(4, "big")

    def _answer(self, **response: bytes) -> dict:
        shown = {name: text(data) for name, data in response.items()}
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": shown}


@pytest.fixture
def device(asked_as, registered_ada) -> Device:
    """Ada's device, registered."""
    made = Device(counted=1)
    answer = made.register(asked_as().passkey_options(registered_ada))
    asked_as().register_passkey(registered_ada, "My phone", answer)
    return made


def log_in(asked_as, device: Device) -> dict:
    device.counted += 1
    return asked_as().log_in_by_passkey(device.log_in(asked_as().passkey_log_in_options()), "", "Firefox on Linux")


@pytest.mark.feature("F1.14")
def test_a_browser_is_asked_for_a_key_that_needs_no_name_and_checks_its_user(asked_as, registered_ada):
    options = asked_as().passkey_options(registered_ada)
    assert (options["rp"], options["user"]["name"]) == ({"id": "localhost", "name": "Certtrack"}, "ada@example.org")
    assert options["authenticatorSelection"] == {
        "residentKey": "required", "requireResidentKey": True, "userVerification": "required"
    }  # fmt: skip
    assert asked_as().passkey_log_in_options()["userVerification"] == "required"


@pytest.mark.feature("F1.14")
def test_a_passkey_opens_the_account_and_is_told_by_mail(frame, asked_as, registered_ada, device):
    assert mailed(frame, registered_ada)[-1]["letter"] == "passkey-added"
    opened = log_in(asked_as, device)
    assert claims_of(opened["token"])["sub"] == registered_ada
    assert [one["opened_by"] for one in asked_as().sessions(registered_ada)] == ["passkey"]
    [passkey] = asked_as().second_factor(registered_ada)["passkeys"]
    assert (passkey["name"], passkey["used_at"] is None) == ("My phone", False)


@pytest.mark.feature("F1.14")
def test_the_same_answer_opens_nothing_a_second_time_but_a_retry_is_answered(frame, asked_as, device):
    device.counted += 1
    answer = device.log_in(asked_as().passkey_log_in_options())
    first = asked_as("once").log_in_by_passkey(answer)
    assert asked_as("once").log_in_by_passkey(answer)["session"] == first["session"]
    refused("passkey-refused", asked_as().log_in_by_passkey, answer)
    assert facts(frame).count("session-started") == 1


@pytest.mark.feature("F1.14")
def test_a_device_that_does_not_count_on_was_copied(asked_as, device):
    log_in(asked_as, device)
    device.counted -= 1
    refused("passkey-refused", log_in, asked_as, device)


@pytest.mark.feature("F1.14")
def test_a_device_that_never_counts_is_fine(asked_as, registered_ada):
    still = Device()
    asked_as().register_passkey(registered_ada, "Cloud", still.register(asked_as().passkey_options(registered_ada)))
    for _ in range(2):
        answer = still.log_in(asked_as().passkey_log_in_options())
        assert asked_as().log_in_by_passkey(answer)["candidate_id"] == registered_ada


@pytest.mark.feature("F1.14")
@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"site": "evil.example"},
        {"flags": PRESENT},
        {"key": ec.generate_private_key(ec.SECP256R1())},
        {"id": b"device-2"},
    ],
)
def test_answers_for_others_by_others_or_without_their_user_open_nothing(asked_as, device, changed):
    for name, value in changed.items():
        setattr(device, name, value)
    refused("passkey-refused", log_in, asked_as, device)


@pytest.mark.feature("F1.14")
@pytest.mark.parametrize("nonsense", [{}, {"id": "x"}, {"id": "x", "response": {"clientDataJSON": "e30"}}])
def test_nonsense_is_refused_in_one_way(asked_as, registered_ada, nonsense):
    refused("passkey-refused", asked_as().log_in_by_passkey, nonsense)
    refused("passkey-refused", asked_as().register_passkey, registered_ada, "My phone", nonsense)


@pytest.mark.feature("F1.14")
def test_a_question_is_answered_by_whom_and_for_what_it_was_asked(asked_as, registered_ada, signed_up, device):
    grace = signed_up("grace|register", email="grace@example.org")
    asked_as().log_in("grace@example.org", "correct horse battery")
    others = Device(id=b"device-2").register(asked_as().passkey_options(grace))
    refused("passkey-refused", asked_as().register_passkey, registered_ada, "My phone", others)
    device.counted += 1
    answer = device.log_in(asked_as().passkey_options(registered_ada))
    refused("passkey-refused", asked_as().log_in_by_passkey, answer)


@pytest.mark.feature("F1.14")
@pytest.mark.feature("F1.7")
def test_a_locked_account_opens_for_no_passkey(asked_as, device):
    for _ in range(5):
        refused("log-in-refused", asked_as().log_in, "ada@example.org", "wrong horse battery")
    refused("passkey-refused", log_in, asked_as, device)


@pytest.mark.feature("F1.14")
def test_a_suspended_account_opens_for_no_passkey(asked_as, registered_ada, device):
    suspend = SuspendAccount(by=("op-1", "op-2"))
    asked_as().desk.handle(account, registered_ada, suspend, subject=registered_ada)
    refused("account-suspended", log_in, asked_as, device)


@pytest.mark.feature("F1.14")
def test_a_passkey_is_renamed_and_removed(frame, asked_as, registered_ada, device):
    [known] = asked_as().second_factor(registered_ada)["passkeys"]
    asked_as().rename_passkey(registered_ada, known["passkey_id"], "Old phone")
    assert [one["name"] for one in asked_as().second_factor(registered_ada)["passkeys"]] == ["Old phone"]
    refused("passkey-unknown", asked_as().rename_passkey, registered_ada, "another", "Old phone")
    for _ in range(2):
        asked_as().remove_passkey(registered_ada, known["passkey_id"])
    refused("passkey-refused", log_in, asked_as, device)
    assert facts(frame).count("passkey-removed") == 1


@pytest.mark.feature("F1.14")
def test_nobody_removes_the_passkey_of_somebody_else(asked_as, registered_ada, signed_up, device):
    grace = signed_up("grace|register", email="grace@example.org")
    [known] = asked_as().second_factor(registered_ada)["passkeys"]
    asked_as().remove_passkey(grace, known["passkey_id"])
    assert log_in(asked_as, device)["candidate_id"] == registered_ada


@pytest.mark.rule("R-P1")
def test_erasing_takes_the_passkeys_along(asked_as, registered_ada, device):
    asked_as().erase(registered_ada)
    refused("passkey-refused", log_in, asked_as, device)
