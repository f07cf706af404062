"""What the person says besides the required data: work, local script, directory, and that all is still right."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from chassis.decider import Sealed
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters import company_names
from services.identity.domain.account import account
from services.identity.domain.account_state import Registered
from services.identity.domain.guardian import is_over
from services.identity.domain.person import (
    ChangeCompany,
    ChangeJobTitle,
    ChangeLocalScript,
    ChooseDirectory,
    Command,
    ConfirmProfile,
)
from services.identity.domain.profile import OF_AGE, age_of
from services.identity.projections import guardians, people, profiles
from services.identity.service.open_sessions import account_of


class Work:
    """Answers that nobody is asked for, and the review of those that were."""

    desk: DeskAtWork

    @rpc
    def company_names(self) -> list[str]:
        """The managed list of standard names (F2.4)."""
        return list(company_names.names())

    @rpc
    def change_company(self, candidate_id: str, company: str) -> dict[str, Any]:
        """Say for whom one works; a name of the list is written as the list writes it (F2.4)."""
        asked = schemas.company.load({"company": company})["company"]
        listed = company_names.standard(asked)
        box = self.desk.seal(candidate_id, listed or asked)
        before = company_of(self.desk, account_of(self.desk, candidate_id).account_id)
        if before is not None and self.desk.unseal(candidate_id, before) == (listed or asked):
            box = before  # the same name again is no other name, and need not be looked at again
        return self._handle(candidate_id, ChangeCompany(company=box, listed=listed is not None))

    @rpc
    def change_job_title(self, candidate_id: str, job_title: str) -> dict[str, Any]:
        """Say what one does at work (F2.5)."""
        asked = schemas.job_title.load({"job_title": job_title})
        return self._handle(candidate_id, ChangeJobTitle(job_title=self.desk.seal(candidate_id, asked["job_title"])))

    @rpc
    def change_local_script(self, candidate_id: str, name: str, lines: Sequence[str]) -> dict[str, Any]:
        """Give name and address lines as the local post reads them best (F2.8)."""
        asked = schemas.local_script.load({"name": name, "lines": list(lines)})
        box = self.desk.seal(candidate_id, orjson.dumps(asked).decode())
        return self._handle(candidate_id, ChangeLocalScript(written=box))

    @rpc
    def choose_directory(self, candidate_id: str, listed: bool, shown: Sequence[str] = ()) -> dict[str, Any]:
        """Be found in the public directory, or not (F2.10); minors are not."""
        asked = schemas.directory.load({"listed": listed, "shown": list(shown)})
        command = ChooseDirectory(
            listed=asked["listed"], shown=tuple(asked["shown"]), of_age=self._is_of_age(candidate_id)
        )
        return self._handle(candidate_id, command)

    @rpc
    def confirm_profile(self, candidate_id: str) -> dict[str, Any]:
        """Say in a review that everything is still right (F2.9)."""
        return self._handle(candidate_id, ConfirmProfile(on=self.desk.today()))

    def _is_of_age(self, candidate_id: str) -> bool:
        with self.desk.read() as connection:
            found = profiles.of_candidate(connection, candidate_id)
        return found is not None and age_of(found.birth_date, self.desk.today()) >= OF_AGE

    def _handle(self, candidate_id: str, command: Command) -> dict[str, Any]:
        found = account_of(self.desk, candidate_id)
        written = self.desk.handle(account, found.account_id, command, subject=candidate_id)
        return {"candidate_id": candidate_id, "written": written.mark}


def company_of(desk: DeskAtWork, account_id: str) -> Sealed | None:
    """The company as the account's facts keep it."""
    state = desk.state(account, account_id)
    return state.person.company.company if isinstance(state, Registered) and state.person.company else None


def told(person: people.Person | None, guardian: guardians.Guardian | None) -> dict[str, Any]:
    """The same as it travels with the profile; nothing for a record that was made before there were any."""
    if person is None:
        return NOTHING
    return {
        "company": person.company,
        "company_listed": bool(person.company_listed),
        "job_title": person.job_title,
        "local_script": person.local_script,
        "directory": person.directory or [],
        "guardian": guardian_state(person),
        "guardian_email": None if guardian is None else guardian.email,
        "erased_on": None if person.erased_on is None else person.erased_on.isoformat(),
        "suspended": person.suspended,
    }


def guardian_state(person: people.Person) -> str:
    """Where the consent stands; `expired` where nobody has answered in time."""
    is_late = person.guardian == "asked" and is_over(person.guardian_since, datetime.now(UTC))
    return "expired" if is_late else person.guardian


NOTHING: dict[str, Any] = {
    "company": None,
    "company_listed": False,
    "company_waits": False,
    "job_title": None,
    "local_script": None,
    "directory": [],
    "guardian": "not-needed",
    "guardian_email": None,
    "erased_on": None,
    "suspended": False,
}
