"""Forgot e-mail (F1.8): whoever tells enough of themselves is written to, at the address that they have forgotten."""

from datetime import UTC, date, datetime
from typing import Any

from chassis.command_handling import NewEffect
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.account import account
from services.identity.domain.folding import folded_words
from services.identity.domain.log_in import RemindOfEmail
from services.identity.projections import accounts, records, searching
from services.identity.service.mailed_links import SENT
from services.identity.service.mapping import hash_of_provider_id
from services.identity.service.steady import steady

NOBODY = "nobody"
PAGES_OF_NAMESAKES = 4
STEPS = 2
"""Twice the usual time: the question goes to another service as well."""


class ForgottenEmail:
    """The answer is the same, and as late, whether or not somebody was found."""

    desk: DeskAtWork

    @rpc
    def remind_of_email(
        self, name: str, country: str, external_id: str = "", exam_on: str | None = None
    ) -> dict[str, Any]:
        """Mail the log-in's address to whoever has this name and country, and this id or an exam on that day."""
        asked = schemas.forgotten_email.load(
            {"name": name, "country": country, "external_id": external_id, "exam_on": exam_on}
        )
        with steady(steps=STEPS):
            known = self._with_id(asked["external_id"]) if asked["external_id"] else None
            found = self._of_that_name(asked["name"], asked["country"], known)
            if asked["exam_on"] is not None:
                found &= self._examined_on(found, asked["exam_on"])
            for candidate_id in sorted(found):
                self._remind(candidate_id)
        return SENT

    def _of_that_name(self, name: str, country: str, known: str | None) -> set[str]:
        """Candidates of the country whose legal name has just these words, in whatever order and spelling."""
        words = folded_words(name)
        wanted = searching.Wanted(words=tuple(words), country=country, candidate_id=known or "")
        with self.desk.read() as connection:
            pages = [searching.page(connection, wanted, number)[0] for number in range(1, PAGES_OF_NAMESAKES + 1)]
        people = [one for page in pages for one in page]
        return {one.candidate_id for one in people if sorted(folded_words(one.name)) == sorted(words)}

    def _with_id(self, external_id: str) -> str:
        """Whoever has this CSCO or VUE id."""
        with self.desk.read() as connection:
            by_number = records.candidate_with_number(connection, external_id.upper())
            by_provider = records.candidate_with_provider_id(connection, hash_of_provider_id(self.desk, external_id))
        return by_number or by_provider or NOBODY

    def _examined_on(self, candidate_ids: set[str], day: date) -> set[str]:
        """Those of them who sat an exam on that day; asked also about nobody, because that takes as long."""
        answer = self.desk.call(
            "testing", "examined_on", candidate_ids=sorted(candidate_ids), taken_on=day.isoformat(), timeout=1.0
        )
        return set(answer)

    def _remind(self, candidate_id: str) -> None:
        with self.desk.read() as connection:
            found = accounts.of_candidate(connection, candidate_id)
        if found is None:
            return
        reminder_id = self.desk.new_id(f"reminder/{candidate_id}")
        mail = NewEffect(
            key=f"forgotten-email/{reminder_id}",
            kind="mail",
            subject=found.account_id,
            payload={"letter": "forgotten-email"},
        )
        command = RemindOfEmail(at=datetime.now(UTC))
        self.desk.handle(account, found.account_id, command, subject=found.account_id, effects=(mail,))
