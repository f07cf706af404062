"""`certtrack clients` and `certtrack keys`: programs that ask for tokens, and what tokens are signed with."""

import argparse

from deploy.operations import caller, show


def add(parsed: argparse.Namespace) -> int:
    """Register a program and print what it needs; the secret is told this once."""
    made = caller(parsed.data)(
        "identity", "clients_add", timeout=30.0, name=parsed.name, redirect_uris=parsed.redirect,
        scopes=parsed.scope, public=parsed.public, signed_by=parsed.signed_by,
    )  # fmt: skip
    print(f"client_id      {made['client_id']}")
    if made["client_secret"]:
        print(f"client_secret  {made['client_secret']}")
    return 0


def show_all(parsed: argparse.Namespace) -> int:
    """Every program with what it may ask for."""
    rows = [
        (one["client_id"], one["name"], "\n".join(one["scopes"]), "\n".join(one["redirect_uris"]))
        for one in caller(parsed.data)("identity", "clients_list", timeout=30.0)
    ]
    show("Programs", ("client_id", "name", "scopes", "leads back to"), rows)
    return 0


def remove(parsed: argparse.Namespace) -> int:
    """Let it ask no longer."""
    caller(parsed.data)("identity", "clients_remove", timeout=30.0, client_id=parsed.client_id)
    print(f"{parsed.client_id} is removed.")
    return 0


def rotate_keys(parsed: argparse.Namespace) -> int:
    """Make a new signing key and print its name."""
    print(caller(parsed.data)("identity", "keys_rotate", timeout=30.0)["kid"])
    return 0
