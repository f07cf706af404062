"""`certtrack import results FILE`: a provider's records from a file, through the same door as its feed."""

import argparse
import json
import sys
import uuid
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from deploy.environment import Installation
from deploy.operations import caller

RECORDS = "/api/provider/v1/records"
PIECE = 64 * 1024
ANSWER_SECONDS = 1800.0
HOUR = 3600
SHOWN = 50
"""Refusals that are printed; all are counted."""


def import_results(parsed: argparse.Namespace) -> int:
    """Send the file and print what became of it; 1 when some records were refused, 2 when nothing could be sent."""
    file: Path = parsed.file
    if not file.is_file():
        print(f"There is no file {file}.", file=sys.stderr)
        return 2
    installation = Installation.load(parsed.data)
    token = caller(parsed.data)("identity", "issue_token", subject="import", roles=["provider"], lifetime_seconds=HOUR)
    try:
        told = send(installation.url, token["token"], file)
    except (OSError, HTTPException, ValueError) as why:
        print(
            f"The file was not taken to its end ({why}). Import it again: what was written is known.", file=sys.stderr
        )
        return 2
    return tell(told)


def send(url: str, token: str, file: Path) -> dict[str, Any]:
    """The answer to the whole file, sent piece by piece under a progress bar."""
    at = urlsplit(url)
    link = HTTPConnection(at.hostname or "127.0.0.1", at.port, timeout=ANSWER_SECONDS)
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/x-ndjson",
        "Content-Length": str(file.stat().st_size),
        "Idempotency-Key": uuid.uuid4().hex,
    }
    try:
        link.request("POST", RECORDS, pieces(file), headers)
        answer = link.getresponse()
        document: dict[str, Any] = json.loads(answer.read())
    finally:
        link.close()
    if answer.status != HTTPStatus.OK:
        raise ValueError(f"{answer.status} {document.get('detail', '')}".strip())
    return document


def pieces(file: Path) -> Iterator[bytes]:
    """The file as it is read by the gateway, which reads no faster than records are written."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress, file.open("rb") as source:
        task = progress.add_task(file.name, total=file.stat().st_size)
        while piece := source.read(PIECE):
            yield piece
            progress.advance(task, len(piece))


def tell(told: dict[str, Any]) -> int:
    """Print the counts and the first refusals."""
    print(f"{told['lines']} lines: {told['recorded']} recorded, {told['known']} known, {told['refused']} refused")
    for one in told["refusals"][:SHOWN]:
        print(f"line {one['line']}: {one['id']} {one['code']}: {one['detail']}")
    if told["refused"] > SHOWN:
        print(f"... and {told['refused'] - SHOWN} more")
    return 1 if told["refused"] else 0
