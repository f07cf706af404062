"""All operations of the console."""

from gateway.api.console import approvals, candidates, cases, catalogue, claims, companies, groups, reports
from gateway.api.operation import Operation

OPERATIONS: tuple[Operation, ...] = (
    *approvals.OPERATIONS,
    *groups.OPERATIONS,
    *candidates.OPERATIONS,
    *cases.OPERATIONS,
    *companies.OPERATIONS,
    *claims.OPERATIONS,
    *catalogue.OPERATIONS,
    *reports.OPERATIONS,
)
