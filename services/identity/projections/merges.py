"""Which record stands for which? Log-ins, letters and the console ask."""

from chassis.aliases import Aliases, Reference
from chassis.decider import Fact
from services.identity.domain.merge import AccountsMerged, AccountsSeparated
from services.identity.projections import METADATA


def reference_of(fact: Fact) -> Reference | None:
    """What an own fact says of two records."""
    match fact.event:
        case AccountsMerged(absorbed_id=absorbed_id):
            return Reference(absorbed_id, fact.subject)
        case AccountsSeparated(absorbed_id=absorbed_id):
            return Reference(absorbed_id, None)
        case _:
            return None


MERGES = Aliases(METADATA, reference_of)
