"""Public verification: from memory and freshly asked, beside a bare uvicorn hello."""

from contextlib import ExitStack
from functools import partial

from deploy import ports
from tests.bench import installation
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, Sample, beside, in_turn, sample

ROUNDS = 3
CONNECTIONS = 20
EACH = {"kept": 500, "fresh": 75, "hello": 500}
KEPT_MS, FRESH_MS = 0.3, 1.2


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Answers per second on twenty connections, and what one costs."""
    with ExitStack() as stack:
        running = installation.start(ground, stack)
        load = ground.worker("http_load", stack)
        port = ports.choose(1)[0]
        hello = ground.worker("hello", stack, port=port)
        load.wait_ready()
        hello.ask("pid")
        url = running.verification_url
        urls = {"kept": url, "fresh": f"{url}?fresh", "hello": f"http://127.0.0.1:{port}/"}

        def answers(name: str) -> Sample:
            pids = [hello.pid] if name == "hello" else [*running.pids, *ground.server_pids]
            each = max(int(EACH[name] * scale), 1)
            return sample(pids, partial(load.ask, "run", url=urls[name], connections=CONNECTIONS, each=each))

        taken = in_turn(ROUNDS, {name: partial(answers, name) for name in urls})
    limit = ("bare uvicorn hello", taken["hello"])
    kept, fresh = taken["kept"], taken["fresh"]
    kept_goal, fresh_goal = (f"at most {most} CPU ms" for most in (KEPT_MS, FRESH_MS))
    return [
        *beside("public verification, not cached", fresh, limit=limit, goal=fresh_goal, met=fresh.cpu_ms <= FRESH_MS)[
            :1
        ],
        *beside("public verification, from the cache", kept, limit=limit, goal=kept_goal, met=kept.cpu_ms <= KEPT_MS),
    ]
