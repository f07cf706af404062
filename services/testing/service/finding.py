"""What can be booked: exams by words and groups, places, times and prices (F10.1, F10.3)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chassis.decider import Rejected
from chassis.service import rpc
from services.testing import schemas
from services.testing.adapters.built_in_provider import Session, Site, built_in_provider
from services.testing.domain.exam import Exam
from services.testing.projections import seats as seat_list
from services.testing.service.gatekeeping import Gatekeeping
from services.testing.service.reading import exam_of, iso
from services.testing.service.rules import catalogue

GROUPS = (
    ("Proctored Exams", frozenset({"associate", "core", "concentration", "expert_written"})),
    ("Entry and Specialist Exams", frozenset({"entry", "specialist_exam"})),
    ("Practical Exams", frozenset({"expert_lab"})),
)
"""Headings under which exams are found; one of them is open at a time (F10.3)."""


class Finding(Gatekeeping):
    """Exams, sessions, quotes."""

    @rpc
    def provider_pages(self) -> dict[str, str]:
        """Where the test provider's own pages are: the candidate's profile, and help with an appointment (F10.5)."""
        provider = built_in_provider()
        return {"profile": provider.profile, "self_service": provider.self_service}

    @rpc
    def find_exams(self, words: str = "", access_code: str = "") -> dict[str, Any]:
        """Exams that can be booked today, by group; an access code opens those that are not for everybody (F10.3)."""
        provider, today = built_in_provider(), self.desk.today()
        private = {code for exams in provider.private_access.values() for code in exams}
        opened = provider.private_access.get(access_code.strip().upper())
        if access_code.strip() and opened is None:
            raise Rejected("unknown-access-code")
        shown = [
            exam
            for exam in catalogue().exams.values()
            if _is_offered(exam, today) and (exam.code in opened if opened else exam.code not in private)
        ]
        found = [exam for exam in shown if _matches(exam, words, today)]
        return {
            "groups": [
                {"name": name, "exams": [_exam(exam, today) for exam in found if exam.role in roles]}
                for name, roles in GROUPS
            ],
            "total": len(found),
        }

    @rpc
    def exam(self, exam: str) -> dict[str, Any]:
        """One exam with its places."""
        known, provider = exam_of(exam), built_in_provider()
        today = self.desk.today()
        return {
            **_exam(known, today),
            "sites": [_site(site) for site in provider.sites_for(known)],
            "first_day": today.isoformat(),
            "last_day": provider.last_day(known, today).isoformat(),
            "accommodations": list(provider.accommodations),
        }

    @rpc
    def sessions(self, exam: str, site: str, from_day: str | None = None, days: int = 14) -> list[dict[str, Any]]:
        """Starts at a place, each with the seats that are left; nothing beyond the calendar or the last test day."""
        asked = schemas.sessions.load({"exam": exam, "site": site, "from_day": from_day, "days": days})
        known, provider = exam_of(exam), built_in_provider()
        place = provider.sites.get(asked["site"])
        if place is None or place not in provider.sites_for(known):
            raise Rejected("no-such-session")
        first = max(asked["from_day"] or self.desk.today(), self.desk.today())
        found = [
            session
            for day in _days(first, min(first + timedelta(days=asked["days"] - 1), self._last_day(known)))
            for session in provider.sessions(place, day)
            if session.starts_at > self.desk.now()
        ]
        with self.desk.read() as connection:
            taken = seat_list.taken(connection, (session.id for session in found))
        return [_session(session, place.seats - taken.get(session.id, 0)) for session in found]

    @rpc
    def quote(self, candidate_id: str, exam: str, site: str, voucher: str | None = None) -> dict[str, Any]:
        """What an exam costs the candidate at a place, with a voucher or without."""
        place = built_in_provider().sites.get(site)
        if place is None:
            raise Rejected("no-such-session")
        charge = built_in_provider().charge(exam_of(exam), place, voucher)
        if self._is_free(candidate_id, exam):
            charge = charge.waived()
        return {
            "currency": charge.currency,
            "price": charge.price,
            "discount": charge.discount,
            "tax": charge.tax,
            "total": charge.total,
            "voucher": charge.voucher,
        }


def _is_offered(exam: Exam, today: date) -> bool:
    return exam.last_test_on is None or today <= exam.last_test_on


def _matches(exam: Exam, words: str, today: date) -> bool:
    name = exam.name_on(today)
    text = f"{exam.code} {name.acronym} {name.title} {exam.track}".casefold()
    return all(word in text for word in words.casefold().split())


def _exam(exam: Exam, today: date) -> dict[str, Any]:
    name = exam.name_on(max(today, exam.available_from or today))
    return {
        "exam": exam.code,
        "acronym": name.acronym,
        "title": name.title,
        "track": exam.track,
        "role": exam.role,
        "minutes": exam.minutes,
        "price": exam.price_cents,
        "currency": built_in_provider().currency,
        "delivery": list(exam.delivery),
        "lab": exam.is_lab,
        "last_test_on": iso(exam.last_test_on),
    }


def _site(site: Site) -> dict[str, Any]:
    return {"site": site.site, "name": site.name, "delivery": site.delivery, "time_zone": site.time_zone}


def _session(session: Session, left: int) -> dict[str, Any]:
    local = session.starts_at.astimezone(ZoneInfo(session.site.time_zone))
    return {
        "session": session.id,
        "site": session.site.site,
        "starts_at": session.starts_at.isoformat(),
        "day": local.date().isoformat(),
        "clock": f"{local:%H:%M}",
        "time_zone": session.site.time_zone,
        "seats_left": max(left, 0),
    }


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
