"""`python -m tests.lighthouse [--url URL]`: Lighthouse's marks for four pages beside those we want; no test."""

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

from deploy.environment import ROOT
from tests.gallery.__main__ import portal
from tests.gallery.shots import NOBODY, RICH, Shot
from tests.gallery.studio import Studio, studio
from tests.judges.chromium import QUIET
from tests.judges.programs import node, package, program

WANTED = {"performance": 95, "accessibility": 98, "best-practices": 98}
PAGES = (
    Shot(name="log-in", path="/login", who=NOBODY),
    Shot(name="dashboard", path="/home", who=RICH),
    Shot(name="status", path="/certifications", who=RICH),
    Shot(name="public transcript", path="/t/[^/]+", who=RICH, found_on="/transcripts"),
)
PATIENCE = 180


@dataclass
class Marks:
    """Of one page: the middle one of several runs, and which audits cost something."""

    page: str
    runs: list[dict[str, float]] = field(default_factory=list)
    costly: dict[str, str] = field(default_factory=dict)

    def add(self, report: dict[str, Any]) -> None:
        """Take one run."""
        self.runs.append({name: 100 * report["categories"][name]["score"] for name in WANTED})
        for name in WANTED:
            for part in report["categories"][name]["auditRefs"]:
                audit = report["audits"][part["id"]]
                if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                    self.costly[part["id"]] = f"{audit['title']} {audit.get('displayValue', '')}".strip()

    def middle(self, name: str) -> float:
        """The middle mark of a category."""
        return statistics.median(run[name] for run in self.runs)


def main() -> int:
    """Print the table, then what keeps pages from a full mark."""
    choices = options()
    with portal(choices.url) as origin:
        with studio(origin) as taken:
            visits = [(shot.name, *visit(taken, shot)) for shot in PAGES]
        found = [marks(name, url, cookies, choices.runs) for name, url, cookies in visits]
    write(f"{'page':20}" + "".join(f"{name + ' >= ' + str(least):>24}" for name, least in WANTED.items()))
    for page in found:
        write(f"{page.page:20}" + "".join(f"{page.middle(name):24.0f}" for name in WANTED))
    for page in found:
        for audit, words in page.costly.items():
            write(f"  {page.page}: {audit}: {words}")
    return 0


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse", description="Lighthouse's marks.")
    parser.add_argument("--url", default="", help="of a running portal with the demo programme; else one is started")
    parser.add_argument("--runs", type=int, default=3, help="the middle mark of so many counts (3)")
    return parser.parse_args()


def visit(taken: Studio, shot: Shot) -> tuple[str, str]:
    """A page's address, and the Cookie header of the person who opens it."""
    kept = (taken.visit(shot.who) or {}).get("cookies", [])
    return taken.origin + taken.address(shot), "; ".join(f"{one['name']}={one['value']}" for one in kept)


def marks(name: str, url: str, cookies: str, runs: int) -> Marks:
    """Ask Lighthouse: a mid-range phone on a slow network, as it simulates them by default."""
    page = Marks(name)
    for _ in range(runs):
        page.add(report(url, cookies))
    return page


def report(url: str, cookies: str, tries: int = 3) -> dict[str, Any]:
    """One run's report; a busy machine makes Lighthouse lose its trace, and then it asks to be run again."""
    cli = package("lighthouse/cli/index.js")
    flags = " ".join(("--headless=new", "--no-sandbox", *QUIET))
    command = [
        node(), str(cli), url, "--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={flags}",
        f"--only-categories={','.join(WANTED)}", f"--extra-headers={json.dumps({'Cookie': cookies})}",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"CHROME_PATH": program("chromium")}, capture_output=True, text=True,
        check=False, timeout=PATIENCE,
    )  # fmt: skip
    if done.returncode != 0 and tries > 1:
        return report(url, cookies, tries - 1)
    if done.returncode != 0:
        raise RuntimeError(f"Lighthouse failed: {done.stderr[-800:]}")
    return dict(json.loads(done.stdout))


def write(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
