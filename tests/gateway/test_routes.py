"""Addresses do not disappear unnoticed: a page that moves leaves a redirect at its old place."""

from tests.gateway import routes


def test_every_address_that_was_ever_served_is_served_still():
    assert sorted(routes.remembered() - routes.served()) == []


def test_new_addresses_are_remembered():
    unknown = sorted(routes.served() - routes.remembered())
    assert unknown == [], "new routes: run .venv/bin/python -m tests.gateway.routes and commit routes.txt"
