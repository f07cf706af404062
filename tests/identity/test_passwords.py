import threading

import pytest

from chassis.decider import Rejected
from chassis.errors import Unavailable
from services.identity.adapters.passwords import AT_ONCE, Passwords
from services.identity.domain.password import only_long_passwords


@pytest.mark.feature("F1.6")
def test_eleven_characters_are_too_short_and_twelve_are_enough():
    with pytest.raises(Rejected) as refusal:
        only_long_passwords("elevenchars")
    assert (refusal.value.code, refusal.value.details) == ("password-too-short", {"shortest": 12})
    assert only_long_passwords("twelve chars") == "twelve chars"


@pytest.mark.feature("F1.6")
def test_characters_of_any_script_count_once():
    assert only_long_passwords("пароль длинн") == "пароль длинн"


def test_a_hash_matches_its_password_only():
    passwords = Passwords(fast=True)
    stored = passwords.hashed("correct horse battery")
    assert passwords.matches("correct horse battery", stored) is True
    assert passwords.matches("Correct horse battery", stored) is False


def test_two_hashes_of_one_password_differ():
    passwords = Passwords(fast=True)
    assert passwords.hashed("correct horse battery") != passwords.hashed("correct horse battery")


def test_nothing_matches_where_no_hash_is_stored():
    passwords = Passwords(fast=True)
    assert passwords.matches("nobody's password", None) is False
    assert passwords.matches("correct horse battery", "not a hash") is False


@pytest.mark.thorough
def test_the_strong_parameters_are_those_of_rfc_9106_for_little_memory():
    assert Passwords().hashed("correct horse battery").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.thorough
@pytest.mark.feature("F1.2")
def test_checking_against_nothing_costs_a_whole_hash_of_the_same_kind():
    passwords = Passwords()
    assert _kind(passwords._nobodys) == _kind(passwords.hashed("correct horse battery"))


def test_more_hashes_than_places_wait_in_line_until_it_takes_too_long():
    passwords = Passwords(fast=True, longest_wait=0.01)
    all_taken, done = threading.Barrier(AT_ONCE + 1), threading.Event()

    def hold() -> None:
        all_taken.wait(5.0)
        done.wait(5.0)

    at_work = [threading.Thread(target=passwords._outside, args=(hold,)) for _ in range(AT_ONCE)]
    for thread in at_work:
        thread.start()
    all_taken.wait(5.0)
    with pytest.raises(Unavailable) as refusal:
        passwords.hashed("correct horse battery")
    done.set()
    for thread in at_work:
        thread.join(5.0)
    assert refusal.value.code == "busy"
    assert passwords.hashed("correct horse battery").startswith("$argon2id$")


def _kind(stored: str) -> str:
    """Algorithm and parameters, without salt and hash."""
    return stored.rsplit("$", 2)[0]
