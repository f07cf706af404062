"""A changed catalogue before it is in force: checked, and every record folded by it (F12.3)."""

from functools import lru_cache
from typing import Any

from chassis.decider import Rejected
from chassis.service import rpc
from services.certification import schemas
from services.certification.adapters import catalogue_files
from services.certification.domain.catalogue import Catalogue, CatalogueError
from services.certification.domain.comparison import differing, places
from services.certification.domain.fold import fold
from services.certification.projections import candidates
from services.certification.service.parts import Records
from services.certification.service.reading import place_line


class CatalogueChanges(Records):
    """Previews for operators."""

    @rpc
    def preview_catalogue(self, files: dict[str, str], after: str = "", limit: int = 200) -> dict[str, Any]:
        """One page of candidates whose record would change; go on after `next` until it is null.

        Tables that are not among the files stay as they are. Raises Rejected with file, line and reason.
        """
        asked = schemas.preview.load({"files": files, "after": after, "limit": limit})
        changed, today = _changed(tuple(sorted(asked["files"].items()))), self.desk.today()
        with self.desk.read() as connection:
            page = candidates.page(connection, after=asked["after"], limit=asked["limit"])
            total = candidates.count(connection)
        found = []
        for candidate_id in page:
            evidence = self._state(candidate_id).evidence
            now, then = (fold(evidence, catalogue, today) for catalogue in (self.catalogue, changed))
            lines = [
                {
                    "certification": change.certification,
                    "before": None if change.before is None else place_line(change.before),
                    "after": None if change.after is None else place_line(change.after),
                }
                for change in differing(places(now, today), places(then, today))
            ]
            if lines:
                found.append({"candidate_id": candidate_id, "changes": lines})
        return {
            "version": changed.version,
            "in_force": self.catalogue.version,
            "candidates": len(page),
            "total": total,
            "changed": found,
            "next": page[-1] if len(page) == asked["limit"] else None,
        }


@lru_cache(maxsize=4)
def _changed(files: tuple[tuple[str, str], ...]) -> Catalogue:
    """The delivered catalogue with these tables in place of its own."""
    try:
        return catalogue_files.read({**catalogue_files.delivered(), **{name: text.encode() for name, text in files}})
    except CatalogueError as wrong:
        raise Rejected("catalogue-broken", complaint=str(wrong)) from wrong
