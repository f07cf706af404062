"""Company names as people have written them, and what support makes of them (F2.4)."""

from typing import Any

from chassis.decider import Rejected
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters import company_names
from services.identity.domain.account import account
from services.identity.domain.person import ReviewCompany
from services.identity.projections import companies
from services.identity.service.open_sessions import account_of
from services.identity.service.work import company_of


class CompanyReviews:
    """The queue, and the answer to one name."""

    desk: DeskAtWork

    @rpc
    def companies_to_review(self, page: int = 1) -> dict[str, Any]:
        """Names that are not on the managed list, those that wait longest first."""
        number = schemas.page.load({"page": page, "page_size": companies.PAGE_SIZE})["page"]
        with self.desk.read() as connection:
            found, total = companies.page(connection, number)
        waiting = [
            {"candidate_id": one.candidate_id, "company": one.company, "since": one.since.isoformat()} for one in found
        ]
        return {"companies": waiting, "total": total, "page_size": companies.PAGE_SIZE}

    @rpc
    def review_company(self, candidate_id: str, seen: str, company: str, by: str) -> dict[str, Any]:
        """Replace the name by one of the list, or with none given let it stand as the person has written it.

        `seen` is the name that was looked at; raises Rejected `company-not-waiting` where it is another one by now.
        """
        asked = schemas.company_review.load({"seen": seen, "company": company, "by": by})
        listed = company_names.standard(asked["company"]) if asked["company"] else None
        if asked["company"] and listed is None:
            raise Rejected("company-not-listed")
        found = account_of(self.desk, candidate_id)
        written = company_of(self.desk, found.account_id)
        if written is None or self.desk.unseal(candidate_id, written) != asked["seen"]:
            raise Rejected("company-not-waiting")
        command = ReviewCompany(
            written=written,
            company=self.desk.seal(candidate_id, listed) if listed else written,
            listed=listed is not None,
            by=asked["by"],
        )
        done = self.desk.handle(account, found.account_id, command, subject=candidate_id)
        return {"candidate_id": candidate_id, "written": done.mark}
