"""Proposals in a service, on both databases: grant and action are one transaction, or nothing happens."""

import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, fields
from sqlalchemy import select

from chassis import housekeeping
from chassis.applying import Applying
from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.errors import Invalid, NotFound
from chassis.four_eyes import Action, Asked, Change, FourEyes
from chassis.frame import Plan
from chassis.rebuilding import Rebuilding
from chassis.rpc import Request
from chassis.service import DeskAtWork
from chassis.tables import events
from chassis.tables import proposals as table
from tests.chassis import parcels
from tests.chassis.parcels import HEAVIEST, UNLUCKY, Send, parcel
from tests.front_door import KeyRing, Noon, opened

MAY = ["parcels.send"]
PLAN = Plan(
    source="post",
    vocabulary=parcels.VOCABULARY,
    announce=parcels.announce,
    projections=(parcels.PROJECTION,),
    metadata=parcels.METADATA,
)


class Parcel(Schema):
    parcel_id = fields.String(required=True)
    weight = fields.Integer(load_default=1)


def orders(desk: DeskAtWork, asked: Asked) -> list[Order]:
    command = Send(candidate_id=asked.subject, **asked.arguments)
    return [desk.order(parcel, command.parcel_id, command, subject=asked.subject)]


def preview(_desk: DeskAtWork, asked: Asked) -> list[Change]:
    if not asked.arguments["weight"]:
        raise Rejected("parcel-empty")
    return [Change(what="parcel", before=None, after=asked.arguments["parcel_id"])]


class Post(FourEyes):
    actions = (Action(code="send", permission="parcels.send", load=Parcel().load, orders=orders, preview=preview),)


class Branch:
    """A post that people of the house work with."""

    def __init__(self, frame: Any, keys: KeyRing) -> None:
        self.frame, self.keys = frame, keys
        self.clock: Noon = frame.clock

    def asked_as(self, command: str = "") -> Post:
        entered = Post()
        entered.desk = DeskAtWork(self.frame, Request(command=command or os.urandom(8).hex()))
        return entered

    def proposed(self, subject: str = "ADA", *, by: str = "GRACE", **arguments: Any) -> str:
        asked = {"parcel_id": "P1", **arguments}
        answer = self.asked_as().propose("send", subject, asked, "it is urgent", by, MAY)
        return str(answer["proposal_id"])

    def facts(self) -> list[str]:
        with self.frame.database.read() as connection:
            return list(connection.execute(select(events.c.name).order_by(events.c.position)).scalars())

    def verified(self) -> dict[str, int]:
        """How many rows each table has once a replay was found to equal them."""
        applying = Applying(
            self.frame.database, self.frame.committer, self.frame.revealer, classes={}, react=lambda *_: None
        )
        report = Rebuilding(
            self.frame.database,
            self.frame.committer,
            applying,
            self.frame.revealer,
            source="post",
            vocabulary=self.frame.vocabulary,
            projections=self.frame.projections,
            call=lambda *_, **__: pytest.fail("own facts only"),
        ).verify()
        assert report["differences"] == {}
        return dict(report["tables"])


@pytest.fixture
def branch(database_url: str, tmp_path: Any) -> Iterator[Branch]:
    keys = KeyRing()
    with opened(PLAN, database_url, tmp_path, keys) as frame:
        yield Branch(frame, keys)


def test_a_granted_action_happens(branch):
    proposal_id = branch.proposed()
    assert branch.facts() == ["proposal-made"]
    answer = branch.asked_as().approve(proposal_id, "LINUS", MAY)
    assert branch.facts() == ["proposal-made", "proposal-granted", "parcel-sent"]
    assert (answer["proposal_id"], answer["written"][0]) == (proposal_id, "post")


def test_both_facts_tell_the_same_cause(branch):
    branch.asked_as().approve(branch.proposed(), "LINUS", MAY)
    with branch.frame.database.read() as connection:
        causes = list(connection.execute(select(events.c.cause).order_by(events.c.position)).scalars())
    assert causes[1] == causes[2] != causes[0]


def test_the_asker_cannot_be_the_second_person(branch):
    proposal_id = branch.proposed(by="GRACE")
    with pytest.raises(Rejected, match="second-person-needed"):
        branch.asked_as().approve(proposal_id, "GRACE", MAY)
    assert branch.facts() == ["proposal-made"]


def test_both_people_need_the_permission_of_the_action(branch):
    with pytest.raises(Rejected, match="permission-missing"):
        branch.asked_as().propose("send", "ADA", {"parcel_id": "P1"}, "why", "GRACE", ["reports.read"])
    proposal_id = branch.proposed()
    for settle in (
        lambda post: post.approve(proposal_id, "LINUS", []),
        lambda post: post.decline(proposal_id, "LINUS", "no", []),
    ):
        with pytest.raises(Rejected, match="permission-missing"):
            settle(branch.asked_as())
    assert branch.facts() == ["proposal-made"]


def test_approving_again_with_the_same_key_answers_the_same(branch):
    proposal_id = branch.proposed()
    for _ in range(3):
        answer = branch.asked_as("linus|approve|1").approve(proposal_id, "LINUS", MAY)
        assert answer["proposal_id"] == proposal_id
    assert branch.facts() == ["proposal-made", "proposal-granted", "parcel-sent"]


def test_approving_again_with_another_key_is_refused_and_acts_once(branch):
    proposal_id = branch.proposed()
    branch.asked_as().approve(proposal_id, "LINUS", MAY)
    with pytest.raises(Rejected, match="proposal-settled") as refused:
        branch.asked_as().approve(proposal_id, "MARGARET", MAY)
    assert refused.value.details == {"outcome": "granted"}
    assert branch.facts() == ["proposal-made", "proposal-granted", "parcel-sent"]


def test_twenty_people_approve_at_once_and_it_happens_once(branch):
    proposal_id = branch.proposed()
    outcomes: list[str] = []

    def approve(name: str) -> None:
        try:
            branch.asked_as().approve(proposal_id, name, MAY)
            outcomes.append("granted")
        except Rejected as refusal:
            outcomes.append(refusal.code)

    crowd = [threading.Thread(target=approve, args=(f"S{number}",)) for number in range(20)]
    for person in crowd:
        person.start()
    for person in crowd:
        person.join()
    assert sorted(outcomes) == ["granted", *["proposal-settled"] * 19]
    assert branch.facts() == ["proposal-made", "proposal-granted", "parcel-sent"]


def test_an_action_that_the_rules_refuse_refuses_the_grant(branch):
    proposal_id = branch.proposed(weight=HEAVIEST + 1)
    for command in ("linus|approve|1", "linus|approve|1", "linus|approve|2"):
        with pytest.raises(Rejected, match="parcel-too-heavy") as refused:
            branch.asked_as(command).approve(proposal_id, "LINUS", MAY)
        assert refused.value.details == {"heaviest": HEAVIEST}
    assert branch.facts() == ["proposal-made"]
    assert branch.asked_as().proposal(proposal_id)["state"] == "open"


def test_a_transaction_that_breaks_leaves_neither_grant_nor_action(branch):
    proposal_id = branch.proposed(weight=UNLUCKY)
    with pytest.raises(ValueError, match="an unlucky weight"):
        branch.asked_as().approve(proposal_id, "LINUS", MAY)
    assert branch.facts() == ["proposal-made"]
    assert branch.asked_as().proposal(proposal_id)["state"] == "open"


def test_a_preview_is_shown_before_asking_and_to_the_second_person(branch):
    shown = [{"what": "parcel", "before": None, "after": "P1"}]
    assert branch.asked_as().preview_proposal("send", "ADA", {"parcel_id": "P1"}) == {"changes": shown}
    assert branch.asked_as().proposal(branch.proposed())["changes"] == shown


def test_what_cannot_be_previewed_cannot_be_asked_for(branch):
    for ask in (
        lambda post: post.preview_proposal("send", "ADA", {"parcel_id": "P1", "weight": 0}),
        lambda post: post.propose("send", "ADA", {"parcel_id": "P1", "weight": 0}, "why", "GRACE", MAY),
    ):
        with pytest.raises(Rejected, match="parcel-empty"):
            ask(branch.asked_as())
    assert branch.facts() == []


def test_a_proposal_can_be_declined_withdrawn_or_lapse(branch):
    ids = [branch.proposed(parcel_id=name) for name in ("P1", "P2", "P3", "P4")]
    branch.asked_as().decline(ids[0], "LINUS", "too early", MAY)
    branch.asked_as().withdraw_proposal(ids[1], "GRACE")
    branch.clock.pass_days(15)
    with branch.frame.database.read() as connection:
        lapsing = housekeeping.lapsing(connection, branch.clock.today())
    branch.frame.committer.perform(lapsing, timeout=5.0)
    states = [branch.asked_as().proposal(one)["state"] for one in ids]
    assert states == ["declined", "withdrawn", "lapsed", "lapsed"]
    assert branch.asked_as().proposal(ids[0])["answer"] == "too early"
    assert branch.asked_as().proposals("open")["total"] == 0


def test_the_list_is_paged_newest_first_and_can_be_of_one_candidate(branch):
    for number in range(27):
        branch.proposed("LINUS" if number == 3 else "ADA", parcel_id=f"P{number}")
    first, second = (branch.asked_as().proposals("open", page) for page in (1, 2))
    assert (first["total"], len(first["proposals"]), len(second["proposals"])) == (27, 25, 2)
    ids = {one["proposal_id"] for page in (first, second) for one in page["proposals"]}
    assert len(ids) == 27
    own = branch.asked_as().proposals("open", 1, "LINUS")["proposals"]
    assert [one["arguments"] for one in own] == [{"parcel_id": "P3"}]


def test_a_reason_about_a_candidate_is_stored_sealed_and_goes_with_the_key(branch):
    proposal_id = branch.proposed("ADA")
    with branch.frame.database.read() as connection:
        stored = connection.execute(select(events.c.data)).scalar_one()
        row = connection.execute(select(table)).one()
    assert "urgent" not in str(stored)
    assert "urgent" not in str(row)
    assert branch.asked_as().proposal(proposal_id)["reason"] == "it is urgent"
    branch.keys.erased.add("ADA")
    branch.frame.revealer.forget("ADA")
    assert branch.asked_as().proposal(proposal_id)["reason"] is None


def test_a_reason_about_nobody_stands_as_it_is(branch):
    proposal_id = branch.proposed("")
    assert branch.asked_as().proposal(proposal_id)["reason"] == "it is urgent"


def test_what_is_asked_must_make_sense(branch):
    with pytest.raises(Invalid) as refused:
        branch.asked_as().propose("send", "ADA", {"parcel_id": "P1"}, "  ", "GRACE", MAY)
    assert refused.value.details == {"fields": {"reason": ["1 to 1000 characters."]}}
    with pytest.raises(NotFound, match="action-unknown"):
        branch.asked_as().propose("burn", "ADA", {}, "why", "GRACE", MAY)
    with pytest.raises(NotFound, match="proposal-unknown"):
        branch.asked_as().approve("nothing", "LINUS", MAY)
    with pytest.raises(Invalid):
        branch.asked_as().proposals("maybe")


def test_projecting_again_gives_the_same_rows(branch):
    granted, declined = branch.proposed(parcel_id="P1"), branch.proposed(parcel_id="P2")
    branch.asked_as().approve(granted, "LINUS", MAY)
    branch.asked_as().decline(declined, "LINUS", "no", MAY)
    branch.asked_as().withdraw_proposal(branch.proposed(parcel_id="P3"), "GRACE")
    branch.proposed(parcel_id="P4")
    assert branch.verified() == {"parcels": 1, "stamps": 0, "proposals": 4}
