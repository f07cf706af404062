"""What the identity service does when others' facts concern its candidates: it writes to them."""

from dataclasses import dataclass

import contracts


@dataclass(frozen=True, slots=True, kw_only=True)
class Congratulation:
    """A mail about a new certification and its first free kit (F8.1); name and address are looked up when it leaves."""

    candidate_id: str
    certification: str
    name: str
    kit: str
    active_on: str

    @property
    def key(self) -> str:
        """The same earning never brings a second mail."""
        return f"congratulation/{self.candidate_id}/{self.certification}/{self.active_on}"


def on_certification_earned(event: contracts.CertificationEarned) -> list[Congratulation]:
    """A certification with a kit is congratulated; one without is not."""
    if event.kit == "none":
        return []
    return [
        Congratulation(
            candidate_id=event.candidate_id,
            certification=event.certification,
            name=event.name,
            kit=event.kit,
            active_on=event.active_on.isoformat(),
        )
    ]
