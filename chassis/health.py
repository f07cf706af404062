"""Health and metrics of one service process over plain HTTP, for supervisors, probes and scrapers."""

import time
from typing import Any

import eventlet
import eventlet.wsgi
import orjson
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST


def report(frame: Any, server: Any, subscription: Any) -> dict[str, Any]:
    """The state in words: `ok` only when database, calls, relay and subscriptions all work."""
    problems = []
    try:
        with frame.database.read() as connection:
            connection.exec_driver_sql("SELECT 1")
    except Exception as error:  # noqa: BLE001  any failure is the answer
        problems.append(f"database: {type(error).__name__}")
    if not server.connected:
        problems.append("broker: no calls can arrive")
    feeds = subscription.feeds if subscription is not None else []
    problems += [feed.alarm for feed in feeds if feed.alarm]
    return {
        "service": frame.plan.source,
        "ok": not problems,
        "problems": problems,
        "lag": {source: lag for feed in feeds for source, lag in feed.lag.items()},
        "relay": frame.relay.connected,
        "up_seconds": round(time.monotonic() - frame.started_at, 1),
    }


def serve_health(frame: Any, server: Any, subscription: Any) -> None:
    """Answer /health (200 or 503) and /metrics on the configured port."""
    if not frame.settings.health_port:
        return
    registry = CollectorRegistry()
    up = Gauge("certtrack_ok", "1 when the service works fully", registry=registry)
    lag = Gauge("certtrack_lag_events", "Events of a source not yet applied", ["source"], registry=registry)
    queued = Gauge("certtrack_units_waiting", "Units of work in the committer's queue", registry=registry)

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        state = report(frame, server, subscription)
        if environ["PATH_INFO"] == "/metrics":
            up.set(state["ok"])
            queued.set(frame.committer.waiting())
            for source, count in state["lag"].items():
                lag.labels(source).set(count)
            start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
            return [generate_latest(registry)]
        start_response("200 OK" if state["ok"] else "503 Service Unavailable", [("Content-Type", "application/json")])
        return [orjson.dumps(state)]

    listener = eventlet.listen((frame.settings.health_host, frame.settings.health_port), reuse_addr=True)
    eventlet.spawn_n(eventlet.wsgi.server, listener, answer, log_output=False)
