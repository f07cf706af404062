"""`python -m chassis.run SERVICE`: one service process, until SIGTERM."""

import eventlet

eventlet.monkey_patch()

import gc  # noqa: E402  everything below must be imported green
import importlib  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

import structlog  # noqa: E402
from nameko.containers import ServiceContainer  # noqa: E402

from chassis import logging  # noqa: E402
from chassis.errors import StartRefused  # noqa: E402
from chassis.settings import Settings  # noqa: E402

log = structlog.get_logger()

MAX_WORKERS = 200


def service_class(name: str) -> type:
    """The nameko service class of services/<name>."""
    module = importlib.import_module(f"services.{name}.service")
    return next(kind for kind in vars(module).values() if isinstance(kind, type) and getattr(kind, "name", "") == name)


def main(name: str) -> int:
    """Run until SIGTERM or SIGINT; exit code 0, or 2 when the start was refused."""
    logging.configure(name)
    try:
        settings = Settings.from_environment()
        config = {"AMQP_URI": settings.amqp_uri, "SETTINGS": settings, "max_workers": MAX_WORKERS}
        container = ServiceContainer(service_class(name), config)
        container.start()
    except StartRefused as refused:
        log.error("start-refused", reason=str(refused))
        return 2
    stopping = eventlet.event.Event()

    def stop(_number: int, _frame: Any) -> None:
        eventlet.spawn_n(_begin_to_stop, stopping)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    eventlet.spawn_n(_end_with, container, stopping)
    gc.freeze()  # what stands now stays: looking through it for garbage would stop the process now and then
    log.info("service-started", mode=settings.mode)
    stopping.wait()
    with eventlet.Timeout(8, exception=False):
        container.stop()
    log.info("service-stopped")
    return 0


def _end_with(container: ServiceContainer, stopping: Any) -> None:
    """A container that dies by itself takes the process with it, so that the supervisor starts a new one."""
    try:
        container.wait()
    except Exception as error:
        log.error("service-died", exc_info=error)
        _begin_to_stop(stopping)


def _begin_to_stop(stopping: Any) -> None:
    if not stopping.ready():
        stopping.send()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
