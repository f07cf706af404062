"""Whose case is it? A candidate's own, or that of whoever has the mailed link."""

import hmac

from chassis.errors import NotFound
from chassis.service import DeskAtWork
from services.identity.projections import cases
from services.identity.projections.cases import Case
from services.identity.service.parts import parts_of


def known_case(desk: DeskAtWork, case_id: str) -> Case:
    """The case, whosever it is; raises NotFound."""
    with desk.read() as connection:
        found = cases.with_id(connection, case_id)
    if found is None:
        raise NotFound("case-unknown")
    return found


def own_case(desk: DeskAtWork, case_id: str, candidate_id: str, key: str) -> Case:
    """The case, if it belongs to whoever asks; else it is not there."""
    found = known_case(desk, case_id)
    is_owner = bool(candidate_id) and found.owner == candidate_id
    right_key = parts_of(desk.frame).links.case_key(case_id)
    if not is_owner and not (found.owner == case_id and hmac.compare_digest(right_key, key)):
        raise NotFound("case-unknown")
    return found
