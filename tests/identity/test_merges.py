"""Two records of one person: one absorbs the other by a case and two people, and gives it back within 14 days."""

import json
from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.service import Effect
from chassis.tables import effects, outbox
from services.identity.adapters.letters import LETTERS, in_words
from services.identity.domain.merge import (
    AbsorbAccount,
    AccountAbsorbed,
    AccountReleased,
    AccountsMerged,
    AccountsSeparated,
    MergeAccounts,
    ReleaseAccount,
    SeparateAccounts,
    State,
    decide,
    evolve,
)
from tests.identity.front_door import facts, refused

DAY = date(2026, 11, 20)
ALL = ["candidates.merge", "accounts.suspend", "cases.work"]
TWIN = {"email": "ada.king@example.org"}
BOOKED = {
    "provider_id": "VUE-1815", "first_name": "Ada", "last_name": "Lovelace", "email": "work@example.org",
    "booked_on": "2024-03-01",
}  # fmt: skip

# -- decisions ---------------------------------------------------------------------------------------------------------

IDS = st.sampled_from(["C-ADA", "C-GRACE", "C-LINUS"])
FACTS = st.one_of(
    st.builds(AccountsMerged, absorbed_id=IDS, merged_on=st.just(DAY), by=st.just(("VERA", "OMAR"))),
    st.builds(AccountAbsorbed, kept_id=IDS, merged_on=st.just(DAY)),
    st.builds(AccountsSeparated, absorbed_id=IDS, separated_on=st.just(DAY), by=st.just(("VERA", "OMAR"))),
    st.builds(AccountReleased, kept_id=IDS, separated_on=st.just(DAY)),
)


def after(state: State, *commands: object) -> State:
    return reduce(lambda known, command: reduce(evolve, decide(command, known), known), commands, state)


@pytest.mark.feature("F1.13")
@settings(max_examples=25)
@given(history=st.lists(FACTS, max_size=6), other=st.just("C-TWIN"), days=st.integers(0, 14))
def test_a_merge_that_is_undone_leaves_both_as_they_were(history, other, days):
    kept, absorbed = reduce(evolve, history, State()), State()
    undone = DAY + timedelta(days=days)
    if not kept.kept_by:
        merged = after(kept, MergeAccounts(absorbed_id=other, on=DAY, by=()))
        assert after(merged, SeparateAccounts(absorbed_id=other, on=undone, by=())) == kept
    gone = after(absorbed, AbsorbAccount(kept_id="C-ADA", on=DAY))
    assert after(gone, ReleaseAccount(kept_id="C-ADA", on=undone)) == absorbed


def test_the_same_merge_twice_changes_nothing_the_second_time():
    merge, absorb = MergeAccounts(absorbed_id="C-TWIN", on=DAY, by=()), AbsorbAccount(kept_id="C-ADA", on=DAY)
    assert decide(merge, after(State(), merge)) == []
    assert decide(absorb, after(State(), absorb)) == []


@pytest.mark.feature("F1.13")
def test_the_fifteenth_day_is_too_late():
    merged = after(State(), MergeAccounts(absorbed_id="C-TWIN", on=DAY, by=()))
    with pytest.raises(Rejected) as refusal:
        decide(SeparateAccounts(absorbed_id="C-TWIN", on=DAY + timedelta(days=15), by=()), merged)
    assert (refusal.value.code, refusal.value.details) == ("merge-undo-too-late", {"until": "2026-12-04"})


# -- at the door -------------------------------------------------------------------------------------------------------


@pytest.fixture
def ada_id(asked_as, joined) -> str:
    return joined("ada")


@pytest.fixture
def twin_id(joined) -> str:
    return joined("twin", **TWIN)


@pytest.fixture
def ask(asked_as, ada_id):
    """Ask in a case of Ada's that her record takes another one in; gives the proposal's id."""

    def propose(absorbed_id: str) -> str:
        case_id = asked_as().open_case("merge", "Two of me.", candidate_id=ada_id)["case_id"]
        values = {"absorbed_id": absorbed_id}
        asked = asked_as().propose_by_case(case_id, "records-merge", "Passport seen.", "VERA", ALL, values=values)
        return asked["proposal_id"]

    return propose


@pytest.fixture
def merged(asked_as, ask, twin_id) -> str:
    """The twin's id, once it went into Ada's record."""
    asked_as().approve(ask(twin_id), "OMAR", ALL)
    return twin_id


def separate(asked_as, kept: str, absorbed: str) -> None:
    asked = asked_as().propose("records-separate", kept, {"absorbed_id": absorbed}, "Two people.", "VERA", ALL)
    asked_as().approve(asked["proposal_id"], "OMAR", ALL)


@pytest.mark.feature("F1.13")
@pytest.mark.feature("F12.2")
def test_two_people_merge_two_records_and_everybody_hears_of_it(frame, asked_as, ask, ada_id, twin_id):
    proposal = asked_as().proposal(ask(twin_id))
    assert [(one["what"], one["before"], one["after"]) for one in proposal["changes"]] == [
        ("record", twin_id, ada_id),
        ("name", "Ada Lovelace", "Ada Lovelace"),
        ("email", "ada.king@example.org", "ada@example.org"),
    ]
    asked_as().approve(proposal["proposal_id"], "OMAR", ALL)
    assert [one for one in facts(frame) if one in {"accounts-merged", "account-absorbed"}] == [
        "accounts-merged", "account-absorbed",
    ]  # fmt: skip
    with frame.database.read() as connection:
        told = connection.execute(select(outbox.c.data).where(outbox.c.name == "AccountsMerged")).scalar_one()
    told = json.loads(told)
    assert (told["candidate_id"], told["absorbed_id"]) == (ada_id, twin_id)


@pytest.mark.feature("F1.13")
def test_the_absorbed_log_in_leads_to_the_kept_record_with_its_password(asked_as, ada, ada_id, merged):
    other = asked_as().log_in(TWIN["email"], ada["password"])
    assert other["candidate_id"] == ada_id
    assert asked_as().merged_records(merged)["candidate_id"] == ada_id
    [line] = asked_as().merged_records(ada_id)["absorbed"]
    assert line["candidate_id"] == merged


@pytest.mark.feature("F1.13")
def test_the_sessions_of_the_absorbed_account_end(asked_as, ada, ask, twin_id):
    session = asked_as().log_in(TWIN["email"], ada["password"])["session"]
    asked_as().approve(ask(twin_id), "OMAR", ALL)
    refused("session-over", asked_as().refresh, session)


@pytest.mark.feature("F1.13")
def test_within_fourteen_days_two_people_undo_it_and_both_log_in_again(asked_as, ada, ada_id, merged):
    separate(asked_as, ada_id, merged)
    assert asked_as().log_in(TWIN["email"], ada["password"])["candidate_id"] == merged
    assert asked_as().log_in(ada["email"], ada["password"])["candidate_id"] == ada_id
    assert asked_as().merged_records(ada_id) == {"candidate_id": ada_id, "absorbed": []}
    refused("records-not-merged", separate, asked_as, ada_id, merged)


@pytest.mark.feature("F1.13")
def test_whoever_asks_does_not_decide(asked_as, ask, twin_id):
    refused("second-person-needed", asked_as().approve, ask(twin_id), "VERA", ALL)
    refused("permission-missing", asked_as().approve, ask(twin_id), "OMAR", ["cases.work"])


@pytest.mark.feature("F1.13")
def test_a_record_does_not_go_into_itself_nor_twice_nor_a_main_one_into_another(asked_as, ask, joined, ada_id, merged):
    refused("same-record", ask, ada_id)
    third = joined("third", email="third@example.org")
    refused("record-already-merged", ask, merged)
    case_id = asked_as().open_case("merge", "More.", candidate_id=third)["case_id"]
    values = {"absorbed_id": ada_id}
    refused(
        "record-has-absorbed-others", asked_as().propose_by_case, case_id, "records-merge", "Seen.", "VERA", ALL,
        values=values,
    )  # fmt: skip


@pytest.mark.feature("F1.13")
def test_neither_the_suspended_nor_the_leaving_nor_the_erased_are_merged(asked_as, ask, joined, ada_id, twin_id):
    suspended = asked_as().propose("account-suspend", twin_id, {}, "Doubt.", "VERA", ALL)
    asked_as().approve(suspended["proposal_id"], "OMAR", ALL)
    refused("account-suspended", ask, twin_id)
    leaving = joined("leaving", email="leaving@example.org")
    asked_as().request_erasure(leaving)
    refused("erasure-pending", ask, leaving)
    asked_as().erase(leaving)
    for nobody in (leaving, "C-NOBODY"):
        with pytest.raises(NotFound):
            ask(nobody)


@pytest.mark.feature("F1.13")
def test_what_changed_since_the_proposal_refuses_the_grant(asked_as, ask, ada_id, twin_id):
    proposal_id = ask(twin_id)
    asked_as().request_erasure(ada_id)
    assert asked_as().proposal(proposal_id)["obstacle"] == "erasure-pending"
    refused("erasure-pending", asked_as().approve, proposal_id, "OMAR", ALL)


@pytest.mark.feature("F1.13")
def test_a_record_that_only_bookings_have_made_is_found_by_its_number_and_absorbed(asked_as, ask, ada_id):
    booked = asked_as().report_candidate(**BOOKED)
    found = asked_as().record_named(booked["csco_id"].lower())
    assert found == {
        "candidate_id": booked["candidate_id"], "csco_id": booked["csco_id"], "name": "Ada Lovelace", "email": "",
    }  # fmt: skip
    asked_as().approve(ask(booked["candidate_id"]), "OMAR", ALL)
    assert asked_as().merged_records(booked["candidate_id"])["candidate_id"] == ada_id


@pytest.mark.feature("F1.13")
@pytest.mark.rule("R-P1")
def test_an_erasure_takes_the_absorbed_records_along(asked_as, ask, ada_id, merged):
    booked = asked_as().report_candidate(**BOOKED)["candidate_id"]
    asked_as().approve(ask(booked), "OMAR", ALL)
    asked_as().erase(ada_id)
    assert asked_as().keys([ada_id, merged, booked]) == {ada_id: None, merged: None, booked: None}
    with pytest.raises(NotFound):
        asked_as().record_named(booked)


@pytest.mark.feature("F1.13")
def test_mail_about_the_absorbed_record_goes_to_the_kept_one_but_for_its_certifications(frame, asked_as, merged):
    def sent(letter: str, **told: str) -> list[str]:
        asked_as().send_mail(Effect(letter, "mail", merged, {"letter": letter, **told}, frame.clock.now()))
        return [mail["to"] for mail in asked_as().mailbox()]

    assert sent("appointment-cancelled", exam="200-301") == ["ada@example.org"]
    assert sent("expiry-today", certification="CCNA", day="2026-11-20") == ["ada@example.org"]


def letters_of(frame, asked_as, name: str) -> dict[str, str]:
    """What the mails of that name say, by address."""
    for number, told in enumerate(ordered(frame, name)):
        asked_as().send_mail(Effect(f"{name}/{number}", "mail", told.subject, told.payload, frame.clock.now()))
    return {mail["to"]: mail["text"] for mail in asked_as().mailbox() if mail["subject"] == LETTERS[name].subject}


def ordered(frame, name: str) -> list:
    with frame.database.read() as connection:
        return [one for one in connection.execute(select(effects)) if one.payload.get("letter") == name]


@pytest.mark.feature("F1.13")
def test_both_log_ins_are_written_that_the_records_are_one_and_that_they_are_two_again(
    frame, asked_as, ada, ada_id, merged
):
    told = letters_of(frame, asked_as, "records-merged")
    assert sorted(told) == ["ada.king@example.org", "ada@example.org"]
    for text in told.values():
        assert f"since {in_words(frame.clock.today())} two records of yours are one" in text
        assert "/support" in text
    separate(asked_as, ada_id, merged)
    again = letters_of(frame, asked_as, "records-separated")
    assert sorted(again) == ["ada.king@example.org", "ada@example.org"]
    assert all("the merge of two records was undone" in text for text in again.values())


@pytest.mark.feature("F1.13")
def test_a_record_without_a_log_in_is_written_to_by_nobody(frame, asked_as, ask, ada_id):
    booked = asked_as().report_candidate(**BOOKED)["candidate_id"]
    asked_as().approve(ask(booked), "OMAR", ALL)
    assert [one.subject for one in ordered(frame, "records-merged")] == [ada_id]


@pytest.mark.feature("F1.13")
def test_the_case_in_which_it_was_asked_for_is_solved(asked_as, merged, ada_id):
    [line] = asked_as().cases(ada_id)
    assert line["state"] == "solved"
