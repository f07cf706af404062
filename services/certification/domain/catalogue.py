"""The programme as a value: exams, certifications, what earns them, what renews them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

Kit: TypeAlias = Literal["none", "certificate", "plaque"]
EXPERT = "expert"
LAB_ROLE = "expert_lab"


class CatalogueError(ValueError):
    """The catalogue contradicts itself; the message names the file, the entry and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamsNeeded:
    """So many distinct exams of these roles; with `own`, the exams that earn the certification itself (RC-S2)."""

    count: int
    roles: frozenset[str] = frozenset()
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalOption:
    """One line of the table of recertification options, as people read it (R-C1)."""

    id: str
    exams: tuple[ExamsNeeded, ...] = ()
    credits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A step of the ladder; the rank decides cascades, points are what a renewal at this level takes (R-C2)."""

    id: str
    rank: int
    earns_credits: bool
    points_required: int
    options: tuple[RenewalOption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamName:
    """How an exam is called from `starts_on` on; None means always."""

    starts_on: date | None
    acronym: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """An exam and what a pass of it is worth towards renewing a certification of each rank (R-C2)."""

    code: str
    role: str
    points: tuple[int, ...]
    renews_own: bool = False
    """Whether a pass renews the certification that it earns, whatever the points say."""
    track: str = ""
    price_usd: int | None = None
    """List price; None where none is known."""
    available_from: date | None = None
    last_test_on: date | None = None
    names: tuple[ExamName, ...] = ()

    def name_on(self, day: date) -> ExamName:
        """Acronym and title in force on that day; before the first, the first; without any, the code."""
        started = [each for each in self.names if each.starts_on is None or each.starts_on <= day]
        return (started or list(self.names[:1]) or [ExamName(starts_on=None, acronym=self.code, title=self.code)])[-1]

    def is_offered_on(self, day: date) -> bool:
        """Whether it can be taken on that day."""
        return (self.available_from or date.min) <= day <= (self.last_test_on or date.max)

    @property
    def is_lab(self) -> bool:
        """Whether even a failed sitting counts as an attempt (R-Q3)."""
        return self.role == LAB_ROLE


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedName:
    """How a certification is called from `starts_on` on; None means always."""

    starts_on: date | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifying:
    """An exam that fills a group; with `pass_until`, only passes up to that day do (R-Q5)."""

    exam: str
    pass_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of a requirement: one pass of any of these exams fills it."""

    id: str
    exams: tuple[Qualifying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Every group filled, the newest pass at most `window_years` after the oldest (R-Q2).

    With `first_lab_months` the groups are a qualifier and a lab, in this order of time (R-Q3).
    """

    groups: tuple[Group, ...]
    window_years: int | None = None
    first_lab_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """A title that can be earned; names ascend by their first day, `retired_on` is the last day of earning (R-K4)."""

    id: str
    abbreviation: str
    group: str
    level: Level
    track: str
    validity_years: int | None
    """None: never expires (R-V5)."""
    kit: Kit
    pdf: bool
    retired_on: date | None
    names: tuple[DatedName, ...]
    requirement: Requirement
    own_exams: frozenset[str] = frozenset()
    """Exams that are worth a renewal of this certification alone."""

    def name_on(self, day: date) -> str:
        """The full name in force on that day; before the first, the first."""
        started = [dated.name for dated in self.names if dated.starts_on is None or dated.starts_on <= day]
        return started[-1] if started else self.names[0].name

    def is_retired_on(self, day: date) -> bool:
        """Whether it can neither be earned nor renewed any more."""
        return self.retired_on is not None and day > self.retired_on


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRules:
    """Continuing education: days to claim (R-CE3) and years that a credit lives (R-CE8)."""

    claim_days: int
    lifetime_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusRules:
    """When emeritus may be asked for and granted, how long a term is, how it ends (R-E1, R-E3, R-E4)."""

    eligible_after_years: int
    term_months: int
    reapply_months: int
    apply_after_months: int = 117
    lifetime_after_years: int | None = None
    """Unbroken years that give lifetime status; None: never."""
    return_via: frozenset[str] = frozenset()
    """Renewal options that bring an emeritus back to Active."""
    return_within_years: int = 0
    fee_usd: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditKind:
    """A kind of continuing education, and what proves its completion."""

    id: str
    label: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditItem:
    """An item of the operator's catalogue with its one fixed value (F5.4)."""

    code: str
    kind: CreditKind
    title: str
    provider: str
    credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCatalogue:
    """Continuing education as candidates see it."""

    terms: str = ""
    """Version of the terms that are accepted once (F5.3); empty where there are none."""
    items: Mapping[str, CreditItem] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)
    """Reasons of refusal, by code, as candidates read them (F5.6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementVersion:
    """A version of the certification agreement, in force from a day on; new earnings may need it later (R-N3)."""

    version: str
    starts_on: date
    needed_from: date | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Catalogue:
    """One version of the programme; compared by identity, because there is one instance per version."""

    version: str
    levels: tuple[Level, ...]
    """By rank."""
    exams: Mapping[str, Exam]
    certifications: Mapping[str, Certification]
    credit_rules: CreditRules
    emeritus_rules: EmeritusRules
    credits: CreditCatalogue = field(default_factory=CreditCatalogue)
    agreements: tuple[AgreementVersion, ...] = ()
    """Ascending by their first day."""
    expert_series: Mapping[str, int] = field(default_factory=dict)
    """The first number of each series of expert numbers (R-E6)."""
    usd_per_credit: int = 0
    """What a credit costs on the market, roughly; it only puts options of the adviser in order."""

    def __repr__(self) -> str:
        """Only the version: commands carry the catalogue, and nobody reads all of it in a log."""
        return f"Catalogue({self.version})"

    def agreement_on(self, day: date) -> str | None:
        """The version of the agreement in force on a day; the first one also before it began."""
        started = [each for each in self.agreements if each.starts_on <= day] or list(self.agreements[:1])
        return started[-1].version if started else None

    def agreements_enough_on(self, day: date) -> frozenset[str]:
        """The versions of which one must be accepted before new earnings are told: the needed one and all newer."""
        needed = [number for number, each in enumerate(self.agreements) if (each.needed_from or each.starts_on) <= day]
        return frozenset(each.version for each in self.agreements[max(needed, default=0) :])

    @cached_property
    def filled_by(self) -> Mapping[str, tuple[Certification, ...]]:
        """The certifications to whose requirement an exam can contribute, by exam code."""
        found: dict[str, dict[str, Certification]] = {}
        for certification in self.certifications.values():
            for group in certification.requirement.groups:
                for qualifying in group.exams:
                    found.setdefault(qualifying.exam, {})[certification.id] = certification
        return {exam: tuple(by_id.values()) for exam, by_id in found.items()}

    @cached_property
    def in_parts(self) -> tuple[Certification, ...]:
        """The certifications that take more than one pass, so that they can be in progress."""
        return tuple(each for each in self.certifications.values() if len(each.requirement.groups) > 1)
