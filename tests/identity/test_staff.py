"""Staff on both databases: the first administrator, four eyes for the next, and what a token then says."""

from collections.abc import Callable

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from marshmallow import ValidationError

from chassis.decider import Rejected
from chassis.errors import NotFound
from contracts.permissions import ALL, DEFAULT_GROUPS

EDITOR = ["groups.edit"]


@pytest.fixture
def people(asked_as, signed_up) -> dict[str, str]:
    """Ids of Ada, Grace and Linus; Ada is the first administrator."""
    ids = {name: signed_up(name, email=f"{name}@example.org", first_name=name) for name in ("ada", "grace", "linus")}
    asked_as().staff_add("ada@example.org", "administrator")
    return ids


@pytest.fixture
def claims(asked_as, ada) -> Callable[[str], dict]:
    def of(name: str) -> dict:
        token = asked_as().log_in(f"{name}@example.org", ada["password"])["token"]
        keys = KeySet.import_key_set(asked_as().jwks())
        return jwt.decode(token, keys, algorithms=["Ed25519"]).claims

    return of


@pytest.mark.feature("F12.1")
def test_the_operators_command_makes_the_default_groups_and_the_first_administrator(asked_as, people):
    found = {one["group_id"]: (one["name"], set(one["permissions"]), one["size"]) for one in asked_as().groups()}
    assert found == {
        known: (name, set(permissions), int(known == "administrator"))
        for known, (name, permissions) in DEFAULT_GROUPS.items()
    }
    members = asked_as().group("administrator")["members"]
    assert members == [{"member_id": people["ada"], "name": "ada Lovelace", "email": "ada@example.org"}]


def test_repeating_the_operators_command_changes_nothing(asked_as, people):
    before = asked_as().groups()
    asked_as().staff_add("ada@example.org", "administrator")
    assert asked_as().groups() == before


def test_the_operators_command_wants_an_account_and_a_group(asked_as, people):
    with pytest.raises(NotFound, match="account-unknown"):
        asked_as().staff_add("nobody@example.org", "support")
    with pytest.raises(NotFound, match="group-unknown"):
        asked_as().staff_add("grace@example.org", "kings")


@pytest.mark.feature("F12.1")
def test_a_token_carries_what_all_groups_together_allow(asked_as, people, claims):
    assert (claims("ada")["roles"], set(claims("ada")["permissions"])) == (["candidate", "staff"], set(ALL))
    assert claims("grace")["roles"] == ["candidate"]
    assert "permissions" not in claims("grace")
    first = asked_as().create_group("Readers", ["reports.read"], people["ada"])["group_id"]
    second = asked_as().create_group("Watchers", ["audit.read", "reports.read"], people["ada"])["group_id"]
    for one in (first, second):
        asked_as().add_member(one, "Grace@Example.org", people["ada"])
    assert claims("grace")["permissions"] == ["audit.read", "reports.read"]


def test_a_permission_taken_away_is_gone_with_the_next_token(asked_as, people, ada):
    group_id = asked_as().create_group("Readers", ["reports.read"], people["ada"])["group_id"]
    asked_as().add_member(group_id, "grace@example.org", people["ada"])
    session = asked_as().log_in("grace@example.org", ada["password"])["session"]
    asked_as().change_group_permissions(group_id, ["audit.read"], people["ada"])
    token = asked_as().refresh(session)["token"]
    keys = KeySet.import_key_set(asked_as().jwks())
    assert jwt.decode(token, keys, algorithms=["Ed25519"]).claims["permissions"] == ["audit.read"]


@pytest.mark.feature("F12.1")
def test_leaving_a_group_ends_the_sessions(asked_as, people, ada):
    group_id = asked_as().create_group("Readers", ["reports.read"], people["ada"])["group_id"]
    asked_as().add_member(group_id, "grace@example.org", people["ada"])
    session = asked_as().log_in("grace@example.org", ada["password"])["session"]
    asked_as().remove_member(group_id, people["grace"], people["ada"])
    with pytest.raises(Rejected, match="session-over"):
        asked_as().refresh(session)
    assert asked_as().group(group_id)["members"] == []


def test_the_last_administrator_cannot_leave_and_keeps_the_session(asked_as, people, ada):
    session = asked_as().log_in("ada@example.org", ada["password"])["session"]
    with pytest.raises(Rejected, match="last-administrator"):
        asked_as().remove_member("administrator", people["ada"], people["ada"])
    assert asked_as().refresh(session)["candidate_id"] == people["ada"]


def test_the_last_administrator_cannot_be_erased(asked_as, people):
    with pytest.raises(Rejected, match="last-administrator"):
        asked_as().erase(people["ada"])
    assert asked_as().profile(people["ada"])["email"] == "ada@example.org"


def test_an_erased_member_leaves_all_groups(asked_as, people):
    asked_as().staff_add("grace@example.org", "support")
    asked_as().erase(people["grace"])
    assert asked_as().group("support")["members"] == []


@pytest.mark.feature("F12.1")
def test_the_second_administrator_needs_two_people(asked_as, people, claims):
    with pytest.raises(Rejected, match="second-person-needed"):
        asked_as().add_member("administrator", "linus@example.org", people["ada"])
    where = {"group_id": "administrator"}
    asked = asked_as().propose("group-member-add", people["linus"], where, "we need two", people["ada"], EDITOR)
    changes = asked_as().proposal(asked["proposal_id"])["changes"]
    assert changes[0] == {"what": "group", "before": None, "after": "Administrator"}
    assert [one["after"] for one in changes[1:]] == sorted(ALL)
    with pytest.raises(Rejected, match="second-person-needed"):
        asked_as().approve(asked["proposal_id"], people["ada"], EDITOR)
    asked_as().approve(asked["proposal_id"], people["grace"], EDITOR)
    assert set(claims("linus")["permissions"]) == set(ALL)


def test_giving_a_group_the_right_to_edit_groups_needs_two_people(asked_as, people):
    wanted = {"group_id": "reviewer", "permissions": ["groups.edit", "audit.read"]}
    with pytest.raises(Rejected, match="second-person-needed"):
        asked_as().change_group_permissions(**wanted, by=people["ada"])
    asked = asked_as().propose("group-permissions-change", "", wanted, "reorganised", people["ada"], EDITOR)
    changes = asked_as().proposal(asked["proposal_id"])["changes"]
    assert [one["after"] for one in changes if one["after"]] == ["audit.read", "groups.edit"]
    asked_as().approve(asked["proposal_id"], people["grace"], EDITOR)
    assert asked_as().group("reviewer")["permissions"] == ["audit.read", "groups.edit"]


def test_what_is_proposed_must_make_sense(asked_as, people):
    with pytest.raises(Rejected, match="member-already"):
        asked_as().preview_proposal("group-member-add", people["ada"], {"group_id": "administrator"})
    with pytest.raises(NotFound, match="group-unknown"):
        asked_as().preview_proposal("group-member-add", people["ada"], {"group_id": "kings"})
    with pytest.raises(ValidationError):
        asked_as().create_group("Odd", ["everything"], people["ada"])


def test_a_group_can_be_renamed(asked_as, people):
    asked_as().rename_group("support", "Helping hands", people["ada"])
    assert asked_as().group("support")["name"] == "Helping hands"


def test_names_are_told_for_ids(asked_as, people):
    assert asked_as().names_of([people["ada"], "nobody"]) == {people["ada"]: "ada Lovelace"}
