"""The dashboard: page and composed JSON answer, asked of five services and from memory."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import httpx

from deploy import ports
from deploy.environment import ROOT, run_command
from deploy.processes import until
from tests.bench import installation
from tests.bench.ground import Ground
from tests.bench.installation import Running
from tests.bench.measuring import Figure, Sample, in_turn, sample

ROUNDS = 3
CONNECTIONS = 20
EACH = {"cold": 25, "warm": 60}
JSON, PAGE = "/api/v1/me/dashboard", "/home"


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Four ways to a dashboard: JSON or page, with or without a memory."""
    each = {name: max(int(count * scale), 1) for name, count in EACH.items()}
    with ExitStack() as stack:
        running = installation.start(ground, stack)
        load = ground.worker("http_load", stack)
        load.wait_ready()
        url, pid = stack.enter_context(without_memory(running))
        services = [number for name, number in running.system.note()["pids"].items() if name in SERVING]
        sites = {"cold": (url, [pid, *services]), "warm": (running.system.url, running.pids)}
        cookies = browser(running)

        def visits(site: str, path: str) -> Sample:
            at, pids = sites[site]
            token = running.person.token if path == JSON else ""
            work = partial(
                load.ask, "run", url=f"{at}{path}", connections=CONNECTIONS, each=each[site], token=token,
                cookies="" if path == JSON else cookies,
            )  # fmt: skip
            return sample([*pids, *ground.server_pids], work)

        for site in sites:  # templates are compiled and memories filled once
            visits(site, JSON), visits(site, PAGE)
        taken = in_turn(
            ROUNDS,
            {f"{site} {path}": partial(visits, site, path) for site in sites for path in (JSON, PAGE)},
        )
    return figures(taken)


SERVING = ("identity", "certification", "testing", "fulfillment", "verification")


@contextmanager
def without_memory(running: Running) -> Iterator[tuple[str, int]]:
    """A second gateway of the installation that asks every time; gives its address and process."""
    port = ports.choose(1)[0]
    variables = running.system.installation.on_port(port).gateway() | {"CERTTRACK_REMEMBERED": "0"}
    process = subprocess.Popen(run_command("gateway"), cwd=ROOT, env={**os.environ, **variables},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        assert until(lambda: _answers(url), 20.0)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        return bool(httpx.get(f"{url}/health").json()["broker"] == "connected")
    except httpx.HTTPError:
        return False


def browser(running: Running) -> str:
    """The cookies of a browser that has seen the dashboard before."""
    known = {"session": "bench.secret", "token": running.person.token}
    with httpx.Client(base_url=running.system.url, cookies=known, timeout=5.0) as client:
        assert client.get(PAGE).status_code == httpx.codes.OK
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)


def figures(taken: dict[str, Sample]) -> list[Figure]:
    """Each beside the composed JSON answer without a memory."""
    limit = taken[f"cold {JSON}"]
    return [
        Figure(name="dashboard as JSON, five services asked", value=limit.rate, unit="/s", cpu_ms=limit.cpu_ms),
        _beside("dashboard as JSON, from memory", taken[f"warm {JSON}"], limit),
        _beside("dashboard page, five services asked", taken[f"cold {PAGE}"], limit, goal="at most 1.5 x", most=1.5),
        _beside("dashboard page, from memory", taken[f"warm {PAGE}"], limit, goal="at most 1/3", most=1 / 3),
    ]


def _beside(name: str, one: Sample, limit: Sample, *, goal: str = "", most: float | None = None) -> Figure:
    ratio = one.cpu_ms / limit.cpu_ms
    return Figure(
        name=f"{name}, processor time of all processes", value=one.cpu_ms, unit="CPU ms", of_limit=ratio,
        goal=f"{goal} the JSON answer asked" if goal else "", met=None if most is None else ratio <= most,
    )  # fmt: skip
