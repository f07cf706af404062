"""What days bring: accounts to erase, birthdays, reviews, and data whose time is over (RET-2, RET-6, RET-8)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from nameko.timer import timer

from chassis.command_handling import NewEffect
from chassis.service import DeskAtWork, rpc
from services.identity.domain.account import account
from services.identity.domain.guardian import ComeOfAge
from services.identity.domain.person import RequireReview
from services.identity.projections import accesses, accounts, case_files, guardians, log_ins, people, standings
from services.identity.projections.merges import MERGES
from services.identity.service.accounts import Accounts
from services.identity.service.farewell import Farewell
from services.identity.service.open_sessions import account_of

EVERY_SECONDS = 900
PAGE = 200
REVIEWED_FOR = timedelta(days=365)
"""How long a profile counts as looked at (F2.9)."""
SECURITY_LOG = timedelta(days=365)
YEARS_UNSEEN, YEARS_OF_GUARDIANS, YEARS_OF_UPLOADS = 10, 5, 3
UNSPOKEN = timedelta(days=1)
"""How long a file waits for the message that it belongs to."""


class Daily(Farewell, Accounts):
    """Jobs that may run as often as one likes: each does what is due and not done."""

    desk: DeskAtWork

    @timer(interval=EVERY_SECONDS)  # type: ignore[untyped-decorator]  # nameko ships no types
    def do_what_is_due(self) -> None:
        """Everything."""
        self.daily()

    @rpc
    def daily(self) -> dict[str, Any]:
        """Do what is due today; gives how many accounts each job has touched."""
        today = self.desk.today()
        done = {
            "erased": self._erase(self._asked_for_it(today)),
            "unseen": self._erase(self._unseen(today)),
            "restored": self._erase(self._without_key()),
            "of_age": self._come_of_age(today),
            "reviews": self._require_reviews(today),
        }
        self._forget_old_entries(today)
        return done

    # -- whom ----------------------------------------------------------------------------------------------------------

    def _asked_for_it(self, today: date) -> list[str]:
        with self.desk.read() as connection:
            due = people.to_be_erased(connection, today, PAGE)
        return [one for one in due if self.open_kits(one)["until"] is None]

    def _without_key(self) -> list[str]:
        """Who was erased and came back from a backup (R-P1)."""
        with self.desk.read() as connection:
            return accounts.without_key(connection, PAGE)

    def _unseen(self, today: date) -> list[str]:
        """Who has not logged in for ten years and holds nothing that was valid since (RET-2)."""
        long_ago = years_before(today, YEARS_UNSEEN)
        with self.desk.read() as connection:
            return [
                one
                for one in people.unseen_since(connection, long_ago, PAGE)
                if not standings.valid_since(connection, one, long_ago)
                and MERGES.resolved(connection, one) == one  # the record that stands for it counts
            ]

    # -- what ----------------------------------------------------------------------------------------------------------

    def _erase(self, candidate_ids: list[str]) -> int:
        for one in candidate_ids:
            self.erase(one)
        return len(candidate_ids)

    def _come_of_age(self, today: date) -> int:
        with self.desk.read() as connection:
            grown = people.of_age(connection, today, PAGE)
        for one in grown:
            self.desk.handle(account, account_of(self.desk, one).account_id, ComeOfAge(on=today), subject=one)
        return len(grown)

    def _require_reviews(self, today: date) -> int:
        with self.desk.read() as connection:
            due = people.reviewed_before(connection, today - REVIEWED_FOR, PAGE)
        for one in due:
            told = {"letter": "review-required", "page": "/personal-info"}
            mail = NewEffect(key=f"review-required/{one}/{today}", kind="mail", subject=one, payload=told)
            command = RequireReview(on=today)
            found = account_of(self.desk, one)
            self.desk.handle(account, found.account_id, command, subject=one, effects=(mail,))
        return len(due)

    def _forget_old_entries(self, today: date) -> None:
        """Log-ins and audit trail (RET-6), files of cases (RET-7), guardians after they were needed (RET-8)."""
        last_year = datetime.combine(today, datetime.min.time(), UTC) - SECURITY_LOG
        self.desk.write(lambda rows: log_ins.forget_before(rows, last_year))
        self.desk.write(lambda rows: accesses.forget_before(rows, last_year))
        ended = datetime.combine(years_before(today, YEARS_OF_UPLOADS), datetime.min.time(), UTC)
        begun = datetime.now(UTC) - UNSPOKEN
        self.desk.write(lambda rows: case_files.forget_old(rows, ended, begun))
        grown = years_before(today, YEARS_OF_GUARDIANS).isoformat()
        self.desk.write(lambda rows: guardians.forget_of_age_before(rows, grown))


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
