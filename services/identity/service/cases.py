"""Online Support: cases of people who are logged in or not, and support's side of them (F1.16)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from chassis.command_handling import NewEffect, Order
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.four_eyes import Action, Asked, Change
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.account import RefuseMapping, account
from services.identity.domain.case import AnswerCase, CloseCase, OpenCase, ReplyToCase, case
from services.identity.projections import accounts, case_files, cases, records, shells
from services.identity.projections.cases import Case
from services.identity.service.mapping import case_mapping
from services.identity.service.own_cases import known_case, own_case
from services.identity.service.parts import parts_of


class Cases:
    """A case and what is written in it."""

    desk: DeskAtWork

    @rpc
    def open_case(self, kind: str, text: str, candidate_id: str = "", email: str = "") -> dict[str, Any]:
        """Ask for help, logged in or with an e-mail address to which the case's own link is mailed."""
        asked = schemas.open_case.load({"kind": kind, "text": text, "candidate_id": candidate_id, "email": email})
        case_id = self.desk.new_id("case")
        owner = asked["candidate_id"] or case_id
        if owner == case_id and parts_of(self.desk.frame).keys.create(case_id) is None:
            raise NotFound("case-unknown")
        contact = self.desk.seal(owner, asked["email"]) if owner == case_id else None
        command = OpenCase(
            kind=asked["kind"], text=self.desk.seal(owner, asked["text"]), contact=contact, at=datetime.now(UTC)
        )
        self.desk.handle(case, case_id, command, subject=owner, effects=(_mail(case_id, owner, "case-opened"),))
        return {"case_id": case_id}

    @rpc
    def cases(self, candidate_id: str) -> list[dict[str, Any]]:
        """The candidate's own cases, the newest first."""
        with self.desk.read() as connection:
            return [_line(one) for one in cases.of_owner(connection, candidate_id)]

    @rpc
    def case(self, case_id: str, candidate_id: str = "", key: str = "") -> dict[str, Any]:
        """One case with its messages, for its owner: the candidate, or whoever has the mailed link."""
        return self._whole(own_case(self.desk, case_id, candidate_id, key))

    @rpc
    def reply_to_case(
        self, case_id: str, text: str, candidate_id: str = "", key: str = "", files: list[str] | None = None
    ) -> dict[str, Any]:
        """Write to support, with files that were sent before; a closed case is open again."""
        asked = schemas.reply.load({"text": text, "files": files or []})
        found = own_case(self.desk, case_id, candidate_id, key)
        sent = tuple(asked["files"])
        self._only_sent_files(case_id, sent)
        command = ReplyToCase(text=self.desk.seal(found.owner, asked["text"]), files=sent, at=datetime.now(UTC))
        self.desk.handle(case, case_id, command, subject=found.owner, also=lambda rows: case_files.attach(rows, sent))
        return {"case_id": case_id}

    # -- support's side ------------------------------------------------------------------------------------------------

    @rpc
    def case_queue(self, state: str = "open", page: int = 1) -> dict[str, Any]:
        """Cases in one state, those that wait longest first."""
        asked = schemas.case_queue.load({"state": state, "page": page})
        with self.desk.read() as connection:
            found, total = cases.in_state(connection, asked["state"], asked["page"])
        return {"cases": [_line(one) for one in found], "total": total, "page_size": cases.PAGE_SIZE}

    @rpc
    def report_case_ages(self, after: str = "") -> dict[str, Any]:
        """Open cases by kind, and for how many days the oldest has waited; one page holds all kinds."""
        del after
        today = self.desk.now()
        with self.desk.read() as connection:
            found = cases.ages(connection)
        rows = [{"kind": kind, "open": count, "oldest_days": (today - oldest).days} for kind, count, oldest in found]
        return {"rows": rows, "next": None}

    @rpc
    def case_at_work(self, case_id: str) -> dict[str, Any]:
        """One case with its messages and, for a mapping, the records that it may be about."""
        found = known_case(self.desk, case_id)
        return {**self._whole(found), "owner": found.owner, "contact": found.contact or "", **self._mapping(found)}

    @rpc
    def answer_case(self, case_id: str, text: str, by: str, waits: bool = False) -> dict[str, Any]:
        """Write to the person, who gets a mail; `waits` when nothing goes on without a reply."""
        asked = schemas.message.load({"text": text})
        found = known_case(self.desk, case_id)
        command = AnswerCase(
            text=self.desk.seal(found.owner, asked["text"]), by=by, waits=bool(waits), at=datetime.now(UTC)
        )
        mail = _mail(case_id, found.owner, "case-answered", self.desk.new_id("answer"))
        self.desk.handle(case, case_id, command, subject=found.owner, effects=(mail,))
        return {"case_id": case_id}

    @rpc
    def close_case(self, case_id: str, outcome: str, by: str) -> dict[str, Any]:
        """Come to an end; the person gets a mail. A refused mapping case lets the account ask again."""
        asked = schemas.close_case.load({"outcome": outcome})
        found = known_case(self.desk, case_id)
        with self.desk.read() as connection:
            owner = accounts.with_id(connection, found.owner)
        orders = [self._closing(found, asked["outcome"], by)]
        if asked["outcome"] == "refused" and owner is not None and owner.mapping_reason and _is_about_mapping(found):
            refuse = RefuseMapping(reason="evidence-failed")
            orders.append(self.desk.order(account, owner.account_id, refuse, subject=owner.account_id))
        self.desk.handle_together(orders)
        return {"case_id": case_id}

    def _closing(self, found: Case, outcome: Any, by: str) -> Order:
        command = CloseCase(outcome=outcome, by=by, at=datetime.now(UTC))
        mail = _mail(found.case_id, found.owner, "case-closed", self.desk.new_id("closing"))
        return self.desk.order(case, found.case_id, command, subject=found.owner, effects=(mail,))

    def _only_sent_files(self, case_id: str, file_ids: tuple[str, ...]) -> None:
        with self.desk.read() as connection:
            known = [case_files.one(connection, one) for one in file_ids]
        if any(one is None or one.case_id != case_id for one in known):
            raise NotFound("unknown-file")

    def _whole(self, found: Case) -> dict[str, Any]:
        with self.desk.read() as connection:
            written = cases.messages_of(connection, found.case_id)
            known = case_files.of_case(connection, found.case_id)
        return {
            **_line(found),
            "messages": [
                {
                    "text": one.text or "",
                    "at": one.at.isoformat(),
                    "from_support": one.from_support,
                    "files": [self._file_line(known[file_id]) for file_id in one.files if file_id in known],
                }
                for one in written
            ],
        }

    def _file_line(self, file: case_files.File) -> dict[str, Any]:
        name = self.desk.unseal(file.owner, file.name)
        return {"file_id": file.file_id, "name": name or "", "media_type": file.media_type, "size": file.size}

    def _mapping(self, found: Case) -> dict[str, Any]:
        """Why the mapping needs people, and the records with the person's e-mail."""
        with self.desk.read() as connection:
            owner = accounts.with_id(connection, found.owner)
            if owner is None or not owner.mapping_reason:
                return {"mapping": "", "records": []}
            known = records_of(connection, owner.account_id)
            return {
                "mapping": owner.mapping_reason,
                "records": [
                    {
                        "candidate_id": one.candidate_id,
                        "csco_id": one.csco_id,
                        "vue_id": one.vue_id,
                        "name": f"{one.first_name} {one.last_name}",
                        "first_booked_on": one.first_booked_on.isoformat(),
                        "taken": records.is_taken(connection, one.candidate_id),
                    }
                    for one in known
                ],
            }


def records_of(connection: Connection, account_id: str) -> list[shells.Shell]:
    """The records that bookings with the account's e-mail have made."""
    from services.identity.projections import profiles

    profile = profiles.of_candidate(connection, account_id)
    return [] if profile is None else shells.with_email(connection, profile.email)


# -- what needs a second person ----------------------------------------------------------------------------------------


def mapping_granted(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """The account opens the record, and its case is solved."""
    found = _mapping_case(desk, asked)
    closing = CloseCase(outcome="solved", by=asked.by[-1], at=datetime.now(UTC))
    mail = _mail(found.case_id, found.owner, "case-closed", desk.new_id("closing"))
    return [
        case_mapping(desk, found.owner, asked.arguments["candidate_id"]),
        desk.order(case, found.case_id, closing, subject=found.owner, effects=(mail,)),
    ]


def mapping_previewed(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Which record the account would open."""
    found = _mapping_case(desk, asked)
    target = asked.arguments["candidate_id"]
    with desk.read() as connection:
        record = shells.with_id(connection, target)
        taken = records.is_taken(connection, target)
    if record is None:
        raise NotFound("record-not-found")
    if taken:
        raise Rejected("record-taken")
    return [
        Change(what="record", before=found.owner, after=target),
        Change(what="first-booking", before=None, after=record.first_booked_on.isoformat()),
    ]


def _mapping_case(desk: DeskAtWork, asked: Asked) -> Case:
    with desk.read() as connection:
        found = cases.with_id(connection, asked.arguments["case_id"])
        owner = None if found is None else accounts.with_id(connection, found.owner)
    if found is None or found.owner != asked.subject:
        raise NotFound("case-unknown")
    if owner is None or not owner.mapping_reason:
        raise Rejected("mapping-not-requested")
    return found


def _is_about_mapping(found: Case) -> bool:
    return found.kind in {"map-my-profile", "legacy-booking"}


ACTIONS = (
    Action(
        code="mapping-grant",
        permission="cases.work",
        load=schemas.mapping_grant.load,
        orders=mapping_granted,
        preview=mapping_previewed,
    ),
)


def _mail(case_id: str, owner: str, letter: str, number: str = "") -> NewEffect:
    payload = {"letter": letter, "case_id": case_id, "page": f"/support/cases/{case_id}"}
    return NewEffect(key=f"{letter}/{case_id}/{number}", kind="mail", subject=owner, payload=payload)


def _line(one: Case) -> dict[str, Any]:
    return {
        "case_id": one.case_id,
        "kind": one.kind,
        "state": one.state,
        "opened_at": one.opened_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
    }
