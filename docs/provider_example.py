#!/usr/bin/env python3
"""Sends a file of records: provider_example.py URL FILE, with CLIENT_ID and CLIENT_SECRET; needs nothing but Python."""

import base64
import json
import os
import sys
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

url, file = sys.argv[1], Path(sys.argv[2])


def token() -> str:
    """One for ten minutes; ask again before the next file."""
    named = ":".join(quote(os.environ[name], safe="") for name in ("CLIENT_ID", "CLIENT_SECRET"))
    headers = {"Authorization": "Basic " + base64.b64encode(named.encode()).decode()}
    form = urlencode({"grant_type": "client_credentials", "scope": "provider"}).encode()
    with urlopen(Request(f"{url}/oauth/token", form, headers), timeout=30) as answer:  # noqa: S310  the operator's URL
        return str(json.load(answer)["access_token"])


headers = {
    "Authorization": f"Bearer {token()}",
    "Content-Type": "application/x-ndjson",
    "Content-Length": str(file.stat().st_size),
    "Idempotency-Key": f"{file.name}-{file.stat().st_mtime_ns}",  # the same file again gets the first answer
}
with file.open("rb") as records:
    request = Request(f"{url}/api/provider/v1/records", records, headers)  # noqa: S310  the operator's URL
    with urlopen(request, timeout=1800) as answer:  # noqa: S310  the operator's URL
        told = json.load(answer)

print(f"{told['lines']} lines: {told['recorded']} recorded, {told['known']} known, {told['refused']} refused")  # noqa: T201  printing is its purpose
for one in told["refusals"]:
    print(f"line {one['line']}: {one['id']} {one['code']}: {one['detail']}")  # noqa: T201  printing is its purpose
sys.exit(1 if told["refused"] else 0)
