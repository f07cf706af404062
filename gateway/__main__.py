"""`python -m gateway`: serve HTTP until SIGTERM; settings come from the environment."""

import os
import sys

import uvicorn

from chassis import logging
from chassis.errors import StartRefused
from gateway.app import build
from gateway.house import House
from gateway.settings import Settings

LAST_ANSWERS_SECONDS = 2


def main() -> int:
    """Serve; 2 when the settings do not allow it."""
    logging.configure("gateway")
    try:
        settings = Settings.read(os.environ)
        app = build(House.of(settings))
    except StartRefused as refusal:
        sys.stderr.write(f"gateway: {refusal}\n")
        return 2
    uvicorn.run(
        app, host=settings.host, port=settings.port, http="httptools", loop="asyncio", ws="none", log_config=None,
        access_log=False, server_header=False, proxy_headers=True,
        timeout_keep_alive=30, timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
