"""Being forgotten: asked for, waited for, carried out (R-P1, F2.11)."""

from datetime import UTC, datetime
from typing import Any

import contracts
from chassis.command_handling import NewEffect
from chassis.service import DeskAtWork, rpc, subscribe
from services.identity.domain.account import account
from services.identity.domain.support_acts import COOLING_OFF, RequestErasure, WithdrawErasure
from services.identity.projections import open_kits
from services.identity.service.open_sessions import account_of


class Farewell:
    """Erasure with time to think; the daily job carries it out."""

    desk: DeskAtWork

    @rpc
    def request_erasure(self, candidate_id: str, give_up_kits: bool = False) -> dict[str, Any]:
        """Ask to be forgotten; nothing happens before the cooling-off is over, and kits on their way have arrived."""
        found = account_of(self.desk, candidate_id)
        today = self.desk.today()
        command = RequestErasure(at=datetime.now(UTC), on=today, gives_up_kits=bool(give_up_kits))
        mail = self._mail(candidate_id, "erasure-requested", day=(today + COOLING_OFF).isoformat())
        written = self.desk.handle(account, found.account_id, command, subject=candidate_id, effects=(mail,))
        return {"candidate_id": candidate_id, "erased_on": self._due(found.account_id), "written": written.mark}

    @rpc
    def withdraw_erasure(self, candidate_id: str) -> dict[str, Any]:
        """Stay after all."""
        found = account_of(self.desk, candidate_id)
        command = WithdrawErasure(at=datetime.now(UTC))
        mail = self._mail(candidate_id, "erasure-withdrawn")
        written = self.desk.handle(account, found.account_id, command, subject=candidate_id, effects=(mail,))
        return {"candidate_id": candidate_id, "written": written.mark}

    @rpc
    def open_kits(self, candidate_id: str) -> dict[str, Any]:
        """Until when an erasure waits for kits that are on their way; null where it waits for none (R-P1)."""
        found = account_of(self.desk, candidate_id)
        with self.desk.read() as connection:
            day = open_kits.last_day(connection, candidate_id, self.desk.today())
        given_up = self.desk.state(account, found.account_id).person.gives_up_kits
        return {"until": None if day is None or given_up else day.isoformat(), "given_up": given_up}

    @subscribe(contracts.KitClaimed)
    def on_kit_claimed(self, event: contracts.KitClaimed) -> None:
        """Erasures read it from the projection; nothing is decided."""

    @rpc
    def own_account_facts(self, candidate_id: str, before: int | None = None) -> dict[str, Any]:
        """All facts about the person: those of the record, and on the first page those of the account before it."""
        found = account_of(self.desk, candidate_id)
        answer = self.desk.frame.own_facts(candidate_id, before)
        if before is None and found.account_id != candidate_id:
            answer["facts"] += self.desk.frame.own_facts(found.account_id, None, 1000)["facts"]
        return answer

    def _due(self, account_id: str) -> str:
        """The day as it stands now: whoever asks twice is told the first one."""
        return str(self.desk.state(account, account_id).person.erased_on)

    def _mail(self, candidate_id: str, letter: str, **told: str) -> NewEffect:
        payload = {"letter": letter, "page": "/personal-info/erase", **told}
        return NewEffect(key=f"{letter}/{self.desk.new_id(letter)}", kind="mail", subject=candidate_id, payload=payload)
