"""The W3C's HTML checker (vnu) as one process for the whole run: a page costs it ten milliseconds."""

import os
import subprocess
from dataclasses import dataclass

import httpx

from deploy import ports
from deploy.environment import ROOT
from deploy.processes import end, spawn, until
from tests.judges.programs import package, program

START = 60.0
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m")
DEEP = "-Xss4m"
"""HTML's schema is a deep tree."""
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class HtmlChecker:
    """Says what is wrong with a document by the HTML standard."""

    process: subprocess.Popen[bytes]
    http: httpx.Client

    @classmethod
    def started(cls) -> "HtmlChecker":
        """A checker that answers; JudgeMissing without Java or its package."""
        java, jar = program("java"), package("vnu-jar/build/dist/vnu.jar")
        port = ports.choose(1)[0]
        command = [java, *QUICK, DEEP, "-Dnu.validator.servlet.bind-address=127.0.0.1",
                   "-cp", str(jar), "nu.validator.servlet.Main", str(port)]  # fmt: skip
        process = spawn(command, env=os.environ, cwd=ROOT)
        checker = cls(process, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20.0))
        if not until(checker._answers, START):
            checker.stop()
            raise RuntimeError(f"The HTML checker gives no answer within {START:.0f} s.")
        return checker

    def complaints(self, html: str) -> list[str]:
        """Errors and warnings, each with the place it is about."""
        return [_words(message) for message in self._ask(html).json()["messages"] if _counts(message)]

    def stop(self) -> None:
        """End the process."""
        self.http.close()
        end(self.process)

    def _ask(self, html: str) -> httpx.Response:
        return self.http.post("/", params={"out": "json"}, content=html.encode(), headers=HTML)

    def _answers(self) -> bool:
        try:
            return self._ask("<!doctype html>").is_success
        except httpx.TransportError:
            return False


def _counts(message: dict[str, str]) -> bool:
    """Hints on style count for nothing, warnings do."""
    return message["type"] != "info" or message.get("subType") == "warning"


def _words(message: dict[str, str]) -> str:
    place = f"line {message.get('lastLine', '?')}: {message.get('extract', '').strip()!r}"
    return f"{message['message']} ({place})"
