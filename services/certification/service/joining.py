"""Records that stand for others take over their evidence, and leave it to them again when a merge is undone (F1.13)."""

from typing import Any

from nameko.timer import timer

import contracts
from chassis.service import rpc, subscribe
from services.certification import schemas
from services.certification.domain.commands import JoinEvidence, PartEvidence
from services.certification.domain.fold import fold
from services.certification.domain.join_facts import Earning
from services.certification.domain.record import record
from services.certification.domain.standing import Record
from services.certification.projections import joined
from services.certification.service.parts import Records, iso

JOIN_SECONDS = 1


class Joining(Records):
    """Merges, as far as certifications are concerned."""

    @subscribe(contracts.AccountsMerged)
    @subscribe(contracts.AccountsSeparated)
    def on_records_joined_or_parted(self, event: contracts.Event) -> None:
        """The projection keeps it; the job brings the records up to it, for evidence comes in partitions of its own."""

    @timer(interval=JOIN_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def keep_records_together(self) -> None:
        """Bring merged records up to date."""
        self.join_records()

    @rpc
    def join_records(self) -> dict[str, Any]:
        """Take over what has come in absorbed records, and part what was separated; gives how many of each."""
        with self.desk.read() as connection:
            parting, behind = joined.parting(connection), joined.behind(connection)
        today = self.desk.today()
        for each in parting:
            parted = PartEvidence(absorbed_id=each.absorbed_id, today=today, catalogue=self.catalogue)
            self.desk.handle(record, each.candidate_id, parted, subject=each.candidate_id)
        for one in behind:
            joining = self._join(one.absorbed_id, one.last)
            self.desk.handle(record, one.candidate_id, joining, subject=one.candidate_id)
        return {"joined": len(behind), "parted": len(parting)}

    @rpc
    def preview_join(self, candidate_id: str, absorbed_id: str) -> dict[str, Any]:
        """What both hold today, and what one record of both would hold; nothing is changed."""
        schemas.candidate.load({"candidate_id": candidate_id})
        schemas.candidate.load({"candidate_id": absorbed_id})
        today = self.desk.today()
        kept, absorbed = self._state(candidate_id), self._state(absorbed_id)
        evidence = kept.all_evidence(), absorbed.all_evidence()
        folded = [fold(one, self.catalogue, today) for one in (*evidence, (*evidence[0], *evidence[1]))]
        names = sorted({name for one in folded for name in one.standings})
        return {
            "certifications": [
                {
                    "certification": name,
                    "name": self._name_of(name, today),
                    **{
                        side: self._line_of(one, name)
                        for side, one in zip(("kept", "absorbed", "merged"), folded, strict=True)
                    },
                }
                for name in names
            ],
            "credits": {
                side: one.balance[0].credits if one.balance else 0
                for side, one in zip(("kept", "absorbed", "merged"), folded, strict=True)
            },
        }

    def _join(self, absorbed_id: str, last: int) -> JoinEvidence:
        """What the other record rests on is read after its last fact was, so nothing can be missing."""
        state = self._state(absorbed_id)
        today = self.desk.today()
        found = fold(state.all_evidence(), self.catalogue, today)
        earned = tuple(
            Earning(name, holding.active_on)
            for name, standing in sorted(found.standings.items())
            for holding in standing.holdings
        )
        return JoinEvidence(
            absorbed_id=absorbed_id,
            evidence=state.all_evidence(),
            earned=earned,
            through=last,
            today=today,
            catalogue=self.catalogue,
        )

    def _line_of(self, found: Record, name: str) -> dict[str, Any] | None:
        standing = found.standings.get(name)
        if standing is None:
            return None
        today, held = self.desk.today(), standing.current
        status = "revoked" if standing.revoked_on is not None else held.status_on(today)
        return {"status": status, "active_on": iso(held.active_on), "expires_on": iso(held.expires_on)}
