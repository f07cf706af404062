"""The built-in test provider: its places and sessions, its prices, and a payment that only takes test cards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from chassis.decider import Rejected
from services.testing.domain.bookings import Charge, Place
from services.testing.domain.exam import Exam
from services.testing.domain.policies import SATURDAY
from services.testing.domain.results import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One place with its sessions per working day."""

    site: str
    name: str
    delivery: Delivery
    time_zone: str
    seats: int
    sessions: tuple[time, ...]
    tax_percent: int


@dataclass(frozen=True, slots=True)
class Session:
    """One start at one site."""

    site: Site
    starts_at: datetime

    @property
    def id(self) -> str:
        """Names the seats, such as `amsterdam.2026-12-01.0900`; the time is the one on the wall."""
        return f"{self.site.site}.{self.starts_at.astimezone(ZoneInfo(self.site.time_zone)):%Y-%m-%d.%H%M}"

    @property
    def place(self) -> Place:
        """The session as a booking names it."""
        site = self.site
        return Place(
            delivery=site.delivery, site=site.site, site_name=site.name, time_zone=site.time_zone, session=self.id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Everything that the built-in provider offers."""

    currency: str
    bookable_days: int
    lab_bookable_days: int
    sites: Mapping[str, Site]
    vouchers: Mapping[str, int]
    """Percent by code."""
    voucher_uses: Mapping[str, int]
    private_access: Mapping[str, tuple[str, ...]]
    accepted_cards: frozenset[str]
    declined_cards: frozenset[str]
    accommodations: tuple[str, ...]
    self_service: str
    profile: str
    seller: tuple[str, ...]
    """Who sells the exams, line by line as on a receipt."""

    def sites_for(self, exam: Exam) -> list[Site]:
        """Where this exam can be sat."""
        return [site for site in self.sites.values() if site.delivery in exam.delivery]

    def sessions(self, site: Site, day: date) -> Iterator[Session]:
        """The sessions of a day at a site; none on weekends."""
        if day.weekday() < SATURDAY:
            for start in site.sessions:
                local = datetime.combine(day, start, tzinfo=ZoneInfo(site.time_zone))
                yield Session(site, local.astimezone(UTC))

    def session(self, site_id: str, starts_at: datetime) -> Session:
        """The session that starts at this moment; Rejected where there is none."""
        site = self.sites.get(site_id)
        if site is not None:
            day = starts_at.astimezone(ZoneInfo(site.time_zone)).date()
            for one in self.sessions(site, day):
                if one.starts_at == starts_at:
                    return one
        raise Rejected("no-such-session")

    def last_day(self, exam: Exam, today: date) -> date:
        """How far ahead the exam can be booked."""
        return today + timedelta(days=self.lab_bookable_days if exam.is_lab else self.bookable_days)

    def charge(self, exam: Exam, site: Site, voucher: str | None) -> Charge:
        """What the exam costs there; Rejected for a voucher that nobody gave out."""
        percent = 0 if voucher is None else self.vouchers.get(voucher.upper())
        if percent is None:
            raise Rejected("unknown-voucher")
        discount = exam.price_cents * percent // 100
        return Charge(
            currency=self.currency,
            price=exam.price_cents,
            discount=discount,
            tax=(exam.price_cents - discount) * site.tax_percent // 100,
            voucher=voucher.upper() if voucher else None,
        )

    def take_payment(self, card: str, cents: int) -> None:
        """Take the money, which is no real money; Rejected where the card is not good. The number is kept nowhere."""
        number = card.replace(" ", "").replace("-", "")
        if cents == 0 or number in self.accepted_cards:
            return
        raise Rejected("payment-declined" if number in self.declined_cards else "test-card-needed")


@cache
def built_in_provider() -> Provider:
    """The provider delivered with this release, read once per process."""
    text = (files("services.testing.adapters") / "built_in_provider.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return Provider(
        currency=data["currency"],
        bookable_days=data["bookable_days"],
        lab_bookable_days=data["lab_bookable_days"],
        sites={entry["site"]: _site(entry) for entry in data["sites"]},
        vouchers={entry["code"]: entry["percent"] for entry in data["vouchers"]},
        voucher_uses={entry["code"]: entry["uses"] for entry in data["vouchers"]},
        private_access={entry["code"]: tuple(entry["exams"]) for entry in data["private_access"]},
        accepted_cards=frozenset(data["test_cards"]["accepted"]),
        declined_cards=frozenset(data["test_cards"]["declined"]),
        accommodations=tuple(data["accommodations"]),
        self_service=data["self_service"],
        profile=data["profile"],
        seller=tuple(data["seller"]),
    )


def _site(entry: dict[str, Any]) -> Site:
    return Site(
        site=entry["site"],
        name=entry["name"],
        delivery=entry["delivery"],
        time_zone=entry["time_zone"],
        seats=entry["seats"],
        sessions=tuple(time.fromisoformat(start) for start in entry["sessions"]),
        tax_percent=entry["tax_percent"],
    )
