"""All five services and the gateway on the bench's broker and PostgreSQL, with a candidate who has a little history."""

from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench.ground import Ground
from tests.system import Person, System, candidate, eventually, provider, result

EXAMS = (("200-301", "2026-03-02"), ("350-401", "2026-05-04"), ("300-410", "2026-06-08"))


@dataclass(frozen=True, slots=True)
class Running:
    """The system and its candidate."""

    system: System
    person: Person
    code: str

    @property
    def pids(self) -> list[int]:
        """Gateway and services, without whoever watches them."""
        return [
            pid for name, pid in self.system.note()["pids"].items() if name not in {"broker", "postgres", "supervisor"}
        ]

    @property
    def verification_url(self) -> str:
        """The public answer on the candidate's first certification."""
        return f"{self.system.url}/api/v1/public/verify/{self.code}"


def started(ground: Ground, stack: ExitStack, **settings: str) -> System:
    """Everything started as an operator does it; the installation stays for the next benchmark, as do its databases."""
    servers = {
        "AMQP_URI": ground.broker.uri,
        "RABBITMQ_MANAGEMENT_URL": ground.broker.management_url,
        "DATABASE_ADMIN_URL": ground.postgres.admin_url,
    }
    return stack.enter_context(System(ground.folder / "installation", "postgresql", environment=servers | settings))


def start(ground: Ground, stack: ExitStack) -> Running:
    """Start everything, and live through a little story."""
    system = started(ground, stack)
    person = candidate(system, "Ada", "Lovelace")
    vendor = provider(system)
    for exam, taken_on in EXAMS:
        vendor.do("POST", "/api/provider/v1/results", result(person.candidate_id, exam, taken_on))
    codes = eventually(lambda: person.get("/api/v1/me/certifications/codes")["codes"], lambda found: len(found) > 1)
    kits = eventually(lambda: person.get("/api/v1/me/kits")["kits"], lambda found: len(found) > 0)
    person.do("POST", f"/api/v1/me/kits/{kits[0]['kit_id']}/claim", {"printed_name": "Ada Lovelace"})
    transcript = person.do("POST", "/api/v1/me/transcripts", {"show_dates": True})["transcript_id"]
    person.do("POST", f"/api/v1/me/transcripts/{transcript}/disclosures")
    assert system.settled()
    return Running(system, person, codes[0]["code"])
