import time

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from services.identity.adapters.tokens import Tokens
from services.identity.projections import signing_keys
from services.identity.service.parts import parts_of


@pytest.fixture
def tokens(frame) -> Tokens:
    return parts_of(frame).tokens


def test_a_token_says_who_may_do_what_until_when(tokens):
    before = int(time.time())
    token, ends = tokens.issue("C0042", ["candidate"], seconds=600, session_id="S1")
    read = jwt.decode(token, KeySet.import_key_set(tokens.jwks()), algorithms=["Ed25519"])
    issued = read.claims["iat"]
    assert read.claims == {
        "iss": "certtrack",
        "sub": "C0042",
        "roles": ["candidate"],
        "sid": "S1",
        "iat": issued,
        "exp": ends,
    }
    assert (ends - issued, before <= issued <= int(time.time())) == (600, True)


def test_the_header_names_algorithm_and_key(tokens):
    token, _ = tokens.issue("C0042", ["candidate"], seconds=600)
    read = jwt.decode(token, KeySet.import_key_set(tokens.jwks()), algorithms=["Ed25519"])
    assert read.header == {"alg": "Ed25519", "kid": tokens.jwks()["keys"][0]["kid"], "typ": "JWT"}


def test_a_changed_token_is_refused(tokens):
    token, _ = tokens.issue("C0042", ["candidate"], seconds=600)
    head, _, signature = token.split(".")
    other = tokens.issue("C0043", ["operator"], seconds=600)[0].split(".")[1]
    with pytest.raises(BadSignatureError):
        jwt.decode(f"{head}.{other}.{signature}", KeySet.import_key_set(tokens.jwks()), algorithms=["Ed25519"])


def test_only_public_parts_are_published(tokens):
    tokens.issue("C0042", ["candidate"], seconds=600)
    assert [sorted(key) for key in tokens.jwks()["keys"]] == [["alg", "crv", "kid", "kty", "use", "x"]]


def test_the_key_survives_a_restart(frame, tokens):
    first = tokens.jwks()
    parts_of.cache_clear()
    assert parts_of(frame).tokens.jwks() == first


def test_the_private_key_is_stored_wrapped(frame, tokens):
    tokens.issue("C0042", ["candidate"], seconds=600)
    with frame.database.read() as connection:
        stored = signing_keys.stored(connection)
    assert [("PRIVATE" in key.wrapped, len(key.kid)) for key in stored] == [(False, 43)]
