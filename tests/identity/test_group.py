"""Groups of staff as decisions: who may be let in by one person, and who only by two."""

import pytest

from chassis.testing import given
from services.identity.domain.group import (
    AddMember,
    ChangePermissions,
    CreateGroup,
    GroupCreated,
    GroupPermissionsChanged,
    GroupRenamed,
    MemberAdded,
    MemberRemoved,
    RemoveMember,
    RenameGroup,
    group,
)

ONE, TWO, OPERATOR = ("ADA",), ("ADA", "GRACE"), ("operator",)
SUPPORT = GroupCreated(name="Support", permissions=("candidates.read",), by=OPERATOR)
ADMINISTRATORS = GroupCreated(name="Administrators", permissions=("candidates.read", "groups.edit"), by=OPERATOR)
LINUS = MemberAdded(member_id="LINUS", by=OPERATOR)


def test_a_group_is_made_once():
    made = CreateGroup(name="Support", permissions=("candidates.read",), by=OPERATOR)
    given(group).when(made).then(SUPPORT)
    given(group, SUPPORT, GroupRenamed(name="Helpers", by=ONE)).when(made).then_nothing()


def test_a_new_name_is_a_fact_and_the_same_name_is_none():
    given(group, SUPPORT).when(RenameGroup(name="Helpers", by=ONE)).then(GroupRenamed(name="Helpers", by=ONE))
    given(group, SUPPORT).when(RenameGroup(name="Support", by=ONE)).then_nothing()


@pytest.mark.feature("F12.1")
def test_one_person_lets_somebody_into_an_ordinary_group():
    given(group, SUPPORT).when(AddMember(member_id="LINUS", by=ONE)).then(MemberAdded(member_id="LINUS", by=ONE))
    given(group, SUPPORT, LINUS).when(AddMember(member_id="LINUS", by=ONE)).then_nothing()


@pytest.mark.feature("F12.1")
@pytest.mark.parametrize("by", [ONE, ("ADA", "ADA")])
def test_a_group_that_can_edit_groups_opens_for_two_people_only(by):
    given(group, ADMINISTRATORS).when(AddMember(member_id="LINUS", by=by)).then_rejected("second-person-needed")


@pytest.mark.parametrize("by", [TWO, OPERATOR])
def test_two_people_or_the_operator_let_an_administrator_in(by):
    given(group, ADMINISTRATORS).when(AddMember(member_id="LINUS", by=by)).then(MemberAdded(member_id="LINUS", by=by))


def test_other_permissions_need_one_person():
    more = ("candidates.read", "reports.read")
    given(group, SUPPORT).when(ChangePermissions(permissions=more, by=ONE)).then(
        GroupPermissionsChanged(permissions=more, by=ONE)
    )
    given(group, SUPPORT).when(ChangePermissions(permissions=("candidates.read",), by=ONE)).then_nothing()


@pytest.mark.parametrize(
    ("before", "after"), [(SUPPORT, ("candidates.read", "groups.edit")), (ADMINISTRATORS, ("candidates.read",))]
)
def test_editing_groups_is_given_and_taken_by_two(before, after):
    given(group, before).when(ChangePermissions(permissions=after, by=ONE)).then_rejected("second-person-needed")
    given(group, before).when(ChangePermissions(permissions=after, by=TWO)).then(
        GroupPermissionsChanged(permissions=after, by=TWO)
    )


def test_one_person_lets_somebody_go():
    leave = RemoveMember(member_id="LINUS", by=ONE, last_stands=False)
    given(group, SUPPORT, LINUS).when(leave).then(MemberRemoved(member_id="LINUS", by=ONE))
    given(group, SUPPORT).when(leave).then_nothing()


@pytest.mark.feature("F12.1")
def test_the_last_administrator_stays():
    leave = RemoveMember(member_id="LINUS", by=ONE, last_stands=True)
    given(group, ADMINISTRATORS, LINUS).when(leave).then_rejected("last-administrator")
    grace = MemberAdded(member_id="GRACE", by=TWO)
    given(group, ADMINISTRATORS, LINUS, grace).when(leave).then(MemberRemoved(member_id="LINUS", by=ONE))


@pytest.mark.parametrize(
    "command",
    [
        RenameGroup(name="Helpers", by=ONE),
        ChangePermissions(permissions=(), by=ONE),
        AddMember(member_id="LINUS", by=ONE),
        RemoveMember(member_id="LINUS", by=ONE, last_stands=False),
    ],
)
def test_there_must_be_a_group(command):
    given(group).when(command).then_rejected("group-unknown")
