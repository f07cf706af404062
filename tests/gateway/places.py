"""The gateway as tests start it: as a process, or as an application in this one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from joserfc import jwt
from joserfc.jwk import OKPKey

from deploy import ports
from deploy.processes import until
from gateway.house import House
from gateway.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "amqp://guest:guest@127.0.0.1:1/"
MASTER_KEY = "a master key that only tests know"
KEY = OKPKey.generate_key("Ed25519", {"kid": "test"}, private=True)


@contextmanager
def gateway(amqp_uri: str, folder: Path) -> Iterator[httpx.Client]:
    """The gateway's own process; the client follows no redirects."""
    with process(amqp_uri, folder) as (client, _):
        yield client


@contextmanager
def process(amqp_uri: str, folder: Path) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    """A client, and the process it speaks to."""
    port = ports.choose(1)[0]
    variables = {
        **os.environ, "AMQP_URI": amqp_uri, "CERTTRACK_MODE": "test", "CERTTRACK_PORT": str(port),
        "CERTTRACK_MASTER_KEY": MASTER_KEY, "CERTTRACK_SIGN_ON_LABEL": "Cisco.com ID",
    }  # fmt: skip
    with (folder / "gateway.log").open("wb") as log:
        served = subprocess.Popen([sys.executable, "-m", "gateway"], cwd=ROOT, env=variables, stdout=log, stderr=log)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=5.0) as client:
            assert until(lambda: _answers(client), 20.0), (folder / "gateway.log").read_text()
            yield client, served
    finally:
        served.terminate()
        served.wait(10)


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health").status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


@contextmanager
def stand_ins(amqp_uri: str, *names: str) -> Iterator[subprocess.Popen[str]]:
    """The stock nameko services of `stand_ins.py`, all of them or those named."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.gateway.stand_ins", amqp_uri, *names]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def house() -> House:
    """A house whose broker is away, and which knows the test's own signing key."""
    made = House.of(Settings(amqp_uri=NOWHERE, master_key=MASTER_KEY.encode(), mode="test"))
    made.tokens.know([KEY.as_dict(private=False)])
    return made


def signed(claims: dict[str, object], key: OKPKey = KEY) -> str:
    """A token with these claims."""
    return jwt.encode({"alg": "Ed25519", "kid": str(key.kid)}, claims, key, algorithms=["Ed25519"])
