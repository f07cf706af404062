"""Public answers in memory: never beyond their lease, never too many."""

import time

from gateway.public_cache import LONGEST_LEASE, MOST_BYTES, PublicCache

START = {"type": "http.response.start", "status": 200, "headers": []}


def keep(cache: PublicCache, path: str, *, age: float = 0.0, lease: float = 0.4, body: bytes = b"page") -> None:
    cache.keep(path, sent_at=time.monotonic() - age, lease=lease, start=START, body=body)


def test_an_answer_is_given_while_its_lease_runs():
    cache = PublicCache()
    keep(cache, "/t/A")
    kept = cache.find("/t/A")
    assert kept is not None
    assert kept.body == {"type": "http.response.body", "body": b"page"}


def test_the_lease_counts_from_the_moment_of_asking():
    cache = PublicCache()
    keep(cache, "/t/A", age=0.5)
    assert cache.find("/t/A") is None


def test_an_answer_without_a_lease_is_not_kept():
    cache = PublicCache()
    keep(cache, "/t/A", lease=0.0)
    assert len(cache) == 0


def test_no_lease_is_longer_than_what_withdrawals_wait_for():
    cache = PublicCache()
    keep(cache, "/t/A", age=LONGEST_LEASE, lease=60.0)
    assert cache.find("/t/A") is None


def test_an_answer_whose_lease_has_run_out_is_forgotten():
    cache = PublicCache()
    keep(cache, "/t/A", lease=0.02)
    time.sleep(0.03)
    assert cache.find("/t/A") is None
    assert len(cache) == 0


def test_the_oldest_answer_makes_room():
    cache = PublicCache(most=2)
    for path in ("/t/A", "/t/B", "/t/C"):
        keep(cache, path)
    assert [cache.find(path) is not None for path in ("/t/A", "/t/B", "/t/C")] == [False, True, True]


def test_huge_answers_are_not_kept():
    cache = PublicCache()
    keep(cache, "/t/A", body=b"x" * (MOST_BYTES + 1))
    assert len(cache) == 0
