"""The people of the demo programme: one for every interesting state."""

from dataclasses import dataclass
from typing import Literal

YEAR = 365
MONTH = 30


@dataclass(frozen=True, slots=True)
class Sitting:
    """One exam result, so many days before the programme was made."""

    exam: str
    days_ago: int
    outcome: Literal["pass", "fail", "pending"] = "pass"
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One candidate, what is done on their behalf, and what can be seen then."""

    first_name: str
    last_name: str
    country: str
    shows: str
    city: str | None = "Amsterdam"
    """None: the mailing address is still missing."""
    sittings: tuple[Sitting, ...] = ()
    books: tuple[str, str] | None = None
    """Exam and site of an appointment some weeks ahead."""
    objects: bool = False
    """To the last result."""
    held: bool = False
    """The last result is kept back for a review."""
    revoked: bool = False
    """The last result is taken back again."""
    claims: str | None = None
    """The certification whose kit is ordered."""
    emeritus_days_ago: int | None = None
    on_hold: str | None = None
    """The certification that is put on hold."""
    credits: Literal["pending", "approved"] | None = None
    """How far the candidate's claim of continuing education has come."""
    transcript: Literal["disclosed", "disabled"] | None = None

    @property
    def email(self) -> str:
        """Log-in name."""
        return f"{self.first_name.lower()}@example.org"

    @property
    def name(self) -> str:
        """As printed."""
        return f"{self.first_name} {self.last_name}"


CCNA, CORE, CONCENTRATION, LAB = "200-301", "350-401", "300-410", "LAB-EI"

PEOPLE = (
    Person(first_name="Ada", last_name="Winter", country="GB", city=None, shows="just signed up, address missing"),
    Person(
        first_name="Boris", last_name="Petrov", country="BG", city="Sofia",
        shows="failed once, objects to a question, may try again soon",
        sittings=(Sitting(CCNA, 2, "fail", 640),), objects=True,
    ),
    Person(
        first_name="Olga", last_name="Kovacs", country="HU", city="Szeged",
        shows="lab booked, one result pending, one overdue",
        sittings=(
            Sitting(CORE, 5 * MONTH, score=866),
            Sitting(CONCENTRATION, 1, "pending"),
            Sitting("300-415", 14, "pending"),
        ),
        books=(LAB, "brussels-lab"),
    ),
    Person(
        first_name="Pavel", last_name="Dvorak", country="CZ", city="Plzen",
        shows="result held for a review, next exam booked",
        sittings=(Sitting(CCNA, 12, score=998),), books=("200-901", "amsterdam"), held=True,
    ),
    Person(
        first_name="Grace", last_name="Miller", country="US", city="Austin",
        shows="CCNA active, kit pending",
        sittings=(Sitting(CCNA, 14, score=905),),
    ),
    Person(
        first_name="Linus", last_name="Berg", country="NO", city="Oslo",
        shows="CCNA active, CCNP Enterprise in progress",
        sittings=(Sitting(CCNA, 2 * YEAR, score=870), Sitting(CORE, 2 * MONTH, score=842)),
    ),
    Person(
        first_name="Mei", last_name="Tanaka", country="JP", city="Osaka",
        shows="CCNP Enterprise earned, kit pending",
        sittings=(Sitting(CORE, 8 * MONTH, score=861), Sitting(CONCENTRATION, 10, score=889)),
    ),
    Person(
        first_name="Noor", last_name="Haddad", country="NL", city="Utrecht",
        shows="CCNP Enterprise earned, kit ordered",
        sittings=(Sitting(CORE, YEAR, score=830), Sitting(CONCENTRATION, 4 * MONTH, score=812)),
        claims="ccnp-enterprise",
    ),
    Person(
        first_name="Emil", last_name="Novak", country="CZ", city="Brno",
        shows="CCNA expires in six weeks",
        sittings=(Sitting(CCNA, 3 * YEAR + 1 - 42, score=850),),
    ),
    Person(
        first_name="Rosa", last_name="Silva", country="PT", city="Porto",
        shows="CCNA expired last year",
        sittings=(Sitting(CCNA, 4 * YEAR, score=825),),
    ),
    Person(
        first_name="Tomas", last_name="Ortega", country="ES", city="Seville",
        shows="CCNA recertified by an exam",
        sittings=(Sitting(CCNA, 3 * YEAR - 3 * MONTH, score=833), Sitting(CONCENTRATION, 5 * MONTH, score=827)),
    ),
    Person(
        first_name="Radia", last_name="Cohen", country="US", city="Boston",
        shows="expert, plaque ordered, transcript shared by link",
        sittings=(Sitting(CORE, 2 * YEAR, score=951), Sitting(LAB, YEAR + 6 * MONTH)),
        claims="ccie-enterprise-infrastructure", transcript="disclosed",
    ),
    Person(
        first_name="Henry", last_name="Olsen", country="DK", city="Aarhus",
        shows="expert for eleven years, Emeritus now",
        sittings=(
            Sitting("400-007", 11 * YEAR + 5 * MONTH), Sitting("LAB-DE", 11 * YEAR + 2 * MONTH),
            Sitting("400-007", 8 * YEAR + 6 * MONTH), Sitting("400-007", 5 * YEAR + 9 * MONTH),
            Sitting("400-007", 3 * YEAR + 2 * MONTH),
        ),
        emeritus_days_ago=3 * MONTH,
    ),
    Person(
        first_name="Ines", last_name="Costa", country="BR", city="Recife",
        shows="CCNA revoked after an investigation",
        sittings=(Sitting(CCNA, 6 * MONTH, score=990),), revoked=True,
    ),
    Person(
        first_name="Wei", last_name="Zhang", country="SG", city="Singapore",
        shows="transcript shared, then switched off",
        sittings=(Sitting("200-901", YEAR, score=880),), transcript="disabled",
    ),
    Person(
        first_name="Signe", last_name="Lindqvist", country="SE", city="Uppsala",
        shows="expert for twenty-two years, Lifetime Emeritus",
        sittings=(
            Sitting("400-007", 22 * YEAR + 60), Sitting("LAB-DE", 22 * YEAR + 30),
            *(Sitting("400-007", years * YEAR + days) for years, days in
              ((19, 60), (17, 0), (14, 40), (12, 0), (9, 40), (7, 0), (4, 40))),
        ),
    ),
    Person(
        first_name="Karim", last_name="Aziz", country="AE", city="Dubai",
        shows="CCNA on hold while a result is looked into",
        sittings=(Sitting(CCNA, YEAR, score=874),), on_hold="ccna",
    ),
    Person(
        first_name="Nina", last_name="Kovac", country="HR", city="Zagreb",
        shows="CCST that never expires; a claim of credits waits",
        sittings=(Sitting("100-150", 2 * YEAR, score=840), Sitting(CCNA, YEAR + MONTH, score=861)), credits="pending",
    ),
    Person(
        first_name="Paul", last_name="Weber", country="DE", city="Leipzig",
        shows="credits in hand towards the next renewal",
        sittings=(Sitting(CORE, YEAR, score=838), Sitting(CONCENTRATION, 10 * MONTH, score=829)), credits="approved",
    ),
)  # fmt: skip

STAFF = (
    (
        Person(first_name="Vera", last_name="Lind", country="SE", shows="support: finds candidates, works on cases"),
        "support",
    ),
    (
        Person(first_name="Omar", last_name="Reyes", country="MX", shows="reviewer: decides what others ask for"),
        "reviewer",
    ),
    (
        Person(first_name="Petra", last_name="Vogel", country="DE", shows="programme manager: holds and extends"),
        "programme-manager",
    ),
    (
        Person(first_name="Anna", last_name="Keller", country="CH", shows="administrator: groups and audit trail"),
        "administrator",
    ),
)
"""People of the house, each with their group; they log in at the same page and land on the console."""
