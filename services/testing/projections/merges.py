"""Which record stands for which? Whoever asks about a candidate is also shown what absorbed records hold (F1.13)."""

import contracts
from chassis.aliases import Aliases, Reference
from chassis.decider import Fact
from services.testing.projections import METADATA


def reference_of(fact: Fact) -> Reference | None:
    """What identity tells of two records."""
    match fact.event:
        case contracts.AccountsMerged(candidate_id=candidate_id, absorbed_id=absorbed_id):
            return Reference(absorbed_id, candidate_id)
        case contracts.AccountsSeparated(absorbed_id=absorbed_id):
            return Reference(absorbed_id, None)
        case _:
            return None


MERGES = Aliases(METADATA, reference_of)
