"""What the support console asks of identity: candidates found, and the audit trail of who saw and did what."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import contracts
from chassis.decider import Rejected, Sealed
from chassis.service import DeskAtWork, rpc, subscribe
from services.identity import schemas
from services.identity.domain.folding import folded_words
from services.identity.projections import accesses as trail
from services.identity.projections import emails, searching
from services.identity.service.parts import email_hash


class Console:
    """Search and audit."""

    desk: DeskAtWork

    @subscribe(contracts.CertificationRevoked)
    def on_certification_revoked(self, event: contracts.CertificationRevoked) -> None:
        """The search reads it from the projection; nothing is decided."""

    @rpc
    def search_candidates(
        self,
        text: str = "",
        email: str = "",
        candidate_id: str = "",
        certification: str = "",
        country: str = "",
        page: int = 1,
    ) -> dict[str, Any]:
        """Candidates who match all that is given, a page by name; each word of `text` may begin any of its words."""
        asked = schemas.search.load(
            {
                "text": text,
                "email": email,
                "candidate_id": candidate_id,
                "certification": certification,
                "country": country,
                "page": page,
            }
        )
        with self.desk.read() as connection:
            if asked["email"]:
                owner = emails.candidate_with(connection, email_hash(self.desk.settings, asked["email"]))
                if owner is None or asked["candidate_id"] not in {"", owner}:
                    return _results([], 0)
                asked["candidate_id"] = owner
            wanted = searching.Wanted(
                words=tuple(folded_words(asked["text"])),
                candidate_id=asked["candidate_id"],
                certification=asked["certification"],
                country=asked["country"],
            )
            return _results(*searching.page(connection, wanted, asked["page"]))

    @rpc
    def record_access(self, by: str, what: str, about: str = "", place: str = "", reason: str = "") -> dict[str, Any]:
        """Write into the audit trail what is about to be shown or done; the moment is the real one."""
        asked = schemas.access.load({"by": by, "what": what, "about": about, "place": place, "reason": reason})
        text = asked.pop("reason")
        access = trail.Access(
            **asked,
            entry_id=self.desk.new_id("access"),
            at=datetime.now(UTC),
            sealed_reason=self._sealed(about or by, text) if text else None,
        )
        self.desk.write(lambda rows: trail.remember(rows, access))
        return {"entry_id": access.entry_id}

    @rpc
    def accesses(
        self, by: str = "", about: str = "", what: str = "", since: str = "", until: str = "", page: int = 1
    ) -> dict[str, Any]:
        """One page of the audit trail, the newest first; days are inclusive."""
        asked = schemas.accesses.load(
            {"by": by, "about": about, "what": what, "since": since or None, "until": until or None, "page": page}
        )
        wanted = trail.Filter(
            by=asked["by"],
            about=asked["about"],
            what=asked["what"],
            since=asked["since"] and datetime.combine(asked["since"], time(), UTC),
            until=asked["until"] and datetime.combine(asked["until"] + timedelta(days=1), time(), UTC),
        )
        with self.desk.read() as connection:
            found, total = trail.page(connection, wanted, asked["page"])
        return {
            "entries": [self._entry(one) for one in found],
            "total": total,
            "page_size": trail.PAGE_SIZE,
        }

    def _sealed(self, owner: str, text: str) -> Sealed | None:
        """A reason about somebody who was erased is not kept."""
        try:
            return self.desk.seal(owner, text)
        except Rejected:
            return None

    def _entry(self, one: trail.Access) -> dict[str, Any]:
        box = one.sealed_reason
        return {
            "entry_id": one.entry_id,
            "at": one.at.isoformat(),
            "by": one.by,
            "what": one.what,
            "about": one.about,
            "place": one.place,
            "reason": None if box is None else self.desk.unseal(one.about or one.by, box),
        }


def _results(found: list[searching.Found], total: int) -> dict[str, Any]:
    return {
        "candidates": [
            {
                "candidate_id": one.candidate_id,
                "name": one.name,
                "email": one.email,
                "country": one.country,
                "certifications": list(one.certifications),
            }
            for one in found
        ],
        "total": total,
        "page_size": searching.PAGE_SIZE,
    }
