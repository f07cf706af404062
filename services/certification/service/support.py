"""What the console does to certifications, each by two people: hold, lift, revoke, restore, extend for all (F12.2)."""

from collections.abc import Callable
from typing import Any

from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.four_eyes import Action, Asked, Change
from chassis.service import DeskAtWork, rpc
from services.certification import schemas
from services.certification.domain.commands import (
    Command,
    HoldCertification,
    LiftHold,
    RestoreCertification,
    RevokeCertification,
    RevokeClaim,
)
from services.certification.domain.comparison import differing, places
from services.certification.domain.extension import DecideExtension, extension
from services.certification.domain.fold import fold
from services.certification.domain.record import record
from services.certification.domain.standing import balance_on
from services.certification.domain.state import State, evolve
from services.certification.projections import candidates, expirations, extensions
from services.certification.service.catalogue_activation import ACTIVATION
from services.certification.service.in_force import in_force
from services.certification.service.parts import Records, iso

SHOWN = 25
"""So many candidates stand in the preview by id; of the others the number."""


class Support(Records):
    """Decisions of the programme's people."""

    @rpc
    def extensions(self) -> list[dict[str, Any]]:
        """Blanket extensions that were decided, and how far each has come."""
        with self.desk.read() as connection:
            found = extensions.everything(connection)
            people = candidates.count(connection)
        return [
            {
                "extension_id": each.extension_id,
                "days": each.days,
                "extended_on": iso(each.extended_on),
                "reason": each.reason,
                "done": each.done,
                "reached": each.reached,
                "candidates": people,
            }
            for each in found
        ]

    @rpc
    def whom_extending_reaches(self, days: int, on: str, after: str = "", limit: int = 100) -> dict[str, Any]:
        """Every certification that an extension would move, a page at a time; go on after `next` until it is null."""
        asked = schemas.extension_reach.load({"days": days, "on": on, "after": after, "limit": limit})
        if asked["on"] > self.desk.today():
            raise Rejected("extended-in-future")
        with self.desk.read() as connection:
            titles, people = expirations.active_on(connection, asked["on"])
            found = expirations.page_active_on(connection, asked["on"], after=asked["after"], limit=asked["limit"])
        return {
            "certifications": titles,
            "candidates": people,
            "lines": [
                {
                    "candidate_id": each.candidate_id,
                    "certification": each.certification,
                    "name": self._name(each, self.desk.today()),
                    "expires_on": iso(each.expires_on),
                    "extended_to": iso(schemas.later(each.expires_on, days)),
                }
                for each in found
            ],
            "next": found[-1].place if len(found) == asked["limit"] else None,
        }


# -- what needs a second person ----------------------------------------------------------------------------------------


def revocation(desk: DeskAtWork, asked: Asked) -> RevokeCertification:
    """The command that a granted revocation brings."""
    return RevokeCertification(
        sanction_id=desk.new_id("sanction"),
        certification=asked.arguments["certification"],
        reason=asked.arguments["reason"],
        today=desk.today(),
        catalogue=in_force(desk),
    )


def restoration(desk: DeskAtWork, asked: Asked) -> RestoreCertification:
    """The command that a granted restoration brings."""
    return RestoreCertification(
        certification=asked.arguments["certification"],
        reason=asked.arguments["reason"],
        today=desk.today(),
        catalogue=in_force(desk),
    )


def hold(desk: DeskAtWork, asked: Asked) -> HoldCertification:
    """The command that a granted hold brings."""
    return HoldCertification(
        hold_id=desk.new_id("hold"),
        certification=asked.arguments["certification"],
        reason=asked.arguments["reason"],
        today=desk.today(),
        catalogue=in_force(desk),
    )


def lifting(desk: DeskAtWork, asked: Asked) -> LiftHold:
    """The command that a granted lifting brings."""
    return LiftHold(
        certification=asked.arguments["certification"],
        reason=asked.arguments["reason"],
        today=desk.today(),
        catalogue=in_force(desk),
    )


def taking_back(desk: DeskAtWork, asked: Asked) -> RevokeClaim:
    """The command that a granted taking back of a claim brings."""
    return RevokeClaim(
        claim_id=asked.arguments["claim_id"],
        reason=asked.arguments["reason"],
        today=desk.today(),
        catalogue=in_force(desk),
    )


def about_one(desk: DeskAtWork, asked: Asked, command: Command) -> list[Order]:
    """One candidate's record."""
    return [desk.order(record, asked.subject, command, subject=asked.subject)]


def what_changes(desk: DeskAtWork, asked: Asked, command: Command) -> list[Change]:
    """Before and after, by the record's own decision."""
    state: State = desk.state(record, asked.subject)
    later = state
    for fact in record.decide(command, state):
        later = evolve(later, fact)
    today, catalogue = command.today, command.catalogue
    now, then = fold(state.all_evidence(), catalogue, today), fold(later.all_evidence(), catalogue, today)
    before, after = places(now, today), places(then, today)
    had, has = balance_on(now.balance, today), balance_on(then.balance, today)
    credited = [Change(what="credits", before=str(had), after=str(has))] if had != has else []
    return credited + [
        Change(
            what=catalogue.certifications[change.certification].name_on(today),
            before=None if change.before is None else change.before.in_words,
            after=None if change.after is None else change.after.in_words,
        )
        for change in differing(before, after)
    ]


def extended(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """One decision about everybody; the records follow it page by page."""
    command = DecideExtension(
        days=asked.arguments["days"], extended_on=asked.arguments["on"], reason=asked.arguments["reason"]
    )
    return [desk.order(extension, desk.new_id("extension"), command, subject="")]


def whom_it_extends(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """How many certifications of how many people, and those of the first candidates."""
    if asked.subject:
        raise Rejected("extension-is-for-everybody")
    day, days = asked.arguments["on"], asked.arguments["days"]
    if day > desk.today():
        raise Rejected("extended-in-future")
    with desk.read() as connection:
        titles, people = expirations.active_on(connection, day)
        first = expirations.page_active_on(connection, day, limit=SHOWN)
    changes = [Change(what=f"{titles} certifications of {people} candidates", before=None, after=f"+{days} days")]
    for each in first:
        after = schemas.later(each.expires_on, days)
        what = f"{each.candidate_id}: {each.name}"
        changes.append(Change(what=what, before=iso(each.expires_on), after=iso(after)))
    return changes


CLAIM_REVOCATION = Action(
    code="claim-revoke",
    permission="credits.review",
    load=schemas.claim_revocation.load,
    orders=lambda desk, asked: about_one(desk, asked, taking_back(desk, asked)),
    preview=lambda desk, asked: what_changes(desk, asked, taking_back(desk, asked)),
)


def about_title(code: str, permission: str, command_of: Callable[[DeskAtWork, Asked], Command]) -> Action:
    """An action on one certification of one candidate."""
    return Action(
        code=code,
        permission=permission,
        load=schemas.title_action.load,
        orders=lambda desk, asked: about_one(desk, asked, command_of(desk, asked)),
        preview=lambda desk, asked: what_changes(desk, asked, command_of(desk, asked)),
    )


ACTIONS = (
    about_title("certification-hold", "certifications.hold", hold),
    about_title("certification-lift-hold", "certifications.hold", lifting),
    about_title("certification-revoke", "certifications.revoke", revocation),
    about_title("certification-restore", "certifications.revoke", restoration),
    Action(
        code="certifications-extend",
        permission="certifications.extend",
        load=schemas.extension_action.load,
        orders=extended,
        preview=whom_it_extends,
    ),
    CLAIM_REVOCATION,
    ACTIVATION,
)
