"""What the console does to certifications: holds by one person; revoking, restoring and extending by two (F12.2)."""

from typing import Any

from chassis.command_handling import Order
from chassis.four_eyes import Action, Asked, Change
from chassis.service import DeskAtWork, rpc
from services.certification import schemas
from services.certification.adapters import catalogue_files
from services.certification.domain.commands import (
    Command,
    HoldCertification,
    LiftHold,
    RestoreCertification,
    RevokeCertification,
)
from services.certification.domain.comparison import differing, places
from services.certification.domain.extension import DecideExtension, extension
from services.certification.domain.fold import fold
from services.certification.domain.record import record
from services.certification.domain.state import State, evolve
from services.certification.projections import candidates, expirations, extensions
from services.certification.service.parts import Records, iso

SHOWN = 25
"""So many candidates stand in the preview by id; of the others the number."""


class Support(Records):
    """Decisions of the programme's people."""

    @rpc
    def hold_certification(self, candidate_id: str, certification: str, reason: str) -> dict[str, Any]:
        """Nobody shall rely on it for the time being."""
        asked = schemas.about_title.load(
            {"candidate_id": candidate_id, "certification": certification, "reason": reason}
        )
        command = HoldCertification(
            hold_id=self.desk.new_id("hold"),
            certification=asked["certification"],
            reason=asked["reason"],
            today=self.desk.today(),
            catalogue=self.catalogue,
        )
        return self._handle(candidate_id, command)

    @rpc
    def lift_hold(self, candidate_id: str, certification: str, reason: str) -> dict[str, Any]:
        """It stands as its dates say again."""
        asked = schemas.about_title.load(
            {"candidate_id": candidate_id, "certification": certification, "reason": reason}
        )
        command = LiftHold(
            certification=asked["certification"],
            reason=asked["reason"],
            today=self.desk.today(),
            catalogue=self.catalogue,
        )
        return self._handle(candidate_id, command)

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


# -- what needs a second person ----------------------------------------------------------------------------------------


def revocation(desk: DeskAtWork, asked: Asked) -> RevokeCertification:
    """The command that a granted revocation brings."""
    return RevokeCertification(
        sanction_id=desk.new_id("sanction"),
        certification=asked.arguments["certification"],
        reason=asked.arguments["reason"],
        today=desk.today(),
        catalogue=catalogue_files.load(),
    )


def restoration(desk: DeskAtWork, asked: Asked) -> RestoreCertification:
    """The command that a granted restoration brings."""
    return RestoreCertification(
        certification=asked.arguments["certification"],
        reason=asked.arguments["reason"],
        today=desk.today(),
        catalogue=catalogue_files.load(),
    )


def revoked(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """One certification of one candidate."""
    return [desk.order(record, asked.subject, revocation(desk, asked), subject=asked.subject)]


def restored(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """What a sanction took."""
    return [desk.order(record, asked.subject, restoration(desk, asked), subject=asked.subject)]


def what_revoking_changes(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Before and after, by the record's own decision."""
    return _what_changes(desk, asked, revocation(desk, asked))


def what_restoring_changes(desk: DeskAtWork, asked: Asked) -> list[Change]:
    """Before and after, by the record's own decision."""
    return _what_changes(desk, asked, restoration(desk, asked))


def _what_changes(desk: DeskAtWork, asked: Asked, command: Command) -> list[Change]:
    state: State = desk.state(record, asked.subject)
    later = state
    for fact in record.decide(command, state):
        later = evolve(later, fact)
    today, catalogue = command.today, command.catalogue
    before = places(fold(state.evidence, catalogue, today), today)
    after = places(fold(later.evidence, catalogue, today), today)
    return [
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
    day, days = asked.arguments["on"], asked.arguments["days"]
    with desk.read() as connection:
        titles, people = expirations.active_on(connection, day)
        first = expirations.first_active_on(connection, day, SHOWN)
    changes = [Change(what=f"{titles} certifications of {people} candidates", before=None, after=f"+{days} days")]
    for each in first:
        after = schemas.later(each.expires_on, days)
        what = f"{each.candidate_id}: {each.name}"
        changes.append(Change(what=what, before=iso(each.expires_on), after=iso(after)))
    return changes


ACTIONS = (
    Action(
        code="certification-revoke",
        permission="certifications.revoke",
        load=schemas.title_action.load,
        orders=revoked,
        preview=what_revoking_changes,
    ),
    Action(
        code="certification-restore",
        permission="certifications.revoke",
        load=schemas.title_action.load,
        orders=restored,
        preview=what_restoring_changes,
    ),
    Action(
        code="certifications-extend",
        permission="certifications.extend",
        load=schemas.extension_action.load,
        orders=extended,
        preview=whom_it_extends,
    ),
)
