"""What every group of entry points stands at."""

from chassis.service import DeskAtWork
from services.testing.projections.merges import MERGES


class AtDesk:
    """The desk is put there by the service class."""

    desk: DeskAtWork

    def _is_theirs(self, candidate_id: str, owner: str) -> bool:
        """Whether what stands under this owner belongs to the candidate: under their own id, or an absorbed one."""
        if owner == candidate_id:
            return True
        with self.desk.read() as connection:
            return MERGES.resolved(connection, owner) == candidate_id
