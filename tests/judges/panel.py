"""The judges of a run together: every page is shown to each of them once, whatever its secrets are this time."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tests.judges.axe import AxeJudge
from tests.judges.html import HtmlChecker
from tests.judges.programs import JudgeMissing, must_be_complete

Judge = TypeVar("Judge", HtmlChecker, AxeJudge)

SECRETS = re.compile(r'(?<=value=")[^"]{16,}(?=")|[0-9a-f]{16,}')
WORDS = re.compile(r">[^<]+<")
VALUES = re.compile(r'(?<= )(?:href|action|value|datetime|content|lang|hreflang)="[^"]*"')


@dataclass
class Panel:
    """Those who could take their place; verdicts are remembered by what a page is apart from its secrets."""

    html: HtmlChecker | None = None
    axe: AxeJudge | None = None
    missing: list[str] = field(default_factory=list)
    verdicts: dict[str, list[str]] = field(default_factory=dict)

    def sit(self) -> None:
        """Start everybody who is on this machine; in CI that must be all."""
        self.html = self._seated(HtmlChecker.started)
        self.axe = self._seated(AxeJudge.started)

    def rise(self) -> None:
        """End their processes."""
        for judge in (self.html, self.axe):
            if judge is not None:
                judge.stop()

    def complaints(self, url: str, headers: Mapping[str, str], text: str) -> list[str]:
        """What any of them says against a page."""
        said: list[str] = []
        if self.html is not None:
            said += self._once("html", SECRETS.sub("", text), self.html.complaints, text)
        if self.axe is not None:
            said += self._once("axe", shape(text), self.axe.complaints, url, headers, text)
        return said

    def _seated(self, start: Callable[[], Judge]) -> Judge | None:
        try:
            return start()
        except JudgeMissing as why:
            if must_be_complete():
                raise
            self.missing.append(str(why))
            return None

    def _once(self, judge: str, key: str, ask: Callable[..., list[str]], *document: object) -> list[str]:
        name = hashlib.sha256(f"{judge} {key}".encode()).hexdigest()
        if name not in self.verdicts:
            self.verdicts[name] = ask(*document)
        return self.verdicts[name]


def shape(html: str) -> str:
    """What axe looks at: the elements and how they hang together, not which words and numbers stand in them."""
    return VALUES.sub("", WORDS.sub(lambda words: "><" if words[0][1:-1].isspace() else ">x<", SECRETS.sub("", html)))


AT_WORK: list[Panel] = []
"""The panel of this run, while it sits; pages fetched at other times are looked at by their structure alone."""
