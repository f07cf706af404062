"""What the gateway counts: requests, their time, calls to services, calls that wait."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()
REQUESTS = Counter("certtrack_http_requests", "Answered requests", ("route", "status"), registry=REGISTRY)
SECONDS = Histogram(
    "certtrack_http_request_seconds", "Time from request to answer", ("route",), registry=REGISTRY,
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0),
)  # fmt: skip
CALLS = Counter("certtrack_rpc_calls", "Calls to services by outcome", ("service", "outcome"), registry=REGISTRY)
PENDING = Gauge("certtrack_rpc_pending", "Calls waiting for an answer", registry=REGISTRY)
CONNECTED = Gauge("certtrack_broker_connected", "1 while the broker is connected", registry=REGISTRY)
HEARD = Counter("certtrack_events_heard", "Public events heard from the services", registry=REGISTRY)
RECALLED = Counter("certtrack_answers_from_memory", "Answers of services given from memory", registry=REGISTRY)
CACHED = Counter("certtrack_public_cache_hits", "Public answers given from memory", registry=REGISTRY)


def page() -> bytes:
    """The figures in Prometheus' text format."""
    return generate_latest(REGISTRY)


def observe(route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    counter = _counters.get((route, status))
    if counter is None:
        counter = _counters[route, status] = (REQUESTS.labels(route, str(status)), SECONDS.labels(route))
    counter[0].inc()
    counter[1].observe(seconds)


_counters: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
