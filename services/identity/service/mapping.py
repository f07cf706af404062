"""Records from the test provider's bookings, and joining accounts with them (F1.9, F1.11, R-N1, R-N2)."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import IntegrityError

from chassis.command_handling import Order
from chassis.decider import Rejected, Sealed
from chassis.errors import Conflict, NotFound, Unavailable
from chassis.projections import Rows
from chassis.sealing import keyed_hash
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain import mapping
from services.identity.domain.account import MapAccount, RequestMapping, account
from services.identity.domain.csco_id import csco_id
from services.identity.domain.shell import ReportBooking, shell
from services.identity.projections import accounts, profiles, records, shells
from services.identity.projections.accounts import Account
from services.identity.projections.profiles import Profile
from services.identity.service.open_sessions import account_of, end_sessions
from services.identity.service.parts import parts_of
from services.identity.service.steady import steady

TRIES = 20
"""Numbers that may be taken already before something else must be wrong."""


class Mapping:
    """Shell records, and the accounts that open them."""

    desk: DeskAtWork

    @rpc
    def report_candidate(
        self,
        provider_id: str,
        first_name: str,
        last_name: str,
        email: str,
        booked_on: str,
        birth_date: str | None = None,
    ) -> dict[str, Any]:
        """Take from the test provider whom it has booked, and when; gives the candidate's ids, the same every time."""
        asked = schemas.report_candidate.load(
            {
                "provider_id": provider_id,
                "first_name": first_name,
                "last_name": last_name,
                "email": email,
                "booked_on": booked_on,
                "birth_date": birth_date,
            }
        )
        vue_hash = hash_of_provider_id(self.desk, asked["provider_id"])
        known = self._candidate_with(vue_hash)
        if known is None:
            try:
                return self._first_report(asked, vue_hash)
            except (IntegrityError, Conflict):  # another report of the same person came first
                known = self._candidate_with(vue_hash)
                if known is None:
                    raise
        return self._report(asked, known, number_of(self.desk, known))

    @rpc
    def join_record(self, candidate_id: str, external_id: str, birth_date: str) -> dict[str, Any]:
        """Open an older record by its VUE or CSCO id and the birth date; all sessions end (R-N2)."""
        asked = schemas.join_record.load({"external_id": external_id, "birth_date": birth_date})
        found = account_of(self.desk, candidate_id)
        with steady():
            record = self._record_with(asked["external_id"], asked["birth_date"].isoformat())
        if record.candidate_id == found.candidate_id:
            raise Rejected("record-joined-already")
        outcome = mapping.by_external_id(record)
        if isinstance(outcome, mapping.NeedsCase):
            raise Rejected("mapping-needs-case", reason=outcome.reason)
        joined = join(self.desk, found, "by-external-id", record.candidate_id)
        if joined != record.candidate_id:
            raise Rejected("mapping-done")
        end_sessions(self.desk, candidate_id)
        return {"candidate_id": joined}

    def _first_report(self, asked: dict[str, Any], vue_hash: str) -> dict[str, Any]:
        candidate_id = self.desk.new_id("shell")
        if parts_of(self.desk.frame).keys.create(candidate_id) is None:
            raise NotFound("candidate-unknown")  # this very report came before, and the person was erased since
        number = free_number(self.desk, candidate_id)

        def claim(rows: Rows) -> None:
            records.link_provider(rows, vue_hash, candidate_id)
            records.give_number(rows, number, candidate_id)

        return self._report(asked, candidate_id, number, also=claim)

    def _report(
        self, asked: dict[str, Any], candidate_id: str, number: str, also: Callable[[Rows], None] | None = None
    ) -> dict[str, Any]:
        def sealed(text: str) -> Sealed:
            return self.desk.seal(candidate_id, text)

        born = asked["birth_date"]
        command = ReportBooking(
            csco_id=number,
            vue_id=sealed(asked["provider_id"]),
            first_name=sealed(asked["first_name"]),
            last_name=sealed(asked["last_name"]),
            email=sealed(asked["email"]),
            birth_date=None if born is None else sealed(born.isoformat()),
            booked_on=asked["booked_on"],
        )
        written = self.desk.handle(shell, candidate_id, command, subject=candidate_id, also=also)
        return {"candidate_id": candidate_id, "csco_id": number, "written": written.mark}

    def _candidate_with(self, vue_hash: str) -> str | None:
        with self.desk.read() as connection:
            return records.candidate_with_provider_id(connection, vue_hash)

    def _record_with(self, external_id: str, birth_date: str) -> mapping.Record:
        """The record; an unknown id, a record without a birth date and a wrong birth date are told alike."""
        vue_hash = hash_of_provider_id(self.desk, external_id)
        with self.desk.read() as connection:
            candidate_id = records.candidate_with_number(connection, external_id.upper())
            candidate_id = candidate_id or records.candidate_with_provider_id(connection, vue_hash)
            found = None if candidate_id is None else shells.with_id(connection, candidate_id)
            if found is None or found.birth_date != birth_date:
                raise Rejected("record-not-found")
            return record_of(found, taken=records.is_taken(connection, found.candidate_id))


def map_at_log_in(desk: DeskAtWork, found: Account) -> str:
    """The candidate whose record the account opens from now on; its own id where people must look at it first."""
    with desk.read() as connection:
        profile = profiles.of_candidate(connection, found.candidate_id)
        if profile is None:
            raise Rejected("log-in-refused")  # erased since the password was compared
        known = [
            record_of(one, taken=records.is_taken(connection, one.candidate_id))
            for one in shells.with_email(connection, profile.email)
        ]
    outcome = mapping.by_email(mapping.Person(first_name=profile.first_name, last_name=profile.last_name), known)
    match outcome:
        case mapping.NewCandidate():
            return join(desk, found, "new-candidate", found.account_id)
        case mapping.Matched(candidate_id):
            return join(desk, found, "matched", candidate_id)
        case mapping.NeedsCase(reason):
            return request(desk, found, reason)


def request(desk: DeskAtWork, found: Account, reason: str) -> str:
    """Leave the mapping to people; until then the account opens nothing but its case."""
    desk.handle(account, found.account_id, RequestMapping(reason=reason), subject=found.account_id)
    return found.account_id


def join(desk: DeskAtWork, found: Account, outcome: Any, candidate_id: str) -> str:
    """Join account and record, unless another account was faster; gives the candidate that the account opens then."""
    try:
        _join(desk, found, outcome, candidate_id)
    except (IntegrityError, Conflict):
        if not _is_taken_by_another(desk, found, candidate_id):
            raise
        return request(desk, found, "record-taken")
    with desk.read() as connection:
        now = accounts.with_id(connection, found.account_id)
    return now.candidate_id if now is not None else found.account_id


def _join(desk: DeskAtWork, found: Account, outcome: Any, candidate_id: str) -> None:
    number, is_new = _number(desk, candidate_id)
    command = _mapping(desk, found, outcome, candidate_id, number)

    def claim(rows: Rows) -> None:
        records.take(rows, candidate_id, found.account_id)
        if is_new:
            records.give_number(rows, number, candidate_id)

    desk.handle(account, found.account_id, command, subject=candidate_id, also=claim)


def _mapping(desk: DeskAtWork, found: Account, outcome: Any, candidate_id: str, number: str) -> MapAccount:
    """The command; for a record other than the account's own, the person's words are sealed under its key."""
    profile = _profile(desk, found.candidate_id)

    def sealed(text: str) -> Sealed:
        return desk.seal(candidate_id, text)

    name = sealed(f"{profile.first_name} {profile.last_name}")
    if candidate_id == found.account_id:
        return MapAccount(outcome=outcome, csco_id=number, name=name)
    return MapAccount(
        outcome=outcome,
        csco_id=number,
        name=name,
        email=sealed(profile.email),
        first_name=sealed(profile.first_name),
        last_name=sealed(profile.last_name),
        country=profile.country,
    )


def case_mapping(desk: DeskAtWork, account_id: str, candidate_id: str) -> Order:
    """The order that joins an account with a record after people have looked at it."""
    with desk.read() as connection:
        found = accounts.with_id(connection, account_id)
    if found is None:
        raise NotFound("account-unknown")
    number, is_new = _number(desk, candidate_id)
    command = _mapping(desk, found, "case", candidate_id, number)

    def claim(rows: Rows) -> None:
        records.take(rows, candidate_id, account_id)
        if is_new:
            records.give_number(rows, number, candidate_id)

    return desk.order(account, account_id, command, subject=candidate_id, also=claim)


def _profile(desk: DeskAtWork, candidate_id: str) -> Profile:
    with desk.read() as connection:
        profile = profiles.of_candidate(connection, candidate_id)
    if profile is None:
        raise NotFound("candidate-unknown")
    return profile


def _is_taken_by_another(desk: DeskAtWork, found: Account, candidate_id: str) -> bool:
    with desk.read() as connection:
        return records.is_taken(connection, candidate_id) and candidate_id != found.candidate_id


def record_of(found: shells.Shell, *, taken: bool) -> mapping.Record:
    """What mapping looks at."""
    return mapping.Record(
        candidate_id=found.candidate_id,
        first_name=found.first_name,
        last_name=found.last_name,
        first_booked_on=found.first_booked_on,
        taken=taken,
    )


def _number(desk: DeskAtWork, candidate_id: str) -> tuple[str, bool]:
    with desk.read() as connection:
        known = records.number_of(connection, candidate_id)
    return (known, False) if known is not None else (free_number(desk, candidate_id), True)


def number_of(desk: DeskAtWork, candidate_id: str) -> str:
    """The candidate's CSCO id; empty where there is none yet."""
    with desk.read() as connection:
        return records.number_of(connection, candidate_id) or ""


def free_number(desk: DeskAtWork, candidate_id: str) -> str:
    """A number that nobody has at this moment; the transaction that writes it down has the last word."""
    with desk.read() as connection:
        for attempt in range(TRIES):
            number = csco_id(candidate_id, attempt)
            if records.is_free(connection, number):
                return number
    raise Unavailable("numbers")


def hash_of_provider_id(desk: DeskAtWork, provider_id: str) -> str:
    """By what a VUE id is found."""
    return keyed_hash(desk.settings.master_key, "provider-id", provider_id.strip().casefold())
