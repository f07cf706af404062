"""RPC on nameko's container and wire format: a lean server that stock nameko clients can call, too."""

import inspect
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import amqp
import eventlet
import orjson
import structlog
from marshmallow import ValidationError
from nameko.exceptions import IncorrectSignature
from nameko.extensions import Entrypoint, SharedExtension

from chassis import broker
from chassis.calling import EXCHANGE, drain
from chassis.database import is_away
from chassis.decider import Rejected
from chassis.errors import Failure, Invalid, NotFound, Unavailable

log = structlog.get_logger()

TYPED = (Rejected, Failure)
Method = TypeVar("Method", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What came with a call besides its arguments."""

    command: str = ""
    """Id of the command: principal, route and Idempotency-Key."""
    body: str = ""
    at_least: tuple[tuple[str, str, int, int], ...] = ()
    correlation: str = ""
    trace: str = ""
    """W3C trace context."""
    deadline: float = 0.0
    """Unix time; 0 for none."""
    stale: list[bool] = field(default_factory=list)
    """Filled when the reader could not catch up with `at_least`."""

    @classmethod
    def from_headers(cls, headers: dict[str, Any]) -> "Request":
        """Header values are strings; missing ones are empty."""
        marks = orjson.loads(headers.get("certtrack.at_least") or "[]")
        return cls(
            command=headers.get("certtrack.command", ""),
            body=headers.get("certtrack.body", ""),
            at_least=tuple((str(s), str(e), int(p), int(n)) for s, e, p, n in marks),
            correlation=headers.get("certtrack.correlation", ""),
            trace=headers.get("traceparent", "")[:55],
            deadline=float(headers.get("certtrack.deadline") or 0) / 1000,
        )


class RpcServer(SharedExtension):  # type: ignore[misc]  # nameko ships no types
    """One connection and channel for all calls of this process; requests are transient, replies go straight back."""

    def __init__(self) -> None:
        self._methods: dict[str, Callable[[Any, dict[str, Any], Request, Callable[..., None]], None]] = {}
        self._builtins: dict[str, Callable[..., Any]] = {}
        self._stopping = False
        self._channel: Any = None
        self.connected = False
        self.as_of: Callable[[], float | None] = lambda: None
        """The moment (unix seconds) up to which what the methods read is complete; None for always now."""

    def register(self, name: str, spawn: Callable[..., None]) -> None:
        """Called by each `@rpc` entrypoint."""
        self._methods[name] = spawn

    def offer(self, methods: dict[str, Callable[..., Any]]) -> None:
        """Methods that the chassis itself answers."""
        self._builtins.update(methods)

    def start(self) -> None:
        """Begin to listen."""
        self.container.spawn_managed_thread(self._run, identifier="rpc-server")

    def stop(self) -> None:
        """Take no further call."""
        self._stopping = True

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._session()
            except broker.TROUBLE as trouble:
                if not self._stopping:
                    log.warning("rpc-server-reconnects", reason=type(trouble).__name__)
            except Exception as error:
                log.error("rpc-server-failed", exc_info=error)
            self.connected = False
            eventlet.sleep(0.2)

    def _session(self) -> None:
        connection = broker.connect(self.container.config["AMQP_URI"])
        try:
            channel = connection.channel()
            service = self.container.service_name
            channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)
            channel.queue_declare(f"rpc-{service}", durable=True, exclusive=False, auto_delete=False)
            channel.queue_bind(f"rpc-{service}", EXCHANGE, f"{service}.*")
            channel.basic_consume(f"rpc-{service}", no_ack=True, callback=self._on_message)
            broker.gather(connection, eventlet.spawn_n)
            self._channel = channel
            self.connected = True
            drain(connection, lambda: self._stopping)
        finally:
            self._channel = None
            broker.close(connection)

    def _on_message(self, message: Any) -> None:
        method = message.delivery_info["routing_key"].partition(".")[2]
        reply = self._reply_to(message)
        try:
            request = Request.from_headers(message.headers or {})
            body = orjson.loads(message.body)
            args, kwargs = body.get("args", []), body.get("kwargs", {})
        except (ValueError, TypeError, AttributeError):
            reply(error=Invalid("malformed-request"))
            return
        if request.deadline and request.deadline < time.time():
            log.info("rpc-ignored", reason="deadline-passed", method=message.delivery_info["routing_key"])
        elif method in self._methods:
            self._methods[method](args, kwargs, request, reply)
        elif method in self._builtins:
            eventlet.spawn_n(self._answer_builtin, method, args, kwargs, reply)
        else:
            reply(error=NotFound("no-such-method"), kind="MethodNotFound")

    def _answer_builtin(self, name: str, args: Any, kwargs: Any, reply: Callable[..., None]) -> None:
        method = self._builtins[name]
        try:
            inspect.signature(method).bind(*args, **kwargs)
        except TypeError:
            reply(error=Invalid("wrong-arguments", method=name), kind="IncorrectSignature")
            return
        try:
            result = method(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  told to the caller, typed or as internal
            reply(error=error)
        else:
            reply(result=result)

    def _reply_to(self, message: Any) -> Callable[..., None]:
        properties = message.properties
        reply_to, correlation_id = properties.get("reply_to"), properties.get("correlation_id")

        def reply(
            result: Any = None, error: BaseException | None = None, *, stale: bool = False, kind: str | None = None
        ) -> None:
            if not reply_to:
                return
            document = {"result": result, "error": None if error is None else _wire(error, kind), "stale": stale}
            if error is None:
                document["as_of"] = self.as_of()
            self._publish(reply_to, correlation_id, encoded(document))

        return reply

    def _publish(self, reply_to: str, correlation_id: str | None, body: bytes) -> None:
        channel = self._channel
        if channel is None:
            return
        reply = amqp.Message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=1,
            **({"correlation_id": correlation_id} if correlation_id else {}),
        )
        exchange = "" if reply_to.startswith("amq.rabbitmq.reply-to") else EXCHANGE
        try:
            channel._basic_publish(reply, exchange=exchange, routing_key=reply_to)  # noqa: SLF001  no confirm is wanted
        except broker.TROUBLE as trouble:
            log.warning("rpc-reply-lost", reason=type(trouble).__name__)


class Rpc(Entrypoint):  # type: ignore[misc]  # nameko ships no types
    """A method that gateway, services and operators may call."""

    server = RpcServer()
    expected_exceptions = (*TYPED, ValidationError)

    def setup(self) -> None:
        """Join the server."""
        self.server.register(self.method_name, self._spawn)

    def _spawn(self, args: Any, kwargs: dict[str, Any], request: Request, reply: Callable[..., None]) -> None:
        def answered(_context: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            if exc_info is None:
                reply(result=result, stale=bool(request.stale))
            else:
                reply(error=exc_info[1])
            return result, exc_info

        try:
            self.check_signature(args, kwargs)
        except IncorrectSignature:
            reply(error=Invalid("wrong-arguments", method=self.method_name), kind="IncorrectSignature")
            return
        self.container.spawn_worker(self, args, kwargs, context_data={"request": request}, handle_result=answered)


def rpc(method: Method) -> Method:
    """Let gateway, services and operators call this method."""
    return cast("Method", Rpc.decorator(method))


def encoded(document: dict[str, Any]) -> bytes:
    """A reply on the wire; numbers name elements of a list in messages, and what cannot travel is told as a bug."""
    try:
        return orjson.dumps(document, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError as bug:
        return orjson.dumps({"result": None, "error": _wire(bug, None), "stale": document["stale"]})


def _wire(error: BaseException, kind: str | None) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        error = Invalid("invalid-fields", fields=error.messages)
    if is_away(error):
        error = Unavailable("database")
    if isinstance(error, TYPED):
        code, details = error.code, error.details
    else:
        log.error("rpc-failed", exc_info=error)
        code, details = "internal", {}
    name = kind or type(error).__name__
    path = f"{type(error).__module__}.{type(error).__name__}"
    return {"exc_type": name, "exc_path": path, "exc_args": [code], "value": code, "details": details}
