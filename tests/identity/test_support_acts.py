"""Acts of support by a case, with a second person: log-in, legal name, birth date, suspension."""

import pytest

from chassis.errors import NotFound
from chassis.service import Effect
from tests.identity.front_door import facts, mailed, refused

ALL = ["names.change", "accounts.suspend", "cases.work"]
NEW_NAME = {"first_name": "Ada", "last_name": "Byron"}


@pytest.fixture
def ada_at_home(asked_as, joined) -> str:
    ada_id = joined("ada")
    asked_as().give_birth_date(ada_id, "1990-12-01")
    return ada_id


@pytest.fixture
def case_id(asked_as, ada_at_home) -> str:
    return asked_as("case").open_case("change-cisco-id", "Please change it.", candidate_id=ada_at_home)["case_id"]


def granted(asked_as, case_id: str, action: str, **values: str) -> None:
    proposal = asked_as().propose_by_case(case_id, action, "Passport seen.", "VERA", ALL, values=values)
    asked_as().approve(proposal["proposal_id"], "OMAR", ALL)


@pytest.mark.feature("F1.10")
@pytest.mark.feature("F12.2")
def test_the_old_log_in_opens_nothing_and_the_new_one_everything(frame, asked_as, ada, ada_at_home, case_id):
    granted(asked_as, case_id, "email-change", email="ada@lovelace.example")
    refused("log-in-refused", asked_as().log_in, ada["email"], ada["password"])
    assert asked_as().log_in("ada@lovelace.example", ada["password"])["candidate_id"] == ada_at_home
    assert asked_as().profile(ada_at_home)["external_ids"]["cisco_com"] == "ada@lovelace.example"
    assert asked_as().case(case_id, candidate_id=ada_at_home)["state"] == "solved"
    assert mailed(frame)[-1]["letter"] == "email-changed"


@pytest.mark.feature("F1.10")
def test_the_mail_about_it_goes_to_the_old_address(frame, asked_as, ada_at_home, case_id, settings):
    granted(asked_as, case_id, "email-change", email="ada@lovelace.example")
    [told] = [one for one in mailed(frame) if one.get("letter") == "email-changed"]
    assert "ada@example.org" not in str(told)
    asked_as().send_mail(Effect("k", "mail", ada_at_home, told, frame.clock.now()))
    [mail] = asked_as().mailbox("ada@example.org")
    assert mail["subject"] == "Another log-in for your account"


@pytest.mark.feature("F1.10")
def test_a_log_in_of_somebody_else_is_not_given_away(asked_as, joined, case_id):
    joined("grace", email="grace@example.org", first_name="Grace")
    refused(
        "email-taken", asked_as().propose_by_case, case_id, "email-change", "Seen.", "VERA", ALL,
        values={"email": "grace@example.org"},
    )  # fmt: skip


@pytest.mark.feature("F12.2")
def test_nothing_personal_stands_in_the_proposal(frame, asked_as, case_id):
    asked_as().propose_by_case(case_id, "email-change", "Seen.", "VERA", ALL, values={"email": "new@lovelace.example"})
    with frame.database.read() as connection:
        stored = connection.exec_driver_sql("select data from events").scalars().all()
    assert "lovelace.example" not in str(stored)


@pytest.mark.feature("F12.2")
def test_whoever_asked_does_not_grant(asked_as, case_id):
    proposal = asked_as().propose_by_case(case_id, "name-change", "Seen.", "VERA", ALL, values=NEW_NAME)
    refused("second-person-needed", asked_as().approve, proposal["proposal_id"], "VERA", ALL)
    refused("permission-missing", asked_as().approve, proposal["proposal_id"], "OMAR", ["cases.work"])


@pytest.mark.feature("F2.7")
@pytest.mark.feature("F12.2")
def test_the_legal_name_changes_for_everybody_who_hears_of_it(frame, asked_as, ada_at_home, case_id):
    granted(asked_as, case_id, "name-change", **NEW_NAME)
    profile = asked_as().profile(ada_at_home)
    assert (profile["name"], profile["first_name"], profile["last_name"]) == ("Ada Byron", "Ada", "Byron")
    assert {"legal-name-corrected", "name-changed", "case-closed"} <= set(facts(frame))


@pytest.mark.feature("F1.15")
def test_a_corrected_birth_date_may_make_a_minor(asked_as, ada_at_home, case_id):
    granted(asked_as, case_id, "birth-date-change", birth_date="2012-05-05")
    profile = asked_as().profile(ada_at_home)
    assert (profile["birth_date"], profile["guardian"]) == ("2012-05-05", "needed")


@pytest.mark.feature("F1.15")
@pytest.mark.rule("R-M1")
def test_a_birth_date_below_13_is_refused(asked_as, case_id):
    child = {"birth_date": "2020-05-05"}
    refused("too-young", asked_as().propose_by_case, case_id, "birth-date-change", "Seen.", "VERA", ALL, values=child)


@pytest.mark.feature("F12.2")
def test_a_suspended_account_opens_again_when_it_is_lifted(asked_as, ada, ada_at_home):
    def decide(action: str) -> None:
        asked = asked_as().propose(action, ada_at_home, {}, "Misconduct.", "VERA", ALL)
        asked_as().approve(asked["proposal_id"], "OMAR", ALL)

    session = asked_as().log_in(ada["email"], ada["password"])["session"]
    decide("account-suspend")
    refused("session-over", asked_as().refresh, session)
    refused("account-suspended", asked_as().log_in, ada["email"], ada["password"])
    refused("nothing-would-change", asked_as().propose, "account-suspend", ada_at_home, {}, "Again.", "VERA", ALL)
    decide("account-reinstate")
    assert asked_as().log_in(ada["email"], ada["password"])["candidate_id"] == ada_at_home


@pytest.mark.feature("F1.16")
def test_a_closed_case_carries_no_act_and_an_unknown_one_neither(asked_as, case_id):
    asked_as().close_case(case_id, "refused", "VERA")
    refused("case-closed", asked_as().propose_by_case, case_id, "name-change", "Seen.", "VERA", ALL, values=NEW_NAME)
    with pytest.raises(NotFound):
        asked_as().propose_by_case("nowhere", "name-change", "Seen.", "VERA", ALL, values=NEW_NAME)


@pytest.mark.feature("F1.10")
def test_for_a_visitors_case_support_names_the_candidate(asked_as, ada_at_home):
    visitors = asked_as("v").open_case("change-cisco-id", "I lost my mailbox.", email="new@lovelace.example")["case_id"]
    values = {"email": "new@lovelace.example"}
    refused(
        "candidate-not-named", asked_as().propose_by_case, visitors, "email-change", "S.", "VERA", ALL, values=values
    )
    asked = asked_as().propose_by_case(
        visitors, "email-change", "S.", "VERA", ALL, candidate_id=ada_at_home, values=values
    )
    asked_as().approve(asked["proposal_id"], "OMAR", ALL)
    assert asked_as().profile(ada_at_home)["email"] == "new@lovelace.example"
