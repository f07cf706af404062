"""What the journeys of people share: somebody who signs up, logs in, completes the profile, and is known everywhere."""

import uuid
from typing import Any

from tests.system import PASSWORD, Person, System, eventually, provider, result, signed_up


def log_in(person: Person, email: str = "") -> Any:
    """Another log-in by the API."""
    opened = person.do("POST", "/api/v1/sessions", {"email": email or person.email, "password": PASSWORD})
    person.token, person.candidate_id = opened["token"], opened["candidate_id"]
    return opened


def complete(person: Person, born: str = "1990-12-10") -> None:
    """Everything that is asked first."""
    opened = log_in(person)
    person.do("PUT", "/api/v1/me/birth-date", {"birth_date": born})
    person.do("PUT", "/api/v1/me/news", {"wanted": False})
    home = {"country": "GB", "lines": ["1 New Road"], "city": "Dorking", "postal_code": "RH5 6BY"}
    person.do("PUT", "/api/v1/me/address", home)
    person.token = person.do("POST", "/api/v1/sessions/refresh", {"session": opened["session"]})["token"]


def unique(name: str) -> str:
    return f"{name}.{uuid.uuid4().hex[:8]}@example.org"


def named_everywhere(portal: System, name: str) -> Person:
    """Somebody whose name stands wherever a name can: in a kit's claim, a transcript and a case, too."""
    person = signed_up(portal, name, f"{name}son", unique(name))
    complete(person)
    passed = result(person.candidate_id, "200-301", "2026-09-01")
    provider(portal).do("POST", "/api/provider/v1/results", passed)
    [kit] = eventually(lambda: person.get("/api/v1/me/kits")["kits"], lambda kits: len(kits) == 1)
    person.do("POST", f"/api/v1/me/kits/{kit['kit_id']}/claim", {"printed_name": f"{name} {name}son"})
    person.do("POST", "/api/v1/me/transcripts", {"remarks": f"I am {name}.", "show_address": True})
    person.do("POST", "/api/v1/me/cases", {"kind": "other", "text": f"I am {name}."})
    return person
