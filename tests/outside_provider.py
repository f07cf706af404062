"""Somebody else's OpenID provider, and a person who logs in there; it is the certified `oidc-provider` of npm."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest

from tests.judges.programs import CONFORMANCE, JudgeMissing, must_be_complete, node, package

CLIENT_ID, SECRET = "certtrack", "a secret between the two of us"
FORM = re.compile(r'<form[^>]*action="([^"]+)"')
PROMPT = re.compile(r'name="prompt" value="([^"]+)"')


@contextmanager
def outside_provider(back: str, port: int = 0) -> Iterator[str]:
    """The provider while it runs, for a client that is led back to this address; gives its issuer."""
    try:
        package("oidc-provider/package.json")
    except JudgeMissing as why:
        if must_be_complete():
            raise
        pytest.skip(str(why))
    command = [node(), "--no-warnings", str(CONFORMANCE / "outside_provider.mjs"), CLIENT_ID, SECRET, back, str(port)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip()
        finally:
            running.stdin.close()  # `node` is a program around the real one, which a signal would leave behind
            running.wait(10)


def ada(**other: str) -> dict[str, str]:
    """What the provider says of Ada."""
    names = {"given_name": "Ada", "family_name": "Lovelace"}
    return {"email": "ada@example.org", "email_verified": "true"} | names | other


def log_in_there(address: str, claims: dict[str, str]) -> dict[str, str]:
    """Log in at the provider as somebody with these claims; gives what the browser is sent back with."""
    return dict(led_back(address, claims).params)


def led_back(address: str, claims: dict[str, str]) -> httpx.URL:
    """The same; gives the address to which the browser is sent."""
    with httpx.Client(timeout=5.0) as browser:
        answer = browser.get(address)
        while True:
            target = answer.headers.get("location", "")
            if target.startswith("http") and "/login/sign-on/back" in target:
                return httpx.URL(target)
            if target:
                answer = browser.get(answer.url.join(target))
                continue
            assert answer.status_code == httpx.codes.OK, answer.text
            answer = _answered(browser, answer, urlencode(claims))


def refuse_there(address: str) -> dict[str, str]:
    """Turn back at the provider's log-in page."""
    with httpx.Client(timeout=5.0, follow_redirects=False) as browser:
        page = browser.get(browser.get(address).next_request.url)
        answer = browser.get(f"{page.url}/abort")
        while "/login/sign-on/back" not in answer.headers["location"]:
            answer = browser.get(answer.url.join(answer.headers["location"]))
        return dict(httpx.URL(answer.headers["location"]).params)


def _answered(browser: httpx.Client, page: httpx.Response, login: str) -> httpx.Response:
    """Fill in the provider's form: its log-in first, then its question whether we may know."""
    form, prompt = FORM.search(page.text), PROMPT.search(page.text)
    assert form is not None, page.text
    assert prompt is not None, page.text
    entries = {"prompt": prompt.group(1), "login": login, "password": "anything"}
    return browser.post(page.url.join(unescape(form.group(1))), data=entries)
