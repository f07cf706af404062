"""A changed catalogue: handed in, folded over every record, followed by all once it is in force (F12.3)."""

from dataclasses import replace
from typing import Any

from nameko.timer import timer

from chassis.decider import Rejected
from chassis.errors import Failure, NotFound
from chassis.service import DeskAtWork, rpc
from services.certification import schemas
from services.certification.adapters import catalogue_files
from services.certification.domain.catalogue import Catalogue, CatalogueError
from services.certification.domain.catalogue_change import PROGRAMME, HandInCatalogue, catalogue_change
from services.certification.domain.commands import Review
from services.certification.domain.comparison import Change, Place, differing, places
from services.certification.domain.fold import fold
from services.certification.domain.record import record
from services.certification.projections import candidates, catalogues
from services.certification.projections.catalogues import PREVIEW, REFOLD, Difference, Progress
from services.certification.service.in_force import read_tables, seconds_in_force, tables_in_force
from services.certification.service.parts import Records, iso
from services.certification.service.reading import place_line

JOB_SECONDS = 2
"""How often a process looks whether a job waits; an activation is followed only once every process knows of it."""
PREVIEW_PAGE = 25
REFOLD_PAGE = 50
REFOLD_SECONDS = 20.0
FOLLOWED_AFTER_SECONDS = 3


class CatalogueChanges(Records):
    """Changes of the programme."""

    @rpc
    def preview_catalogue(self, files: dict[str, str], after: str = "", limit: int = 200) -> dict[str, Any]:
        """One page of candidates whose record would change; go on after `next` until it is null.

        Tables that are not among the files stay as they are. Raises Rejected with file, line and reason.
        """
        asked = schemas.preview.load({"files": files, "after": after, "limit": limit})
        changed, _ = with_files(self.desk, asked["files"])
        with self.desk.read() as connection:
            page = candidates.page(connection, after=asked["after"], limit=asked["limit"])
            total = candidates.count(connection)
        return {
            "version": changed.version,
            "in_force": self.catalogue.version,
            "candidates": len(page),
            "total": total,
            "changed": [
                {"candidate_id": candidate_id, "changes": [_change_line(change) for change in found]}
                for candidate_id, found in self._differences(page, changed)
            ],
            "next": page[-1] if len(page) == asked["limit"] else None,
        }

    @rpc
    def hand_in_catalogue(self, files: dict[str, str], by: str) -> dict[str, Any]:
        """Keep changed tables that fit together; the preview begins by itself. Raises Rejected as previews do."""
        asked = schemas.hand_in_catalogue.load({"files": files, "by": by})
        changed, tables = with_files(self.desk, asked["files"])
        now = tables_in_force(self.desk)
        change_id = self.desk.new_id("catalogue-change")
        command = HandInCatalogue(
            change_id=change_id,
            version=changed.version,
            base=self.catalogue.version,
            changed=tuple(sorted(name for name, text in tables.items() if now.get(name) != text)),
            tables={name: text.decode() for name, text in sorted(tables.items())},
            by=asked["by"],
            today=self.desk.today(),
        )
        written = self.desk.handle(catalogue_change, PROGRAMME, command, subject="")
        return {"change_id": change_id, "version": changed.version, "written": written.mark}

    @rpc
    def catalogue_changes(self) -> dict[str, Any]:
        """The version in force, and the changes that were handed in last with how far each has come."""
        with self.desk.read() as connection:
            found = catalogues.newest(connection)
        return {"in_force": self.catalogue.version, "changes": [self._change(each) for each in found]}

    @rpc
    def catalogue_change(self, change_id: str) -> dict[str, Any]:
        """One change; NotFound where there is none."""
        asked = schemas.catalogue_change.load({"change_id": change_id})
        return self._change(change_of(self.desk, asked["change_id"]))

    @rpc
    def catalogue_differences(self, change_id: str, after: str = "", limit: int = 100) -> dict[str, Any]:
        """Certifications that would stand differently, a page at a time; go on after `next` until it is null."""
        asked = schemas.catalogue_differences.load({"change_id": change_id, "after": after, "limit": limit})
        change_of(self.desk, asked["change_id"])
        with self.desk.read() as connection:
            found = catalogues.page_of_differences(connection, change_id, after=asked["after"], limit=asked["limit"])
        return {
            "lines": [
                {
                    "candidate_id": each.candidate_id,
                    "certification": each.certification,
                    "name": self._name_of(each.certification, self.desk.today()),
                    "before": each.before,
                    "after": each.after,
                }
                for each in found
            ],
            "next": found[-1].place if len(found) == asked["limit"] else None,
        }

    # -- jobs ---------------------------------------------------------------------------------------------------------

    @timer(interval=JOB_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def carry_on_with_catalogues(self) -> None:
        """Go on with previews, then let the records follow what was activated; both begin again where they stopped."""
        while self.preview_some()["candidates"]:
            pass
        while self.refold_some(after_seconds=FOLLOWED_AFTER_SECONDS)["candidates"]:
            pass

    @rpc
    def preview_some(self) -> dict[str, Any]:
        """Fold the next candidates by the oldest change whose preview is not done."""
        version = self.catalogue.version
        with self.desk.read() as connection:
            at_work = catalogues.to_preview(connection, version)
            come = catalogues.progress(connection, at_work.change_id, PREVIEW) if at_work else Progress()
            page = candidates.page(connection, after=come.after, limit=PREVIEW_PAGE) if at_work else []
            tables = catalogues.texts(connection, at_work.change_id) if at_work else {}
        if at_work is None:
            return {"candidates": 0}
        changed = read_tables({name: text.encode() for name, text in tables.items()})
        found = [
            Difference(candidate_id, change.certification, _in_words(change.before), _in_words(change.after))
            for candidate_id, changes in self._differences(page, changed)
            for change in changes
        ]
        reached = replace(
            _further(come, page, PREVIEW_PAGE),
            titles=come.titles + len(found),
            people=come.people + len({each.candidate_id for each in found}),
        )
        self.desk.write(lambda rows: catalogues.has_found(rows, at_work.change_id, found, reached))
        return {"candidates": len(page)}

    @rpc
    def refold_some(self, after_seconds: int = 0) -> dict[str, Any]:
        """Let the next records follow the catalogue in force; the differences come out as facts."""
        with self.desk.read() as connection:
            change_id = catalogues.in_force(connection)
            come = catalogues.progress(connection, change_id, REFOLD) if change_id else Progress(done=True)
            page = [] if come.done else candidates.page(connection, after=come.after, limit=REFOLD_PAGE)
        if change_id is None or come.done or seconds_in_force(self.desk) < after_seconds:
            return {"candidates": 0}
        command = Review(today=self.desk.today(), catalogue=self.catalogue)
        orders = [self.desk.order(record, one, command, subject=one) for one in page]
        for outcome in self.desk.handle_each(orders, seconds=REFOLD_SECONDS):
            if isinstance(outcome, Failure):
                raise outcome  # the page is done again, and changes nothing where it was done
        self.desk.write(lambda rows: catalogues.has_come_to(rows, change_id, REFOLD, _further(come, page, REFOLD_PAGE)))
        return {"candidates": len(page)}

    # -- within -------------------------------------------------------------------------------------------------------

    def _differences(self, page: list[str], changed: Catalogue) -> list[tuple[str, list[Change]]]:
        """What would stand differently, by candidate; those without a difference are left out."""
        today, found = self.desk.today(), []
        for candidate_id, state in self.desk.states(record, page).items():
            now, then = (fold(state.all_evidence(), catalogue, today) for catalogue in (self.catalogue, changed))
            if differs := list(differing(places(now, today), places(then, today))):
                found.append((candidate_id, differs))
        return found

    def _change(self, found: catalogues.Change) -> dict[str, Any]:
        with self.desk.read() as connection:
            previewed = catalogues.progress(connection, found.change_id, PREVIEW)
            followed = catalogues.progress(connection, found.change_id, REFOLD)
            is_in_force = catalogues.in_force(connection) == found.change_id
            candidates_in_all = candidates.count(connection)
        return {
            "change_id": found.change_id,
            "version": found.version,
            "base": found.base,
            "changed": found.changed.split(),
            "handed_in_by": found.handed_in_by,
            "handed_in_on": iso(found.handed_in_on),
            "activated_on": iso(found.activated_on),
            "state": _state(found, self.catalogue.version, is_in_force=is_in_force, previewed=previewed.done),
            "previewed": previewed.reached,
            "followed": followed.reached,
            "all_followed": followed.done,
            "candidates": candidates_in_all,
            "candidates_that_differ": previewed.people,
            "certifications_that_differ": previewed.titles,
        }


def with_files(desk: DeskAtWork, files: dict[str, str]) -> tuple[Catalogue, dict[str, bytes]]:
    """The catalogue in force with these tables in place of its own; raises Rejected with file, line and reason."""
    before = tables_in_force(desk)
    try:
        _, tables = catalogue_files.changed(before, files)
    except CatalogueError as wrong:
        raise Rejected("catalogue-broken", complaint=str(wrong)) from wrong
    return read_tables(tables), tables


def change_of(desk: DeskAtWork, change_id: str) -> catalogues.Change:
    """The change with this id; NotFound where there is none."""
    with desk.read() as connection:
        found = catalogues.one(connection, change_id)
    if found is None:
        raise NotFound("catalogue-change-unknown")
    return found


def _state(found: catalogues.Change, version: str, *, is_in_force: bool, previewed: bool) -> str:
    """A word for where a change stands; another one in force than it was previewed against makes it outdated."""
    if found.activated_on is not None:
        return "in-force" if is_in_force else "replaced"
    if found.base != version:
        return "outdated"
    return "previewed" if previewed else "previewing"


def _further(come: Progress, page: list[str], size: int) -> Progress:
    return Progress(after=page[-1] if page else come.after, reached=come.reached + len(page), done=len(page) < size)


def _change_line(change: Change) -> dict[str, Any]:
    return {
        "certification": change.certification,
        "before": None if change.before is None else place_line(change.before),
        "after": None if change.after is None else place_line(change.after),
    }


def _in_words(place: Place | None) -> str | None:
    return None if place is None else place.in_words
