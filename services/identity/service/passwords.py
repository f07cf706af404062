"""A new password, wherever it comes from: long, unknown to attackers, hashed."""

from collections.abc import Sequence

from chassis.service import DeskAtWork
from services.identity.adapters.known_passwords import is_known
from services.identity.domain.password import only_long_passwords, only_unknown_passwords
from services.identity.service.parts import parts_of


def new_password_hash(desk: DeskAtWork, password: str, about: Sequence[str]) -> str:
    """The hash of a password that may be taken (F1.6); `about` are the person's own words, which are too easy."""
    only_long_passwords(password)
    only_unknown_passwords(password, is_known=is_known(password, about))
    return parts_of(desk.frame).passwords.hashed(password)
