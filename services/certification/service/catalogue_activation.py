"""A previewed change of the catalogue comes into force: asked for by one person and granted by another (F12.3)."""

from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.four_eyes import Action, Asked
from chassis.four_eyes import Change as Line
from chassis.service import DeskAtWork
from services.certification import schemas
from services.certification.domain.catalogue_change import PROGRAMME, ActivateCatalogue, catalogue_change
from services.certification.projections import catalogues
from services.certification.projections.catalogues import PREVIEW
from services.certification.service.catalogue_changes import change_of
from services.certification.service.in_force import expect_another, in_force

SHOWN = 25
"""So many differences stand in the proposal; the page of the change lists all."""


def activation(desk: DeskAtWork, asked: Asked) -> list[Order]:
    """The order that a granted activation brings: the previewed tables, in place of the version in force."""
    change_id = asked.arguments["change_id"]
    _only_what_was_previewed(desk, change_id)
    with desk.read() as connection:
        tables = catalogues.texts(connection, change_id)
    command = ActivateCatalogue(change_id=change_id, tables=tables, in_force=in_force(desk).version, today=desk.today())
    expect_another(desk)
    return [desk.order(catalogue_change, PROGRAMME, command, subject="")]


def what_activation_changes(desk: DeskAtWork, asked: Asked) -> list[Line]:
    """How many candidates and certifications would change, and the first of them."""
    if asked.subject:
        raise Rejected("catalogue-is-for-everybody")
    found = _only_what_was_previewed(desk, asked.arguments["change_id"])
    catalogue, today = in_force(desk), desk.today()
    with desk.read() as connection:
        come = catalogues.progress(connection, found.change_id, PREVIEW)
        first = catalogues.page_of_differences(connection, found.change_id, limit=SHOWN)
    lines = [Line(what="catalogue", before=found.base, after=found.version)]
    lines.append(Line(what=f"{come.titles} certifications of {come.people} candidates", before=None, after=None))
    for each in first:
        known = catalogue.certifications.get(each.certification)
        name = each.certification if known is None else known.name_on(today)
        lines.append(Line(what=f"{each.candidate_id}: {name}", before=each.before, after=each.after))
    return lines


def _only_what_was_previewed(desk: DeskAtWork, change_id: str) -> catalogues.Change:
    """Everybody was folded by it, and against the version that is still in force."""
    found = change_of(desk, change_id)
    with desk.read() as connection:
        previewed = catalogues.progress(connection, change_id, PREVIEW).done
    if found.activated_on is not None:
        raise Rejected("catalogue-in-force-already")
    if found.base != in_force(desk).version:
        raise Rejected("catalogue-base-changed")
    if not previewed:
        raise Rejected("catalogue-preview-unfinished")
    return found


ACTIVATION = Action(
    code="catalogue-activate",
    permission="catalogue.change",
    load=schemas.catalogue_change.load,
    orders=activation,
    preview=what_activation_changes,
)
