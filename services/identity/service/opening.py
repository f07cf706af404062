"""What all log-ins have in common: failures are counted, successes open a session and give a token."""

import hashlib
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from chassis.command_handling import NewEffect
from chassis.decider import Rejected
from chassis.projections import Rows
from chassis.service import DeskAtWork
from services.identity.domain.account import account
from services.identity.domain.log_in import MOST_FAILURES, RecordLogIn
from services.identity.domain.session import STRONG, OpenedBy, StartSession, session
from services.identity.projections import attempts, groups, log_ins, profiles, sessions
from services.identity.projections.accounts import Account
from services.identity.projections.merges import MERGES
from services.identity.service.mailed_links import mail_link
from services.identity.service.mapping import map_at_log_in
from services.identity.service.open_sessions import end_session
from services.identity.service.parts import parts_of

TOKEN_SECONDS = 600
SECRET_ALPHABET = string.ascii_letters + string.digits
SECRET_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Caller:
    """From where somebody tries to log in: a hashed network address, and what they will recognise the device by."""

    network: str
    device: str


# -- failures ----------------------------------------------------------------------------------------------------------


def is_paused(desk: DeskAtWork, caller: Caller) -> bool:
    """Whether too many log-ins have failed from there lately."""
    if not caller.network:
        return False
    with desk.read() as connection:
        return attempts.lately(connection, caller.network, datetime.now(UTC)) >= MOST_FAILURES


def refuse(desk: DeskAtWork, found: Account | None, caller: Caller, code: str = "log-in-refused") -> NoReturn:
    """Count the failure for account and network, mail the link that unlocks, and tell nothing of it."""
    if is_paused(desk, caller):
        raise Rejected("log-in-paused")
    now = datetime.now(UTC)
    if caller.network:
        attempt_id = desk.new_id("attempt")
        desk.write(lambda rows: attempts.remember(rows, attempt_id, caller.network, now))
    if found is not None:
        what = "failed" if code == "log-in-refused" else code
        handle_noted(desk, found, RecordLogIn(succeeded=False, at=now), what, device=caller.device)
        mail_link(desk, found.account_id, "unlock")
    raise Rejected(code)


def handle_noted(
    desk: DeskAtWork,
    found: Account,
    command: Any,
    what: str,
    *,
    device: str = "",
    letter: str = "",
    also: Callable[[Rows], None] | None = None,
) -> Any:
    """Decide a command about the account; its history says so, and a letter, if there is one to send."""
    entry_id = desk.new_id(f"noted/{what}")
    now = datetime.now(UTC)
    entry = log_ins.Entry(at=now, what=what, device=device)

    def note(rows: Rows) -> None:
        log_ins.note(rows, entry_id, found.account_id, entry)
        if also is not None:
            also(rows)

    told = {"letter": letter, "at": now.isoformat()}
    mail = NewEffect(key=f"{letter}/{entry_id}", kind="mail", subject=found.account_id, payload=told)
    effects = (mail,) if letter else ()
    return desk.handle(account, found.account_id, command, subject=found.account_id, also=note, effects=effects)


# -- successes ---------------------------------------------------------------------------------------------------------


def opened(desk: DeskAtWork, found: Account, caller: Caller, opened_by: OpenedBy) -> dict[str, Any]:
    """Session and token for the record that the account opens; the first log-in joins them (F1.9)."""
    candidate_id = found.candidate_id if found.mapped else map_at_log_in(desk, found)
    with desk.read() as connection:
        if MERGES.resolved(connection, candidate_id) != candidate_id:
            raise Rejected("log-in-refused")  # a passkey from before a merge: the other account's own ones open both
    _end_lapsed(desk, candidate_id)
    session_id, secret = _start(desk, candidate_id, caller, opened_by)
    return {"session": f"{session_id}.{secret}", **token_for(desk, candidate_id, session_id, opened_by)}


def token_for(desk: DeskAtWork, candidate_id: str, session_id: str, opened_by: str) -> dict[str, Any]:
    """A short-lived token; where staff must show a second factor, a weaker session has no permissions."""
    with desk.read() as connection:
        permissions = groups.permissions_of(connection, candidate_id)
        profile = profiles.of_candidate(connection, candidate_id)
    if desk.settings.staff_second_factor and opened_by not in STRONG:
        permissions = []
    token, expires_at = parts_of(desk.frame).tokens.issue(
        candidate_id,
        ["candidate", "staff"] if permissions else ["candidate"],
        seconds=TOKEN_SECONDS,
        session_id=session_id,
        permissions=permissions,
        complete=profile is not None and profile.complete,
    )
    ends = datetime.fromtimestamp(expires_at, UTC).isoformat()
    return {"candidate_id": candidate_id, "token": token, "expires_at": ends}


def secret_hash(secret: str) -> str:
    """What is stored of a session's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _start(desk: DeskAtWork, candidate_id: str, caller: Caller, opened_by: OpenedBy) -> tuple[str, str]:
    session_id = desk.new_id("session")
    secret = desk.secret_code("session", alphabet=SECRET_ALPHABET, length=SECRET_LENGTH)
    device = desk.seal(candidate_id, caller.device) if caller.device else None
    command = StartSession(secret_hash=secret_hash(secret), at=datetime.now(UTC), device=device, opened_by=opened_by)
    desk.handle(session, session_id, command, subject=candidate_id)
    return session_id, secret


def _end_lapsed(desk: DeskAtWork, candidate_id: str) -> None:
    """Sessions that nobody closed are closed at the next log-in, so that they do not gather."""
    now = datetime.now(UTC)
    with desk.read() as connection:
        known = sessions.all_of(connection, candidate_id)
    for found in known:
        if found.until <= now:
            end_session(desk, found)
