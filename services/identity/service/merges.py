"""Two records of one person become one by a case and with a second person, and two again within 14 days (F1.13)."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from chassis.command_handling import NewEffect, Order
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.four_eyes import Action, Asked, Change
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.merge import (
    AbsorbAccount,
    MergeAccounts,
    ReleaseAccount,
    SeparateAccounts,
    State,
    merge,
    only_merges_that_can_be_undone,
    only_records_that_can_be_absorbed,
)
from services.identity.domain.session import EndSession, session
from services.identity.projections import accounts, emails, people, profiles, records, sessions, shells
from services.identity.service.case_acts import open_case, solved
from services.identity.service.mapping import hash_of_provider_id
from services.identity.service.parts import email_hash

PERMISSION = "candidates.merge"
MERGED, SEPARATED = "records-merged", "records-separated"


class Merges:
    """What the console asks before, and what everybody asks afterwards."""

    desk: DeskAtWork

    @rpc
    def record_named(self, text: str) -> dict[str, Any]:
        """The record with this candidate, CSCO or VUE id, or whose log-in this e-mail is; raises NotFound."""
        wanted = schemas.record_named.load({"text": text})["text"].strip()
        vue_hash = hash_of_provider_id(self.desk, wanted)
        with self.desk.read() as connection:
            found = (
                emails.candidate_with(connection, email_hash(self.desk.settings, wanted))
                or records.candidate_with_number(connection, wanted.upper())
                or records.candidate_with_provider_id(connection, vue_hash)
                or wanted
            )
            return _shown(connection, found)

    @rpc
    def merged_records(self, candidate_id: str) -> dict[str, Any]:
        """The record that stands for this one, itself in most cases, and the records for which it stands."""
        state, today = self.desk.state(merge, candidate_id), self.desk.today()
        return {
            "candidate_id": state.kept_by or candidate_id,
            "absorbed": [
                {"candidate_id": one, "merged_on": day.isoformat(), "undo_until": _undo_until(state, one, today)}
                for one, day in sorted(state.absorbed.items())
            ],
        }


def _undo_until(state: State, absorbed_id: str, today: date) -> str | None:
    try:
        return only_merges_that_can_be_undone(state, absorbed_id, today).isoformat()
    except Rejected:
        return None


def _shown(connection: Connection, candidate_id: str) -> dict[str, Any]:
    """A record in words, from its account or from the provider's bookings."""
    number = records.number_of(connection, candidate_id) or ""
    profile, shell = profiles.of_candidate(connection, candidate_id), shells.with_id(connection, candidate_id)
    if profile is None and shell is None:
        raise NotFound("candidate-unknown")
    name = profile.name if profile is not None else f"{shell.first_name} {shell.last_name}" if shell else ""
    return {
        "candidate_id": candidate_id,
        "csco_id": number,
        "name": name,
        "email": "" if profile is None else profile.email,
    }


# -- the acts ----------------------------------------------------------------------------------------------------------


def merged(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """Both streams say so, the absorbed log-in's sessions end, and the case is solved."""
    _only_mergeable(desk, asked)
    absorbed_id = asked.arguments["absorbed_id"]
    kept = MergeAccounts(absorbed_id=absorbed_id, on=desk.today(), by=asked.by)
    gone = AbsorbAccount(kept_id=asked.subject, on=desk.today())
    with desk.read() as connection:
        open_ones = sessions.of_candidate(connection, absorbed_id)
    end = EndSession(at=datetime.now(UTC))
    return [
        desk.order(merge, asked.subject, kept, subject=asked.subject, effects=_told(desk, asked.subject, MERGED)),
        desk.order(merge, absorbed_id, gone, subject=absorbed_id, effects=_told(desk, absorbed_id, MERGED)),
        *(desk.order(session, one, end, subject=absorbed_id) for one in open_ones),
        solved(desk, asked),
    ]


def merge_previewed(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Whose record goes into whose, and which log-in leads where."""
    _only_mergeable(desk, asked)
    with desk.read() as connection:
        kept, absorbed = _shown(connection, asked.subject), _shown(connection, asked.arguments["absorbed_id"])
    return [
        Change(what="record", before=absorbed["candidate_id"], after=kept["candidate_id"]),
        Change(what="name", before=absorbed["name"], after=kept["name"]),
        *([Change(what="email", before=absorbed["email"], after=kept["email"])] if absorbed["email"] else []),
    ]


def _only_mergeable(desk: DeskAtWork, asked: Asked) -> None:
    """Raises Rejected or NotFound with the code of what stands in the way."""
    open_case(desk, asked)
    absorbed_id = asked.arguments["absorbed_id"]
    if absorbed_id == asked.subject:
        raise Rejected("same-record")
    _only_with_account(desk, asked.subject)
    if desk.state(merge, asked.subject).kept_by:
        raise Rejected("record-already-merged")
    only_records_that_can_be_absorbed(desk.state(merge, absorbed_id))
    with desk.read() as connection:
        _shown(connection, absorbed_id)
    for one in (asked.subject, absorbed_id):
        _only_at_peace(desk, one)


def _only_with_account(desk: DeskAtWork, candidate_id: str) -> None:
    """The main record is one that somebody can log in to."""
    with desk.read() as connection:
        found = accounts.of_candidate(connection, candidate_id)
    if found is None or not found.mapped:
        raise Rejected("merge-needs-account")


def _only_at_peace(desk: DeskAtWork, candidate_id: str) -> None:
    """Neither suspended nor about to be erased."""
    with desk.read() as connection:
        person = people.of_candidate(connection, candidate_id)
    if person is not None and person.suspended:
        raise Rejected("account-suspended")
    if person is not None and person.erased_on is not None:
        raise Rejected("erasure-pending")


def separated(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """Each stands for itself again."""
    absorbed_id = asked.arguments["absorbed_id"]
    kept = SeparateAccounts(absorbed_id=absorbed_id, on=desk.today(), by=asked.by)
    back = ReleaseAccount(kept_id=asked.subject, on=desk.today())
    return [
        desk.order(merge, asked.subject, kept, subject=asked.subject, effects=_told(desk, asked.subject, SEPARATED)),
        desk.order(merge, absorbed_id, back, subject=absorbed_id, effects=_told(desk, absorbed_id, SEPARATED)),
    ]


def _told(desk: DeskAtWork, candidate_id: str, letter: str) -> tuple[NewEffect, ...]:
    """The mail to the log-in of one of the two; a record that only bookings have made has none."""
    with desk.read() as connection:
        if accounts.of_candidate(connection, candidate_id) is None:
            return ()
    told = {"letter": letter, "own": "yes", "day": desk.today().isoformat(), "page": "/support"}
    key = f"{letter}/{desk.new_id(f'{letter}/{candidate_id}')}"
    return (NewEffect(key=key, kind="mail", subject=candidate_id, payload=told),)


def separation_previewed(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Which record comes back."""
    absorbed_id = asked.arguments["absorbed_id"]
    only_merges_that_can_be_undone(desk.state(merge, asked.subject), absorbed_id, desk.today())
    return [Change(what="record", before=asked.subject, after=absorbed_id)]


ACTIONS = (
    Action(
        code="records-merge",
        permission=PERMISSION,
        load=schemas.records_merge.load,
        orders=merged,
        preview=merge_previewed,
    ),
    Action(
        code="records-separate",
        permission=PERMISSION,
        load=schemas.records_separate.load,
        orders=separated,
        preview=separation_previewed,
    ),
)
